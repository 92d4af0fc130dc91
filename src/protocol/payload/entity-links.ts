import type { EntityType, Model } from '../../edm/index.js';
import type { Row } from '../../store/index.js';

import { resourcePath } from './resource-path.js';
import type { WriteOptions } from './write-options.js';

/** `"@odata.id":"…",` [OData-JSON 4.6.8] */
export function idMember(type: EntityType, row: Row, root: string): string {
  return `"@odata.id":${JSON.stringify(`${root}/${resourcePath(type, row)}`)},`;
}

/**
 * The path by which an entity is changed: with a cast behind it where its type derives from the type of its place, so that
 * all its properties can be reached. [OData-JSON 4.6.9]
 */
export function editPath(type: EntityType, row: Row, { declaredType }: WriteOptions, { container }: Model): string {
  const home = container?.child(row.collection);
  const declared = home === undefined || home.kind === 'operationImport' ? declaredType : home.type;
  const path = resourcePath(type, row);
  return type === declared || !type.isOrDerivesFrom(declared) ? path : `${path}/${type.qualifiedName}`;
}
