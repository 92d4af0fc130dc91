import type { EntityType, JsonObject, NavigationProperty } from '../edm/index.js';
import type { LinkRule, TreeRule } from '../plan/index.js';
import type { Profile } from '../protocol/index.js';

import { declaredOf } from './declared-of.js';
import { driveIdOf } from './drive-ids.js';
import { linkStandingIn } from './standing-link.js';

const DRIVE = 'microsoft.graph.drive';
export const DRIVE_ITEM = 'microsoft.graph.driveItem';
export const CHILDREN = 'children';
/** The key of a drive's root among its items. [Graph: Get driveItem] */
export const ROOT_ITEM = 'root';

const ITEMS = 'items';

/** Folders and files are addressed by their names: `root:/a b/c.txt:/content`. [Graph: Addressing resources in a drive] */
const TREE: TreeRule = { children: CHILDREN, name: 'name', branch: { folder: {} } };

export function driveTree(type: EntityType): TreeRule | undefined {
  return type.qualifiedName === DRIVE_ITEM ? TREE : undefined;
}

/** All items of a drive stand in one collection, wherever in its tree they are. */
export function driveLink({ name, declaringType }: NavigationProperty): LinkRule | undefined {
  if (name !== CHILDREN || declaringType.qualifiedName !== DRIVE_ITEM) return undefined;
  return linkStandingIn(`${DRIVE_ITEM}/${CHILDREN}`, ({ collection }) => collection);
}

/** `root` is the item of that name. */
export function driveRoot({ name, declaringType }: NavigationProperty): ReturnType<Profile['path']['memberNamed']> {
  return name === 'root' && declaringType.qualifiedName === DRIVE ? { collection: ITEMS, key: ROOT_ITEM } : undefined;
}

/** What a drive and its root are before anybody wrote them. */
export function impliedDriveMembers(
  type: EntityType,
  { collection, key }: { readonly collection: string; readonly key: string },
): JsonObject {
  if (type.qualifiedName === DRIVE) {
    const path = key === '' ? collection : `${collection}/${key}`;
    return declaredOf(type, { id: driveIdOf(path), name: 'OneDrive', driveType: 'business' });
  }
  if (type.qualifiedName !== DRIVE_ITEM || key !== ROOT_ITEM) return {};
  const members = { name: 'root', root: {}, folder: { childCount: 0 }, size: 0 };
  const path = drivePathOf(collection);
  const parentReference = path === undefined ? undefined : { driveId: driveIdOf(path), driveType: 'business' };
  return declaredOf(type, parentReference === undefined ? members : { ...members, parentReference });
}

/** The path of the drive that a collection of items belongs to; undefined where it is no drive's, but a share's. */
export function drivePathOf(collection: string): string | undefined {
  return collection.endsWith(`/${ITEMS}`) ? collection.slice(0, -ITEMS.length - 1) : undefined;
}

/** A file's size and kind are those of its content. [Graph: Upload or replace the contents of a driveItem] */
export const contentOfDriveItem: Profile['contentMembers'] = (type, property, { contentType, bytes }) =>
  type.qualifiedName === DRIVE_ITEM && property === 'content'
    ? declaredOf(type, { size: bytes.length, file: { mimeType: contentType } })
    : undefined;
