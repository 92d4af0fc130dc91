import { sqliteAggregates } from '../apply/sqlite-aggregates.js';
import type { Dialect, DialectOptions } from '../dialect.js';
import { EMPTY, integer, sql, value, type Sql } from '../sql.js';
import { sqliteGeo } from './geo.js';
import { sqliteJson } from './json.js';
import { sqliteNumbers } from './numbers.js';
import { refusal } from './refusal.js';
import { sqliteStrings } from './strings.js';
import { sqliteTimes } from './times.js';
import { sqliteValues } from './values.js';

export { refusalOf } from './refusal.js';

/** SQLite from 3.45 on, without functions of our own. Documents are JSONB. */
export function sqlite({ ignoreCase }: DialectOptions): Dialect {
  return {
    exclusive: true,
    ignoreCase,
    // The parser's stack has 100 places, some of which are for what is done with the part and for where it stands.
    deepestPart: 12,
    deepestStatement: 60,
    joinsItems: true,
    placeholder: () => '?',
    page,
    reachedRows,
    mostRows: (recursive, most) => sql`${recursive} LIMIT ${integer(most)}`,
    refusal,
    values: sqliteValues(ignoreCase),
    json: sqliteJson,
    strings: sqliteStrings(ignoreCase),
    numbers: sqliteNumbers,
    times: sqliteTimes,
    geo: sqliteGeo,
    aggregates: sqliteAggregates(ignoreCase),
  };
}

function page(limit: number | undefined, skip: number): Sql {
  if (limit === undefined && skip === 0) return EMPTY;
  const rows = limit === undefined ? sql`-1` : sql`${value(BigInt(limit))}`;
  return skip === 0 ? sql` LIMIT ${rows}` : sql` LIMIT ${rows} OFFSET ${value(BigInt(skip))}`;
}

/** A select in FROM cannot see the tables beside it, the arguments of a function there can. */
function reachedRows(recursive: Sql, alias: Sql): Sql {
  const sequences = sql`(WITH RECURSIVE reached(sequence) AS (${recursive}) SELECT json_group_array(sequence) FROM reached)`;
  return sql`json_each(${sequences}) AS ${alias}`;
}
