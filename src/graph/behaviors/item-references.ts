import type { Entities, Entity } from '../../behavior/index.js';
import { isJsonObject, type JsonObject } from '../../edm/index.js';

import { driveIdOf } from '../drive-ids.js';
import { CHILDREN, drivePathOf, ROOT_ITEM } from '../drives.js';

/** What an item says of the folder that it is in: `{"driveId":…,"id":…,"path":"/drives/…/root:/a b"}`. [Graph: itemReference] */
export function referenceTo({ row, document }: Entity): JsonObject {
  const driveId = driveIdOf(drivePathOf(row.collection));
  const isRoot = row.key === ROOT_ITEM;
  const own = document['parentReference'];
  const above = isJsonObject(own) ? own['path'] : undefined;
  const path = isRoot
    ? `/drives/${driveId}/root:`
    : `${String(above ?? '')}/${encodeURIComponent(String(document['name']))}`;
  const reference: JsonObject = { driveId, id: document['id'] ?? null, name: document['name'] ?? null, path };
  const type = isJsonObject(own) ? own['driveType'] : undefined;
  return type === undefined ? reference : { ...reference, driveType: type };
}

/** The paths of all below an item that has got another one. */
export async function rewritePaths(item: Entity, entities: Entities): Promise<void> {
  for (const child of await entities.related(item, CHILDREN)) {
    const parentReference = referenceTo(item);
    await rewritePaths(await entities.update(child, { parentReference }), entities);
  }
}
