import type { StringDialect } from '../dialect.js';
import { sql, value, type Sql } from '../sql.js';
import { WHITE_SPACE } from '../white-space.js';

/** By the collation `C`, `lower` and `upper` know ASCII letters alone, as on SQLite. */
export function postgresStrings(ignoreCase: boolean): StringDialect {
  const fold = (text: Sql): Sql => (ignoreCase ? sql`lower(${text} COLLATE "C")` : text);
  return {
    fold,
    lower: (text) => sql`lower(${text} COLLATE "C")`,
    upper: (text) => sql`upper(${text} COLLATE "C")`,
    trim: (text) => sql`btrim(${text}, ${value(WHITE_SPACE)}::text)`,
    length: (text) => sql`length(${text})::numeric`,
    contains: (text, part) => sql`(strpos(${fold(text)}, ${fold(part)}) > 0)`,
    startsWith: (text, part) => sql`starts_with(${fold(text)}, ${fold(part)})`,
    endsWith: (text, part) => sql`(right(${fold(text)}, length(${part})) = ${fold(part)})`,
    indexOf: (text, part) => sql`(strpos(${fold(text)}, ${fold(part)}) - 1)::numeric`,
    substring(text, start, length) {
      const first = sql`CASE WHEN ${start} < 0 THEN greatest(length(${text}) + ${start}, 0) ELSE ${start} END + 1`;
      return length === undefined
        ? sql`substr(${text}, ${position(first)})`
        : sql`substr(${text}, ${position(first)}, ${position(sql`greatest(${length}, 0)`)})`;
    },
    matches: (text, pattern) => sql`(${text} ~ ${value(pattern)}::text)`,
  };
}

/** Positions beyond the longest text, whose sum does not overflow. */
function position(number: Sql): Sql {
  return sql`least(${number}, 1073741823)::integer`;
}
