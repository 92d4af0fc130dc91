import type { AggregateItem, PathStep } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import type { BoundExpression } from './context.js';
import { fault, unsupported } from './fault.js';
import type { Operand } from './operand.js';
import { edm } from './primitives.js';

/** `Sales/aggregate(Amount with sum)` [OData-Aggregation 3.6.1] */
export function bindAggregated(
  { item, at }: Extract<PathStep, { readonly kind: 'aggregate' }>,
  collection: Place,
  scope: Scope,
  binding: Binding,
): Operand {
  const { context } = binding;
  const { kind } = collection.type.type;
  if (kind !== 'entity' && kind !== 'complex')
    throw fault("'aggregate' is for collections of entities and of complex values", at);
  if (context.aggregate === undefined) throw unsupported("'aggregate' here is", at);
  const resource = context.resource ?? { place: scope.it, container: context.container };
  const origin = { container: binding.containerOf(collection) };
  return operandOf(context.aggregate(collection, origin, resource, item), at);
}

/** `$these/$count`, `$these/aggregate(Amount with sum)` of rows that transformations made. */
export function bindOfThese(
  step: PathStep | undefined,
  these: (item: AggregateItem) => BoundExpression,
  at: number,
): Operand {
  if (step?.kind === 'aggregate') return operandOf(these(step.item), at);
  if (step?.kind !== '$count' || step.filter !== undefined || step.search !== undefined)
    throw fault("'$these' is followed by $count or aggregate(…)", at);
  const expression = { kind: 'path', steps: [{ kind: '$count', at }], at } as const;
  const { expression: count } = these({ expression, from: [], at });
  const type = edm('Int64');
  return { kind: 'scalar', expression: { kind: 'cast', operand: count, type }, type, at };
}

function operandOf({ expression, type }: BoundExpression, at: number): Operand {
  return type === undefined ? { kind: 'null', at } : { kind: 'scalar', expression, type, at };
}
