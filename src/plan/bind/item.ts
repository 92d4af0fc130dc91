import type { Expression as Tree, PathStep } from '../../url/index.js';

import type { Expression, MadeRows, Place } from '../expression.js';
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
  return { variable, place: itemOf(collection, variable) };
}

/** What a range variable stands for that goes over a collection. */
export function itemOf(collection: Place, variable: number): Place {
  const type = { ...collection.type, isCollection: false };
  const rows = madeRowsIn(collection);
  if (rows === undefined) return { kind: 'variable', variable, type };
  return seenFrom(rows.place, (place) => ({ kind: 'within', variable, place, type: place.type }));
}

/** The rows that transformations made, some of which are in a collection; undefined for other collections. */
export function madeRowsIn(collection: Place): MadeRows | undefined {
  switch (collection.kind) {
    case 'column':
      return collection.rows;
    case 'filtered':
      return madeRowsIn(collection.of);
    case 'within':
    case 'resource':
      return madeRowsIn(collection.place);
    default:
      return undefined;
  }
}

/** What `$apply` made has members each of which is seen from somewhere else by itself. */
export function seenFrom(place: Place, see: (place: Place) => Place): Place {
  if (place.kind !== 'record') return see(place);
  const members = [...place.members].map(([name, member]) => [name, seenFrom(member, see)] as const);
  return {
    ...place,
    of: place.of && seenFrom(place.of, see),
    members: new Map(members),
    ...(place.presence && { presence: see(place.presence) }),
  };
}

/** Here a name without a range variable belongs to the item, unlike in a lambda. */
function bindItemFilter(filter: Tree, collection: Place, place: Place, scope: Scope, binding: Binding): Expression {
  const within: Scope = { ...scope, implicit: place, this: place, these: collection };
  return binding.forEachOf(collection, () => bindBoolean(filter, within, binding, "'$filter'"));
}

function both(left: Expression | undefined, right: Expression): Expression {
  return left === undefined ? right : { kind: 'logic', operator: 'and', left, right };
}
