import Libsql from 'libsql';

/** As much as the store uses of the interface that `libsql` and `better-sqlite3` share. See docs/decisions/0002-sqlite-driver.md. */
export interface SqliteDriver {
  prepare(text: string): SqliteStatement;
  exec(text: string): void;
  pragma(text: string): unknown;
  readonly inTransaction: boolean;
}

export interface SqliteStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  /** Makes rows arrays. */
  raw(): this;
  get(parameters: readonly unknown[]): unknown;
  all(parameters: readonly unknown[]): unknown;
}

/** What TypeORM is to use for `better-sqlite3`. */
export const sqliteDriver: unknown = Libsql;
