import type { Expression } from '../../plan/index.js';
import { compileFilter } from './logic.js';
import { findItems, findPlace, isOfType } from './place.js';
import { jsonOf, withVariable, type Found, type Scope } from './scope.js';
import { join, sql, type Sql } from './sql.js';

/** `Items/any(i:i/Price gt 5)`: neither is ever null. [OData-URL 5.1.1.13] */
export function compileLambda(lambda: Extract<Expression, { kind: 'any' | 'all' }>, scope: Scope): Sql {
  const items = findItems(lambda.collection, scope);
  if (lambda.condition === undefined) return lambda.kind === 'any' ? holds(items) : sql`TRUE`;
  const condition = compileFilter(lambda.condition, withVariable(scope, lambda.variable, items.located));
  if (lambda.kind === 'any') return holds(items, condition);
  return sql`(NOT ${holds(items, sql`${condition} IS NOT TRUE`)})`;
}

/** `Items/$count($filter=Price gt 5)` [OData-URL 4.8] */
export function compileCountOf(count: Extract<Expression, { kind: 'count' }>, scope: Scope): Sql {
  const items = findItems(count.collection, scope);
  const conditions = [...items.conditions];
  if (count.filter) conditions.push(compileFilter(count.filter, withVariable(scope, count.variable, items.located)));
  return sql`(SELECT count(*) FROM ${join(items.tables, ', ')}${where(conditions)})`;
}

/** `Address ne null` */
export function compileExists({ place }: Extract<Expression, { kind: 'exists' }>, scope: Scope): Sql {
  const found = findPlace(place, scope);
  if (found.located.kind === 'row') return holds(found);
  return holds(found, scope.dialect.json.isPresent(jsonOf(found.located)));
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
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`;
}
