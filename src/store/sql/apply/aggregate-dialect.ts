import type { Kind } from '../kind.js';
import type { Sql } from '../sql.js';

/** Aggregate functions, as far as the databases differ. Nulls count for nothing; without values the result is null. */
export interface AggregateDialect {
  /** What `count`, or a position among rows, gives, in the form of integers. */
  count(count: Sql): Sql;
  /** A sum in the form of its kind; durations are sums of seconds. */
  sum(value: Sql, kind: Kind): Split;
  /** The least or greatest value; undefined where no aggregate function finds it, but the order of `key` does. */
  extreme(method: 'min' | 'max', value: Sql, key: Sql, kind: Kind): Sql | undefined;
}

/** What is computed over the rows, each part by a call of one aggregate function, and what becomes of it afterwards. */
export interface Split {
  readonly parts: readonly Sql[];
  finish(parts: readonly Sql[]): Sql;
}
