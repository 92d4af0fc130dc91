import { postgresAggregates } from '../apply/postgres-aggregates.js';
import type { Dialect, DialectOptions } from '../dialect.js';
import { EMPTY, sql, value, type Sql } from '../sql.js';
import { postgresGeo } from './geo.js';
import { postgresJson } from './json.js';
import { postgresNumbers } from './numbers.js';
import { refusal } from './refusal.js';
import { postgresStrings } from './strings.js';
import { postgresTimes } from './times.js';
import { postgresValues } from './values.js';

export { refusalOf } from './refusal.js';

/** PostgreSQL from 14 on, whose `numeric` knows infinity. Documents are `jsonb`. */
export function postgres({ ignoreCase }: DialectOptions): Dialect {
  return {
    exclusive: false,
    ignoreCase,
    deepestPart: Infinity,
    deepestStatement: Infinity,
    joinsItems: false,
    placeholder: (position) => `$${position}`,
    page,
    reachedRows,
    // Rows are made as they are asked for.
    mostRows: (recursive) => recursive,
    refusal,
    values: postgresValues(ignoreCase),
    json: postgresJson,
    strings: postgresStrings(ignoreCase),
    numbers: postgresNumbers,
    times: postgresTimes,
    geo: postgresGeo,
    aggregates: postgresAggregates,
  };
}

function page(limit: number | undefined, skip: number): Sql {
  const rows = limit === undefined ? EMPTY : sql` LIMIT ${value(limit)}::bigint`;
  return skip === 0 ? rows : sql`${rows} OFFSET ${value(skip)}::bigint`;
}

function reachedRows(recursive: Sql, alias: Sql): Sql {
  return sql`LATERAL (WITH RECURSIVE reached(sequence) AS (${recursive}) SELECT sequence AS value FROM reached) AS ${alias}`;
}
