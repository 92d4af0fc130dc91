import { integer, name, sql, type Sql } from '../sql.js';
import {
  BOTH_PRESENT,
  digitsOf,
  infinite,
  IS_FINITE,
  IS_TOO_LONG,
  SAME_SCALE,
  scaledOperands,
  unlessLong,
} from './decimal-operands.js';
import { stepsOfUnscaled } from './decimals.js';
import { divisionTables, LONG_QUOTIENT, quotientTables } from './long-division.js';
import { incremented, zeros } from './long-numbers.js';
import { inTables, step, steps, table } from './steps.js';

/** Significant digits of quotients, as many as a decimal128 has. */
const MOST_DIGITS = 34;

/** Nine digits at a time, behind those before the point: 64 bits hold a remainder with nine more. So many are enough for divisors of nine digits. */
const SHORT_PIECES = 5;
const SHORT_SCALE = integer(9 * SHORT_PIECES);

/** With zeros behind the dividend or the divisor, the long quotient has 36 or 37 digits, of which so many stand behind the point. */
const LONG_SCALE = sql`(${integer(MOST_DIGITS + 2)} + length(y) - length(x))`;

/** Rounded to 34 significant digits, midpoints away from zero; the digits behind those are cut off, which does not change it. */
export function decimalQuotient(operator: 'div' | 'divby', left: Sql, right: Sql): Sql {
  const first = [
    ...scaledOperands(left, right, SAME_SCALE),
    sql`a, b, ${digitsOf(sql`x`)} AS x, ${digitsOf(sql`y`)} AS y`,
    ...SHORT,
  ];
  const isLong = sql`d IS NULL AND ${IS_FINITE} AND b <> '0'`;
  const dividend = sql`x || ${zeros(sql`max(${LONG_SCALE}, 0)`)}`;
  const divisor = sql`y || ${zeros(sql`max(-${LONG_SCALE}, 0)`)}`;
  const w = sql`SELECT ${dividend} AS x, ${divisor} AS y FROM ${step(first.length - 1)} WHERE ${isLong} AND NOT ${IS_TOO_LONG}`;
  const then = [
    sql`a, b, CASE WHEN ${isLong} THEN ${unlessLong(LONG_QUOTIENT)} ELSE ltrim(d, '0') END AS d, CASE WHEN ${isLong} THEN ${LONG_SCALE} ELSE ${SHORT_SCALE} END AS k`,
    ...ROUNDED,
    ...stepsOfUnscaled(sql`a, b, v, `),
  ];
  const beyond = sql`CASE WHEN b = '0' THEN ${BY_ZERO[operator]} ELSE ${infinite('/')} END`;
  const all = [
    ...steps(BOTH_PRESENT, first),
    table(name('w'), w),
    ...divisionTables,
    ...quotientTables,
    ...steps(BOTH_PRESENT, then, first.length),
  ];
  return inTables(all, sql`CASE WHEN v IS NULL THEN ${beyond} ELSE t END FROM ${step(first.length + then.length - 1)}`);
}

/** The digits `d` of the quotient where integers suffice, else null; `r` is what remains. */
const SHORT: readonly Sql[] = [
  sql`a, b, x, y, CASE WHEN length(x) <= 18 AND length(y) <= 9 AND b <> '0' AND ${IS_FINITE} THEN CAST(x AS INTEGER) END AS r, CAST(y AS INTEGER) AS m`,
  sql`a, b, x, y, m, r % m AS r, '' || (r / m) AS d`,
  ...Array.from(
    { length: SHORT_PIECES },
    () => sql`a, b, x, y, m, r * 1000000000 % m AS r, d || printf('%09d', r * 1000000000 / m) AS d`,
  ),
];

const ROUNDED: readonly Sql[] = [
  sql`a, b, substr(d, 1, ${integer(MOST_DIGITS)}) AS d, '0' || substr(d, 1, ${integer(MOST_DIGITS)}) AS e, substr(d, ${integer(MOST_DIGITS + 1)}, 1) >= '5' AS up, k - max(length(d) - ${integer(MOST_DIGITS)}, 0) AS k`,
  sql`a, b, d, e, rtrim(e, '9') AS h, up, k`,
  sql`a, b, CASE WHEN up THEN ${incremented(sql`e`, sql`h`)} ELSE d END AS d, k`,
  sql`a, b, CASE WHEN (a GLOB '-*') <> (b GLOB '-*') THEN '-' ELSE '' END || d || ${zeros(sql`max(-k, 0)`)} AS v, max(k, 0) AS k`,
];

/** Infinity is only for those who ask for it. [OData-URL 5.1.1.2.6] */
const BY_ZERO = {
  div: sql`NULL`,
  divby: sql`CASE WHEN a IN ('0', 'NaN') THEN 'NaN' WHEN a GLOB '-*' THEN '-INF' ELSE 'INF' END`,
};
