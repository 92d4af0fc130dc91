import type {
  Behavior,
  CreateEvent,
  DeleteEvent,
  Entities,
  Entity,
  Handler,
  UpdateEvent,
} from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';

import { conflictBehaviorOf } from '../conflict-behavior.js';
import { declaredOf } from '../declared-of.js';
import { CHILDREN, DRIVE_ITEM, ROOT_ITEM } from '../drives.js';

import {
  countIn,
  heldFolder,
  parentOf,
  refuseName,
  refuseTakenName,
  refuseNoFolder,
  settledAmong,
  settledName,
} from './drive-tree.js';
import { referenceTo, rewritePaths } from './item-references.js';
import { keyOfId } from './key-of-id.js';

/**
 * Items of a drive form a tree below its root: names are unique among siblings, folders know how much they hold, and a
 * folder goes with all below it. [Graph: driveItem resource type]
 */
export function driveItems(model: Model): Behavior {
  if (model.type(DRIVE_ITEM)?.kind !== 'entity') return {};
  return {
    create: { [DRIVE_ITEM]: create },
    update: { [DRIVE_ITEM]: update },
    delete: { [DRIVE_ITEM]: remove },
  };
}

/** Into a folder. [Graph: Create a new folder, Upload or replace the contents of a driveItem] */
const create: Handler<CreateEvent, Entity> = async (event, next) => {
  const { via, document, entities, model, type } = event;
  if (via === undefined || via.property !== CHILDREN || isBundle(via.entity)) {
    await settleBundle(event);
    return next();
  }
  const folder = await heldFolder(via.entity.row, entities);
  refuseNoFolder(folder);
  refuseName(document['name'] ?? null);
  const name = await settledName(folder, document, conflictBehaviorOf(event.annotations), entities);
  refuseName(name);
  document['name'] = name;
  const facets = isJsonObject(document['folder'])
    ? { folder: { ...document['folder'], childCount: 0 } }
    : fileFacet(document);
  const members = { ...facets, size: 0, parentReference: referenceTo(folder) };
  Object.assign(document, declaredOf(model.entityTypeOrThrow(type), members));
  const created = await next();
  await countIn(folder, { children: 1, size: 0 }, entities);
  return created;
};

/** What stands in no folder, as bundles do, may share a name unless a conflict behaviour says otherwise. */
async function settleBundle({ annotations, collection, document, entities, model, type }: CreateEvent): Promise<void> {
  const behavior = conflictBehaviorOf(annotations);
  if (behavior === undefined) return;
  const named = (name: JsonValue) => entities.having(model.entityTypeOrThrow(type), [collection], { name });
  document['name'] = await settledAmong(named, document, behavior);
}

/** A bundle gathers items, which have their places elsewhere. [Graph: bundle resource type] */
function isBundle({ document }: Entity): boolean {
  return isJsonObject(document['bundle']);
}

function fileFacet({ file, ...others }: JsonObject): JsonObject {
  const isOther = ['package', 'remoteItem', 'bundle'].some((name) => isJsonObject(others[name]));
  return isOther ? {} : { file: isJsonObject(file) ? file : {} };
}

/** A new name, or a new parent by `parentReference`. [Graph: Move a driveItem to a new folder, Update a file or folder] */
const update: Handler<UpdateEvent, Entity> = async (event, next) => {
  const { entity, document, entities } = event;
  refuseConflictBehavior(event);
  const isRenamed = document['name'] !== entity.document['name'];
  const target = wantedParent(entity, document);
  if (entity.row.key === ROOT_ITEM) {
    if (isRenamed || target !== undefined) throw badRequest('The root of a drive cannot be renamed or moved.');
    return next();
  }
  const before = await parentOf(entity, entities);
  const after = target === undefined ? before : await newParent(entity, target, event);
  if (isRenamed) refuseName(document['name'] ?? null);
  if (after !== undefined) {
    if (isRenamed || after !== before)
      await refuseTakenName(await heldFolder(after.row, entities), document['name'] ?? null, entity, entities);
    document['parentReference'] = referenceTo(after);
  }
  const changed = await next();
  if (after !== before) await relocate(changed, before, after, entities);
  const growth = sizeOf(changed.document) - sizeOf(entity.document);
  if (after !== undefined && growth !== 0) await countIn(after, { children: 0, size: growth }, entities);
  if (after !== before || isRenamed) await rewritePaths(changed, entities);
  return changed;
};

/** What is there already is replaced by its content, and refused a name that another has. */
function refuseConflictBehavior({ annotations, stream }: UpdateEvent): void {
  const behavior = conflictBehaviorOf(annotations);
  if (behavior === undefined || behavior === (stream === undefined ? 'fail' : 'replace')) return;
  throw stream === undefined
    ? notImplemented(`The conflict behaviour '${behavior}' is supported for new items, and not for changes.`)
    : badRequest(`The conflict behaviour '${behavior}' is for new items; this one exists already.`);
}

async function relocate(
  item: Entity,
  before: Entity | undefined,
  after: Entity | undefined,
  entities: Entities,
): Promise<void> {
  const size = sizeOf(item.document);
  if (before !== undefined) {
    await entities.unlink(before, CHILDREN, item);
    await countIn(before, { children: -1, size: -size }, entities);
  }
  if (after !== undefined) {
    await entities.link(after, CHILDREN, item);
    await countIn(after, { children: 1, size }, entities);
  }
}

/** The id of the parent that an update names, where it is another one; a drive is not left, and paths are not followed. */
function wantedParent(entity: Entity, document: JsonObject): string | undefined {
  const [before, after] = [entity.document['parentReference'], document['parentReference']];
  const was = isJsonObject(before) ? before : {};
  const is = isJsonObject(after) ? after : {};
  for (const name of ['driveId', 'path'] as const) {
    if ((is[name] ?? null) === (was[name] ?? null) || (name === 'path' && is['id'] !== was['id'])) continue;
    throw notImplemented(`An item is moved by the id of its new parent within its drive, not by '${name}'.`, {
      target: `parentReference/${name}`,
    });
  }
  const id = is['id'] ?? null;
  return id === null || id === (was['id'] ?? null) ? undefined : String(id);
}

async function newParent(entity: Entity, id: string, { entities }: UpdateEvent): Promise<Entity> {
  const { collection } = entity.row;
  const key = keyOfId(id);
  const parent = key === undefined ? undefined : await entities.get({ collection, key });
  if (parent === undefined) throw badRequest(`There is no folder '${id.slice(0, 200)}' in the drive.`, MOVED_TO);
  refuseNoFolder(parent);
  const below = [entity, ...(await entities.reached(entity, CHILDREN))];
  if (below.some(({ row }) => row.sequence === parent.row.sequence))
    throw badRequest('A folder cannot be moved into itself.', MOVED_TO);
  return parent;
}

const MOVED_TO = { target: 'parentReference/id' };

/** With all below it. [Graph: Delete a file or folder] */
const remove: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
  if (entity.row.key === ROOT_ITEM) throw badRequest('The root of a drive cannot be deleted.');
  const parent = await parentOf(entity, entities);
  for (const item of await entities.reached(entity, CHILDREN))
    if (item.row.sequence !== entity.row.sequence) await entities.remove(item);
  await next();
  if (parent !== undefined) await countIn(parent, { children: -1, size: -sizeOf(entity.document) }, entities);
};

function sizeOf({ size }: JsonObject): number {
  return Number(size ?? 0);
}
