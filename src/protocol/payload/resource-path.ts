import type { EntityType } from '../../edm/index.js';
import { keyPredicate } from '../../plan/index.js';

/**
 * The resource path of a stored entity, for `Location` and `@odata.id`: the keys within the collection's path in
 * parentheses or as segments as they were filed. Example: `users/1/messages('a')`.
 */
export function resourcePath(type: EntityType, address: { readonly collection: string; readonly key: string }): string {
  return address.key === '' ? address.collection : `${address.collection}(${keyPredicate(type, address.key)})`;
}
