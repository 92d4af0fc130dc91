import type { CollectionTarget } from '../../plan/index.js';
import type { Reader } from '../../store/index.js';
import type { ServiceParts } from '../exchange.js';
import { refuseNull } from '../payload/property-value.js';

import { locate } from '../locate.js';

/** Of a collection without members: 404 where what it belongs to does not exist. [OData-Protocol 11.2.4, 11.2.6] */
export async function refuseMissingParent(
  { via }: CollectionTarget,
  reader: Reader,
  parts: ServiceParts,
): Promise<void> {
  if (via !== undefined) refuseNull(await locate(via.parent, reader, parts), via);
}
