import type { Dialect } from '../sql/index.js';
import type { Bounds } from '../bounds.js';

/** A value, or the promise of it: SQLite answers at once, and waiting for what is there already costs. */
export type Awaitable<T> = T | Promise<T>;

/** A value as a driver takes it. */
export type Parameter = string | number | bigint | boolean | Uint8Array | null;

/** One column list of a row. */
export type Values = readonly unknown[];

/** One session with a database: at most one transaction at a time. Whatever fails is a `ServiceError`. */
export interface Connection {
  /** Runs one of the store's own statements, which stays prepared, and gives its rows. */
  rows(text: string, parameters: readonly Parameter[]): Awaitable<readonly Values[]>;
  /** The first of these rows. */
  row(text: string, parameters: readonly Parameter[]): Awaitable<Values | undefined>;
  /** Runs a statement made from a plan, and gives its rows by column name. */
  records(text: string, parameters: readonly unknown[]): Awaitable<readonly Record<string, unknown>[]>;
  begin(): Awaitable<void>;
  /** Resolves only when the transaction is durable. */
  commit(): Awaitable<void>;
  /** Marks a place in the transaction to which it can go back. */
  mark(): Awaitable<void>;
  /** Undoes all since the last mark, failed statements included. */
  rollbackToMark(): Awaitable<void>;
  /** Takes the last mark away; what was done since stays. */
  unmark(): Awaitable<void>;
  /** Undoes the transaction, if there is one; never fails. */
  rollback(): Awaitable<void>;
  /** Gives the session back. */
  release(): void;
}

/** An open database. */
export interface Database {
  readonly dialect: Dialect;
  /** How the store's own statements are written here. */
  readonly syntax: Syntax;
  /** A statement beyond the bounds throws: a 504 `ServiceError` where it took too long, a 503 one where it was ended. */
  connect(bounds?: Bounds): Awaitable<Connection>;
  /** Whether the same unit of work may succeed when it is tried again. */
  isTransient(error: unknown): boolean;
  close(): Promise<void>;
}

/** Where the databases differ in the store's own statements; `Dialect` is the same for those made from plans. */
export interface Syntax {
  /** Placeholder of the numbered parameter, from 1. */
  parameter(index: number): string;
  /** From what the document column holds to JSON text. */
  fromDocument(column: string): string;
  /** From JSON text to what the document column holds. */
  toDocument(text: string): string;
  /** Ends a select whose rows must not be removed before the transaction ends. */
  readonly keepRows: string;
  /** Ends a select whose rows must not be changed by others before the transaction ends. */
  readonly holdRows: string;
  /**
   * Waits until no other transaction has the name of a space, by (space, name), and has it until the transaction ends.
   * Undefined where only one runs at a time.
   */
  readonly claim: string | undefined;
  /** Selects the last position that was given to a change. */
  readonly lastChange: string;
  /**
   * Selects a position before all changes of units that still run; null without any. Undefined where none can run while
   * the question is asked.
   */
  readonly oldestUnit: string | undefined;
}
