import type { Entities, Entity } from '../../behavior/index.js';
import { badRequest } from '../../error/index.js';

import { CHILD_FOLDERS } from '../mailboxes.js';

/** Folders form trees, so that none comes into what is within it. [Graph: Update contactFolder, Move mailFolder] */
export async function refuseCircle(folder: Entity, parent: Entity, entities: Entities, target: string): Promise<void> {
  const within = [folder, ...(await entities.reached(folder, CHILD_FOLDERS))];
  if (within.some((each) => each.row.sequence === parent.row.sequence))
    throw badRequest('A folder cannot be moved into itself.', { target });
}
