import { planRead, type CollectionTarget, type ReadPlan } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { collectionContext } from '../payload/context-url.js';
import { streamed } from '../payload/streamed.js';

import { memberOf } from './create-entity.js';
import { etagFor } from './entity-answer.js';
import { withStreams } from './media-heads.js';
import type { Operation } from './operation.js';
import { pagingOf, type Paging } from './page.js';
import { planContextOf } from './plan-context.js';

/** `GET` of a collection of entities. [OData-Protocol 11.2.6, OData-JSON 12] */
export const readCollection: Operation<CollectionTarget> = {
  options: [
    'filter',
    'orderby',
    'select',
    'expand',
    'search',
    'compute',
    'top',
    'skip',
    'count',
    'skiptoken',
    'format',
  ],
  async run(exchange) {
    const { target, tree, space } = exchange;
    const paging = pagingOf(exchange);
    const plan = planRead(target, tree.options, paging.page, planContextOf(exchange));
    const count = tree.options.count?.value === true ? await space.count(plan) : undefined;
    const headers: [string, string][] = [];
    const preferred = exchange.preferences.get('maxpagesize');
    if (preferred !== undefined && String(paging.size) === preferred)
      headers.push(['Preference-Applied', `odata.maxpagesize=${preferred}`]);
    return json(exchange, 200, await streamed(members(exchange, plan, paging, count)), headers);
  },
};

async function* members(
  exchange: Exchange<CollectionTarget>,
  plan: ReadPlan,
  paging: Paging,
  count: number | undefined,
): AsyncGenerator<string> {
  const { target, space, format } = exchange;
  const isBare = format.metadata === 'none';
  yield `{${contextAnnotation(exchange, collectionContext(target, plan.shape.contextList))}${count === undefined ? '' : `"@odata.count":${String(count)},`}"value":[`;
  let last: Row | undefined;
  let written = 0;
  let hasMore = false;
  if (paging.size > 0) {
    for await (const row of withStreams(space.read(plan), plan, exchange)) {
      hasMore = written === paging.size;
      if (hasMore) break;
      yield `${written === 0 ? '' : ','}${memberText(exchange, row, plan)}`;
      last = row;
      written++;
    }
  }
  yield ']';
  if (hasMore && last !== undefined && !isBare) yield `,"@odata.nextLink":${JSON.stringify(paging.nextLink(last))}`;
  yield '}';
}

function memberText(exchange: Exchange<CollectionTarget>, row: Row, plan: ReadPlan): string {
  const etag = etagFor(exchange, memberOf(exchange.target, row), row);
  return exchange.parts.writer.write(row, {
    declaredType: exchange.target.type,
    shape: plan.shape,
    embed: plan.embed,
    format: exchange.format,
    preferences: exchange.preferences,
    root: exchange.request.root,
    ...(etag === undefined ? {} : { etag }),
  });
}
