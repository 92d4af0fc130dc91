import type { Address } from './store.js';

/** The canonical path of an entity: `users/{key}`; a singleton's is its collection. */
export function pathOf({ collection, key }: Address): string {
  return key === '' ? collection : `${collection}/${key}`;
}

/**
 * The collections below an entity, as a range: from the first on, up to but without the second.
 * '0' is the character after '/', and keys hold no '/'.
 */
export function collectionsBelow(address: Address): readonly [from: string, before: string] {
  const path = pathOf(address);
  return [`${path}/`, `${path}0`];
}
