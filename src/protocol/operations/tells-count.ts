import type { Exchange } from '../exchange.js';

import { askedQuery } from './asked-query.js';

/** Whether the number of all entities is to be told beside a page of them. */
export function tellsCount(exchange: Exchange): boolean {
  if (exchange.tree.options.count?.value !== true) return false;
  const query = askedQuery(exchange.target, exchange.tree.options, exchange.request.headers);
  return query === undefined || exchange.parts.profile.tellsCount(query);
}
