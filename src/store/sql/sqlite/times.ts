import type { TimeDialect } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';
import { unscaled } from './decimals.js';
import { inSteps } from './steps.js';

const FIRST_SECOND = sql`-62135596800`;
const LAST_SECOND = sql`253402300799`;

export const sqliteTimes: TimeDialect = {
  digits: (text) => sql`CAST(${text} AS INTEGER)`,
  fraction: (digits) => once(digits, (v) => sql`CASE ${v} WHEN '' THEN '0' ELSE '0.' || ${v} END`),
  durationToSeconds,
  secondsToDuration,
  later: (dateTime, seconds) =>
    inSteps(sql`a IS NOT NULL AND b IS NOT NULL`, [
      sql`${dateTime} AS a, ${seconds} AS b`,
      sql`${ticksOf(sql`a`)} AS v, ltrim(b, '-') AS s, CASE WHEN b GLOB '-*' THEN -1 ELSE 1 END AS n`,
      sql`v, n, substr(s, 1, instr(s || '.', '.') - 1) AS i, substr(s, instr(s || '.', '.') + 1) || '0000000' AS f`,
      sql`v + n * CASE WHEN length(i) < 13 THEN CAST(i || substr(f, 1, 7) AS INTEGER) END AS v`,
      sql`v, ((v % 10000000) + 10000000) % 10000000 AS f`,
      sql`(v - f) / 10000000 AS s, CASE f WHEN 0 THEN '' ELSE '.' || rtrim(printf('%07d', f), '0') END AS f`,
      sql`CASE WHEN s BETWEEN ${FIRST_SECOND} AND ${LAST_SECOND} THEN strftime('%Y-%m-%dT%H:%M:%S', s, 'unixepoch') || f END`,
    ]),
  offsetMinutes: (text) =>
    once(
      text,
      (v) =>
        sql`CASE substr(${v}, -6, 1) WHEN '+' THEN 1 WHEN '-' THEN -1 ELSE 0 END * (CAST(substr(${v}, -5, 2) AS INTEGER) * 60 + CAST(substr(${v}, -2) AS INTEGER))`,
    ),
  offsetText: (minutes) =>
    sql`CASE WHEN ${minutes} = 0 THEN 'Z' ELSE printf('%s%02d:%02d', CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END, abs(${minutes}) / 60, abs(${minutes}) % 60) END`,
  secondsBetween: (from, to) => bothOnce(from, to, (a, b) => unscaled(sql`${ticksOf(b)} - ${ticksOf(a)}`, sql`7`)),
  isCanonical: isCanonicalTime,
};

/** Example: `P1DT2H3M4.5S` becomes `93784.5`. Casts to integers read the digits at the start of a text. */
export function durationToSeconds(text: Sql): Sql {
  return inSteps(sql`v GLOB '*P*'`, [
    sql`${text} AS v`,
    sql`v, substr(v, instr(v, 'P') + 1) AS d`,
    sql`v, CASE WHEN instr(d, 'D') THEN CAST(d AS INTEGER) ELSE 0 END * 86400 AS s, CASE WHEN instr(d, 'T') THEN substr(d, instr(d, 'T') + 1) ELSE '' END AS h`,
    sql`v, s + CASE WHEN instr(h, 'H') THEN CAST(h AS INTEGER) ELSE 0 END * 3600 AS s, substr(h, instr(h, 'H') + 1) AS m`,
    sql`v, s + CASE WHEN instr(m, 'M') THEN CAST(m AS INTEGER) ELSE 0 END * 60 AS s, substr(m, instr(m, 'M') + 1) AS r`,
    sql`v, s + CAST(r AS INTEGER) AS s, CASE WHEN instr(r, '.') THEN rtrim(substr(r, instr(r, '.')), 'S') ELSE '' END AS f`,
    sql`CASE WHEN v GLOB '-*' AND s || f <> '0' THEN '-' ELSE '' END || s || f`,
  ]);
}

/** Example: `93784.5` becomes `P1DT2H3M4.5S`. */
export function secondsToDuration(seconds: Sql): Sql {
  return inSteps(sql`v IS NOT NULL`, [
    sql`${seconds} AS v`,
    sql`v, CAST(ltrim(v, '-') AS INTEGER) AS s, CASE WHEN instr(v, '.') THEN substr(v, instr(v, '.')) ELSE '' END AS f`,
    sql`v, s / 86400 AS d, s / 3600 % 24 AS h, s / 60 % 60 AS m, (s % 60) || f AS s`,
    sql`v, CASE WHEN d > 0 THEN d || 'D' ELSE '' END AS d, CASE WHEN h > 0 THEN h || 'H' ELSE '' END || CASE WHEN m > 0 THEN m || 'M' ELSE '' END || CASE WHEN s <> '0' THEN s || 'S' ELSE '' END AS t`,
    sql`CASE WHEN d || t = '' THEN 'PT0S' ELSE CASE WHEN v GLOB '-*' THEN '-' ELSE '' END || 'P' || d || CASE t WHEN '' THEN '' ELSE 'T' || t END END`,
  ]);
}

/** 100 ns units since 1970, in 64 bits for all years up to 9999. */
function ticksOf(dateTime: Sql): Sql {
  return sql`(unixepoch(substr(${dateTime}, 1, 19)) * 10000000 + CAST(substr(substr(${dateTime}, 21) || '0000000', 1, 7) AS INTEGER))`;
}

const DAY = sql`'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`;

/** A condition over canonical texts, the final Z of date-times included. */
export function isCanonicalTime(text: Sql, kind: 'date' | 'timeOfDay' | 'dateTime' | 'duration'): Sql {
  switch (kind) {
    case 'date':
      return sql`${text} GLOB ${DAY} AND date(${text}) = ${text} AND ${text} >= '0001'`;
    case 'timeOfDay':
      return isCanonicalTimeOfDay(text);
    case 'dateTime':
      return sql`${isCanonicalTime(sql`substr(${text}, 1, 10)`, 'date')} AND substr(${text}, 11, 1) = 'T' AND ${isCanonicalTimeOfDay(sql`rtrim(substr(${text}, 12), 'Z')`)} AND ${text} NOT GLOB '*ZZ'`;
    case 'duration':
      return sql`(${text} GLOB 'P[0-9T]*[DHMS]' OR ${text} GLOB '-P[0-9T]*[DHMS]') AND ${text} NOT GLOB '*[^-PDTHMS0-9.]*' AND ${secondsToDuration(durationToSeconds(text))} = ${text}`;
  }
}

function isCanonicalTimeOfDay(text: Sql): Sql {
  return sql`(${text} GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' OR ${text} GLOB '[0-2][0-9]:[0-5][0-9]:[0-5][0-9].*[1-9]' AND substr(${text}, 10) NOT GLOB '*[^0-9]*') AND ${text} < '24'`;
}
