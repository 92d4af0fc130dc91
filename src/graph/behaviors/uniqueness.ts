import type { Behavior, CreateEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import { oncePer, writeJson, type EntityType, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { conflict } from '../../error/index.js';
import { alternateKeys, keyOfDocument } from '../../plan/index.js';

import { isDirectoryObject } from '../directory-links.js';
import { directoryCollections } from '../directory-places.js';

/** A name that is as good as a key, although the schema does not declare it as one. [Graph: user resource type] */
const PRINCIPAL_NAME = 'userPrincipalName';

/**
 * Alternate keys are unique within their collection, and ids of objects of the directory within all of it, the deleted
 * ones included: 409 where one is taken. [Core AlternateKeys]
 */
export function uniqueness(model: Model): Behavior {
  const create: Handler<CreateEvent, Entity> = async (event, next) => {
    const type = model.entityTypeOrThrow(event.type);
    await refuseTakenNames(type, event.collection, event.document, event.entities);
    if (isDirectoryObject(type)) await refuseTakenId(type, event);
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = async ({ type, entity, document, entities }, next) => {
    await refuseTakenNames(model.entityTypeOrThrow(type), entity.row.collection, document, entities, entity);
    return next();
  };
  return { create: { 'Edm.EntityType': create }, update: { 'Edm.EntityType': update } };
}

/** 409 where an alternate key of a document belongs to another entity already. `before` is the entity itself, as it was. */
export async function refuseTakenNames(
  type: EntityType,
  collection: string,
  document: JsonObject,
  entities: Entities,
  before?: Entity,
): Promise<void> {
  for (const names of uniqueNames(type)) {
    const values = Object.fromEntries(names.map((name) => [name, document[name] ?? null]));
    if (Object.values(values).includes(null)) continue;
    if (before !== undefined && names.every((name) => before.document[name] === document[name])) continue;
    await entities.claim(claimOf([collection, ...names], Object.values(values)));
    const others = await entities.having(type, [collection], values);
    if (others.some(({ row }) => row.sequence !== before?.row.sequence)) throw taken(names.join(','));
  }
}

async function refuseTakenId(type: EntityType, { document, entities, model }: CreateEvent): Promise<void> {
  const key = keyOfDocument(type, document);
  await entities.claim(claimOf(['id'], [key]));
  const found = await entities.keyed(type, directoryCollections(model), key);
  if (found.length > 0) throw taken('id');
}

/** What requests for the same values claim alike, in whatever case they write them. */
function claimOf(names: readonly string[], values: readonly JsonValue[]): string {
  return writeJson([...names, ...values]).toLowerCase();
}

function taken(name: string): Error {
  const message = `Another object with the same value for property ${name} already exists.`;
  return conflict(message, { target: name, details: [{ code: 'ObjectConflict', message, target: name }] });
}

/** Lists of properties whose values together are unique. */
const uniqueNames = oncePer((type: EntityType): readonly (readonly string[])[] => {
  const declared = alternateKeys(type, undefined).map((key) => [...key.values()]);
  return type.properties.has(PRINCIPAL_NAME) && isDirectoryObject(type) ? [...declared, [PRINCIPAL_NAME]] : declared;
});
