import type { Expression, Place } from '../../plan/index.js';
import type { JsonPlace } from './json-place.js';
import { compileFilter } from './logic.js';
import { deepestFirst } from './parser-depth.js';
import { findItems, findPlace, isOfType, presenceOf } from './place.js';
import { pointerTo } from './pointer.js';
import { jsonOf, withVariable, type Found, type Joined, type Scope } from './scope.js';
import { both } from './source.js';
import { join, sql, type Sql } from './sql.js';

type Lambda = Extract<Expression, { kind: 'any' | 'all' }>;

/** `Items/any(i:i/Price gt 5)`: neither is ever null. [OData-URL 5.1.1.13] */
export function compileLambda(lambda: Lambda, scope: Scope): Sql {
  const items = deciding(lambda, scope);
  return lambda.kind === 'any' ? holds(items) : sql`(NOT ${holds(items)})`;
}

/**
 * The items that decide: one is enough for `any` to be true, and for `all` to be false. Where that asks for deciding
 * items of another collection, these may be joined to them, rather than that one statement stands within the other.
 * Example: `Friends/any(f:f/Id gt 1 and f/Friends/any(g:g/Id gt 3))`, `Friends/all(f:f/Id gt 1 or f/Friends/all(g:g/Id gt 3))`.
 */
function deciding({ kind, collection, condition, variable }: Lambda, scope: Scope): Found {
  const items = findItems(collection, scope);
  if (condition === undefined)
    return kind === 'any' ? items : { ...items, conditions: [...items.conditions, sql`FALSE`] };
  const within = withVariable(scope, variable, items.located);
  let joined: Joined = items;
  for (const operand of operandsOf(kind === 'any' ? 'and' : 'or', condition)) {
    const inner = operand.kind === kind && scope.dialect.joinsItems ? deciding(operand, within) : undefined;
    if (inner !== undefined && inner.tables.length > 0) joined = both(joined, inner);
    else {
      const holding = compileFilter(operand, within);
      const decides = kind === 'any' ? holding : sql`${holding} IS NOT TRUE`;
      joined = { ...joined, conditions: [...joined.conditions, decides] };
    }
  }
  return { ...joined, located: items.located };
}

function operandsOf(operator: 'and' | 'or', condition: Expression): readonly Expression[] {
  if (condition.kind !== 'logic' || condition.operator !== operator) return [condition];
  return [...operandsOf(operator, condition.left), ...operandsOf(operator, condition.right)];
}

/** `Items/$count($filter=Price gt 5)` [OData-URL 4.8] */
export function compileCountOf(count: Extract<Expression, { kind: 'count' }>, scope: Scope): Sql {
  const items = findItems(count.collection, scope);
  const conditions = [...items.conditions];
  if (count.filter) conditions.push(compileFilter(count.filter, withVariable(scope, count.variable, items.located)));
  return sql`(SELECT count(*) FROM ${join(items.tables, ', ')}${where(conditions)})`;
}

/** `Address ne null`; a dynamic value is a collection where it is an array, and a stream is there where it has content. */
export function compileExists({ place }: Extract<Expression, { kind: 'exists' }>, scope: Scope): Sql {
  if (place.kind === 'record' && (place.presence !== undefined || place.of === undefined)) return isMade(place, scope);
  const found = findPlace(place, scope);
  if (found.located.kind === 'row') return holds(found);
  const json = jsonOf(found.located);
  if (place.type.type.qualifiedName === 'Edm.Stream') return holds(found, hasContent(found.located.row, json, scope));
  const { isArray, isPresent } = scope.dialect.json;
  return holds(found, json.isOpen && place.type.isCollection ? isArray(json) : isPresent(json));
}

/** Whether there is what transformations made, which a column of the row says where it need not be. */
function isMade({ presence }: Extract<Place, { kind: 'record' }>, scope: Scope): Sql {
  return presence === undefined ? sql`TRUE` : sql`coalesce(${presenceOf(presence, scope)}, FALSE)`;
}

function hasContent(row: Sql, place: JsonPlace, scope: Scope): Sql {
  return sql`EXISTS (SELECT 1 FROM stream WHERE entity_sequence = ${row}.sequence AND property = substr(${pointerTo(place, scope)}, 2) AND bytes IS NOT NULL)`;
}

/** [OData-URL 5.1.1.10.2] */
export function compileIsof({ place, typeNames }: Extract<Expression, { kind: 'isof' }>, scope: Scope): Sql {
  const found = findPlace(place, scope);
  return holds(found, isOfType(found.located, typeNames, place.type.type.qualifiedName, scope));
}

/** Whether there is something at a place for which a condition is true. */
function holds(found: Found, condition?: Sql): Sql {
  const conditions = condition === undefined ? found.conditions : [...found.conditions, condition];
  if (found.tables.length > 0) return sql`EXISTS (SELECT 1 FROM ${join(found.tables, ', ')}${where(conditions)})`;
  return conditions.length === 0 ? sql`TRUE` : sql`(${join(conditions, ' AND ')})`;
}

export function where(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(deepestFirst(conditions), ' AND ')}`;
}
