import { constant, sql, type Sql } from '../sql.js';

/** A text that is no number; what only rows tell is part of it, since the database works out what is constant before it asks for it. */
export function refusal(reason: string, of: Sql): Sql {
  return sql`(${constant(reason)} || left((${of})::text, 0))::integer`;
}

/** PostgreSQL repeats what is no number; the reasons have spaces in them. */
export function refusalOf(message: string): string | undefined {
  return /^invalid input syntax for type integer: "([a-z][^"]* [^"]*)"$/.exec(message)?.[1];
}
