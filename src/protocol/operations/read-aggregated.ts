import { planApply, type ApplyPlan, type CollectionTarget, type CountTarget } from '../../plan/index.js';
import type { AggregatedRow, Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { writeAggregatedRow, type AggregatedOptions } from '../payload/aggregated-writer.js';
import { collectionContext } from '../payload/context-url.js';
import { streamed } from '../payload/streamed.js';
import type { ServiceResponse } from '../request.js';

import { tellsCount } from './tells-count.js';
import { etagFor } from './entity-answer.js';
import { materializeMembers } from './materialize.js';
import { withStreams } from './media-heads.js';
import { refuseMissingParent } from './missing-parent.js';
import type { Operation } from './operation.js';
import { pagingOf } from './page.js';
import { planContextOf } from './plan-context.js';
import { readCollection } from './read-collection.js';
import { readCount } from './read-count.js';

/** `GET` of a collection, as it is or as `$apply` makes it. */
export const readMembers: Operation<CollectionTarget> = {
  options: [...readCollection.options, 'apply'],
  async run(exchange) {
    await materializeMembers(exchange.target, exchange);
    return exchange.tree.options.apply === undefined ? readCollection.run(exchange) : readAggregated(exchange);
  },
};

/** `GET …/$count`, perhaps of what `$apply` makes. [OData-Aggregation 3] */
export const countMembers: Operation<CountTarget> = {
  options: [...readCount.options, 'apply'],
  async run(exchange) {
    const { target, tree, space } = exchange;
    if (target.of.kind === 'collection') await materializeMembers(target.of, exchange);
    if (tree.options.apply === undefined || target.of.kind !== 'collection') return readCount.run(exchange);
    const plan = planApply(target.of, tree.options, { limit: undefined, skip: 0 }, planContextOf(exchange));
    const count = await space.countAggregated(plan);
    await refuseMissingParent(target.of, space, exchange.parts);
    return { status: 200, headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]), body: String(count) };
  },
};

/**
 * The result has an order of its own, so that its pages are counted from its beginning rather than found by the values
 * of a row.
 */
async function readAggregated(exchange: Exchange<CollectionTarget>): Promise<ServiceResponse> {
  const { target, tree, space, preferences } = exchange;
  const paging = pagingOf(exchange);
  const skip = paging.page.after?.sequence ?? paging.page.skip;
  const plan = planApply(target, tree.options, { limit: paging.page.limit, skip }, planContextOf(exchange));
  const count = tellsCount(exchange) ? await space.countAggregated(plan) : undefined;
  const rows = paging.size === 0 ? [] : await rowsOf(plan, exchange);
  await refuseMissingParent(target, space, exchange.parts);
  const hasMore = rows.length > paging.size;
  const nextLink = hasMore ? paging.nextLink({ sequence: skip + paging.size }) : undefined;
  const preferred = preferences.get('maxpagesize');
  const isHonoured = preferred !== undefined && String(paging.size) === preferred;
  const headers: [string, string][] = isHonoured ? [['Preference-Applied', `odata.maxpagesize=${preferred}`]] : [];
  return json(
    exchange,
    200,
    await streamed(members(exchange, plan, rows.slice(0, paging.size), count, nextLink)),
    headers,
  );
}

async function* members(
  exchange: Exchange<CollectionTarget>,
  { result }: ApplyPlan,
  rows: readonly AggregatedRow[],
  count: number | undefined,
  nextLink: string | undefined,
): AsyncGenerator<string> {
  const { target } = exchange;
  const how = writingOf(exchange);
  yield `{${contextAnnotation(exchange, collectionContext(target, result.contextList))}${count === undefined ? '' : `"@odata.count":${String(count)},`}"value":[`;
  for (const [index, row] of rows.entries()) yield `${index === 0 ? '' : ','}${writeAggregatedRow(row, result, how)}`;
  yield ']';
  if (nextLink !== undefined) yield `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  yield '}';
}

function writingOf(exchange: Exchange<CollectionTarget>): AggregatedOptions {
  const { parts, format, preferences, request, target } = exchange;
  return {
    writer: parts.writer,
    profile: parts.profile,
    options: { format, preferences, root: request.root },
    etagOf: (row) => etagFor(exchange, target, row),
  };
}

/** All rows of the page, those that are entities with what is known of their streams. */
async function rowsOf(plan: ApplyPlan, exchange: Exchange<CollectionTarget>): Promise<readonly AggregatedRow[]> {
  const rows: AggregatedRow[] = [];
  for await (const row of exchange.space.aggregate(plan)) rows.push(row);
  const entity = plan.result.forms.find((form) => form.entity !== undefined)?.entity;
  if (entity === undefined) return rows;
  const completed: Row[] = [];
  for await (const row of withStreams(entitiesOf(rows), entity, exchange)) completed.push(row);
  let next = 0;
  return rows.map((row) => (row.entity === undefined ? row : { ...row, entity: completed[next++]! }));
}

// oxlint-disable-next-line require-await
async function* entitiesOf(rows: readonly AggregatedRow[]): AsyncGenerator<Row> {
  for (const { entity } of rows) if (entity !== undefined) yield entity;
}
