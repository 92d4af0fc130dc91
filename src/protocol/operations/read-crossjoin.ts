import { badRequest } from '../../error/index.js';
import {
  planCrossApply,
  planCrossjoin,
  wholeRows,
  type CrossjoinPart,
  type CrossjoinPlan,
  type Target,
} from '../../plan/index.js';
import type { CrossjoinRow, Row } from '../../store/index.js';
import { printExpression, type QueryOptions } from '../../url/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { countAnnotation } from '../payload/count-annotation.js';
import { resourcePath } from '../payload/resource-path.js';
import { streamed } from '../payload/streamed.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';
import { containerOfCollection } from '../writes/container-of-collection.js';

import { etagFor } from './entity-answer.js';
import { withStreamsOfAll } from './media-heads.js';
import type { Operation } from './operation.js';
import { pagingOf, type Paging } from './page.js';
import { planContextOf } from '../plan-context.js';
import { readAggregated } from './read-aggregated.js';
import { refuseRestricted } from '../restrictions.js';

type CrossjoinTarget = Extract<Target, { kind: 'crossjoin' }>;

const PLAIN = ['filter', 'orderby', 'expand', 'top', 'skip', 'count', 'skiptoken', 'format'] as const;
/** What makes more of the rows than there is. [OData-Aggregation 4, OData-Protocol 11.2.1] */
const MAKING = ['apply', 'compute', 'search', 'select'] as const;

/** `GET $crossjoin(A,B)`: rows with an entity of each set, or a link to it. [OData-URL 4.15, OData-Protocol 10.20] */
export const readCrossjoin: Operation<CrossjoinTarget> = {
  options: [...PLAIN, ...MAKING],
  async run(exchange) {
    const { target, tree, space } = exchange;
    refuseSets(exchange);
    if (MAKING.some((name) => tree.options[name] !== undefined) || asksThese(tree.options)) return readMade(exchange);
    const paging = pagingOf(exchange);
    const plan = planCrossjoin(target.sets, tree.options, paging.page, planContextOf(exchange));
    await refuseLarge(exchange);
    const count = tree.options.count?.value === true ? await space.countCrossjoin(plan) : undefined;
    const rows = paging.size === 0 ? [] : await rowsOf(plan, exchange);
    return json(exchange, 200, await streamed(pieces(exchange, plan, paging, rows, count)));
  },
};

/** Whether an expression may be about all rows together, which are those of a table then. [OData-Aggregation 3.6] */
function asksThese({ filter, orderby, aliases }: QueryOptions): boolean {
  const written = [filter?.text, orderby?.text, ...[...aliases.values()].map(printExpression)];
  return written.some((text) => text?.includes('$these') === true);
}

/** What the options make of the rows, in a table of their own. */
async function readMade(exchange: Exchange<CrossjoinTarget>): Promise<ServiceResponse> {
  const { target, tree } = exchange;
  await refuseLarge(exchange);
  return readAggregated(exchange, {
    count: tree.options.count?.value === true,
    planOf: (page) => planCrossApply(target.sets, tree.options, page, planContextOf(exchange)),
    contextOf: () => CONTEXT,
    etagOf: (row) => {
      const { parts } = exchange;
      return etagFor(
        exchange,
        { origin: containerOfCollection(row.collection, parts.model), type: typeOfRow(row, parts) },
        row,
      );
    },
  });
}

const CONTEXT = 'Collection(Edm.ComplexType)';

/** Every row of each set is looked at together with every row of the others. */
async function refuseLarge({ target, parts: { profile }, space }: Exchange<CrossjoinTarget>): Promise<void> {
  const { maxCrossjoinRows: rows } = profile.limits;
  let product = 1;
  for (const { members } of target.sets) product *= await space.count(wholeRows(members.type, members.source));
  if (product > rows)
    throw badRequest(`The cross join has ${String(product)} rows; more than ${String(rows)} are not looked through.`);
}

/** What holds for the sets alone holds for them together. */
function refuseSets({ target: { sets }, parts: { profile } }: Exchange<CrossjoinTarget>): void {
  const { maxCrossjoin: most } = profile.limits;
  if (sets.length > most) throw badRequest(`At most ${String(most)} sets may be joined.`);
  for (const { members } of sets) refuseRestricted(members, 'GET', { aliases: new Map(), custom: [] }, profile);
}

async function rowsOf(plan: CrossjoinPlan, exchange: Exchange<CrossjoinTarget>): Promise<readonly CrossjoinRow[]> {
  const found = await exchange.space.crossjoin(plan);
  const columns = await Promise.all(
    plan.parts.map((part, index) => {
      const rows = found.map((row) => row.rows[index]!);
      return part.as === 'entities' ? withStreamsOfAll(rows, part.plan, exchange) : rows;
    }),
  );
  return found.map(({ order }, index) => ({ order, rows: columns.map((column) => column[index]!) }));
}

async function* pieces(
  exchange: Exchange<CrossjoinTarget>,
  { parts }: CrossjoinPlan,
  { size, nextLink }: Paging,
  rows: readonly CrossjoinRow[],
  count: number | undefined,
): AsyncGenerator<string> {
  yield `{${contextAnnotation(exchange, CONTEXT)}${countAnnotation(count, exchange.format)}"value":[`;
  for (const [index, row] of rows.slice(0, size).entries())
    yield `${index === 0 ? '' : ','}{${parts.flatMap((part, number) => memberOf(part, row.rows[number]!, exchange)).join(',')}}`;
  yield ']';
  const last = rows[size - 1];
  if (rows.length > size && last !== undefined)
    yield `,"@odata.nextLink":${JSON.stringify(nextLink(positionOf(last)))}`;
  yield '}';
}

/** Where a page ends: behind the order values stand the sequences, that of the last set in its usual place. */
function positionOf({ order, rows }: CrossjoinRow): Pick<Row, 'sequence' | 'order'> {
  const sequences = rows.map(({ sequence }) => sequence);
  return { order: [...order, ...sequences.slice(0, -1)], sequence: sequences.at(-1)! };
}

function memberOf({ set, as, plan }: CrossjoinPart, row: Row, exchange: Exchange<CrossjoinTarget>): string[] {
  const { parts, format, preferences, request } = exchange;
  const path = resourcePath(typeOfRow(row, parts), row);
  const member = (suffix: string, text: string): string => `${JSON.stringify(`${set.name}${suffix}`)}:${text}`;
  if (as === 'link') return format.metadata === 'none' ? [] : [member('@odata.navigationLink', JSON.stringify(path))];
  if (as === 'references') return [member('', `{"@odata.id":${JSON.stringify(`${request.root}/${path}`)}}`)];
  const etag = etagFor(exchange, { origin: set, type: set.type }, row);
  const { shape, embed, compute } = plan;
  const options = { declaredType: set.type, shape, embed, compute, format, preferences, root: request.root };
  return [member('', parts.writer.write(row, etag === undefined ? options : { ...options, etag }))];
}
