import type { TimeDialect } from '../dialect.js';
import { bothOnce, constant, name, once, sql, type Sql } from '../sql.js';
import { unscaled } from './decimals.js';

const FIRST_SECOND = sql`-62135596800`;
const LAST_SECOND = sql`253402300799`;

export const sqliteTimes: TimeDialect = {
  digits: (text) => sql`CAST(${text} AS INTEGER)`,
  fraction: (digits) => once(digits, (v) => sql`CASE ${v} WHEN '' THEN '0' ELSE '0.' || ${v} END`),
  durationToSeconds,
  secondsToDuration,
  later: (dateTime, seconds) =>
    bothOnce(dateTime, seconds, (a, b) => {
      const sum = sql`SELECT ${ticksOf(a)} + ${ticksOfSeconds(b)} AS v`;
      const split = sql`SELECT v, ((v % 10000000) + 10000000) % 10000000 AS f FROM (${sum})`;
      const parts = sql`SELECT (v - f) / 10000000 AS s, f FROM (${split})`;
      return sql`(SELECT CASE WHEN s BETWEEN ${FIRST_SECOND} AND ${LAST_SECOND} THEN strftime('%Y-%m-%dT%H:%M:%S', s, 'unixepoch') || CASE f WHEN 0 THEN '' ELSE '.' || rtrim(printf('%07d', f), '0') END END FROM (${parts}))`;
    }),
  secondsBetween: (from, to) => bothOnce(from, to, (a, b) => unscaled(sql`${ticksOf(b)} - ${ticksOf(a)}`, sql`7`)),
  isCanonical: isCanonicalTime,
};

/** Example: `P1DT2H3M4.5S` becomes `93784.5`. Casts to integers read the digits at the start of a text. */
export function durationToSeconds(text: Sql): Sql {
  const component = (column: string, unit: string) => {
    const [rest, letter] = [name(column), constant(unit)];
    return {
      number: sql`CASE WHEN instr(${rest}, ${letter}) THEN CAST(${rest} AS INTEGER) ELSE 0 END`,
      rest: sql`substr(${rest}, instr(${rest}, ${letter}) + 1)`,
    };
  };
  const [days, hours, minutes] = [component('d', 'D'), component('h', 'H'), component('m', 'M')];
  const start = sql`SELECT ${text} AS v`;
  const withDays = sql`SELECT v, substr(v, instr(v, 'P') + 1) AS d FROM (${start}) WHERE v GLOB '*P*'`;
  const withHours = sql`SELECT v, ${days.number} * 86400 AS s, CASE WHEN instr(d, 'T') THEN substr(d, instr(d, 'T') + 1) ELSE '' END AS h FROM (${withDays})`;
  const withMinutes = sql`SELECT v, s + ${hours.number} * 3600 AS s, ${hours.rest} AS m FROM (${withHours})`;
  const withSeconds = sql`SELECT v, s + ${minutes.number} * 60 AS s, ${minutes.rest} AS r FROM (${withMinutes})`;
  const whole = sql`SELECT v, s + CAST(r AS INTEGER) AS s, CASE WHEN instr(r, '.') THEN rtrim(substr(r, instr(r, '.')), 'S') ELSE '' END AS f FROM (${withSeconds})`;
  return sql`(SELECT CASE WHEN v GLOB '-*' AND s || f <> '0' THEN '-' ELSE '' END || s || f FROM (${whole}))`;
}

/** Example: `93784.5` becomes `P1DT2H3M4.5S`. */
function secondsToDuration(seconds: Sql): Sql {
  const start = sql`SELECT v, ltrim(v, '-') AS b FROM (SELECT ${seconds} AS v)`;
  const parts = sql`SELECT v, CAST(b AS INTEGER) AS s, CASE WHEN instr(b, '.') THEN substr(b, instr(b, '.')) ELSE '' END AS f FROM (${start}) WHERE v IS NOT NULL`;
  const day = sql`CASE WHEN s >= 86400 THEN (s / 86400) || 'D' ELSE '' END`;
  const hour = sql`CASE WHEN s / 3600 % 24 > 0 THEN (s / 3600 % 24) || 'H' ELSE '' END`;
  const minute = sql`CASE WHEN s / 60 % 60 > 0 THEN (s / 60 % 60) || 'M' ELSE '' END`;
  const second = sql`CASE WHEN s % 60 || f <> '0' THEN (s % 60) || f || 'S' ELSE '' END`;
  const time = sql`CASE WHEN s % 86400 || f <> '0' THEN 'T' || ${hour} || ${minute} || ${second} ELSE '' END`;
  return sql`(SELECT CASE WHEN s || f = '0' THEN 'PT0S' ELSE CASE WHEN v GLOB '-*' THEN '-' ELSE '' END || 'P' || ${day} || ${time} END FROM (${parts}))`;
}

/** 100 ns units since 1970, in 64 bits for all years up to 9999. */
function ticksOf(dateTime: Sql): Sql {
  return sql`(unixepoch(substr(${dateTime}, 1, 19)) * 10000000 + CAST(substr(substr(${dateTime}, 21) || '0000000', 1, 7) AS INTEGER))`;
}

/** Null for more seconds than there are in any two years that a date may have. */
function ticksOfSeconds(seconds: Sql): Sql {
  return once(seconds, (v) => {
    const body = sql`ltrim(${v}, '-')`;
    const whole = sql`substr(${body}, 1, instr(${body} || '.', '.') - 1)`;
    const fraction = sql`substr(substr(${body}, instr(${body} || '.', '.') + 1) || '0000000', 1, 7)`;
    return sql`CASE WHEN length(${whole}) < 13 THEN CAST(${whole} || ${fraction} AS INTEGER) * CASE WHEN ${v} GLOB '-*' THEN -1 ELSE 1 END END`;
  });
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
