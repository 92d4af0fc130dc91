import type { Kind } from '../kind.js';
import { postgresNumbers } from '../postgres/numbers.js';
import { sql, type Sql } from '../sql.js';
import type { AggregateDialect } from './aggregate-dialect.js';

/** All numbers are `numeric`, whose sums are exact. */
export const postgresAggregates: AggregateDialect = {
  count: (count) => sql`${count}::numeric`,
  sum: (value, kind) => ({
    parts: [sql`sum(${value})`],
    finish: ([sum]) => (kind === 'double' ? postgresNumbers.convert(sum!, 'decimal', 'double') : sum!),
  }),
  extreme(method, value, key, kind) {
    const least = method === 'min';
    if (NUMERIC.has(kind)) return least ? sql`min(${value})` : sql`max(${value})`;
    if (kind === 'boolean') return least ? sql`bool_and(${value})` : sql`bool_or(${value})`;
    return first(value, key, least);
  },
};

const NUMERIC: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'double', 'duration']);

function first(value: Sql, key: Sql, isLeast: boolean): Sql {
  const order = isLeast ? sql`${key} ASC` : sql`${key} DESC`;
  return sql`(array_agg(${value} ORDER BY ${order}) FILTER (WHERE ${value} IS NOT NULL))[1]`;
}
