import type { ArithmeticOperator, NumberDialect } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';

/** All numbers are `numeric`, which holds every double by its shortest decimal, and infinities and NaN. */
export const postgresNumbers: NumberDialect = {
  arithmetic(operator, left, right, kind) {
    if (kind === 'integer') return integerArithmetic(operator, left, right);
    return bothOnce(left, right, (a, b) => {
      return kind === 'decimal' ? decimalArithmetic(operator, a, b) : doubleArithmetic(operator, a, b);
    });
  },
  negate: (value) => sql`(-(${value}))`,
  round: (mode, value) => sql`${ROUND[mode]}(${value})`,
  convert(value, from, to) {
    if (from === to || from === 'integer') return value;
    if (to === 'integer') return wholeOrNull(sql`round(${value})`);
    return to === 'double' ? once(value, (v) => toFinite(v)) : value;
  },
  toText: numberToText,
  fromText(text, kind) {
    if (kind === 'integer') return wholeOrNull(numberFromText(text, sql`'^[-+]?\\d+$'`));
    const number = numberFromText(text, kind === 'decimal' ? DECIMAL : DOUBLE);
    if (kind === 'decimal') return number;
    return once(
      text,
      (v) =>
        sql`CASE ${v} WHEN 'INF' THEN 'Infinity'::numeric WHEN '-INF' THEN '-Infinity'::numeric WHEN 'NaN' THEN 'NaN'::numeric ELSE ${once(number, toFinite)} END`,
    );
  },
};

const ROUND = { round: sql`round`, floor: sql`floor`, ceiling: sql`ceil` };

const DECIMAL = sql`'^[-+]?\\d+(\\.\\d+)?$'`;
const DOUBLE = sql`'^[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d{1,4})?$'`;

export function numberToText(number: Sql): Sql {
  return once(
    number,
    (v) =>
      sql`CASE WHEN ${v} = 'Infinity' THEN 'INF' WHEN ${v} = '-Infinity' THEN '-INF' ELSE trim_scale(${v})::text END`,
  );
}

function numberFromText(text: Sql, pattern: Sql): Sql {
  return once(text, (v) => sql`CASE WHEN length(${v}) <= 1000 AND ${v} ~ ${pattern} THEN ${v}::numeric END`);
}

/** Null for what 64 bits do not hold. */
export function wholeOrNull(value: Sql): Sql {
  return once(value, (v) => sql`CASE WHEN ${v} BETWEEN -9223372036854775808 AND 9223372036854775807 THEN ${v} END`);
}

/** Results beyond 64 bits are numbers like others. */
function integerArithmetic(operator: ArithmeticOperator, a: Sql, b: Sql): Sql {
  switch (operator) {
    case 'mod':
      return sql`(${a} % nullif(${b}, 0))`;
    case 'div':
    case 'divby':
      return sql`div(${a}, nullif(${b}, 0))`;
    default:
      return sql`(${operation(operator, a, b)})`;
  }
}

/** Quotients are rounded, as on SQLite. */
function decimalArithmetic(operator: ArithmeticOperator, a: Sql, b: Sql): Sql {
  switch (operator) {
    case 'mod':
      return sql`${a} % nullif(${b}, 0)`;
    case 'div':
      return sql`CASE WHEN ${b} <> 0 THEN ${quotient(a, b)} END`;
    case 'divby':
      return sql`CASE WHEN ${b} = 0 THEN ${infinityOf(a)} ELSE ${quotient(a, b)} END`;
    default:
      return operation(operator, a, b);
  }
}

/**
 * With the rounding of doubles. The operators of `float8` fail where a result is too large or too small;
 * there `numeric` does the work.
 */
function doubleArithmetic(operator: ArithmeticOperator, a: Sql, b: Sql): Sql {
  if (operator === 'mod') return sql`${a} % nullif(${b}, 0)`;
  const isDivision = operator === 'div' || operator === 'divby';
  const isModest = (value: Sql) => sql`(abs(${value}) BETWEEN 1e-140 AND 1e140 OR ${value} = 0)`;
  const [x, y] = [sql`${a}::float8`, sql`${b}::float8`];
  const modest = sql`CASE WHEN ${isModest(a)} AND ${isModest(b)} THEN (${operation(operator, x, y)})::text::numeric ELSE ${once(operation(operator, a, b), toFinite)} END`;
  return isDivision ? sql`CASE WHEN ${b} = 0 THEN ${infinityOf(a)} ELSE ${modest} END` : modest;
}

function operation(operator: ArithmeticOperator, a: Sql, b: Sql): Sql {
  switch (operator) {
    case 'add':
      return sql`${a} + ${b}`;
    case 'sub':
      return sql`${a} - ${b}`;
    case 'mul':
      return sql`${a} * ${b}`;
    default:
      return sql`${a} / ${b}`;
  }
}

/** What division by zero gives. */
function infinityOf(dividend: Sql): Sql {
  return sql`CASE WHEN ${dividend} = 'NaN' OR ${dividend} = 0 THEN 'NaN'::numeric WHEN ${dividend} > 0 THEN 'Infinity'::numeric ELSE '-Infinity'::numeric END`;
}

/**
 * 34 significant digits, midpoints away from zero. The operator itself takes fewer digits, so that whole numbers are
 * divided: a power of ten, which may be a little larger than needed, gives the quotient enough of them.
 */
function quotient(a: Sql, b: Sql): Sql {
  const isExact = sql`${a} IN (0, 'NaN', 'Infinity', '-Infinity') OR ${b} IN ('NaN', 'Infinity', '-Infinity')`;
  const shift = sql`(37 - floor(log(abs(${a}))) + floor(log(abs(${b}))))::integer`;
  const shifted = sql`SELECT ${a} AS x, ${b} AS y, ${shift} AS shift LIMIT 1`;
  const divided = sql`SELECT div(x * ('1e' || shift)::numeric, y) AS q, shift FROM (${shifted}) AS d LIMIT 1`;
  const rounded = sql`(SELECT round(q, 34 - length(abs(q)::text)) * ('1e' || -shift)::numeric FROM (${divided}) AS d)`;
  return sql`CASE WHEN ${isExact} THEN ${a} / ${b} ELSE ${rounded} END`;
}

/** The nearest double: infinity beyond the largest, zero below the smallest. */
export function toFinite(v: Sql): Sql {
  return sql`CASE WHEN ${v} = 'NaN' THEN ${v} WHEN abs(${v}) > 1.7976931348623157e308 THEN sign(${v}) * 'Infinity' WHEN abs(${v}) < 5e-324 THEN 0 ELSE ${v}::float8::text::numeric END`;
}
