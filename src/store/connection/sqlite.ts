import { DataSource } from 'typeorm';

import type { Dialect } from '../sql/index.js';
import type { ColumnTypes } from '../tables/column-types.js';
import { migrations } from '../tables/migrations.js';
import { tables } from '../tables/tables.js';
import type { Database, Syntax } from './connection.js';
import { SqliteConnection } from './sqlite-connection.js';
import { sqliteDriver, type SqliteDriver } from './sqlite-driver.js';
import { sqliteError } from './sqlite-errors.js';

const columnTypes: ColumnTypes = { sequence: 'integer', collation: undefined, bytes: 'blob' };

const syntax: Syntax = {
  parameter: (index) => `?${index}`,
  fromDocument: (column) => `json(${column})`,
  toDocument: (text) => `jsonb(${text})`,
  keepRows: '',
  holdRows: '',
  claim: undefined,
  lastChange: `SELECT seq FROM sqlite_sequence WHERE name = 'change'`,
  oldestUnit: undefined,
};

/** How long another process may take to give the file up, in milliseconds; all requests wait meanwhile. */
const patience = 1000;

/** Opens a SQLite file, made where there is none, or a database in memory. */
export async function openSqlite(file: string, dialect: Dialect): Promise<Database> {
  const inMemory = file === ':memory:';
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: sqliteDriver,
    database: file,
    timeout: patience,
    enableWAL: !inMemory,
    prepareDatabase: inMemory ? () => {} : prepareFile,
    entities: tables(columnTypes),
    migrations: migrations(columnTypes),
  });
  try {
    await source.initialize();
    await source.runMigrations();
  } catch (error) {
    if (source.isInitialized) await source.destroy().catch(() => {});
    throw sqliteError(error, file);
  }
  const driver = (source.driver as unknown as { databaseConnection: SqliteDriver }).databaseConnection;
  const connection = new SqliteConnection(driver, file);
  return {
    dialect,
    syntax,
    // A statement has the only thread until it is done, so that nobody is there to end it.
    connect: () => connection,
    isTransient: () => false,
    close: async () => {
      if (!inMemory) giveUpFile(driver);
      await source.destroy();
    },
  };
}

/**
 * One process owns the file: the store relies on being the only writer, and needs no shared memory then.
 * With a write-ahead log, NORMAL loses nothing when the process is killed; only a power failure may take the last commits.
 */
function prepareFile(driver: SqliteDriver): void {
  driver.pragma('locking_mode = EXCLUSIVE');
  driver.pragma('synchronous = NORMAL');
  driver.pragma('cache_size = -32768');
}

/** libsql keeps the file open until its statements are collected; leaving the log mode puts all into one file and lets go of the lock. */
function giveUpFile(driver: SqliteDriver): void {
  driver.pragma('journal_mode = DELETE');
  driver.pragma('locking_mode = NORMAL');
  driver.prepare('SELECT 1 FROM entity').all([]);
}
