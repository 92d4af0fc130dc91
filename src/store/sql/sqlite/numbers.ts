import type { ArithmeticOperator, NumberDialect } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';
import { decimalArithmetic, decimalFromText, decimalToReal, doubleToDecimal, roundDecimal } from './decimals.js';

/** Integers are INTEGER, decimals are texts (see `decimals.ts`), doubles are REAL or INTEGER, or the text `NaN`. */
export const sqliteNumbers: NumberDialect = {
  arithmetic(operator, left, right, kind) {
    if (kind === 'decimal') return decimalArithmetic(operator, left, right);
    return kind === 'integer' ? integerArithmetic(operator, left, right) : doubleArithmetic(operator, left, right);
  },
  negate(value, kind) {
    if (kind === 'integer') return wholeOrNull(sql`-(${value})`);
    if (kind === 'double') return once(value, (v) => sql`CASE typeof(${v}) WHEN 'text' THEN ${v} ELSE -${v} END`);
    return once(
      value,
      (v) =>
        sql`CASE WHEN ${v} IN ('0', 'NaN') THEN ${v} WHEN ${v} GLOB '-*' THEN substr(${v}, 2) ELSE '-' || ${v} END`,
    );
  },
  round(mode, value, kind) {
    if (kind === 'integer') return value;
    return kind === 'decimal' ? roundDecimal(mode, value) : roundDouble(mode, value);
  },
  convert(value, from, to) {
    if (from === to) return value;
    if (to === 'decimal') return from === 'integer' ? sql`CAST(${value} AS TEXT)` : doubleToDecimal(value);
    if (to === 'double') return from === 'integer' ? value : decimalToDouble(value);
    return from === 'decimal' ? integerFromText(roundDecimal('round', value)) : doubleToInteger(value);
  },
  toText(value, kind) {
    if (kind === 'decimal') return value;
    return kind === 'integer' ? sql`CAST(${value} AS TEXT)` : doubleToDecimal(value);
  },
  fromText(text, kind) {
    if (kind === 'decimal') return decimalFromText(text);
    return kind === 'integer' ? integerFromText(text) : doubleFromText(text);
  },
};

/** SQLite goes over to REAL where 64 bits do not suffice. */
function wholeOrNull(value: Sql): Sql {
  return once(value, (v) => sql`CASE typeof(${v}) WHEN 'integer' THEN ${v} END`);
}

function integerArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  switch (operator) {
    case 'add':
      return wholeOrNull(sql`${left} + ${right}`);
    case 'sub':
      return wholeOrNull(sql`${left} - ${right}`);
    case 'mul':
      return wholeOrNull(sql`${left} * ${right}`);
    case 'mod':
      return sql`(${left} % ${right})`;
    default:
      return wholeOrNull(sql`${left} / ${right}`);
  }
}

function doubleArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  if (operator === 'mod')
    return decimalToDouble(decimalArithmetic('mod', doubleToDecimal(left), doubleToDecimal(right)));
  return bothOnce(left, right, (a, b) => {
    const isNan = sql`typeof(${a}) = 'text' OR typeof(${b}) = 'text'`;
    switch (operator) {
      case 'add':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} * 1.0 + ${b}, 'NaN') END`;
      case 'sub':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} * 1.0 - ${b}, 'NaN') END`;
      case 'mul':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} * 1.0 * ${b}, 'NaN') END`;
      default: {
        const byZero = sql`CASE WHEN ${a} > 0 THEN 9e999 WHEN ${a} < 0 THEN -9e999 ELSE 'NaN' END`;
        return sql`CASE WHEN ${isNan} THEN 'NaN' WHEN ${b} = 0 THEN ${byZero} ELSE coalesce(${a} * 1.0 / ${b}, 'NaN') END`;
      }
    }
  });
}

/** From 2^52 on there are no fractions. */
function roundDouble(mode: 'round' | 'floor' | 'ceiling', value: Sql): Sql {
  return once(value, (v) => {
    const whole = sql`CAST(${v} AS INTEGER)`;
    const rounded = {
      round: sql`${whole} + CASE WHEN abs(${v} - ${whole}) < 0.5 THEN 0 WHEN ${v} < 0 THEN -1 ELSE 1 END`,
      floor: sql`${whole} - (${v} < ${whole})`,
      ceiling: sql`${whole} + (${v} > ${whole})`,
    }[mode];
    return sql`CASE WHEN typeof(${v}) = 'real' AND abs(${v}) < 4503599627370496 THEN ${rounded} ELSE ${v} END`;
  });
}

function doubleToInteger(value: Sql): Sql {
  return once(
    roundDouble('round', value),
    (v) =>
      sql`CASE WHEN typeof(${v}) <> 'text' AND ${v} >= -9223372036854775808.0 AND ${v} < 9223372036854775808.0 THEN CAST(${v} AS INTEGER) END`,
  );
}

function decimalToDouble(value: Sql): Sql {
  return once(value, (v) => sql`CASE ${v} WHEN 'NaN' THEN 'NaN' ELSE ${decimalToReal(v)} END`);
}

/** Casting stops at the largest integer, which does not go unnoticed. */
function integerFromText(text: Sql): Sql {
  const canonical = decimalFromText(sql`CASE WHEN v NOT GLOB '*.*' THEN v END`);
  return sql`(SELECT CASE WHEN CAST(CAST(c AS INTEGER) AS TEXT) = c THEN CAST(c AS INTEGER) END FROM (SELECT ${canonical} AS c FROM (SELECT ${text} AS v)))`;
}

function doubleFromText(text: Sql): Sql {
  return once(text, (v) => {
    const mantissa = sql`substr(lower(${v}), 1, instr(lower(${v}) || 'e', 'e') - 1)`;
    const exponent = sql`substr(lower(${v}), instr(lower(${v}) || 'e', 'e') + 1)`;
    const digits = sql`ltrim(${exponent}, '+-')`;
    const hasExponent = sql`${digits} GLOB '[0-9]*' AND ${digits} NOT GLOB '*[^0-9]*' AND length(${exponent}) - length(${digits}) < 2`;
    const isNumber = sql`${decimalFromText(mantissa)} IS NOT NULL AND (instr(lower(${v}), 'e') = 0 OR ${hasExponent})`;
    return sql`CASE ${v} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 WHEN 'NaN' THEN 'NaN' ELSE CASE WHEN ${isNumber} THEN CAST(${v} AS REAL) END END`;
  });
}
