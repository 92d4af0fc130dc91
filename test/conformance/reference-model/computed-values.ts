import { defineBehavior, type StreamChange, type UpdateEvent } from '../../../src/behavior/index.js';
import type { JsonObject } from '../../../src/edm/index.js';

const NAMESPACE = 'ComplianceService';

/** Values that the service sets whatever the client sends: versions, instants and the discriminator. */
export const computedValues = defineBehavior({
  create: {
    [`${NAMESPACE}.Product`]: ({ document, type, now }, next) => {
      const [, name = type] = type.split('.');
      Object.assign(document, { Version: 1, CreatedAt: now, ProductType: name });
      return next();
    },
    [`${NAMESPACE}.MediaItem`]: ({ document, now, stream }, next) => {
      Object.assign(document, { CreatedAt: now, ModifiedAt: now, ...noted(stream) });
      return next();
    },
  },
  update: {
    [`${NAMESPACE}.Product`]: (event, next) => {
      countUp(event, 'CreatedAt', 'ProductType');
      return next();
    },
    [`${NAMESPACE}.MediaItem`]: (event, next) => {
      keep(event, 'CreatedAt');
      Object.assign(event.document, { ModifiedAt: event.now, ...noted(event.stream) });
      return next();
    },
    [`${NAMESPACE}.CompanyInfo`]: (event, next) => {
      countUp(event);
      event.document['UpdatedAt'] = event.now;
      return next();
    },
  },
});

/** The changes of an action's update, which passes no behaviour of the type. */
export function withNextVersion(before: JsonObject, changes: JsonObject): JsonObject {
  return { ...changes, Version: Number(before['Version']) + 1 };
}

/** A media item knows what its stream is. */
function noted(stream: StreamChange | undefined): JsonObject {
  if (stream?.content === undefined) return {};
  return { ContentType: stream.content.contentType, Size: stream.content.bytes.length };
}

function countUp(event: UpdateEvent, ...kept: readonly string[]): void {
  keep(event, ...kept);
  event.document['Version'] = Number(event.entity.document['Version'] ?? 0) + 1;
}

/** A replacement resets what the client leaves out, and clients never set these. */
function keep({ document, entity }: UpdateEvent, ...names: readonly string[]): void {
  for (const name of names) document[name] = entity.document[name] ?? null;
}
