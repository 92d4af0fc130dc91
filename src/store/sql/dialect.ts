import type { Sql } from './sql.js';

/** Everything in which the databases differ. The compiler never asks which one it writes for. */
export interface Dialect {
  /** Whether units of work must run one after another. */
  readonly exclusive: boolean;
  /** Whether strings compare without regard to the case of ASCII letters. */
  readonly ignoreCase: boolean;
  /** How the n-th value of a statement is written, from 1 on. */
  placeholder(position: number): string;
  /** JSON text of a stored document. */
  documentText(document: Sql): Sql;
  /** A whole number as a value. */
  whole(number: number): Sql;
  /** A text as a value. */
  text(text: string): Sql;
  /** `LIMIT` and `OFFSET`. */
  page(limit: number | undefined, skip: number): Sql;
}

export interface DialectOptions {
  readonly ignoreCase: boolean;
}
