import { writeJson, type JsonValue, type TypeReference } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { planItems, type ItemsPlan } from '../../plan/index.js';
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
  reference: TypeReference,
  values: readonly JsonValue[],
  sent?: ItemsPlan['sent'],
  page: ItemsPlan['page'] = pageOf(exchange),
): Promise<Items> {
  const { filter, search, orderby, count } = exchange.tree.options;
  const plan = planOf(exchange, reference, values, sent, page);
  const { skip, limit = values.length } = plan.page;
  const positions =
    filter === undefined && search === undefined && orderby === undefined
      ? [...values.keys()].slice(skip, skip + limit)
      : await exchange.space.items(plan);
  return {
    positions,
    items: positions.map((position) => values[position]!),
    count: count?.value === true ? await countOfItems(exchange, reference, values, sent) : undefined,
  };
}

/** How many items a request asks for. [OData-Protocol 11.2.10] */
export function countOfItems(
  exchange: Exchange,
  reference: TypeReference,
  values: readonly JsonValue[],
  sent?: ItemsPlan['sent'],
): Promise<number> {
  const { filter, search } = exchange.tree.options;
  if (filter === undefined && search === undefined) return Promise.resolve(values.length);
  return exchange.space.countItems(planOf(exchange, reference, values, sent));
}

function planOf(
  exchange: Exchange,
  reference: TypeReference,
  values: readonly JsonValue[],
  sent: ItemsPlan['sent'],
  page: ItemsPlan['page'] = pageOf(exchange),
): ItemsPlan {
  return planItems(
    reference,
    { json: writeJson([...values]), ...(sent === undefined ? {} : { sent }) },
    exchange.tree.options,
    page,
    planContextOf(exchange),
  );
}

/** What `$top` and `$skip` leave. */
function pageOf({ tree, parts }: Exchange): ItemsPlan['page'] {
  const { top, skip } = tree.options;
  const { maxTop } = parts.profile.limits;
  if (top !== undefined && top.value > maxTop)
    throw badRequest(`$top must be at most ${String(maxTop)}.`, { target: '$top', position: top.at });
  return { limit: top?.value, skip: skip?.value ?? 0 };
}
