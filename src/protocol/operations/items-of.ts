import type { JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { planItems, type ItemsPlace, type ItemsPlan } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';

import { planContextOf } from '../plan-context.js';

export interface Items {
  /** Where they stand in the whole collection, in the order that was asked for. */
  readonly positions: readonly number[];
  readonly items: JsonValue[];
  /** How many there are whatever the page, where the request asks. */
  readonly count: number | undefined;
}

/**
 * Which items of a collection of values a request asks for: by the database, so that expressions mean the same as anywhere.
 * [OData-Protocol 11.2.6]
 */
export async function itemsOf(
  exchange: Exchange,
  place: ItemsPlace,
  values: readonly JsonValue[],
  page: ItemsPlan['page'] = pageOf(exchange),
): Promise<Items> {
  const { filter, search, orderby, count } = exchange.tree.options;
  const plan = planItems(place, exchange.tree.options, page, planContextOf(exchange));
  const { skip, limit = values.length } = plan.page;
  const positions =
    place.cast === undefined && filter === undefined && search === undefined && orderby === undefined
      ? [...values.keys()].slice(skip, skip + limit)
      : await exchange.space.items(plan);
  return {
    positions,
    items: positions.map((position) => values[position]!),
    count: count?.value === true ? await countOfItems(exchange, place, values) : undefined,
  };
}

/** How many items a request asks for. [OData-Protocol 11.2.10] */
export function countOfItems(exchange: Exchange, place: ItemsPlace, values: readonly JsonValue[]): Promise<number> {
  const { filter, search } = exchange.tree.options;
  if (place.cast === undefined && filter === undefined && search === undefined) return Promise.resolve(values.length);
  return exchange.space.countItems(planItems(place, exchange.tree.options, ALL, planContextOf(exchange)));
}

const ALL: ItemsPlan['page'] = { limit: undefined, skip: 0 };

/** What `$top` and `$skip` leave. */
function pageOf({ tree, parts }: Exchange): ItemsPlan['page'] {
  const { top, skip } = tree.options;
  const { maxTop } = parts.profile.limits;
  if (top !== undefined && top.value > maxTop)
    throw badRequest(`$top must be at most ${String(maxTop)}.`, { target: '$top', position: top.at });
  return { limit: top?.value, skip: skip?.value ?? 0 };
}
