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
    percentEncoded: (text, allowed) =>
      once(text, (v) => {
        const bytes = sql`upper(regexp_replace(encode(convert_to(c, 'UTF8'), 'hex'), '(..)', '%\\1', 'g'))`;
        const isEncoded = allowed.includes('#') ? sql`substr(${v}, i, 3) ~ '^%[0-9A-Fa-f]{2}$'` : sql`FALSE`;
        const part = sql`CASE WHEN strpos(${value(allowed)}::text, c) > 0 OR ${isEncoded} THEN c ELSE ${bytes} END`;
        const characters = sql`SELECT i, substr(${v}, i, 1) AS c FROM generate_series(1, length(${v})) AS i`;
        return sql`(SELECT coalesce(string_agg(${part}, '' ORDER BY i), '') FROM (${characters}) AS characters)`;
      }),
    joined: (select, separator, alias) =>
      sql`(SELECT string_agg(${alias}.v, ${separator} ORDER BY ${alias}.i) FROM (${select}) AS ${alias})`,
    matches: (text, pattern) => sql`(${text} ~ ${pattern}::text)`,
    // What is a letter by its own notion depends on the locale.
    wordBoundary: '(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))',
  };
}

/** From zero to what is longer than any text; sums of positions that are further out do not fit. `least` overlooks null. */
function position(number: Sql): Sql {
  return once(number, (v) => sql`CASE WHEN ${v} IS NOT NULL THEN least(greatest(${v}, 0), 1073741823)::integer END`);
}
