import type { ArithmeticOperator } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';

/**
 * SQLite has no decimal numbers. Here they are canonical texts such as `-12.5`, and `INF`, `-INF`, `NaN`.
 * Sums, products and remainders of up to 18 digits are exact, others have 15 digits.
 */

/** A text that sorts as the decimal does: sign, number of digits before the point, digits; complements where negative. */
export function decimalKey(decimal: Sql): Sql {
  return once(decimal, (v) => {
    const width = sql`instr(${v} || '.', '.')`;
    const negative = sql`CASE ${v} WHEN '-INF' THEN '0' ELSE '1' || printf('%04d', 9999 - ${width}) || ${complementOf(v)} || '~' END`;
    const positive = sql`CASE ${v} WHEN 'INF' THEN '3' WHEN 'NaN' THEN '4' ELSE '2' || printf('%04d', ${width}) || ${v} END`;
    return sql`CASE WHEN ${v} GLOB '-*' THEN ${negative} ELSE ${positive} END`;
  });
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

function complementOf(decimal: Sql): Sql {
  return sql`replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(${decimal}, '0', 'j'), '1', 'i'), '2', 'h'), '3', 'g'), '4', 'f'), '5', 'e'), '6', 'd'), '7', 'c'), '8', 'b'), '9', 'a')`;
}

export function decimalArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  return bothOnce(left, right, (a, b) => {
    const inexact = inexactly(operator, a, b);
    if (operator === 'div' || operator === 'divby') return inexact;
    const fractions = sql`SELECT ${fractionLength(a)} AS fa, ${fractionLength(b)} AS fb, replace(${a}, '.', '') AS x, replace(${b}, '.', '') AS y`;
    const aligned =
      operator === 'mul'
        ? sql`SELECT fa + fb AS k, x, y FROM (${fractions})`
        : sql`SELECT max(fa, fb) AS k, x || ${zeros(sql`max(fa, fb) - fa`)} AS x, y || ${zeros(sql`max(fa, fb) - fb`)} AS y FROM (${fractions})`;
    const [x, y] = [sql`CAST(x AS INTEGER)`, sql`CAST(y AS INTEGER)`];
    const exact = sql`SELECT k, CASE WHEN length(x) ${FITS[operator]} AND x GLOB '*[0-9]' AND y GLOB '*[0-9]' THEN ${operation(operator, x, y)} END AS n FROM (${aligned})`;
    return sql`(SELECT CASE WHEN n IS NULL THEN ${inexact} ELSE ${unscaled(sql`n`, sql`k`)} END FROM (${exact}))`;
  });
}

const PRODUCT_FITS = sql`+ length(y) <= 18`;
const SUM_FITS = sql`<= 18 AND length(y) <= 18`;
const FITS = { add: SUM_FITS, sub: SUM_FITS, mod: SUM_FITS, mul: PRODUCT_FITS };

function operation(operator: ArithmeticOperator, x: Sql, y: Sql): Sql {
  switch (operator) {
    case 'add':
      return sql`${x} + ${y}`;
    case 'sub':
      return sql`${x} - ${y}`;
    case 'mul':
      return sql`${x} * ${y}`;
    case 'mod':
      return sql`${x} % ${y}`;
    default:
      return sql`${x} / ${y}`;
  }
}

function inexactly(operator: ArithmeticOperator, a: Sql, b: Sql): Sql {
  const [x, y] = [decimalToReal(a), decimalToReal(b)];
  const isNumber = sql`'NaN' NOT IN (${a}, ${b})`;
  switch (operator) {
    case 'divby':
      return sql`CASE WHEN ${isNumber} AND ${b} <> '0' THEN coalesce(${realToDecimal(sql`${x} / ${y}`)}, 'NaN') WHEN ${a} IN ('0', 'NaN') THEN 'NaN' WHEN ${isNumber} THEN CASE WHEN ${a} GLOB '-*' THEN '-INF' ELSE 'INF' END ELSE 'NaN' END`;
    case 'mod':
    case 'div': {
      const result = operator === 'div' ? sql`${x} / ${y}` : sql`${x} - ${y} * CAST(${x} / ${y} AS INTEGER)`;
      return sql`CASE WHEN ${b} = '0' THEN NULL WHEN ${isNumber} THEN coalesce(${realToDecimal(result)}, 'NaN') ELSE 'NaN' END`;
    }
    default:
      return sql`CASE WHEN ${isNumber} THEN coalesce(${realToDecimal(operation(operator, x, y))}, 'NaN') ELSE 'NaN' END`;
  }
}

/** The decimal of an integer whose last `scale` digits stand behind the point: 1250 and 2 give `12.5`. */
export function unscaled(integer: Sql, scale: Sql): Sql {
  const start = sql`SELECT ${integer} AS n, ${scale} AS k`;
  const digits = sql`SELECT n, k, printf('%0*d', k + 1, abs(n)) AS d FROM (${start}) WHERE n IS NOT NULL`;
  const sign = sql`CASE WHEN n < 0 THEN '-' ELSE '' END`;
  const fraction = sql`substr(d, 1, length(d) - k) || '.' || substr(d, -k)`;
  return sql`(SELECT ${sign} || CASE k WHEN 0 THEN d ELSE ${trimmed(fraction)} END FROM (${digits}))`;
}

function fractionLength(decimal: Sql): Sql {
  return sql`CASE WHEN instr(${decimal}, '.') THEN length(${decimal}) - instr(${decimal}, '.') ELSE 0 END`;
}

function zeros(count: Sql): Sql {
  return sql`substr(hex(zeroblob(500)), 1, ${count})`;
}

function trimmed(withPoint: Sql): Sql {
  return sql`rtrim(rtrim(${withPoint}, '0'), '.')`;
}

/** Infinite and huge decimals are infinite; the caller looks after NaN. */
export function decimalToReal(decimal: Sql): Sql {
  return sql`CASE ${decimal} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 ELSE CAST(${decimal} AS REAL) END`;
}

/** With 15 digits, which hides that most fractions have no exact double. */
function realToDecimal(real: Sql): Sql {
  return once(
    real,
    (v) => sql`CASE ${v} WHEN 9e999 THEN 'INF' WHEN -9e999 THEN '-INF' ELSE ${plain(sql`printf('%.15g', ${v})`)} END`,
  );
}

/** The decimal with the fewest digits that means the same double. */
export function doubleToDecimal(double: Sql): Sql {
  return once(double, (v) => {
    const shortest = sql`CASE WHEN CAST(printf('%.15g', ${v}) AS REAL) = ${v} THEN printf('%.15g', ${v}) WHEN CAST(printf('%.16g', ${v}) AS REAL) = ${v} THEN printf('%.16g', ${v}) ELSE printf('%!.17g', ${v}) END`;
    return sql`CASE typeof(${v}) WHEN 'real' THEN CASE ${v} WHEN 9e999 THEN 'INF' WHEN -9e999 THEN '-INF' ELSE ${plain(shortest)} END ELSE CAST(${v} AS TEXT) END`;
  });
}

/** Writes a number such as `-1.25e-07` without exponent. */
function plain(number: Sql): Sql {
  const start = sql`SELECT ${number} AS g`;
  const signed = sql`SELECT CASE WHEN g GLOB '-*' THEN '-' ELSE '' END AS s, ltrim(g, '-') AS g FROM (${start})`;
  const parts = sql`SELECT s, CASE WHEN instr(g, 'e') THEN substr(g, 1, instr(g, 'e') - 1) ELSE g END AS m, CASE WHEN instr(g, 'e') THEN CAST(substr(g, instr(g, 'e') + 1) AS INTEGER) ELSE 0 END AS x FROM (${signed})`;
  const digits = sql`SELECT s, m, x, replace(m, '.', '') AS d, instr(m || '.', '.') - 1 + x AS p FROM (${parts})`;
  const small = sql`'0.' || ${zeros(sql`-p`)} || d`;
  const large = sql`substr(d || ${zeros(sql`p`)}, 1, p) || '.' || substr(d, p + 1)`;
  const unsigned = trimmed(
    sql`CASE WHEN x = 0 THEN m || CASE WHEN instr(m, '.') THEN '' ELSE '.' END WHEN p <= 0 THEN ${small} ELSE ${large} END`,
  );
  return sql`(SELECT CASE u WHEN '0' THEN '0' ELSE s || u END FROM (SELECT s, ${unsigned} AS u FROM (${digits})))`;
}

export function roundDecimal(mode: 'round' | 'floor' | 'ceiling', decimal: Sql): Sql {
  const start = sql`SELECT v GLOB '-*' AS s, ltrim(v, '-') AS b FROM (SELECT ${decimal} AS v) WHERE v IS NOT NULL`;
  const parts = sql`SELECT s, substr(b, 1, instr(b || '.', '.') - 1) AS i, substr(b, instr(b || '.', '.') + 1) AS f FROM (${start})`;
  const away = { round: sql`f >= '5'`, floor: sql`s AND f <> ''`, ceiling: sql`NOT s AND f <> ''` }[mode];
  const next = sql`CASE WHEN length(i) <= 18 THEN CAST(CAST(i AS INTEGER) + 1 AS TEXT) ELSE ${realToDecimal(sql`CAST(i AS REAL) + 1`)} END`;
  const result = sql`SELECT s, CASE WHEN ${away} THEN ${next} ELSE i END AS i FROM (${parts})`;
  const withPoint = sql`SELECT CASE WHEN s AND i <> '0' THEN '-' ELSE '' END || i FROM (${result})`;
  return sql`(${withPoint})`;
}

/** The canonical decimal of a text of digits, without exponent; null for other texts. */
export function decimalFromText(text: Sql): Sql {
  const start = sql`SELECT v GLOB '-*' AS s, CASE WHEN v GLOB '[-+]*' THEN substr(v, 2) ELSE v END AS b FROM (SELECT ${text} AS v)`;
  const isDecimal = sql`b GLOB '[0-9]*' AND b GLOB '*[0-9]' AND b NOT GLOB '*[^0-9.]*' AND b NOT GLOB '*.*.*'`;
  const parts = sql`SELECT s, ltrim(substr(b, 1, instr(b || '.', '.') - 1), '0') AS i, rtrim(substr(b, instr(b || '.', '.') + 1), '0') AS f FROM (${start}) WHERE ${isDecimal}`;
  const unsigned = sql`CASE i WHEN '' THEN '0' ELSE i END || CASE f WHEN '' THEN '' ELSE '.' || f END`;
  return sql`(SELECT CASE WHEN s AND u <> '0' THEN '-' ELSE '' END || u FROM (SELECT s, ${unsigned} AS u FROM (${parts})))`;
}
