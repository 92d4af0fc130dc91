import type { Scalar } from '../../../edm/index.js';
import type { ValueDialect } from '../dialect.js';
import type { Kind } from '../kind.js';
import { decimalTextOf, jsonTextOf, secondsOf } from '../literal-text.js';
import { once, sql, value, type Sql } from '../sql.js';
import { numberToText } from './numbers.js';
import { secondsToDuration } from './times.js';

export function postgresValues(ignoreCase: boolean): ValueDialect {
  const key = (text: Sql, kind: Kind): Sql => {
    switch (kind) {
      case 'string':
        return ignoreCase ? sql`lower(${text} COLLATE "C")` : sql`${text} COLLATE "C"`;
      case 'boolean':
      case 'integer':
      case 'decimal':
      case 'double':
      case 'duration':
        return text;
      case 'untyped':
        return untypedKey(text, ignoreCase);
      default:
        return sql`${text} COLLATE "C"`;
    }
  };
  return {
    whole: (number) => sql`${value(number)}::bigint`,
    text: (text) => sql`${value(text)}::text`,
    literal,
    null: nullOf,
    json,
    key,
    literalKey: (scalar, kind) => key(literal(scalar, kind), kind),
    isSame: (left, right) => sql`${left} IS NOT DISTINCT FROM ${right}`,
    isDifferent: (left, right) => sql`${left} IS DISTINCT FROM ${right}`,
    output,
  };
}

const INFINITY: ReadonlyMap<string, string> = new Map([
  ['INF', 'Infinity'],
  ['-INF', '-Infinity'],
]);

function literal(scalar: Scalar, kind: Kind): Sql {
  switch (kind) {
    case 'boolean':
      return scalar === true ? sql`TRUE` : sql`FALSE`;
    case 'integer':
    case 'decimal':
    case 'double':
      return sql`${value(INFINITY.get(String(scalar)) ?? decimalTextOf(scalar))}::numeric`;
    case 'duration':
      return sql`${value(secondsOf(scalar))}::numeric`;
    case 'dateTime':
      return sql`${value(String(scalar).replace(/Z$/, ''))}::text`;
    case 'untyped':
      return sql`${value(jsonTextOf(scalar))}::jsonb`;
    default:
      return sql`${value(String(scalar))}::text`;
  }
}

function json(scalar: Sql, kind: Kind): Sql {
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'double': {
      const infinite = sql`WHEN 'Infinity' THEN '"INF"'::jsonb WHEN '-Infinity' THEN '"-INF"'::jsonb`;
      return sql`coalesce(CASE (${scalar})::numeric ${infinite} ELSE to_jsonb(${scalar}) END, 'null'::jsonb)`;
    }
    case 'dateTime':
    case 'duration':
      return sql`coalesce(to_jsonb(${output(scalar, kind)}), 'null'::jsonb)`;
    case 'untyped':
      return sql`coalesce(${scalar}, 'null'::jsonb)`;
    default:
      return sql`coalesce(to_jsonb(${scalar}), 'null'::jsonb)`;
  }
}

function nullOf(kind: Kind): Sql {
  switch (kind) {
    case 'boolean':
      return sql`NULL::boolean`;
    case 'integer':
    case 'decimal':
    case 'double':
    case 'duration':
      return sql`NULL::numeric`;
    case 'untyped':
      return sql`NULL::jsonb`;
    default:
      return sql`NULL::text`;
  }
}

/** The same text as on SQLite, so that all kinds of values have one order. */
function untypedKey(json: Sql, ignoreCase: boolean): Sql {
  return once(json, (v) => {
    const text = sql`(${v} #>> '{}')`;
    const string = ignoreCase ? sql`lower(${text} COLLATE "C")` : text;
    return sql`CASE jsonb_typeof(${v}) WHEN 'boolean' THEN CASE ${text} WHEN 'false' THEN '0' ELSE '1' END WHEN 'number' THEN '2' || ${numberKey(numberToText(sql`${v}::numeric`))} WHEN 'string' THEN '3' || ${string} END COLLATE "C"`;
  });
}

/** See `decimalKey` of SQLite. */
function numberKey(decimal: Sql): Sql {
  return once(decimal, (v) => {
    const width = sql`strpos(${v} || '.', '.')`;
    const negative = sql`'1' || lpad((9999 - ${width})::text, 4, '0') || translate(${v}, '0123456789', 'jihgfedcba') || '~'`;
    return sql`CASE WHEN starts_with(${v}, '-') THEN ${negative} ELSE '2' || lpad(${width}::text, 4, '0') || ${v} END`;
  });
}

function output(text: Sql, kind: Kind): Sql {
  switch (kind) {
    case 'integer':
      return sql`trim_scale((${text})::numeric)::text`;
    case 'decimal':
    case 'double':
      return numberToText(text);
    case 'dateTime':
      return sql`(${text} || 'Z')`;
    case 'duration':
      return secondsToDuration(text);
    case 'untyped':
      return sql`${text}::text`;
    default:
      return text;
  }
}
