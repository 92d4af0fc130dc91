import type { ArithmeticOperator, NumberDialect } from '../dialect.js';
import { bothOnce, once, sql, type Sql } from '../sql.js';
import { decimalArithmetic } from './decimal-arithmetic.js';
import { decimalFromText, decimalToReal, doubleToDecimal, roundDecimal } from './decimals.js';
import { inSteps } from './steps.js';

/** Integers are INTEGER, decimals are texts (see `decimals.ts`), doubles are REAL or the text `NaN`. */
export const sqliteNumbers: NumberDialect = {
  arithmetic(operator, left, right, kind) {
    if (kind === 'decimal') return decimalArithmetic(operator, left, right);
    return kind === 'integer' ? integerArithmetic(operator, left, right) : doubleArithmetic(operator, left, right);
  },
  negate(value, kind) {
    if (kind === 'integer') return sql`(-${value})`;
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
    if (to === 'double') return from === 'integer' ? sql`CAST(${value} AS REAL)` : decimalToDouble(value);
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
function integerArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  switch (operator) {
    case 'add':
      return sql`(${left} + ${right})`;
    case 'sub':
      return sql`(${left} - ${right})`;
    case 'mul':
      return sql`(${left} * ${right})`;
    case 'mod':
      return sql`(${left} % ${right})`;
    default:
      return sql`(${left} / ${right})`;
  }
}

function doubleArithmetic(operator: ArithmeticOperator, left: Sql, right: Sql): Sql {
  if (operator === 'mod')
    return decimalToDouble(decimalArithmetic('mod', doubleToDecimal(left), doubleToDecimal(right)));
  return bothOnce(left, right, (a, b) => {
    const isNan = sql`typeof(${a}) = 'text' OR typeof(${b}) = 'text'`;
    switch (operator) {
      case 'add':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} + ${b}, 'NaN') END`;
      case 'sub':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} - ${b}, 'NaN') END`;
      case 'mul':
        return sql`CASE WHEN ${isNan} THEN 'NaN' ELSE coalesce(${a} * ${b}, 'NaN') END`;
      default: {
        const byZero = sql`CASE WHEN ${a} > 0 THEN 9e999 WHEN ${a} < 0 THEN -9e999 ELSE 'NaN' END`;
        return sql`CASE WHEN ${isNan} THEN 'NaN' WHEN ${b} = 0 THEN ${byZero} ELSE coalesce(${a} / ${b}, 'NaN') END`;
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
  return inSteps(sql`v NOT GLOB '*.*'`, [
    sql`${text} AS v`,
    sql`${decimalFromText(sql`v`)} AS v`,
    sql`CASE WHEN CAST(CAST(v AS INTEGER) AS TEXT) = v THEN CAST(v AS INTEGER) END`,
  ]);
}

function doubleFromText(text: Sql): Sql {
  return inSteps(sql`v IS NOT NULL`, [
    sql`${text} AS v`,
    sql`v, instr(lower(v) || 'e', 'e') AS e`,
    sql`v, substr(v, 1, e - 1) AS m, substr(v, e) AS x`,
    sql`v, ${decimalFromText(sql`m`)} AS m, substr(x, 2 + (substr(x, 2) GLOB '[-+]*')) AS d, x`,
    sql`CASE v WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 WHEN 'NaN' THEN v ELSE CASE WHEN m IS NOT NULL AND (x = '' OR d GLOB '[0-9]*' AND d NOT GLOB '*[^0-9]*') THEN CAST(v AS REAL) END END`,
  ]);
}
