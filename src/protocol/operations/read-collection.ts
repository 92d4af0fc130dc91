import type { CollectionTarget, ReadPlan } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { collectionContext } from '../payload/context-url.js';
import { streamed } from '../payload/streamed.js';

import { memberOf } from './create-entity.js';
import { etagFor } from './entity-answer.js';
import type { Operation } from './operation.js';
import { EVERYTHING } from './plan-row.js';

/** `GET` of a collection of entities. [OData-Protocol 11.2.6, OData-JSON 12] */
export const readCollection: Operation<CollectionTarget> = {
  options: ['format'],
  async run(exchange) {
    return json(exchange, 200, await streamed(members(exchange, planCollection(exchange))));
  },
};

function planCollection({ target }: Exchange<CollectionTarget>): ReadPlan {
  return {
    type: target.type,
    from: target.source,
    ...(target.typeNames === undefined ? {} : { typeNames: target.typeNames }),
    order: [],
    page: { limit: undefined, skip: 0 },
    embed: [],
    compute: [],
    shape: EVERYTHING,
  };
}

async function* members(exchange: Exchange<CollectionTarget>, plan: ReadPlan): AsyncGenerator<string> {
  const { target, space } = exchange;
  let separator = '';
  yield `{${contextAnnotation(exchange, collectionContext(target, plan.shape.contextList))}"value":[`;
  for await (const row of space.read(plan)) {
    yield separator + memberText(exchange, row, plan);
    separator = ',';
  }
  yield ']}';
}

function memberText(exchange: Exchange<CollectionTarget>, row: Row, plan: ReadPlan): string {
  const etag = etagFor(exchange, memberOf(exchange.target, row), row);
  return exchange.parts.writer.write(row, {
    declaredType: exchange.target.type,
    shape: plan.shape,
    format: exchange.format,
    preferences: exchange.preferences,
    root: exchange.request.root,
    ...(etag === undefined ? {} : { etag }),
  });
}
