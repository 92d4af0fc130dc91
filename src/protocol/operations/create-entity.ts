import type { JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { keyed, type CollectionTarget, type EntityTarget } from '../../plan/index.js';
import type { Address } from '../../store/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { jsonOf, readBytes } from '../payload/read-body.js';
import { resourcePath } from '../payload/resource-path.js';
import type { ServiceResponse } from '../request.js';
import { annotated } from '../writes/annotated.js';
import { insertEntity } from '../writes/insert-entity.js';
import { slotOf } from '../writes/slot.js';
import { writeContext } from '../writes/write-context.js';

import { entityAnswer, etagFor } from './entity-answer.js';
import type { Operation } from './operation.js';
import { shownEntity, type ShownEntity } from './shown-entity.js';
import { requiredOnInsert } from '../restrictions.js';

/** `POST` to a collection. [OData-Protocol 11.4.2] */
export const createEntity: Operation<CollectionTarget> = {
  options: ['select', 'expand', 'format'],
  async run(exchange) {
    const { target, parts, request, space } = exchange;
    const body = await readEntity(exchange);
    if (body === undefined) throw badRequest('The request body is empty; a create needs a JSON object.');
    const draft = parts.validator.read(target.type, body, {
      kind: 'create',
      required: requiredOnInsert(target.origin),
    });
    const { entity, shown } = await space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      const row = await insertEntity(annotated(draft, request), await slotOf(target, context), context);
      const entity = memberOf(target, row);
      return { entity, shown: await shownEntity(exchange, entity, row, unit, draft) };
    });
    return createdAnswer(exchange, entity, shown, draft.typeWasGiven);
  },
};

/** The body as JSON, or as the profile reads another content type. */
async function readEntity({ target, request, parts }: Exchange<CollectionTarget>): Promise<JsonValue | undefined> {
  const { profile } = parts;
  const bytes = await readBytes(request, profile.limits.maxBody);
  const read = profile.entityReader(target.type, request.headers.get('content-type') ?? '');
  return read === undefined ? jsonOf(bytes, request) : read(bytes);
}

/** 201 with the entity, or 204 where the client wants no more than its address. [OData-Protocol 8.2.8.7, 11.4.2] */
export function createdAnswer(
  exchange: Exchange,
  entity: EntityTarget,
  { row, plan }: ShownEntity,
  alwaysType: boolean,
): ServiceResponse {
  const location = `${exchange.request.root}/${resourcePath(entity.declaredType, row)}`;
  const preference = returnPreference(exchange.preferences);
  const headers: [string, string][] = [
    ['Location', location],
    ['OData-EntityId', location],
    ...preferenceApplied(appliedReturn(exchange.preferences)),
  ];
  if (preference === 'minimal') {
    const etag = etagFor(exchange, entity, row);
    return noContent([...headers, ...(etag === undefined ? [] : [['ETag', etag] as const])]);
  }
  return entityAnswer(exchange, entity, row, plan, { status: 201, alwaysType, headers });
}

/** The target of one member of a collection, by its stored address. */
export function memberOf(collection: CollectionTarget, address: Address): EntityTarget {
  const source = { kind: 'entity', collection: address.collection, key: address.key } as const;
  return { ...keyed(collection, address.key), source, address };
}
