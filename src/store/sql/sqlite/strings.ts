import type { StringDialect } from '../dialect.js';
import { sql, value, type Sql } from '../sql.js';
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
    matches: (text, pattern) => sql`regexp(${pattern}, ${text})`,
    wordBoundary: String.raw`\b`,
  };
}

/** From zero to what is longer than any text; sums of positions that are further out would be negative. */
function position(number: Sql): Sql {
  return sql`min(max(${number}, 0), 1073741823)`;
}
