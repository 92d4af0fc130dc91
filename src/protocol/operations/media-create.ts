import type { CollectionTarget } from '../../plan/index.js';
import { createValidator } from '../../validation/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceResponse } from '../request.js';
import { annotated } from '../writes/annotated.js';
import { insertEntity } from '../writes/insert-entity.js';
import { slotOf } from '../writes/slot.js';
import { writeContext } from '../writes/write-context.js';

import { createdAnswer, createEntity, memberOf } from './create-entity.js';
import { readContent } from '../payload/media-content.js';
import type { Operation } from './operation.js';
import { shownEntity } from './shown-entity.js';

/** `POST` to a collection: an entity in JSON, or bytes that become a media entity. [OData-Protocol 11.4.2, 11.4.7.1] */
export const createMember: Operation<CollectionTarget> = {
  options: createEntity.options,
  run: (exchange) => (bringsMedia(exchange) ? createMediaEntity(exchange) : createEntity.run(exchange)),
};

function bringsMedia({ target, request, parts: { profile } }: Exchange<CollectionTarget>): boolean {
  const contentType = request.headers.get('content-type') ?? '';
  if (!target.type.hasStream || profile.entityReader(target.type, contentType) !== undefined) return false;
  return profile.mediaJson === 'stream' || !/^application\/json\b/i.test(contentType);
}

/** The stream and an entity whose properties have their default values. */
async function createMediaEntity(exchange: Exchange<CollectionTarget>): Promise<ServiceResponse> {
  const { target, parts, request, space } = exchange;
  const { model, profile } = parts;
  const content = await readContent(request, target.type, parts);
  const validator = createValidator(model, { ...profile.validation, missing: 'default' });
  const draft = validator.read(target.type, {}, { kind: 'create' });
  const { entity, shown } = await space.write(async (unit) => {
    const context = writeContext(exchange, unit);
    const stored = await insertEntity(annotated(draft, request), await slotOf(target, context), context, {
      stream: { property: '', content },
    });
    const version = await unit.writeStream(stored, '', content, 0);
    const entity = memberOf(target, stored);
    const { row, plan } = await shownEntity(exchange, entity, stored, unit);
    const streams = [{ property: '', contentType: content.contentType, version: version ?? 1 }];
    return { entity, shown: { row: { ...row, streams }, plan } };
  });
  return createdAnswer(exchange, entity, shown, false);
}
