import type { Scalar } from '../../../edm/index.js';
import type { ValueDialect } from '../dialect.js';
import type { Kind } from '../kind.js';
import { decimalTextOf, jsonTextOf, secondsOf } from '../literal-text.js';
import { once, sql, value, type Sql } from '../sql.js';
import { decimalKey, decimalKeyOf, doubleToDecimal } from './decimals.js';
import { sqliteTimes } from './times.js';

export function sqliteValues(ignoreCase: boolean): ValueDialect {
  const key = (text: Sql, kind: Kind): Sql => {
    switch (kind) {
      case 'string':
        return ignoreCase ? sql`lower(${text})` : text;
      case 'decimal':
      case 'duration':
        return decimalKey(text);
      case 'untyped':
        return untypedKey(text, ignoreCase);
      default:
        return text;
    }
  };
  return {
    whole,
    text: (text) => sql`${value(text)}`,
    literal,
    null: () => sql`NULL`,
    json,
    key,
    literalKey(scalar, kind) {
      switch (kind) {
        case 'decimal':
          return sql`${value(decimalKeyOf(decimalTextOf(scalar)))}`;
        case 'duration':
          return sql`${value(decimalKeyOf(secondsOf(scalar)))}`;
        default:
          return key(literal(scalar, kind), kind);
      }
    },
    isSame: (left, right) => sql`${left} IS ${right}`,
    isDifferent: (left, right) => sql`${left} IS NOT ${right}`,
    output,
  };
}

/** Drivers bind numbers as REAL, which turns integer arithmetic into floating-point arithmetic; bigints stay whole. */
function whole(number: number): Sql {
  return sql`${value(BigInt(number))}`;
}

function literal(scalar: Scalar, kind: Kind): Sql {
  switch (kind) {
    case 'boolean':
      return scalar === true ? sql`TRUE` : sql`FALSE`;
    case 'integer':
      return wholeLiteral(String(scalar));
    case 'decimal':
      return sql`${value(decimalTextOf(scalar))}`;
    case 'duration':
      return sql`${value(secondsOf(scalar))}`;
    case 'double':
      return doubleLiteral(scalar);
    case 'dateTime':
      return sql`${value(String(scalar).replace(/Z$/, ''))}`;
    case 'untyped':
      return sql`${value(jsonTextOf(scalar))}`;
    default:
      return sql`${value(String(scalar))}`;
  }
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

/** SQLite goes on with REAL where 64 bits do not suffice. */
function wholeLiteral(text: string): Sql {
  const integer = BigInt(text);
  return sql`${value(integer >= SMALLEST && integer <= LARGEST ? integer : Number(text))}`;
}

function doubleLiteral(scalar: Scalar): Sql {
  if (scalar === 'INF') return sql`9e999`;
  if (scalar === '-INF') return sql`-9e999`;
  return scalar === 'NaN' ? sql`'NaN'` : sql`${value(Number(String(scalar)))}`;
}

/** Booleans come first, then numbers, then strings. */
function untypedKey(json: Sql, ignoreCase: boolean): Sql {
  return once(json, (v) => {
    const text = sql`(${v} ->> '$')`;
    return sql`CASE json_type(${v}) WHEN 'false' THEN '0' WHEN 'true' THEN '1' WHEN 'integer' THEN '2' || ${decimalKey(v)} WHEN 'real' THEN '2' || ${decimalKey(doubleToDecimal(text))} WHEN 'text' THEN '3' || ${ignoreCase ? sql`lower(${text})` : text} END`;
  });
}

/** JSON texts, which keep all digits. */
function json(text: Sql, kind: Kind): Sql {
  switch (kind) {
    case 'boolean':
      return sql`CASE ${text} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' ELSE 'null' END`;
    case 'integer':
    case 'decimal':
    case 'untyped':
      return sql`coalesce(CAST(${text} AS TEXT), 'null')`;
    case 'double':
      return sql`coalesce(${once(output(text, kind), (v) => sql`CASE WHEN ${v} IN ('NaN', 'INF', '-INF') THEN json_quote(${v}) ELSE ${v} END`)}, 'null')`;
    case 'dateTime':
    case 'duration':
      return sql`json_quote(${output(text, kind)})`;
    default:
      return sql`json_quote(${text})`;
  }
}

function output(text: Sql, kind: Kind): Sql {
  switch (kind) {
    case 'integer':
      return doubleToDecimal(text);
    case 'double':
      return once(
        text,
        (v) =>
          sql`CASE ${v} WHEN 9e999 THEN 'INF' WHEN -9e999 THEN '-INF' WHEN 'NaN' THEN 'NaN' ELSE printf('%!.17g', ${v}) END`,
      );
    case 'dateTime':
      return sql`(${text} || 'Z')`;
    case 'duration':
      return sqliteTimes.secondsToDuration(text);
    default:
      return text;
  }
}
