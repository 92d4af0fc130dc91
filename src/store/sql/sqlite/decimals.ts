import type { ArithmeticOperator } from '../dialect.js';
import { sql, type Sql } from '../sql.js';
import { inSteps } from './steps.js';

/**
 * SQLite has no decimal numbers. Here they are canonical texts such as `-12.5`, and `INF`, `-INF`, `NaN`.
 * Sums, products and remainders of up to 18 digits are exact, others have 15 digits.
 */

const PRESENT = sql`v IS NOT NULL`;

/** From a number `v` such as `-1.25e-07` to `-0.000000125`, in steps. */
const WITHOUT_EXPONENT = [
  sql`CASE WHEN v GLOB '-*' THEN '-' ELSE '' END AS s, instr(v || 'e', 'e') AS e, v`,
  sql`s, substr(v, length(s) + 1, e - 1 - length(s)) AS m, CAST(substr(v, e + 1) AS INTEGER) AS x`,
  sql`s, m, x, replace(m, '.', '') AS d, instr(m || '.', '.') - 1 + x AS p`,
  sql`s, CASE WHEN x = 0 THEN m WHEN p <= 0 THEN '0.' || ${zeros(sql`-p`)} || d ELSE substr(d || ${zeros(sql`p`)}, 1, p) || '.' || substr(d, p + 1) END AS u`,
  sql`s, CASE WHEN instr(u, '.') THEN rtrim(rtrim(u, '0'), '.') ELSE u END AS u`,
  sql`CASE u WHEN '0' THEN u ELSE s || u END`,
] as const;

/** A text that sorts as the decimal does: sign, number of digits before the point, digits; complements where negative. */
export function decimalKey(decimal: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${decimal} AS v`,
    sql`v, instr(v || '.', '.') AS w, replace(replace(replace(v, '0', 'j'), '1', 'i'), '2', 'h') AS c`,
    sql`v, w, replace(replace(replace(c, '3', 'g'), '4', 'f'), '5', 'e') AS c`,
    sql`v, w, replace(replace(replace(replace(c, '6', 'd'), '7', 'c'), '8', 'b'), '9', 'a') AS c`,
    sql`CASE WHEN v = '-INF' THEN '0' WHEN v = 'INF' THEN '3' WHEN v = 'NaN' THEN '4' WHEN v GLOB '-*' THEN '1' || printf('%04d', 9999 - w) || c || '~' ELSE '2' || printf('%04d', w) || v END`,
  ]);
}

/** The key of a known decimal. */
export function decimalKeyOf(text: string): string {
  if (text === '-INF') return '0';
  if (text === 'INF') return '3';
  if (text === 'NaN') return '4';
  const width = `${text}.`.indexOf('.') + 1;
  if (!text.startsWith('-')) return `2${String(width).padStart(4, '0')}${text}`;
  const complement = text.replaceAll(/\d/g, (digit) => 'jihgfedcba'[Number(digit)]!);
  return `1${String(9999 - width).padStart(4, '0')}${complement}~`;
}

const BOTH_PRESENT = sql`a IS NOT NULL AND b IS NOT NULL`;

export function decimalArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  const operands = sql`${left} AS a, ${right} AS b`;
  if (operator === 'div' || operator === 'divby')
    return inSteps(BOTH_PRESENT, [operands, operator === 'div' ? QUOTIENT : QUOTIENT_OR_INFINITY]);
  const fractions = sql`a, b, max(length(a) - instr(a || '.', '.'), 0) AS fa, max(length(b) - instr(b || '.', '.'), 0) AS fb`;
  const { integers, exact, inexact } = OPERATIONS[operator];
  const fits = sql`x GLOB '*[0-9]' AND y GLOB '*[0-9]' AND length(x) <= 18 AND length(y) <= 18`;
  return inSteps(BOTH_PRESENT, [
    operands,
    fractions,
    integers,
    sql`a, b, k, CASE WHEN ${fits} THEN ${exact} END AS n`,
    sql`CASE WHEN n IS NULL THEN ${inexact} ELSE ${unscaled(sql`n`, sql`k`)} END`,
  ]);
}

/** Infinite and huge decimals are infinite; the caller looks after NaN. */
export function decimalToReal(decimal: Sql): Sql {
  return sql`CASE ${decimal} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 ELSE CAST(${decimal} AS REAL) END`;
}

/** The decimal with the fewest digits that means the same double. */
export function doubleToDecimal(double: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${double} AS v`,
    sql`v, CASE typeof(v) WHEN 'real' THEN printf('%.15g', v) END AS g, CASE typeof(v) WHEN 'real' THEN printf('%.16g', v) END AS h`,
    sql`CASE WHEN g IS NULL THEN CAST(v AS TEXT) WHEN v = 9e999 THEN 'INF' WHEN v = -9e999 THEN '-INF' WHEN CAST(g AS REAL) = v THEN g WHEN CAST(h AS REAL) = v THEN h ELSE printf('%!.17g', v) END AS v`,
    ...WITHOUT_EXPONENT,
  ]);
}

/** The decimal of an integer whose last digits stand behind the point: 1250 and a scale of 2 give `12.5`. */
export function unscaled(integer: Sql, scale: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${integer} AS v, ${scale} AS k`,
    sql`v, k, printf('%0*d', k + 1, abs(v)) AS d`,
    sql`v, k, d, substr(d, 1, length(d) - k) || '.' || substr(d, -k) AS f`,
    sql`CASE WHEN v < 0 THEN '-' ELSE '' END || CASE k WHEN 0 THEN d ELSE rtrim(rtrim(f, '0'), '.') END`,
  ]);
}

export function roundDecimal(mode: 'round' | 'floor' | 'ceiling', decimal: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${decimal} AS v`,
    sql`v, instr(v || '.', '.') AS p, v GLOB '-*' AS s`,
    sql`s, substr(v, s + 1, p - s - 1) AS i, substr(v, p + 1) AS f`,
    sql`s, CASE WHEN ${AWAY_FROM_ZERO[mode]} THEN ${NEXT} ELSE i END AS i`,
    sql`CASE WHEN s AND i <> '0' THEN '-' ELSE '' END || i`,
  ]);
}

/** The canonical decimal of a text of digits, without exponent; null for other texts. */
export function decimalFromText(text: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${text} AS v`,
    sql`v GLOB '-*' AS s, substr(v, 1 + (v GLOB '[-+]*')) AS v`,
    sql`s, CASE WHEN v GLOB '[0-9]*' AND v GLOB '*[0-9]' AND v NOT GLOB '*[^0-9.]*' AND v NOT GLOB '*.*.*' THEN v END AS v`,
    sql`s, ltrim(substr(v, 1, instr(v || '.', '.') - 1), '0') AS i, rtrim(substr(v, instr(v || '.', '.') + 1), '0') AS f`,
    sql`s, CASE i WHEN '' THEN '0' ELSE i END || CASE f WHEN '' THEN '' ELSE '.' || f END AS v`,
    sql`CASE WHEN s AND v <> '0' THEN '-' ELSE '' END || v`,
  ]);
}

/** With 15 digits, which hides that most fractions have no exact double. */
export function realToDecimal(real: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${real} AS v`,
    sql`CASE v WHEN 9e999 THEN 'INF' WHEN -9e999 THEN '-INF' ELSE printf('%.15g', v) END AS v`,
    ...WITHOUT_EXPONENT,
  ]);
}

function zeros(count: Sql): Sql {
  return sql`substr(hex(zeroblob(${count})), 1, ${count})`;
}

const NEXT = sql`CASE WHEN length(i) <= 18 THEN CAST(CAST(i AS INTEGER) + 1 AS TEXT) ELSE printf('%.0f', CAST(i AS REAL) + 1) END`;
const AWAY_FROM_ZERO = { round: sql`f >= '5'`, floor: sql`s AND f <> ''`, ceiling: sql`NOT s AND f <> ''` };

const REAL_A = decimalToReal(sql`a`);
const REAL_B = decimalToReal(sql`b`);
const SOME_NAN = sql`'NaN' IN (a, b)`;

/** Both as whole numbers with `k` digits behind the point: as texts, since they may be too long for integers. */
const SAME_SCALE = sql`a, b, max(fa, fb) AS k, replace(a, '.', '') || ${zeros(sql`max(fb - fa, 0)`)} AS x, replace(b, '.', '') || ${zeros(sql`max(fa - fb, 0)`)} AS y`;
const SUM_OF_SCALES = sql`a, b, fa + fb AS k, replace(a, '.', '') AS x, replace(b, '.', '') AS y`;

const OPERATIONS = {
  add: {
    integers: SAME_SCALE,
    exact: sql`CAST(x AS INTEGER) + CAST(y AS INTEGER)`,
    inexact: inexactly(sql`${REAL_A} + ${REAL_B}`),
  },
  sub: {
    integers: SAME_SCALE,
    exact: sql`CAST(x AS INTEGER) - CAST(y AS INTEGER)`,
    inexact: inexactly(sql`${REAL_A} - ${REAL_B}`),
  },
  mul: {
    integers: SUM_OF_SCALES,
    exact: sql`CASE WHEN length(x) + length(y) <= 18 THEN CAST(x AS INTEGER) * CAST(y AS INTEGER) END`,
    inexact: inexactly(sql`${REAL_A} * ${REAL_B}`),
  },
  mod: {
    integers: SAME_SCALE,
    exact: sql`CAST(x AS INTEGER) % CAST(y AS INTEGER)`,
    inexact: sql`CASE WHEN b <> '0' THEN ${inexactly(sql`${REAL_A} - ${REAL_B} * CAST(${REAL_A} / ${REAL_B} AS INTEGER)`)} END`,
  },
};

const QUOTIENT = sql`CASE WHEN b <> '0' THEN ${inexactly(sql`${REAL_A} / ${REAL_B}`)} END`;
const QUOTIENT_OR_INFINITY = sql`CASE WHEN b <> '0' THEN ${inexactly(sql`${REAL_A} / ${REAL_B}`)} WHEN a IN ('0', 'NaN') THEN 'NaN' WHEN a GLOB '-*' THEN '-INF' ELSE 'INF' END`;

function inexactly(real: Sql): Sql {
  return sql`CASE WHEN ${SOME_NAN} THEN 'NaN' ELSE coalesce(${realToDecimal(real)}, 'NaN') END`;
}
