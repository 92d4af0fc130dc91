import pg, { type Pool } from 'pg';
import { DataSource } from 'typeorm';

import { internal } from '../../error/index.js';

import type { Dialect } from '../sql/index.js';
import type { ColumnTypes } from '../tables/column-types.js';
import { migrations } from '../tables/migrations.js';
import { tables } from '../tables/tables.js';
import type { Database, Syntax } from './connection.js';
import { PostgresConnection } from './postgres-connection.js';
import { postgresCode, postgresError } from './postgres-errors.js';
import { limitStatements } from './postgres-limits.js';
import { oldestUnit } from './postgres-units.js';

const columnTypes: ColumnTypes = {
  sequence: 'bigint',
  collation: 'C',
  bytes: 'bytea',
  continueChanges: (position) => `SELECT setval('change_position_seq', ${String(position)})`,
};

const syntax: Syntax = {
  parameter: (index) => `$${index}`,
  fromDocument: (column) => `${column}::text`,
  toDocument: (text) => `${text}::jsonb`,
  keepRows: ' FOR KEY SHARE',
  holdRows: ' FOR UPDATE',
  // Two names may share a lock, whose owners then wait for nothing. Locks with two keys are not those of `postgres-units.ts`.
  claim: 'SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))',
  lastChange: 'SELECT last_value FROM change_position_seq',
  oldestUnit,
};

/** Any number, as long as all processes agree on it. */
const migrationLock = 5_147_031;
const serializationFailure = '40001';
const deadlockDetected = '40P01';

/** Opens a PostgreSQL database by its URL. */
export async function openPostgres(url: string, dialect: Dialect): Promise<Database> {
  const place = placeOf(url);
  const source = new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    applicationName: 'mockgraph',
    // A session that was lost while it was idle is replaced by the pool; nobody waits for it.
    poolErrorHandler: () => {},
    entities: tables(columnTypes),
    migrations: migrations(columnTypes),
  });
  try {
    await source.initialize();
  } catch (error) {
    throw postgresError(error, place);
  }
  const pool = (source.driver as unknown as { master: Pool }).master;
  try {
    await migrate(source, pool);
  } catch (error) {
    await source.destroy().catch(() => {});
    throw postgresError(error, place);
  }
  return {
    dialect,
    syntax,
    connect: async (bounds = {}) => {
      try {
        const client = await pool.connect();
        await limitStatements(client, bounds);
        return new PostgresConnection(client, place, bounds.signal);
      } catch (error) {
        throw postgresError(error, place);
      }
    },
    isTransient: (error) => [serializationFailure, deadlockDetected].includes(postgresCode(error) ?? ''),
    close: () => source.destroy(),
  };
}

/** Of several processes that start at the same time, one migrates while the others wait. */
async function migrate(source: DataSource, pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations();
  } finally {
    // The lock goes with the session.
    client.release(true);
  }
}

/** The URL without user and password. */
function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return host + pathname;
  } catch (error) {
    throw internal('The URL of the PostgreSQL database is malformed.', { cause: error });
  }
}
