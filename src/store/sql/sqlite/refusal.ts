import { constant, sql, type Sql } from '../sql.js';

/** A value that makes the statement fail where it is asked for; the driver's error is turned back into the reason by `refusalOf`. */
export function refusal(reason: string): Sql {
  return sql`json_extract('{}', ${constant(reason)})`;
}

/** SQLite repeats what is no path. Paths of our own begin with `$`. */
export function refusalOf(message: string): string | undefined {
  return /bad JSON path: '([^$'][^']*)'/.exec(message)?.[1];
}
