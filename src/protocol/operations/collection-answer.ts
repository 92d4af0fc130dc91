import { targetAt, planShape, type CollectionTarget, type ReadPlan, type Shape } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { operationMembers } from '../payload/advertised-operations.js';
import { collectionContext, entityContext } from '../payload/context-url.js';
import { countAnnotation } from '../payload/count-annotation.js';
import { streamed } from '../payload/streamed.js';
import type { ServiceResponse } from '../request.js';
import { isStored } from '../row-kind.js';
import { typeOfRow } from '../row-type.js';

import { tellsCount } from './tells-count.js';
import { etagFor } from './entity-answer.js';
import { withStreams } from './media-heads.js';
import { refuseMissingParent } from './missing-parent.js';
import { appliedPageSize, type Paging } from './page.js';
import { planContextOf } from '../plan-context.js';

/** A page of a collection; `applied` are preferences that were honoured besides. [OData-JSON 12] */
export async function collectionAnswer(
  exchange: Exchange<CollectionTarget>,
  paging: Paging,
  plan: ReadPlan,
  applied: readonly string[] = [],
): Promise<ServiceResponse> {
  const { space } = exchange;
  const count = tellsCount(exchange) ? await space.count(plan) : undefined;
  const all = [...applied, ...appliedPageSize(exchange, paging)];
  return json(exchange, 200, await streamed(members(exchange, plan, paging, count)), preferenceApplied(all));
}

async function* members(
  exchange: Exchange<CollectionTarget>,
  plan: ReadPlan,
  paging: Paging,
  count: number | undefined,
): AsyncGenerator<string> {
  const { target, space, parts, format, request } = exchange;
  yield `{${contextAnnotation(exchange, collectionContext(target, plan.shape.contextList))}${countAnnotation(count, exchange.format)}`;
  const url = `${request.root}/${request.url.split('?', 1)[0]!}`;
  yield `${operationMembers({ type: target.type, isCollection: true }, url, { format, shape: plan.shape }, parts.model)}"value":[`;
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
  if (last === undefined) await refuseMissingParent(target, space, exchange.parts);
  yield ']';
  if (hasMore && last !== undefined) yield `,"@odata.nextLink":${JSON.stringify(paging.nextLink(last))}`;
  else if (paging.deltaLink !== undefined) yield `,"@odata.deltaLink":${JSON.stringify(paging.deltaLink())}`;
  yield '}';
}

/** One entity of a collection. */
export function memberText(exchange: Exchange<CollectionTarget>, row: Row, plan: ReadPlan): string {
  const { contextPath, contextName, type, isMadeUp = false } = exchange.target;
  const etag = etagFor(exchange, exchange.target, row);
  const shape = type.isBuiltIn ? ownShape(exchange, row) : plan.shape;
  return exchange.parts.writer.write(row, {
    declaredType: type,
    alwaysType: isMadeUp || contextPath === undefined || exchange.parts.profile.writesType(contextPath),
    isMadeUp,
    shape,
    embed: plan.embed,
    compute: plan.compute,
    format: exchange.format,
    preferences: exchange.preferences,
    root: exchange.request.root,
    ...(contextPath === undefined || contextName === 'type' ? { head: ownContext(exchange, row, shape) } : {}),
    ...(exchange.parts.profile.expandedContexts ? { contextPath } : {}),
    ...(etag === undefined ? {} : { etag }),
  });
}

/** Where the collection belongs to no one set, each member says which it belongs to. [OData-Protocol 10.19, OData-JSON 4.6.1] */
function ownContext(exchange: Exchange<CollectionTarget>, row: Row, shape: Shape): string {
  const place = !isStored(row) ? undefined : targetAt(row, planContextOf(exchange));
  if (place?.kind !== 'entity' || place.contextName === 'type') return '';
  return contextAnnotation(exchange, entityContext(place, shape.contextList));
}

/** Among entities of all types those properties are selected that are those of the entity's own: `ns.Type/Name`. [OData-URL 4.16] */
function ownShape(exchange: Exchange<CollectionTarget>, row: Row): Shape {
  const { parts, tree } = exchange;
  if (tree.options.select === undefined) return { contextList: '' };
  const type = typeOfRow(row, parts);
  const items = tree.options.select.value.filter(({ path: [first = ''] }) => {
    const cast = parts.model.structuredType(first);
    return cast === undefined || type.isOrDerivesFrom(cast);
  });
  return items.length === 0 ? { select: new Map(), contextList: '' } : planShape(type, items, planContextOf(exchange));
}
