import type { Behavior, CreateEvent, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';

const CREATED = ['createdDateTime', 'creationDateTime'];
const MODIFIED = ['lastModifiedDateTime', 'lastUpdatedDateTime', 'modifiedDateTime'];

/** The service writes down when an entity was made and last changed, where its type has a place for that and the client gave none. */
export function timestamps(model: Model): Behavior {
  const create: Handler<CreateEvent, Entity> = (event, next) => {
    stampNew(event.document, event.type, event.now, model);
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = (event, next) => {
    for (const name of MODIFIED) {
      if (event.document[name] === event.entity.document[name]) delete event.document[name];
    }
    stamp(event.document, event.entity.row.type, MODIFIED, event.now, model);
    return next();
  };
  return { create: { 'Edm.EntityType': create }, update: { 'Edm.EntityType': update } };
}

/** Writes into a new entity when it was made. */
export function stampNew(document: JsonObject, typeName: string, now: string, model: Model): void {
  stamp(document, typeName, [...CREATED, ...MODIFIED], now, model);
}

function stamp(document: JsonObject, typeName: string, names: readonly string[], now: string, model: Model): void {
  const type = model.structuredType(typeName);
  for (const name of names) {
    if (type?.properties.get(name)?.type.qualifiedName !== 'Edm.DateTimeOffset') continue;
    if (document[name] === undefined || document[name] === '0001-01-01T00:00:00Z') document[name] = now;
  }
}
