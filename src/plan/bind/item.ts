import type { Expression as Tree, PathStep } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { bindBoolean, type Binding, type Scope } from './binding.js';
import { fault } from './fault.js';
import type { Operand } from './operand.js';
import { edm } from './primitives.js';
import { searchItem } from './search.js';

/** `Items/any(i:i/Price gt 5)`, `Tags/any()`. [OData-URL 5.1.1.13] */
export function bindLambda(
  step: Extract<PathStep, { readonly kind: 'any' | 'all' }>,
  collection: Place,
  scope: Scope,
  binding: Binding,
): Operand {
  const { kind, variable: name, at } = step;
  const item = newItem(collection, binding);
  let condition: Expression | undefined;
  if (step.condition !== undefined && name !== undefined) {
    if (scope.variables.has(name)) throw fault(`The range variable '${name}' is in use already`, at);
    const variables = new Map(scope.variables).set(name, item.place);
    const { condition: tree } = step;
    condition = binding.forEachOf(collection, () => bindBoolean(tree, { ...scope, variables }, binding, `'${kind}'`));
  } else if (kind === 'all') throw fault("'all' needs a condition", at);
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
  scope: Scope,
  binding: Binding,
): Operand {
  const item = newItem(collection, binding);
  let filter =
    step.filter === undefined ? undefined : bindItemFilter(step.filter, collection, item.place, scope, binding);
  if (step.search !== undefined) filter = both(filter, searchItem(step.search, item.place));
  const type = edm('Int64');
  const expression: Expression = { kind: 'count', collection, variable: item.variable, filter, type };
  return { kind: 'scalar', expression, type, at: step.at };
}

/** `Items/$filter(Price gt 5)`: the items for which the condition holds. [OData-URL 4.12] */
export function bindFiltered(filter: Tree, collection: Place, scope: Scope, binding: Binding): Place {
  const { variable, place } = newItem(collection, binding);
  const condition = bindItemFilter(filter, collection, place, scope, binding);
  return { kind: 'filtered', of: collection, variable, condition, type: collection.type };
}

export function newItem(collection: Place, binding: Binding): { readonly variable: number; readonly place: Place } {
  const variable = binding.newVariable(collection);
  const place: Place = { kind: 'variable', variable, type: { ...collection.type, isCollection: false } };
  return { variable, place };
}

/** Here a name without a range variable belongs to the item, unlike in a lambda. */
function bindItemFilter(filter: Tree, collection: Place, place: Place, scope: Scope, binding: Binding): Expression {
  const within: Scope = { ...scope, implicit: place, this: place, these: collection };
  return binding.forEachOf(collection, () => bindBoolean(filter, within, binding, "'$filter'"));
}

function both(left: Expression | undefined, right: Expression): Expression {
  return left === undefined ? right : { kind: 'logic', operator: 'and', left, right };
}
