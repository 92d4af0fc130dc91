import type { Behavior, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

const CHAT_MESSAGE = 'microsoft.graph.chatMessage';

/** Each version of a message in a chat or channel has a number: when it was written, in milliseconds. [Graph: chatMessage resource type, etag] */
export function chatMessages(model: Model): Behavior {
  const type = model.type(CHAT_MESSAGE);
  const hasNumber = type?.kind === 'entity' && type.properties.has('etag');
  return hasNumber ? { update: { [CHAT_MESSAGE]: renumber } } : {};
}

const renumber: Handler<UpdateEvent, Entity> = ({ document, entity, now }, next) => {
  const before = Number(entity.document['etag'] ?? 0);
  document['etag'] = String(Math.max(Date.parse(now), Number.isSafeInteger(before) ? before + 1 : 0));
  return next();
};
