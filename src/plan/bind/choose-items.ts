import type { SchemaType, StructuredType } from '../../edm/index.js';
import type { QueryOptions } from '../../url/index.js';

import { combine } from '../combine.js';
import type { Expression } from '../expression.js';
import type { Choice } from '../refinement.js';
import type { BindContext } from './context.js';
import { bindFilter } from './expression.js';
import { bindOrder } from './order.js';
import { searchItem } from './search.js';
import { namesOf } from './type-names.js';

/**
 * Which items of a collection of values to take, and in which order; of those of a `declared` type behind a type cast only
 * the ones that are of it. [OData-Protocol 11.2.6, OData-URL 4.11]
 */
export function chooseItems(
  { filter, search, orderby }: QueryOptions,
  context: BindContext,
  declared: SchemaType,
  cast: StructuredType | undefined,
): Pick<Choice, 'where' | 'order'> {
  const item = { kind: 'variable', variable: 0, type: { type: context.type, isCollection: false } } as const;
  const where = combine('and', [
    ...(cast === undefined ? [] : [isof(declared, cast, context)]),
    ...(filter === undefined ? [] : [bindFilter(filter.value, context)]),
    ...(search === undefined ? [] : [searchItem(search.value, item)]),
  ]);
  return {
    ...(where === undefined ? {} : { where }),
    order: orderby === undefined ? [] : bindOrder(orderby.value, withTheseLeft(context, where)),
  };
}

/** `$these` in `$orderby` are what the condition leaves. */
export function withTheseLeft(context: BindContext, condition: Expression | undefined): BindContext {
  const { these } = context;
  if (these === undefined || typeof these === 'function' || condition === undefined) return context;
  return { ...context, these: { kind: 'filtered', of: these, variable: 0, condition, type: these.type } };
}

function isof(declared: SchemaType, type: StructuredType, { model }: BindContext): Expression {
  const place = { kind: 'variable', variable: 0, type: { type: declared, isCollection: false } } as const;
  return { kind: 'isof', place, type, typeNames: namesOf(type, model) };
}
