import { planApply, type ApplyPlan, type CollectionTarget, type CountTarget } from '../../plan/index.js';
import type { AggregatedRow, Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { writeAggregatedRow, type AggregatedOptions } from '../payload/aggregated-writer.js';
import { collectionContext } from '../payload/context-url.js';
import { countAnnotation } from '../payload/count-annotation.js';
import { resourcePath } from '../payload/resource-path.js';
import { streamed } from '../payload/streamed.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';

import { tellsCount } from './tells-count.js';
import { etagFor } from './entity-answer.js';
import { materializeMembers } from '../materialize.js';
import { withStreams } from './media-heads.js';
import { refuseMissingParent } from './missing-parent.js';
import type { Operation } from './operation.js';
import { appliedPageSize, pagingOf } from './page.js';
import { planContextOf } from '../plan-context.js';
import { readCollection } from './read-collection.js';
import { readCount } from './read-count.js';

/** `GET` of a collection, as it is or as `$apply` makes it. */
export const readMembers: Operation<CollectionTarget> = {
  options: [...readCollection.options, 'apply'],
  async run(exchange) {
    await materializeMembers(exchange.target, exchange);
    const { target, tree } = exchange;
    if (tree.options.apply === undefined) return readCollection.run(exchange);
    await refuseMissingParent(target, exchange.space, exchange.parts);
    return readAggregated(exchange, {
      count: tellsCount(exchange),
      planOf: (page) => planApply(target, tree.options, page, planContextOf(exchange)),
      contextOf: (result) => collectionContext(target, result.contextList),
      etagOf: (row) => etagFor(exchange, target, row),
    });
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

/** What is particular to the resource whose rows are read. */
export interface Aggregating {
  /** Whether the number of all rows is asked for. */
  readonly count: boolean;
  planOf(page: ApplyPlan['page']): ApplyPlan;
  /** The fragment of the context URL. */
  contextOf(result: ApplyPlan['result']): string;
  etagOf(row: Row): string | undefined;
}

/**
 * The result has an order of its own, so that its pages are counted from its beginning rather than found by the values
 * of a row.
 */
export async function readAggregated(exchange: Exchange, what: Aggregating): Promise<ServiceResponse> {
  const { space } = exchange;
  const paging = pagingOf(exchange);
  const skip = paging.page.after?.sequence ?? paging.page.skip;
  const plan = what.planOf({ limit: paging.page.limit, skip });
  const count = what.count ? await space.countAggregated(plan) : undefined;
  const rows = paging.size === 0 ? [] : await rowsOf(plan, exchange);
  const hasMore = rows.length > paging.size;
  const nextLink = hasMore ? paging.nextLink({ sequence: skip + paging.size }) : undefined;
  const headers = preferenceApplied(appliedPageSize(exchange, paging));
  return json(
    exchange,
    200,
    await streamed(members(exchange, what, plan, rows.slice(0, paging.size), count, nextLink)),
    headers,
  );
}

async function* members(
  exchange: Exchange,
  what: Aggregating,
  { result }: ApplyPlan,
  rows: readonly AggregatedRow[],
  count: number | undefined,
  nextLink: string | undefined,
): AsyncGenerator<string> {
  const how = writingOf(exchange, what);
  yield `{${contextAnnotation(exchange, what.contextOf(result))}${countAnnotation(count, exchange.format)}"value":[`;
  for (const [index, row] of rows.entries()) yield `${index === 0 ? '' : ','}${writeAggregatedRow(row, result, how)}`;
  yield ']';
  if (nextLink !== undefined) yield `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  yield '}';
}

function writingOf({ parts, format, preferences, request }: Exchange, { etagOf }: Aggregating): AggregatedOptions {
  return {
    writer: parts.writer,
    profile: parts.profile,
    options: { format, preferences, root: request.root },
    etagOf,
    pathOf: (row) => resourcePath(typeOfRow(row, parts), row),
  };
}

/** All rows of the page, those that are entities with what is known of their streams. */
async function rowsOf(plan: ApplyPlan, exchange: Exchange): Promise<readonly AggregatedRow[]> {
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
