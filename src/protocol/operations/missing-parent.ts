import type { CollectionTarget } from '../../plan/index.js';
import type { Space } from '../../store/index.js';
import type { ServiceParts } from '../exchange.js';

import { locate } from './locate.js';

/** Of a collection without members: 404 where a way by names led to it, and nothing has the name. [OData-Protocol 11.2.6] */
export async function refuseMissingParent({ via }: CollectionTarget, space: Space, parts: ServiceParts): Promise<void> {
  if (via?.parent.named !== undefined) await locate(via.parent, space, parts);
}
