import { hasStatus } from '../../error/index.js';
import type { EntityTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { etagOf, isUnchanged } from '../headers/etag.js';
import { refuseNull } from '../payload/property-value.js';

import { entityAnswer } from './entity-answer.js';
import { locate } from '../locate.js';
import { materialize } from '../materialize.js';
import { withStreamsOfAll } from './media-heads.js';
import type { Operation } from './operation.js';
import { isComputed, planOfGiven } from '../row-kind.js';
import { planOf } from '../url-memory.js';

/** `GET` of one entity. [OData-Protocol 11.2.2] */
export const readEntity: Operation<EntityTarget> = {
  options: ['select', 'expand', 'compute', 'format'],
  async run(exchange) {
    const { target, request, parts, space } = exchange;
    const plan = planOf(exchange, { limit: 1, skip: 0 });
    const isPlain = plan.embed.length + plan.compute.length === 0 && plan.shape.refined === undefined;
    if (!isPlain) await materialize(target, space, parts);
    const found = (isPlain ? undefined : await space.first(plan)) ?? (await present(exchange));
    if (found === undefined) return noContent();
    const row = isPlain || !isComputed(found) ? found : (await space.first(planOfGiven(plan, found)))!;
    if (isUnchanged(request, row)) return { status: 304, headers: new Map([['ETag', etagOf(row)]]) };
    const [shown = row] = await withStreamsOfAll([row], plan, exchange);
    return entityAnswer(exchange, target, shown, plan, {
      alwaysType: target.contextPath !== undefined && parts.profile.writesType(target.contextPath),
    });
  },
};

/** The row; undefined where a navigation property of an entity that exists leads nowhere. [OData-Protocol 11.2.7] */
async function present({ target, space, parts }: Exchange<EntityTarget>): Promise<Row | undefined> {
  const isNavigation = target.via !== undefined && target.within === undefined && target.typeNames === undefined;
  if (!isNavigation || parts.profile.unrelated === 'not-found') return locate(target, space, parts);
  try {
    return await locate(target, space, parts);
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    const parent = await locate(target.via!.parent, space, parts);
    refuseNull(parent, target.via!);
    return undefined;
  }
}
