import type { Behavior, CreateEvent, DeleteEvent, Entities, Entity, Handler } from '../../behavior/index.js';
import { isJsonObject, type JsonValue, type Model } from '../../edm/index.js';

import { containedIn } from '../contained-in.js';

const ATTACHMENT = 'microsoft.graph.attachment';
export const ATTACHMENTS = 'attachments';
export const HAS_ATTACHMENTS = 'hasAttachments';

/**
 * Items say whether they have attachments, those within the body left out; a file says how large it is.
 * [Graph: message resource type, hasAttachments; attachment resource type, size]
 */
export function attachments(model: Model): Behavior {
  const type = model.type(ATTACHMENT);
  if (type?.kind !== 'entity') return {};
  const tell = async (collection: string, entities: Entities): Promise<void> => {
    const item = await holderOf(collection, entities);
    const isTold = item !== undefined && model.structuredType(item.row.type)?.properties.has(HAS_ATTACHMENTS) === true;
    if (!isTold) return;
    const all = await entities.related(item, ATTACHMENTS);
    const hasAttachments = areAttached(all.map(({ document }) => document));
    if (item.document[HAS_ATTACHMENTS] !== hasAttachments) await entities.update(item, { hasAttachments });
  };
  const create: Handler<CreateEvent, Entity> = async ({ collection, document, entities }, next) => {
    const { contentBytes } = document;
    if (typeof contentBytes === 'string' && (document['size'] ?? 0) === 0)
      document['size'] = Buffer.byteLength(contentBytes, 'base64url');
    const created = await next();
    await tell(collection, entities);
    return created;
  };
  const remove: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
    await next();
    await tell(entity.row.collection, entities);
  };
  return { create: { [ATTACHMENT]: create }, delete: { [ATTACHMENT]: remove } };
}

/** Whether any of these attachments is more than a part of the body. */
export function areAttached(items: readonly JsonValue[]): boolean {
  return items.some((item) => isJsonObject(item) && item['isInline'] !== true);
}

/** The item at whose path a collection of attachments stands; no other request tells of them meanwhile. */
async function holderOf(collection: string, entities: Entities): Promise<Entity | undefined> {
  const holder = containedIn(collection);
  return holder?.property === ATTACHMENTS ? entities.hold(holder) : undefined;
}
