import type {
  Behavior,
  CreateEvent,
  DeleteEvent,
  Entity,
  Handler,
  OperationEvent,
  OperationResult,
  UpdateEvent,
} from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';
import { badRequest, conflict, methodNotAllowed } from '../../error/index.js';

import { isDirectoryObject } from '../directory-links.js';
import { DELETED_ITEMS, hasDeletedItems, homeOf } from '../directory-places.js';

import { refuseTakenNames } from './uniqueness.js';

const ROOT = 'microsoft.graph.directoryObject';
const RESTORE = 'microsoft.graph.restore';
const NEW_NAME = 'newUserPrincipalName';

/** Which objects can be restored, by type; of groups those of Microsoft 365 alone. [Graph: directory resource type, Delete group] */
const RESTORABLE: Readonly<Record<string, (document: JsonObject) => boolean>> = {
  'microsoft.graph.administrativeUnit': () => true,
  'microsoft.graph.application': () => true,
  'microsoft.graph.certificateAuthorityDetail': () => true,
  'microsoft.graph.certificateBasedAuthPki': () => true,
  'microsoft.graph.externalUserProfile': () => true,
  'microsoft.graph.group': isUnified,
  'microsoft.graph.pendingExternalUserProfile': () => true,
  'microsoft.graph.servicePrincipal': () => true,
  'microsoft.graph.user': () => true,
};

/**
 * Deleting an object of the directory moves it to the deleted items, without its relations to others; deleting it there
 * is for good. [Graph: Delete user, Permanently delete an item, Restore deleted item]
 */
export function deletedItems(model: Model): Behavior {
  if (!hasDeletedItems(model)) return {};
  const create: Handler<CreateEvent, Entity> = (event, next) => {
    if (event.collection === DELETED_ITEMS) throw methodNotAllowed(ONLY_BY_DELETING, ['GET', 'HEAD']);
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = (event, next) => {
    if (isDeleted(event.entity)) throw methodNotAllowed(UNCHANGEABLE, ['GET', 'DELETE', 'HEAD']);
    return next();
  };
  return {
    create: { [ROOT]: create },
    update: { [ROOT]: update },
    delete: { [ROOT]: softDelete },
    ...(model.operations(RESTORE).length === 0 ? {} : { action: { [RESTORE]: restore } }),
  };
}

const ONLY_BY_DELETING = 'Objects get into the deleted items by being deleted alone.';
const UNCHANGEABLE = 'A deleted object cannot be changed; restore it first.';

const softDelete: Handler<DeleteEvent, void> = async ({ entity, entities, now, model }, next) => {
  if (isDeleted(entity) || !isRestorable(entity, model)) return next();
  await entities.isolate(entity);
  await entities.move(entity, { collection: DELETED_ITEMS, key: entity.row.key }, { deletedDateTime: now });
};

/** Back to where objects of its type stand, if nobody has taken its names meanwhile. [Graph: Restore deleted item] */
const restore: Handler<OperationEvent, OperationResult> = async (event, next) => {
  const { binding, entities, model, parameters } = event;
  if (binding === undefined) return next();
  const type = model.entityTypeOrThrow(binding.row.type);
  if (!isDirectoryObject(type)) return next();
  if (!isDeleted(binding)) throw badRequest(`The object '${binding.row.key}' is not deleted.`);
  const collection = homeOf(type, model);
  if (collection === undefined) throw conflict(`There is no place for objects of type '${type.qualifiedName}'.`);
  const name = parameters.get(NEW_NAME) ?? null;
  const changes = { deletedDateTime: null, ...(name === null ? {} : { userPrincipalName: name }) };
  if (name !== null && !type.properties.has('userPrincipalName'))
    throw badRequest('Only a user can get a new principal name.', { target: NEW_NAME });
  await refuseTakenNames(type, collection, { ...binding.document, ...changes }, entities);
  return entities.move(binding, { collection, key: binding.row.key }, changes);
};

function isDeleted({ row }: Entity): boolean {
  return row.collection === DELETED_ITEMS;
}

function isRestorable({ row, document }: Entity, model: Model): boolean {
  const names = Object.keys(RESTORABLE);
  const type = model.entityTypeOrThrow(row.type);
  const name = names.find((each) => {
    const restorable = model.structuredType(each);
    return restorable !== undefined && type.isOrDerivesFrom(restorable);
  });
  return name !== undefined && RESTORABLE[name]!(document);
}

function isUnified({ groupTypes }: JsonObject): boolean {
  return Array.isArray(groupTypes) && groupTypes.includes('Unified');
}
