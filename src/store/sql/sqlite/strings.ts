import type { StringDialect } from '../dialect.js';
import { integer, once, sql, value, type Sql } from '../sql.js';
import { WHITE_SPACE } from '../white-space.js';

/** `lower` and `upper` of SQLite know ASCII letters alone. */
export function sqliteStrings(ignoreCase: boolean): StringDialect {
  const fold = (text: Sql): Sql => (ignoreCase ? sql`lower(${text})` : text);
  return {
    fold,
    lower: (text) => sql`lower(${text})`,
    upper: (text) => sql`upper(${text})`,
    trim: (text) => sql`trim(${text}, ${value(WHITE_SPACE)})`,
    length: (text) => sql`length(${text})`,
    contains: (text, part) => sql`(instr(${fold(text)}, ${fold(part)}) > 0)`,
    startsWith: (text, part) => sql`(instr(${fold(text)}, ${fold(part)}) = 1)`,
    endsWith: (text, part) => sql`(substr(${fold(text)}, -length(${part})) = ${fold(part)})`,
    indexOf: (text, part) => sql`(instr(${fold(text)}, ${fold(part)}) - 1)`,
    substring: (text, start, length) =>
      length === undefined
        ? sql`substr(${text}, ${position(start)} + 1)`
        : sql`substr(${text}, ${position(start)} + 1, ${position(length)})`,
    /** Part of the extensions that libsql is built with. */
    percentEncoded: (text, allowed) =>
      once(text, (v) => {
        const pair = (at: number) => sql`coalesce('%' || nullif(substr(hex(c), ${integer(at)}, 2), ''), '')`;
        const bytes = [1, 3, 5, 7].map(pair).reduce((before, each) => sql`${before} || ${each}`);
        const isEncoded = allowed.includes('#') ? sql`substr(${v}, i, 3) GLOB '%[0-9A-Fa-f][0-9A-Fa-f]'` : sql`FALSE`;
        const part = sql`(SELECT CASE WHEN instr(${value(allowed)}, c) > 0 OR ${isEncoded} THEN c ELSE ${bytes} END FROM (SELECT substr(${v}, i, 1) AS c))`;
        const steps = sql`SELECT 1, '' UNION ALL SELECT i + 1, t || ${part} FROM written WHERE i <= length(${v})`;
        return sql`(WITH RECURSIVE written(i, t) AS (${steps}) SELECT t FROM written ORDER BY i DESC LIMIT 1)`;
      }),
    joined: (select, separator, alias) =>
      sql`(SELECT group_concat(${alias}.v, ${separator}) FROM (${select} ORDER BY i) AS ${alias})`,
    matches: (text, pattern) => sql`regexp(${pattern}, ${text})`,
    wordBoundary: String.raw`\b`,
  };
}

/** From zero to what is longer than any text; sums of positions that are further out would be negative. */
function position(number: Sql): Sql {
  return sql`min(max(${number}, 0), 1073741823)`;
}
