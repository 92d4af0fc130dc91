import type { StringDialect } from '../dialect.js';
import { once, sql, value, type Sql } from '../sql.js';
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
    substring: (text, start, length) =>
      length === undefined
        ? sql`substr(${text}, ${position(start)} + 1)`
        : sql`substr(${text}, ${position(start)} + 1, ${position(length)})`,
    matches: (text, pattern) => sql`(${text} ~ ${pattern}::text)`,
    // What is a letter by its own notion depends on the locale.
    wordBoundary: '(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))',
  };
}

/** From zero to what is longer than any text; sums of positions that are further out do not fit. `least` overlooks null. */
function position(number: Sql): Sql {
  return once(number, (v) => sql`CASE WHEN ${v} IS NOT NULL THEN least(greatest(${v}, 0), 1073741823)::integer END`);
}
