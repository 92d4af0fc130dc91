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
    endsWith: (text, part) =>
      sql`(substr(${fold(text)}, -length(${part})) = ${fold(part)} OR ${part} = '' AND ${text} IS NOT NULL)`,
    indexOf: (text, part) => sql`(instr(${fold(text)}, ${fold(part)}) - 1)`,
    substring(text, start, length) {
      const first = sql`CASE WHEN ${start} < 0 THEN max(length(${text}) + ${start}, 0) ELSE min(${start}, ${LONGEST}) END + 1`;
      return length === undefined
        ? sql`substr(${text}, ${first})`
        : sql`substr(${text}, ${first}, min(max(${length}, 0), ${LONGEST}))`;
    },
    /** Part of the extensions that libsql is built with. */
    matches: (text, pattern) => sql`regexp(${value(pattern)}, ${text})`,
  };
}

/** Longer than any text; sums of positions that are so far out would be negative. */
const LONGEST = sql`1073741823`;
