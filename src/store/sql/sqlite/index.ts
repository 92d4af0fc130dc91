import type { Dialect, DialectOptions } from '../dialect.js';
import { EMPTY, sql, value, type Sql } from '../sql.js';

/** SQLite from 3.45 on, without functions of our own. Documents are JSONB. */
export function sqlite({ ignoreCase }: DialectOptions): Dialect {
  return {
    exclusive: true,
    ignoreCase,
    placeholder: () => '?',
    documentText: (document) => sql`json(${document})`,
    whole,
    text: (text) => sql`${value(text)}`,
    page,
  };
}

/** Drivers bind numbers as REAL, which turns integer arithmetic into floating-point arithmetic; bigints stay whole. */
function whole(number: number): Sql {
  return sql`${value(BigInt(number))}`;
}

function page(limit: number | undefined, skip: number): Sql {
  if (limit === undefined && skip === 0) return EMPTY;
  const offset = skip === 0 ? EMPTY : sql` OFFSET ${whole(skip)}`;
  return sql` LIMIT ${limit === undefined ? sql`-1` : whole(limit)}${offset}`;
}
