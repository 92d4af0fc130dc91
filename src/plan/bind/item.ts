import type { Expression as Tree, PathStep, SearchExpression } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { bindBoolean, type Binding, type Scope } from './binding.js';
import { fault, unsupported } from './fault.js';
import type { Operand } from './operand.js';
import { edm } from './primitives.js';
import { bindSearch } from './search.js';

/** A condition of `/$filter(…)` in front of `any`, `all` or `$count`. [OData-URL 4.12] */
export type Filter = Tree;

/** `Items/any(i:i/Price gt 5)`, `Tags/any()`. [OData-URL 5.1.1.13] */
export function bindLambda(
  step: Extract<PathStep, { readonly kind: 'any' | 'all' }>,
  collection: Place,
  filters: readonly Filter[],
  scope: Scope,
  binding: Binding,
): Operand {
  const { kind, variable: name, at } = step;
  const item = newItem(collection, binding);
  let condition: Expression | undefined;
  if (step.condition !== undefined && name !== undefined) {
    if (scope.variables.has(name)) throw fault(`The range variable '${name}' is in use already`, at);
    const variables = new Map(scope.variables).set(name, item.place);
    condition = bindBoolean(step.condition, { ...scope, variables }, binding, `'${kind}'`);
  } else if (kind === 'all') throw fault("'all' needs a condition", at);
  const filter = bindItemFilters(filters, item.place, scope, binding);
  if (filter !== undefined) condition = condition === undefined ? filter : narrowed(kind, filter, condition);
  return {
    kind: 'scalar',
    expression: { kind, collection, variable: item.variable, condition },
    type: edm('Boolean'),
    at,
  };
}

/** `Items/$count`, `Items/$count($filter=Price gt 5;$search=red)`. [OData-URL 4.8] */
export function bindCount(
  step: Extract<PathStep, { readonly kind: '$count' }>,
  collection: Place,
  filters: readonly Filter[],
  scope: Scope,
  binding: Binding,
): Operand {
  const item = newItem(collection, binding);
  const own = step.filter === undefined ? [] : [step.filter];
  let filter = bindItemFilters([...filters, ...own], item.place, scope, binding);
  if (step.search !== undefined) filter = both(filter, searchOf(step.search, item.place, step.at));
  const type = edm('Int64');
  const expression: Expression = { kind: 'count', collection, variable: item.variable, filter, type };
  return { kind: 'scalar', expression, type, at: step.at };
}

function newItem(collection: Place, binding: Binding): { readonly variable: number; readonly place: Place } {
  const variable = binding.newVariable(collection);
  const place: Place = { kind: 'variable', variable, type: { ...collection.type, isCollection: false } };
  return { variable, place };
}

/** Here a name without a range variable belongs to the item, unlike in a lambda. */
function bindItemFilters(
  filters: readonly Filter[],
  place: Place,
  scope: Scope,
  binding: Binding,
): Expression | undefined {
  const inner: Scope = { ...scope, implicit: place, this: place };
  let all: Expression | undefined;
  for (const filter of filters) all = both(all, bindBoolean(filter, inner, binding, "'$filter'"));
  return all;
}

function searchOf(tree: SearchExpression, place: Place, at: number): Expression {
  if (place.type.type.kind !== 'entity') throw unsupported('$search over values that are no entities is', at);
  return { kind: 'search', place, expression: bindSearch(tree) };
}

/** All of the filtered items satisfy a condition if every item is filtered out or satisfies it. */
function narrowed(kind: 'any' | 'all', filter: Expression, condition: Expression): Expression {
  if (kind === 'any') return { kind: 'logic', operator: 'and', left: filter, right: condition };
  const isOut: Expression = { kind: 'not', operand: isTrue(filter) };
  return { kind: 'logic', operator: 'or', left: isOut, right: condition };
}

/** A filter that is null lets nothing through, and `not` of null would be null. */
function isTrue(condition: Expression): Expression {
  const type = edm('Boolean');
  const truth: Expression = { kind: 'literal', value: true, type };
  const falsehood: Expression = { kind: 'literal', value: false, type };
  const branches = [
    { condition, value: truth },
    { condition: truth, value: falsehood },
  ];
  return { kind: 'case', branches, type };
}

function both(left: Expression | undefined, right: Expression): Expression {
  return left === undefined ? right : { kind: 'logic', operator: 'and', left, right };
}
