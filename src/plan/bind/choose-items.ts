import type { QueryOptions } from '../../url/index.js';

import { combine } from '../combine.js';
import type { Expression } from '../expression.js';
import type { Choice } from '../refinement.js';
import type { BindContext } from './context.js';
import { bindFilter } from './expression.js';
import { bindOrder } from './order.js';
import { searchItem } from './search.js';

/** Which items of a collection of values to take, besides a condition, and in which order. [OData-Protocol 11.2.6] */
export function chooseItems(
  { filter, search, orderby }: QueryOptions,
  context: BindContext,
  condition?: Expression,
): Pick<Choice, 'where' | 'order'> {
  const item = { kind: 'variable', variable: 0, type: { type: context.type, isCollection: false } } as const;
  const where = combine('and', [
    ...(condition === undefined ? [] : [condition]),
    ...(filter === undefined ? [] : [bindFilter(filter.value, context)]),
    ...(search === undefined ? [] : [searchItem(search.value, item)]),
  ]);
  return {
    ...(where === undefined ? {} : { where }),
    order: orderby === undefined ? [] : bindOrder(orderby.value, context),
  };
}
