import type { Entities, Entity } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, conflict, notImplemented } from '../../error/index.js';

import type { ConflictBehavior } from '../conflict-behavior.js';
import { CHILDREN } from '../drives.js';

/** Characters that no name may have. [Graph: driveItem resource type, restricted characters] */
const RESTRICTED = /["*:<>?/\\|]|\p{Cc}|\p{Surrogate}/u;
const LONGEST = 400;

export function refuseName(name: JsonValue): void {
  if (typeof name !== 'string' || name.trim() === '')
    throw badRequest('A file or folder needs a name.', { target: 'name' });
  if (RESTRICTED.test(name) || name === '.' || name === '..' || name.length > LONGEST)
    throw badRequest(`'${name.slice(0, 100)}' cannot be the name of a file or folder.`, { target: 'name' });
}

/** Names count in any case among the children of a folder. */
export async function refuseTakenName(
  folder: Entity,
  name: JsonValue,
  self: Entity | undefined,
  entities: Entities,
): Promise<void> {
  if ((await holderOf(folder, name, self, entities)) !== undefined) throw taken(name);
}

/** The child of a folder that has a name, other than the item that wants it. */
async function holderOf(
  folder: Entity,
  name: JsonValue,
  self: Entity | undefined,
  entities: Entities,
): Promise<Entity | undefined> {
  const others = await entities.related(folder, CHILDREN, { name });
  return others.find(({ row }) => row.sequence !== self?.row.sequence);
}

function taken(name: JsonValue): Error {
  return conflict(`There is already a '${String(name).slice(0, 100)}' in this folder.`, { target: 'name' });
}

/** Makes room in a held folder for a new item, as its conflict behaviour says; what it is to be called then. */
export function settledName(
  folder: Entity,
  document: JsonObject,
  behavior: ConflictBehavior | undefined,
  entities: Entities,
): Promise<JsonValue> {
  const inFolder: HolderOf = (name) => holderOf(folder, name, undefined, entities);
  return settled(inFolder, document, behavior, async (holder) => {
    // Only files are replaced as a whole. [Graph: Copy a file or folder]
    if (isFolder(holder.document) || isFolder(document)) throw taken(document['name'] ?? null);
    await entities.remove(holder);
    await countIn(folder, { children: -1, size: -Number(holder.document['size'] ?? 0) }, entities);
  });
}

/** The same where nothing but a name can be in the way. */
export function settledAmong(
  holdersOf: (name: JsonValue) => Promise<readonly Entity[]>,
  document: JsonObject,
  behavior: ConflictBehavior,
): Promise<JsonValue> {
  const first: HolderOf = async (name) => (await holdersOf(name))[0];
  return settled(first, document, behavior, () => {
    throw notImplemented('Replacing what stands in no folder is not supported.');
  });
}

type HolderOf = (name: JsonValue) => Promise<Entity | undefined>;

async function settled(
  holderOf: HolderOf,
  { name = null, ...facets }: JsonObject,
  behavior: ConflictBehavior | undefined,
  replace: (holder: Entity) => Promise<void>,
): Promise<JsonValue> {
  const holder = await holderOf(name);
  if (holder === undefined) return name;
  switch (behavior) {
    case 'rename':
      return freeName(name, facets, holderOf);
    case 'replace':
      await replace(holder);
      return name;
    default:
      throw taken(name);
  }
}

function isFolder({ folder }: JsonObject): boolean {
  return isJsonObject(folder);
}

/** `hello 1.txt`, with the lowest number that no other has. */
async function freeName(given: JsonValue, facets: JsonObject, holderOf: HolderOf): Promise<string> {
  const name = String(given);
  const dot = isFolder(facets) ? -1 : name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; number <= MOST_NUMBERS; number++) {
    const candidate = `${stem} ${String(number)}${extension}`;
    if ((await holderOf(candidate)) === undefined) return candidate;
  }
  throw taken(name);
}

/** Each is looked for on its own, while the folder is held. */
const MOST_NUMBERS = 1000;

/** Only files have nothing below them. */
export function refuseNoFolder({ document }: Entity): void {
  if (isJsonObject(document['file'])) throw badRequest('A file cannot hold other items.');
}

/** A folder that no other request changes before this one ends, so that names in it are checked one after another. */
export async function heldFolder(address: Entity['row'], entities: Entities): Promise<Entity> {
  const folder = await entities.hold(address);
  if (folder === undefined) throw conflict('The folder was removed by another request at the same time.');
  return folder;
}

/** The folder that an item is in; none for the root. */
export async function parentOf({ row, document }: Entity, entities: Entities): Promise<Entity | undefined> {
  const reference = document['parentReference'];
  const id = isJsonObject(reference) ? reference['id'] : undefined;
  return typeof id === 'string' ? entities.get({ collection: row.collection, key: encodeURIComponent(id) }) : undefined;
}

/** Tells a folder, and those it is in, what has become of their content. */
export async function countIn(
  folder: Entity,
  { children, size }: { readonly children: number; readonly size: number },
  entities: Entities,
): Promise<void> {
  const seen = new Set<number>();
  let more = children;
  for (let each: Entity | undefined = folder; each !== undefined; each = await parentOf(each, entities)) {
    if (seen.has(each.row.sequence)) return;
    seen.add(each.row.sequence);
    const present = await heldFolder(each.row, entities);
    await entities.update(present, grown(present.document, more, size));
    if (size === 0) return;
    more = 0;
  }
}

function grown(document: JsonObject, children: number, size: number): JsonObject {
  const facet = isJsonObject(document['folder']) ? document['folder'] : {};
  return {
    folder: { ...facet, childCount: Number(facet['childCount'] ?? 0) + children },
    size: Number(document['size'] ?? 0) + size,
  };
}
