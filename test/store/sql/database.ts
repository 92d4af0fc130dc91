import Libsql from 'libsql';
import { Client } from 'pg';

import type { CrossjoinPlan, ItemsPlan, ReadPlan } from '../../../src/plan/index.js';
import {
  compileCount,
  compileCrossjoin,
  compileCrossjoinCount,
  compileItemCount,
  compileItems,
  compileSelect,
  postgres,
  readCrossjoinRow,
  readRows,
  sqlite,
  type Dialect,
} from '../../../src/store/sql/index.js';
import type { CrossjoinRow, Row } from '../../../src/store/store.js';

export interface StoredThing {
  readonly collection?: string;
  readonly key: string;
  readonly type?: string;
  readonly document: string;
  readonly space?: string;
  readonly sent?: string;
}

/** A database of its own with the store's tables, to run compiled statements on. */
export interface TestDatabase {
  readonly name: string;
  /** Gives the sequences. */
  insert(rows: readonly StoredThing[]): Promise<number[]>;
  link(source: number, property: string, target: number): Promise<void>;
  clear(): Promise<void>;
  query(text: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  read(plan: ReadPlan, options?: ReadOptions): Promise<readonly Row[]>;
  count(plan: ReadPlan, options?: ReadOptions): Promise<number>;
  items(plan: ItemsPlan): Promise<number[]>;
  countItems(plan: ItemsPlan): Promise<number>;
  crossjoin(plan: CrossjoinPlan): Promise<CrossjoinRow[]>;
  countCrossjoin(plan: CrossjoinPlan): Promise<number>;
  close(): Promise<void>;
}

export interface ReadOptions {
  readonly ignoreCase?: boolean;
  readonly now?: string;
}

interface Session {
  readonly name: string;
  readonly jsonFunction: string;
  dialect(ignoreCase: boolean): Dialect;
  query(text: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** SQLite always; PostgreSQL where `MOCKGRAPH_POSTGRES` says where it is. */
export const databases: readonly (readonly [name: string, open: () => Promise<TestDatabase>])[] = [
  ['SQLite', async () => withTables(openSqlite(), 'INTEGER PRIMARY KEY AUTOINCREMENT', 'BLOB')],
  ...(process.env['MOCKGRAPH_POSTGRES'] === undefined
    ? []
    : ([['PostgreSQL', async () => withTables(await openPostgres(), 'BIGSERIAL PRIMARY KEY', 'jsonb')]] as const)),
];

function openSqlite(): Session {
  const database = new Libsql(':memory:');
  return {
    name: 'SQLite',
    jsonFunction: 'jsonb(?)',
    dialect: (ignoreCase) => sqlite({ ignoreCase }),
    query: (text, parameters) => {
      const statement = database.prepare(text);
      const values = [...parameters];
      if (/^(SELECT|EXPLAIN|INSERT.*RETURNING)/s.test(text))
        return Promise.resolve(statement.all(...values) as Record<string, unknown>[]);
      statement.run(...values);
      return Promise.resolve([]);
    },
    close: () => Promise.resolve(database.close() as unknown as void),
  };
}

async function openPostgres(): Promise<Session> {
  const client = new Client({ connectionString: process.env['MOCKGRAPH_POSTGRES']! });
  await client.connect();
  const schema = `sql_${process.pid}_${Math.trunc(performance.now() * 1000)}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(`SET search_path TO ${schema}`);
  return {
    name: 'PostgreSQL',
    jsonFunction: '?::jsonb',
    dialect: (ignoreCase) => postgres({ ignoreCase }),
    query: async (text, parameters) => (await client.query(text, [...parameters])).rows as Record<string, unknown>[],
    close: async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

async function withTables(session: Session, counter: string, json: string): Promise<TestDatabase> {
  const { placeholder } = session.dialect(false);
  const query = (text: string, parameters: readonly unknown[] = []) => {
    let position = 0;
    return session.query(
      text.replaceAll('?', () => placeholder(++position)),
      parameters,
    );
  };
  const run = (statement: { text: string; parameters: readonly unknown[] }) =>
    session.query(statement.text, statement.parameters);
  const context = { dialect: session.dialect(false), space: 's' };
  await query(
    `CREATE TABLE entity (sequence ${counter}, space TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL, document ${json} NOT NULL, sent TEXT)`,
  );
  await query('CREATE UNIQUE INDEX entity_address ON entity (space, collection, key)');
  await query('CREATE INDEX entity_order ON entity (space, collection, sequence)');
  await query(
    `CREATE TABLE reference (position ${counter}, space TEXT NOT NULL, source_sequence BIGINT NOT NULL, property TEXT NOT NULL, target_sequence BIGINT NOT NULL)`,
  );
  await query('CREATE UNIQUE INDEX reference_link ON reference (source_sequence, property, target_sequence)');
  await query('CREATE INDEX reference_inverse ON reference (target_sequence, property, source_sequence)');
  return {
    name: session.name,
    query,
    async insert(rows) {
      const sequences: number[] = [];
      for (const { space = 's', collection = 'things', key, type = 't.Thing', document, sent } of rows) {
        const [row] = await query(
          `INSERT INTO entity (space, collection, key, type, version, document, sent) VALUES (?, ?, ?, ?, 1, ${session.jsonFunction}, ?) RETURNING sequence`,
          [space, collection, key, type, document, sent ?? null],
        );
        sequences.push(Number(row!['sequence']));
      }
      return sequences;
    },
    async link(source, property, target) {
      await query('INSERT INTO reference (space, source_sequence, property, target_sequence) VALUES (?, ?, ?, ?)', [
        's',
        source,
        property,
        target,
      ]);
    },
    async clear() {
      await query('DELETE FROM reference');
      await query('DELETE FROM entity');
    },
    async read(plan, { ignoreCase = false, now } = {}) {
      const context = { dialect: session.dialect(ignoreCase), space: 's', ...(now && { now: () => now }) };
      return readRows(await run(compileSelect(plan, context)), plan);
    },
    async count(plan, { ignoreCase = false } = {}) {
      const [record] = await run(compileCount(plan, { dialect: session.dialect(ignoreCase), space: 's' }));
      return Number(record!['count']);
    },
    async items(plan) {
      return (await run(compileItems(plan, context))).map(({ position }) => Number(position));
    },
    async countItems(plan) {
      return Number((await run(compileItemCount(plan, context)))[0]!['count']);
    },
    async crossjoin(plan) {
      return (await run(compileCrossjoin(plan, context))).map((record) => readCrossjoinRow(record, plan));
    },
    async countCrossjoin(plan) {
      return Number((await run(compileCrossjoinCount(plan, context)))[0]!['count']);
    },
    close: () => session.close(),
  };
}
