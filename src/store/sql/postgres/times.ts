import type { TimeDialect } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';
import { numberToText } from './numbers.js';

export const postgresTimes: TimeDialect = {
  digits: (text) => once(text, (v) => sql`CASE WHEN ${v} ~ '^\\d{1,20}$' THEN ${v}::numeric END`),
  fraction: (digits) =>
    once(digits, (v) => sql`CASE WHEN ${v} ~ '^\\d{1,20}$' THEN ('0.' || ${v})::numeric ELSE 0 END`),
  durationToSeconds,
  secondsToDuration,
  later: (dateTime, seconds) =>
    bothOnce(dateTime, seconds, (a, b) => {
      const ticks = sql`${ticksOf(a)} + trunc(${b} * 10000000)`;
      return once(ticks, (v) => {
        const second = sql`floor(${v} / 10000000)`;
        const text = sql`to_char(timestamp '1970-01-01' + make_interval(days => div(floor(${v} / 10000000), 86400)::integer) + make_interval(secs => (floor(${v} / 10000000) % 86400)::float8), 'YYYY-MM-DD"T"HH24:MI:SS')`;
        const fraction = sql`CASE (${v} - ${second} * 10000000) WHEN 0 THEN '' ELSE '.' || rtrim(lpad(trunc(${v} - ${second} * 10000000)::text, 7, '0'), '0') END`;
        return sql`CASE WHEN ${second} BETWEEN -62135596800 AND 253402300799 THEN ${text} || ${fraction} END`;
      });
    }),
  offsetMinutes: (text) =>
    once(
      text,
      (v) =>
        sql`CASE WHEN ${v} ~ '[-+]\\d\\d:\\d\\d$' THEN (left(right(${v}, 6), 1) || '1')::numeric * (left(right(${v}, 5), 2)::numeric * 60 + right(${v}, 2)::numeric) ELSE 0 END`,
    ),
  offsetText: (minutes) =>
    sql`CASE WHEN ${minutes} = 0 THEN 'Z' ELSE CASE WHEN ${minutes} < 0 THEN '-' ELSE '+' END || lpad(div(abs(${minutes}), 60)::text, 2, '0') || ':' || lpad((abs(${minutes}) % 60)::text, 2, '0') END`,
  secondsBetween: (from, to) => bothOnce(from, to, (a, b) => sql`(${ticksOf(b)} - ${ticksOf(a)}) / 10000000`),
  isCanonical: isCanonicalTime,
};

const DURATION = sql`'^-?P(?=.)(\\d{1,100}D)?(T(?=.)(\\d{1,3}H)?(\\d{1,3}M)?(\\d{1,3}(\\.\\d{1,20})?S)?)?$'`;

/** Example: `P1DT2H3M4.5S` becomes 93784.5. */
export function durationToSeconds(text: Sql): Sql {
  return once(text, (v) => {
    const component = (pattern: Sql) => sql`coalesce(substring(${v} from ${pattern})::numeric, 0)`;
    const sum = sql`${component(sql`'(\\d+)D'`)} * 86400 + ${component(sql`'(\\d+)H'`)} * 3600 + ${component(sql`'T.*?(\\d+)M'`)} * 60 + ${component(sql`'([\\d.]+)S'`)}`;
    return sql`CASE WHEN ${v} ~ ${DURATION} THEN CASE WHEN starts_with(${v}, '-') THEN -1 ELSE 1 END * (${sum}) END`;
  });
}

/** Example: 93784.5 becomes `P1DT2H3M4.5S`. */
export function secondsToDuration(seconds: Sql): Sql {
  return once(seconds, (v) => {
    const component = (number: Sql, unit: Sql) =>
      sql`CASE WHEN ${number} > 0 THEN ${numberToText(number)} || ${unit} ELSE '' END`;
    const size = sql`abs(${v})`;
    const day = component(sql`div(${size}, 86400)`, sql`'D'`);
    const hour = component(sql`div(${size}, 3600) % 24`, sql`'H'`);
    const minute = component(sql`div(${size}, 60) % 60`, sql`'M'`);
    const second = component(sql`(${size} % 60)`, sql`'S'`);
    const time = sql`CASE WHEN ${size} % 86400 > 0 THEN 'T' || ${hour} || ${minute} || ${second} ELSE '' END`;
    return sql`CASE WHEN ${v} = 0 THEN 'PT0S' ELSE CASE WHEN ${v} < 0 THEN '-' ELSE '' END || 'P' || ${day} || ${time} END`;
  });
}

/** Any day up to the 31st: the database refuses texts of days that no calendar has. */
const DATE_TIME = sql`'^(?!0000)\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,20})?)?$'`;

/** 100 ns units since 1970; null for other texts. */
function ticksOf(dateTime: Sql): Sql {
  const time = sql`CASE WHEN length(${dateTime}) > 10 THEN substr(${dateTime}, 12, 2)::numeric * 3600 + substr(${dateTime}, 15, 2)::numeric * 60 + substr(${dateTime}, 18, 10)::numeric ELSE 0 END`;
  return sql`CASE WHEN ${dateTime} ~ ${DATE_TIME} THEN ((${dayOf(dateTime)} - date '1970-01-01') * 86400::numeric + ${time}) * 10000000 END`;
}

function dayOf(text: Sql): Sql {
  return sql`(make_date(substr(${text}, 1, 4)::integer, substr(${text}, 6, 2)::integer, 1) + (substr(${text}, 9, 2)::integer - 1))`;
}

/** A condition over canonical texts, the final Z of date-times included. */
export function isCanonicalTime(text: Sql, kind: 'date' | 'timeOfDay' | 'dateTime' | 'duration'): Sql {
  switch (kind) {
    case 'date':
      return sql`CASE WHEN ${text} ~ '^(?!0000)\\d{4}-(0[1-9]|1[0-2])-([0-2]\\d|3[01])$' THEN to_char(${dayOf(text)}, 'YYYY-MM-DD') = ${text} ELSE FALSE END`;
    case 'timeOfDay':
      return sql`(${text} ~ '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{0,19}[1-9])?$')`;
    case 'dateTime':
      return sql`(${isCanonicalTime(sql`substr(${text}, 1, 10)`, 'date')} AND ${text} ~ '^.{10}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{0,19}[1-9])?Z?$')`;
    case 'duration':
      return sql`(${secondsToDuration(durationToSeconds(text))} = ${text})`;
  }
}
