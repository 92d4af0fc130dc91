import type { Behavior, CreateEvent, Entity, Handler, OperationEvent } from '../../behavior/index.js';
import type { EntityType, JsonObject, Model } from '../../edm/index.js';

import { COMPLETED_TYPES, firstValuesOf } from '../first-values.js';
import { ME } from '../graph-paths.js';

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
  if (!COMPLETED_TYPES.includes(type.qualifiedName)) return {};
  const [set, key] = collection.split('/');
  const owner = await entities.get({ collection: set!, key: key ?? '' });
  const caller = await entities.get({ collection: 'users', key: ME });
  return firstValuesOf(type, { document, collection, now, owner: named(owner), caller: named(caller) });
}

/** Users and groups are there before they have names. */
function named(entity: Entity | undefined): JsonObject | undefined {
  return typeof entity?.document['displayName'] === 'string' ? entity.document : undefined;
}
