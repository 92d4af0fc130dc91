import type { OrderItem } from '../../url/index.js';

import type { OrderTerm } from '../terms.js';
import type { BindContext } from './context.js';
import { bindSortKeys } from './expression.js';
import { fault } from './fault.js';
import { isGeo } from './primitives.js';

/** `$orderby=Address/City desc,Items/$count`: by single values that have an order. [OData-URL 5.1.5] */
export function bindOrder(items: readonly OrderItem[], context: BindContext): OrderTerm[] {
  return items.flatMap(({ expression: tree, direction }) =>
    bindSortKeys(tree, context).map(({ expression, type }) => {
      if (type && (isGeo(type) || ['Edm.Stream', 'Edm.Binary'].includes(type.qualifiedName)))
        throw fault(`Values of type '${type.qualifiedName}' have no order`, tree.at);
      return { expression, direction };
    }),
  );
}
