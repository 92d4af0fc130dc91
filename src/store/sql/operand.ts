import type { Expression, Place } from '../../plan/index.js';
import { isNumberKind, kindOf, type Kind } from './kind.js';
import { findPlace, valueOf } from './place.js';
import { jsonOf, isElsewhere, scopeAt, type Operand, type Scope } from './scope.js';
import { name, sql, type Sql } from './sql.js';

/** The value of an expression in the form of a kind that it was promoted to. */
export function operandAs(expression: Expression, kind: Kind, scope: Scope): Sql {
  const { values } = scope.dialect;
  if (expression.kind === 'literal') {
    const { value, type } = expression;
    if (value === null) return values.null(kind);
    const own = type === undefined ? kind : kindOf(type);
    if (own === kind || (isNumberKind(own) && isNumberKind(kind) && kind !== 'integer'))
      return values.literal(value, kind);
  }
  if (expression.kind === 'value' && !isMade(expression.place) && kindOf(expression.type) === 'untyped')
    return valueAt(expression, kind, scope);
  return convert(scope.compile(expression, scope), kind, scope);
}

/** Whether a value does not come out of a document. */
function isMade(place: Place): boolean {
  if (isElsewhere(place)) return isMade(place.place);
  return place.kind === 'computed' || place.kind === 'column';
}

export function compileValue(expression: Extract<Expression, { kind: 'value' }>, scope: Scope): Operand {
  const kind = kindOf(expression.type);
  const { place } = expression;
  if (isElsewhere(place)) return compileValue({ ...expression, place: place.place }, scopeAt(place, scope));
  if (place.kind === 'computed') {
    if (place.expression.kind === 'literal') return { sql: operandAs(place.expression, kind, scope), kind };
    return { sql: convert(scope.compile(place.expression, scope), kind, scope), kind };
  }
  if (place.kind === 'column') {
    const row = scope.variables.get(0)!;
    return { sql: sql`${row.row}.${name(place.column)}`, kind };
  }
  return { sql: valueAt(expression, kind, scope), kind };
}

function valueAt({ place, type }: Extract<Expression, { kind: 'value' }>, kind: Kind, scope: Scope): Sql {
  const found = findPlace(place, scope);
  const json = jsonOf(found.located);
  const isOpen = json.isOpen || kindOf(type) === 'untyped';
  const value = scope.dialect.json.valueAt({ ...json, isOpen }, kind);
  const whole = valueOf(found, value);
  return found.conditions.length > 0 && found.tables.length === 0 ? sql`(${whole})` : whole;
}

const TEXT_KINDS: ReadonlySet<Kind> = new Set(['string', 'text', 'enum', 'date', 'timeOfDay']);

/** Promotions that lose nothing; whatever may fail is a cast. [OData-URL 5.1.1.18] */
export function convert({ sql: value, kind: from }: Operand, to: Kind, scope: Scope): Sql {
  if (from === to || (TEXT_KINDS.has(from) && TEXT_KINDS.has(to))) return value;
  if (isNumberKind(from) && isNumberKind(to)) return scope.dialect.numbers.convert(value, from, to);
  if (from === 'date' && to === 'dateTime') return sql`(${value} || 'T00:00:00')`;
  throw new Error(`A value of the kind '${from}' stands where one of the kind '${to}' is needed.`);
}
