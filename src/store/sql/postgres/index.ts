import type { Dialect, DialectOptions } from '../dialect.js';
import { EMPTY, sql, value, type Sql } from '../sql.js';

/** PostgreSQL from 14 on, whose `numeric` knows infinity. Documents are `jsonb`. */
export function postgres({ ignoreCase }: DialectOptions): Dialect {
  return {
    exclusive: false,
    ignoreCase,
    placeholder: (position) => `$${position}`,
    documentText: (document) => sql`${document}::text`,
    whole: (number) => sql`${value(number)}::bigint`,
    text: (text) => sql`${value(text)}::text`,
    page,
  };
}

function page(limit: number | undefined, skip: number): Sql {
  const rows = limit === undefined ? EMPTY : sql` LIMIT ${value(limit)}::bigint`;
  return skip === 0 ? rows : sql`${rows} OFFSET ${value(skip)}::bigint`;
}
