import type { ArithmeticOperator } from '../dialect.js';
import { name, sql, type Sql } from '../sql.js';
import {
  BOTH_PRESENT,
  digitsOf,
  infinite,
  IS_FINITE,
  IS_TOO_LONG,
  OPERATORS,
  SAME_SCALE,
  scaledOperands,
  SUM_OF_SCALES,
  unlessLong,
} from './decimal-operands.js';
import { decimalQuotient } from './decimal-quotient.js';
import { stepsOfUnscaled } from './decimals.js';
import { divisionTables, LONG_REMAINDER } from './long-division.js';
import { CARRIED, fromCoefficients, limbOf, limbsIn } from './long-numbers.js';
import { inTables, step, steps, table } from './steps.js';

/**
 * Exact, but for quotients: these are rounded to 34 significant digits, as a decimal128 has, midpoints away from zero.
 * Decimals become whole numbers of one scale, which are computed in 64 bits where these suffice and in limbs where not.
 */
export function decimalArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  if (operator === 'div' || operator === 'divby') return decimalQuotient(operator, left, right);
  const { inIntegers, operands, tables, inLimbs, beyond } = OPERATIONS[operator];
  const fits = sql`${IS_FINITE} AND length(x) <= 18 AND length(y) <= 18`;
  const first = [
    ...scaledOperands(left, right, operator === 'mul' ? SUM_OF_SCALES : SAME_SCALE),
    sql`a, b, k, x, y, CASE WHEN ${fits} THEN ${inIntegers} END AS n`,
  ];
  const isLong = sql`n IS NULL AND ${IS_FINITE}${operator === 'mod' ? sql` AND b <> '0'` : sql``}`;
  const w = sql`SELECT ${operands} FROM ${step(first.length - 1)} WHERE ${isLong} AND NOT ${IS_TOO_LONG}`;
  const then = [
    sql`a, b, k, CASE WHEN ${isLong} THEN ${unlessLong(inLimbs)} ELSE n END AS v`,
    ...stepsOfUnscaled(sql`a, b, v, `),
  ];
  const all = [
    ...steps(BOTH_PRESENT, first),
    table(name('w'), w),
    ...tables,
    ...steps(BOTH_PRESENT, then, first.length),
  ];
  return inTables(all, sql`CASE WHEN v IS NULL THEN ${beyond} ELSE t END FROM ${step(first.length + then.length - 1)}`);
}

/** How an operator computes `x` and `y` in integers, null where they do not suffice; and in limbs, where `tables` follow one named `w`. */
interface Operation {
  readonly inIntegers: Sql;
  readonly operands: Sql;
  readonly tables: readonly Sql[];
  readonly inLimbs: Sql;
  /** The result where none is finite. */
  readonly beyond: Sql;
}

const sign = (whole: Sql): Sql => sql`CASE WHEN ${whole} GLOB '-*' THEN -1 ELSE 1 END`;
const UNSIGNED = sql`${digitsOf(sql`x`)} AS x, ${digitsOf(sql`y`)} AS y`;
const [X, Y] = [limbOf(sql`w.x`, sql`n.k`), limbOf(sql`w.y`, sql`n.k`)];

function sum(operator: '+' | '-'): Operation {
  return {
    inIntegers: sql`CAST(x AS INTEGER) ${OPERATORS[operator]} CAST(y AS INTEGER)`,
    operands: sql`${UNSIGNED}, ${sign(sql`x`)} AS s, ${sign(sql`y`)} AS t, ${limbsIn(sql`max(length(x), length(y))`)} AS most`,
    tables: fromCoefficients(sql`w.s * ${X} ${OPERATORS[operator]} w.t * ${Y}`),
    inLimbs: CARRIED,
    beyond: infinite(operator),
  };
}

const OPERATIONS: Readonly<Record<'add' | 'sub' | 'mul' | 'mod', Operation>> = {
  add: sum('+'),
  sub: sum('-'),
  mul: {
    inIntegers: sql`CASE WHEN length(x) + length(y) <= 18 THEN CAST(x AS INTEGER) * CAST(y AS INTEGER) END`,
    operands: sql`${UNSIGNED}, ${sign(sql`x`)} * ${sign(sql`y`)} AS s, ${limbsIn(sql`length(x) + length(y)`)} AS most`,
    tables: fromCoefficients(
      sql`w.s * (SELECT sum(${limbOf(sql`w.x`, sql`i.k`)} * ${limbOf(sql`w.y`, sql`(n.k - i.k)`)}) FROM n AS i WHERE i.k <= n.k)`,
    ),
    inLimbs: CARRIED,
    beyond: infinite('*'),
  },
  /** The sign is that of the dividend, and what is divided by infinity remains. */
  mod: {
    inIntegers: sql`CAST(x AS INTEGER) % CAST(y AS INTEGER)`,
    operands: UNSIGNED,
    tables: divisionTables,
    inLimbs: sql`CASE WHEN a GLOB '-*' THEN '-' ELSE '' END || ${LONG_REMAINDER}`,
    beyond: sql`CASE WHEN b <> '0' THEN CASE WHEN b GLOB '*INF' AND a NOT GLOB '*N*' THEN a ELSE 'NaN' END END`,
  },
};
