import Database from 'libsql';
import { Client } from 'pg';

import type { Query } from './check-tables.js';

/** The database beside the service: a PostgreSQL URL, or a SQLite file. */
export async function openTables(database: string): Promise<{ readonly query: Query; close(): Promise<void> }> {
  if (/^postgres(ql)?:/.test(database)) {
    const client = new Client({ connectionString: database });
    await client.connect();
    const query: Query = async (text) =>
      (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.map(([first]) => first);
    return { query, close: () => client.end() };
  }
  const file = new Database(database);
  const query: Query = async (text) =>
    (file.prepare(text).all() as Record<string, unknown>[]).map((row) => Object.values(row)[0]);
  return { query, close: async () => void file.close() };
}
