import type { Entities, Entity } from '../../behavior/index.js';
import { isJsonObject, type JsonObject } from '../../edm/index.js';

import { driveIdOf } from '../drive-ids.js';
import { CHILDREN, drivePathOf, ROOT_ITEM } from '../drives.js';

/** What an item says of the folder that it is in: `{"driveId":…,"id":…,"path":"/drives/…/root:/a b"}`. [Graph: itemReference] */
export function referenceTo({ row, document }: Entity): JsonObject {
  const own = isJsonObject(document['parentReference']) ? document['parentReference'] : {};
  const reference: JsonObject = { id: document['id'] ?? null, name: document['name'] ?? null };
  const drivePath = drivePathOf(row.collection);
  if (drivePath !== undefined) {
    const driveId = driveIdOf(drivePath);
    const above = row.key === ROOT_ITEM ? undefined : `${String(own['path'] ?? `/drives/${driveId}/root:`)}/`;
    const path =
      above === undefined ? `/drives/${driveId}/root:` : above + encodeURIComponent(String(document['name'] ?? ''));
    Object.assign(reference, { driveId, path });
  }
  return own['driveType'] === undefined ? reference : { ...reference, driveType: own['driveType'] };
}

/** The paths of all below an item that has got another one. */
export async function rewritePaths(item: Entity, entities: Entities): Promise<void> {
  for (const child of await entities.related(item, CHILDREN)) {
    const parentReference = referenceTo(item);
    await rewritePaths(await entities.update(child, { parentReference }), entities);
  }
}
