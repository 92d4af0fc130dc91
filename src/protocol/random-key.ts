import { randomUUID } from 'node:crypto';

import type { EntityType, Scalar } from '../edm/index.js';

/** A fresh GUID for single keys that can hold one. */
export function randomKey(type: EntityType): Scalar | undefined {
  const [key, ...others] = type.key;
  const name = key?.property.type.qualifiedName;
  return others.length === 0 && (name === 'Edm.String' || name === 'Edm.Guid') ? randomUUID() : undefined;
}
