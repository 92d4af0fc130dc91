import type { CanonicalCall, Expression, LiteralExpression } from '../../plan/index.js';
import { compileGeo } from './geo.js';
import { isNumberKind, kindOf, kindOfExpression } from './kind.js';
import { localTime, offsetOf } from './offset.js';
import { operandAs } from './operand.js';
import { portablePattern } from './pattern.js';
import { matchesRowPattern } from './row-pattern.js';
import type { Operand, Scope } from './scope.js';
import { bothOnce, sql, type Sql } from './sql.js';

/** Canonical functions; null where an argument is null. [OData-URL 5.1.1.4 to 5.1.1.11] */
export function compileCall(call: CanonicalCall, scope: Scope): Operand {
  return { sql: compileFunction(call, scope), kind: kindOf(call.type) };
}

function compileFunction(call: CanonicalCall, scope: Scope): Sql {
  const { strings, values } = scope.dialect;
  const text = (index: number): Sql => operandAs(call.arguments[index]!, 'string', scope);
  const number = (index: number): Sql => operandAs(call.arguments[index]!, 'integer', scope);
  switch (call.function) {
    case 'concat':
      return sql`(${text(0)} || ${text(1)})`;
    case 'contains':
      return strings.contains(text(0), text(1));
    case 'startswith':
      return strings.startsWith(text(0), text(1));
    case 'endswith':
      return endsWith(call, text(0), text(1), scope);
    case 'indexof':
      return strings.indexOf(text(0), text(1));
    case 'length':
      return strings.length(text(0));
    case 'substring':
      return substring(call, text(0), number(1), call.arguments.length > 2 ? number(2) : undefined, scope);
    case 'matchesPattern':
      return matchesPattern(call, scope);
    case 'tolower':
      return strings.lower(text(0));
    case 'toupper':
      return strings.upper(text(0));
    case 'trim':
      return strings.trim(text(0));
    case 'quote':
      return sql`('''' || replace(${text(0)}, '''', '''''') || '''')`;
    case 'percentEncode':
      return strings.percentEncoded(text(0), String((call.arguments[1] as LiteralExpression).value));
    case 'now':
      return values.literal(scope.now(), 'dateTime');
    case 'mindatetime':
      return values.literal('0001-01-01T00:00:00Z', 'dateTime');
    case 'maxdatetime':
      return values.literal('9999-12-31T23:59:59.9999999Z', 'dateTime');
    case 'ceiling':
    case 'floor':
    case 'round': {
      const kind = kindOf(call.type);
      const target = isNumberKind(kind) ? kind : 'decimal';
      return scope.dialect.numbers.round(call.function, operandAs(call.arguments[0]!, target, scope), target);
    }
    case 'geo.distance':
    case 'geo.intersects':
    case 'geo.length':
      return compileGeo(call, scope);
    default:
      return partOfTime(call, call.function, scope);
  }
}

/** Every text ends with nothing. */
function endsWith({ arguments: [, part] }: CanonicalCall, text: Sql, end: Sql, scope: Scope): Sql {
  const { strings } = scope.dialect;
  if (part?.kind === 'literal' && part.value !== '') return strings.endsWith(text, end);
  return bothOnce(text, end, (a, b) => sql`${b} = '' OR ${strings.endsWith(a, b)}`);
}

/** A negative start counts from the end. [OData-URL 5.1.1.5.7] */
function substring(call: CanonicalCall, text: Sql, start: Sql, length: Sql | undefined, scope: Scope): Sql {
  const { strings } = scope.dialect;
  if (call.arguments[1]?.kind === 'literal') return strings.substring(text, start, length);
  return bothOnce(text, start, (a, b) =>
    strings.substring(a, sql`CASE WHEN ${b} < 0 THEN ${strings.length(a)} + ${b} ELSE ${b} END`, length),
  );
}

type TimePart = Exclude<
  CanonicalCall['function'],
  | 'concat'
  | 'contains'
  | 'startswith'
  | 'endswith'
  | 'indexof'
  | 'length'
  | 'substring'
  | 'matchesPattern'
  | 'quote'
  | 'percentEncode'
  | 'tolower'
  | 'toupper'
  | 'trim'
  | 'now'
  | 'mindatetime'
  | 'maxdatetime'
  | 'ceiling'
  | 'floor'
  | 'round'
  | `geo.${string}`
>;

/** Canonical texts have every part at its place, `2024-02-29T23:59:59.5`; date-times count in their own offset. [OData-URL 5.1.1.8] */
function partOfTime(call: CanonicalCall, part: TimePart, scope: Scope): Sql {
  const [argument] = call.arguments;
  const kind = kindOfExpression(argument!);
  const { times } = scope.dialect;
  if (part === 'totaloffsetminutes') return totalOffsetMinutes(argument!, scope);
  const isDateTime = kind === 'dateTime' || kind === 'untyped';
  const value = isDateTime ? localTime(argument!, scope) : operandAs(argument!, kind, scope);
  const isTimeOfDay = kind === 'timeOfDay';
  switch (part) {
    case 'year':
      return times.digits(sql`substr(${value}, 1, 4)`);
    case 'month':
      return times.digits(sql`substr(${value}, 6, 2)`);
    case 'day':
      return times.digits(sql`substr(${value}, 9, 2)`);
    case 'hour':
      return times.digits(isTimeOfDay ? sql`substr(${value}, 1, 2)` : sql`substr(${value}, 12, 2)`);
    case 'minute':
      return times.digits(isTimeOfDay ? sql`substr(${value}, 4, 2)` : sql`substr(${value}, 15, 2)`);
    case 'second':
      return times.digits(isTimeOfDay ? sql`substr(${value}, 7, 2)` : sql`substr(${value}, 18, 2)`);
    case 'fractionalseconds':
      return times.fraction(isTimeOfDay ? sql`substr(${value}, 10)` : sql`substr(${value}, 21)`);
    case 'date':
      return sql`substr(${value}, 1, 10)`;
    case 'time':
      return sql`substr(${value}, 12)`;
    case 'totalseconds':
      return value;
    default:
      throw new Error(`Unknown function ${String(part satisfies never)}.`);
  }
}

/** [OData-URL 5.1.1.8.11] */
function totalOffsetMinutes(argument: Expression, scope: Scope): Sql {
  const instant = operandAs(argument, 'dateTime', scope);
  const none = scope.dialect.values.literal(0, 'integer');
  const offset = offsetOf(argument, scope);
  return sql`CASE WHEN ${instant} IS NOT NULL THEN ${offset === undefined ? none : sql`coalesce(${offset}, ${none})`} END`;
}

/** The case of letters always matters in patterns. [OData-URL 5.1.1.7.1] */
function matchesPattern(call: CanonicalCall, scope: Scope): Sql {
  const { strings, values } = scope.dialect;
  const [text, pattern, most] = call.arguments;
  const subject = operandAs(text!, 'string', scope);
  if (pattern?.kind !== 'literal') {
    if (most?.kind !== 'literal') throw new Error('A pattern that a row has needs a limit.');
    return matchesRowPattern(subject, operandAs(pattern!, 'string', scope), Number(most.value), scope);
  }
  if (pattern.value === null) return values.null('boolean');
  return strings.matches(subject, values.text(portablePattern(String(pattern.value), strings.wordBoundary)));
}
