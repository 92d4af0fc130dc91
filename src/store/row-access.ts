import type { Awaitable, Connection } from './connection/connection.js';
import type { CountRule } from './count-rule.js';
import type { Dialect } from './sql/index.js';
import type { Statements } from './statements.js';

/** What reads and writes of rows need besides a connection. */
export interface RowAccess {
  readonly dialect: Dialect;
  readonly statements: Statements;
  readonly counts: readonly CountRule[];
  /** The present time, for the change log. */
  readonly now: () => string;
}

/** Does some work with a connection. */
export type Run = <T>(work: (connection: Connection) => Awaitable<T>) => Promise<T>;
