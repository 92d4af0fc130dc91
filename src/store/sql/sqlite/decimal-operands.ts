import { integer, sql, type Sql } from '../sql.js';
import { zeros } from './long-numbers.js';
import { refusal } from './refusal.js';

/** The first steps: `a` and `b`, and both as whole numbers `x` and `y`, of which `k` digits stand behind the point. */
export function scaledOperands(left: Sql, right: Sql, scaled: Sql): readonly Sql[] {
  return [
    sql`${left} AS a, ${right} AS b`,
    sql`a, b, max(length(a) - instr(a || '.', '.'), 0) AS fa, max(length(b) - instr(b || '.', '.'), 0) AS fb`,
    scaled,
  ];
}

export const BOTH_PRESENT = sql`a IS NOT NULL AND b IS NOT NULL`;
export const IS_FINITE = sql`a NOT GLOB '*N*' AND b NOT GLOB '*N*'`;

/** As texts, since they may be too long for integers. */
export const SAME_SCALE = sql`a, b, max(fa, fb) AS k, replace(a, '.', '') || ${zeros(sql`max(fb - fa, 0)`)} AS x, replace(b, '.', '') || ${zeros(sql`max(fa - fb, 0)`)} AS y`;
export const SUM_OF_SCALES = sql`a, b, fa + fb AS k, replace(a, '.', '') AS x, replace(b, '.', '') AS y`;

/** What it takes grows with the square of the digits. */
const MOST_DIGITS = 700;
export const IS_TOO_LONG = sql`max(length(x), length(y)) > ${integer(MOST_DIGITS)}`;
const TOO_LONG = refusal(`decimals take more than ${MOST_DIGITS} digits to write without an exponent`);

export function unlessLong(value: Sql): Sql {
  return sql`CASE WHEN ${IS_TOO_LONG} THEN ${TOO_LONG} ELSE ${value} END`;
}

/** What is made of infinite operands, beside which the size of the other does not matter. */
export function infinite(operator: '+' | '-' | '*' | '/'): Sql {
  const real = sql`${signOrInfinity(sql`a`)} ${OPERATORS[operator]} ${signOrInfinity(sql`b`)}`;
  return sql`CASE WHEN 'NaN' IN (a, b) THEN 'NaN' ELSE CASE ${real} WHEN 9e999 THEN 'INF' WHEN -9e999 THEN '-INF' WHEN 0 THEN '0' ELSE 'NaN' END END`;
}

export const OPERATORS = { '+': sql`+`, '-': sql`-`, '*': sql`*`, '/': sql`/` };

function signOrInfinity(decimal: Sql): Sql {
  return sql`CASE WHEN ${decimal} = 'INF' THEN 9e999 WHEN ${decimal} = '-INF' THEN -9e999 WHEN ${decimal} = '0' THEN 0.0 WHEN ${decimal} GLOB '-*' THEN -1.0 ELSE 1.0 END`;
}

/** The digits of a whole number without its sign and leading zeros. */
export function digitsOf(whole: Sql): Sql {
  return sql`ltrim(${whole}, '-0')`;
}
