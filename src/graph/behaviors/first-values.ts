import type { Behavior, CreateEvent, Entities, Entity, Handler, OperationEvent } from '../../behavior/index.js';
import type { EntityType, JsonObject, Model } from '../../edm/index.js';

import { callerOf, ME } from '../caller.js';
import { containedIn } from '../contained-in.js';
import { COMPLETED_TYPES, firstValuesOf } from '../first-values.js';

/** The service completes what clients create. Which values it writes stands in `first-values.ts`. */
export function firstValues(model: Model): Behavior {
  const declared = COMPLETED_TYPES.filter((name) => model.type(name)?.kind === 'entity');
  return { create: Object.fromEntries(declared.map((name) => [name, complete])) };
}

const complete: Handler<CreateEvent, Entity> = async (event, next) => {
  const { document, model, type, collection } = event;
  Object.assign(document, await missingIn(document, collection, model.entityTypeOrThrow(type), event));
  return next();
};

/** What a new entity in a collection lacks. */
export async function missingIn(
  document: JsonObject,
  collection: string,
  type: EntityType,
  { entities, now }: Pick<CreateEvent | OperationEvent, 'entities' | 'now'>,
): Promise<JsonObject> {
  const owner = () => ownerOf(collection, entities);
  const caller = () => callerOf(entities);
  const container = async () => {
    const place = containedIn(collection);
    return place === undefined ? undefined : (await entities.get(place))?.document;
  };
  return firstValuesOf(type, { document, collection, now, owner, caller, container });
}

/** The user or group that a collection belongs to, once it has a name. */
export async function ownerOf(collection: string, entities: Entities): Promise<JsonObject | undefined> {
  const [set, key] = collection.split('/');
  if (set === 'users' && key === ME) return callerOf(entities);
  const owner = key === undefined ? undefined : await entities.get({ collection: set!, key });
  return typeof owner?.document['displayName'] === 'string' ? owner.document : undefined;
}
