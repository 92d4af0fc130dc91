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
  const { document, model, type, collection, defaulted } = event;
  Object.assign(document, await missingIn(document, collection, model.entityTypeOrThrow(type), event, defaulted));
  return next();
};

/** What a new entity in a collection lacks. */
export async function missingIn(
  document: JsonObject,
  collection: string,
  type: EntityType,
  { entities, now, model }: Pick<CreateEvent | OperationEvent, 'entities' | 'now' | 'model'>,
  defaulted: ReadonlySet<string> = new Set(),
): Promise<JsonObject> {
  return firstValuesOf(type, {
    document,
    defaulted,
    collection,
    now,
    owner: () => ownerOf(collection, entities),
    caller: () => callerOf(entities),
    container: () => containerOf(collection, entities),
    known: (set, values) => knownIn(set, values, entities, model),
  });
}

/** `applications/1` of `applications/1/extensionProperties`; what nobody wrote is not made for it. */
async function containerOf(collection: string, entities: Entities): Promise<JsonObject | undefined> {
  const container = containedIn(collection);
  return container && (await entities.get(container))?.document;
}

async function knownIn(
  set: string,
  values: JsonObject,
  entities: Entities,
  { container }: Model,
): Promise<JsonObject | undefined> {
  const child = container?.child(set);
  if (child?.kind !== 'entitySet') return undefined;
  const [found] = await entities.having(child.type, [set], values);
  return found?.document;
}

/** The user or group that a collection belongs to, once it has a name. */
export async function ownerOf(collection: string, entities: Entities): Promise<JsonObject | undefined> {
  const [set, key] = collection.split('/');
  if (set === 'users' && key === ME) return callerOf(entities);
  const owner = key === undefined ? undefined : await entities.get({ collection: set!, key });
  return typeof owner?.document['displayName'] === 'string' ? owner.document : undefined;
}
