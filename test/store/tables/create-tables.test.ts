import { describe, expect, it } from '@jest/globals';
import pg, { Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';

import { sqliteDriver } from '../../../src/store/connection/sqlite-driver.js';
import { migrations } from '../../../src/store/tables/migrations.js';
import { tables } from '../../../src/store/tables/tables.js';

const url = process.env['MOCKGRAPH_POSTGRES'];

describe('migrations', () => {
  it('make the tables that the entities describe, on SQLite', async () => {
    const types = { sequence: 'integer', collation: undefined, bytes: 'blob' } as const;
    const options = { type: 'better-sqlite3', driver: sqliteDriver, database: ':memory:' } as const;
    expect(await differences({ ...options, entities: tables(types), migrations: migrations(types) })).toEqual([]);
  });

  (url === undefined ? it.skip : it)('make the tables that the entities describe, on PostgreSQL', async () => {
    const types = { sequence: 'bigint', collation: 'C', bytes: 'bytea' } as const;
    const client = new Client(url);
    await client.connect();
    await client.query('DROP SCHEMA IF EXISTS migration_test CASCADE; CREATE SCHEMA migration_test');
    await client.end();
    const options = { type: 'postgres', driver: pg, url: url!, schema: 'migration_test' } as const;
    const extra = { options: '-c search_path=migration_test' };
    const found = await differences({ ...options, extra, entities: tables(types), migrations: migrations(types) });
    expect(found).toEqual([]);
  });
});

/** What TypeORM would change after the migrations; and that they can be taken back. */
async function differences(options: DataSourceOptions): Promise<readonly string[]> {
  const source = await new DataSource(options).initialize();
  try {
    await source.runMigrations();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    for (let undone = 0; undone < 3; undone++) await source.undoLastMigration();
    return upQueries.map(({ query }) => query);
  } finally {
    await source.destroy();
  }
}
