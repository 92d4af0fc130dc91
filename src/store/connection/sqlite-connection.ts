import type { ServiceError } from '../../error/index.js';

import type { Awaitable, Connection, Parameter, Values } from './connection.js';
import type { SqliteDriver, SqliteStatement } from './sqlite-driver.js';
import { sqliteError } from './sqlite-errors.js';

const preparedPlans = 256;
const statementsPerTurn = 1000;

/** The session with a SQLite database. The driver answers at once, so nothing here waits, but for the breath taken now and then. */
export class SqliteConnection implements Connection {
  readonly #driver: SqliteDriver;
  readonly #file: string;
  readonly #own = new Map<string, SqliteStatement>();
  readonly #plans = new Map<string, SqliteStatement>();
  #statements = 0;
  #isInTransaction = false;
  /** Why the transaction cannot be committed. As on PostgreSQL, one failed statement ends it, whatever the unit does then. */
  #failure: ServiceError | undefined;

  constructor(driver: SqliteDriver, file: string) {
    this.#driver = driver;
    this.#file = file;
  }

  rows(text: string, parameters: readonly Parameter[]): Awaitable<readonly Values[]> {
    return this.#run(text, () => {
      const statement = this.#prepare(text);
      if (statement.reader) return statement.all(parameters) as readonly Values[];
      // Half of what `all` costs where there are no rows.
      statement.get(parameters);
      return [];
    });
  }

  row(text: string, parameters: readonly Parameter[]): Awaitable<Values | undefined> {
    return this.#run(text, () => this.#prepare(text).get(parameters) as Values | undefined);
  }

  records(text: string, parameters: readonly unknown[]): Awaitable<readonly Record<string, unknown>[]> {
    return this.#run(text, () => this.#preparePlan(text).all(parameters.map(bindable)) as Record<string, unknown>[]);
  }

  begin(): void {
    this.#execute('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
  }

  commit(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#execute('COMMIT');
    this.#isInTransaction = false;
  }

  mark(): void {
    this.#execute('SAVEPOINT mark');
  }

  rollbackToMark(): void {
    this.#failure = undefined;
    this.#execute('ROLLBACK TO mark');
    this.#execute('RELEASE mark');
  }

  unmark(): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#execute('RELEASE mark');
  }

  rollback(): void {
    this.#isInTransaction = false;
    this.#failure = undefined;
    // SQLite has rolled back by itself after some failures, such as a full disk.
    if (this.#driver.inTransaction) this.#execute('ROLLBACK');
  }

  release(): void {
    // The only session stays open until the database is closed.
  }

  #execute(text: string): void {
    try {
      this.#driver.exec(text);
    } catch (error) {
      throw sqliteError(error, this.#file);
    }
  }

  /**
   * Lets the event loop turn now and then, after the statement: other requests get their chance in a long unit of work,
   * and libsql frees what a statement used only then.
   */
  #run<T>(text: string, statement: () => T): Awaitable<T> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const result = statement();
      if (++this.#statements % statementsPerTurn !== 0) return result;
      return new Promise((resolve) => setImmediate(resolve, result));
    } catch (error) {
      this.#forget(text);
      const failure = sqliteError(error, this.#file);
      if (this.#isInTransaction) this.#failure = failure;
      throw failure;
    }
  }

  /** With libsql, a statement that has failed fails again at its next use, whatever its parameters. */
  #forget(text: string): void {
    this.#own.delete(text);
    this.#plans.delete(text);
  }

  #prepare(text: string): SqliteStatement {
    let statement = this.#own.get(text);
    if (statement === undefined) {
      statement = this.#driver.prepare(text);
      if (statement.reader) statement.raw();
      this.#own.set(text, statement);
    }
    return statement;
  }

  /** Keeps the statements that were used last; URLs of many shapes must not fill the memory. */
  #preparePlan(text: string): SqliteStatement {
    const statement = this.#plans.get(text) ?? this.#driver.prepare(text);
    this.#plans.delete(text);
    this.#plans.set(text, statement);
    if (this.#plans.size > preparedPlans) this.#plans.delete(this.#plans.keys().next().value!);
    return statement;
  }
}

/** libsql ends the process when it is given a boolean. */
function bindable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
