import type { Entities, Entity } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, conflict } from '../../error/index.js';

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
  const others = await entities.related(folder, CHILDREN, { name });
  if (others.some(({ row }) => row.sequence !== self?.row.sequence))
    throw conflict(`There is already a '${String(name).slice(0, 100)}' in this folder.`, { target: 'name' });
}

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
