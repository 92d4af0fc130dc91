import type { Place } from '../expression.js';

/**
 * Names of the complex properties that lead to a place from the entity around it, through the collections that range
 * variables go over.
 */
export function complexPathOf(place: Place, collections: readonly Place[]): readonly string[] {
  switch (place.kind) {
    case 'member':
      return [...complexPathOf(place.of, collections), place.property.name];
    case 'dynamic':
      return [...complexPathOf(place.of, collections), place.name];
    case 'part':
      return place.within;
    case 'cast':
    case 'item':
    case 'keyed':
    case 'filtered':
      return complexPathOf(place.of, collections);
    case 'variable': {
      const collection = collections[place.variable - 1];
      return collection?.type.type.kind === 'complex' ? complexPathOf(collection, collections) : [];
    }
    case 'resource':
    case 'within':
      return complexPathOf(place.place, collections);
    case 'record':
      return place.of === undefined ? [] : complexPathOf(place.of, collections);
    case 'made':
    case 'mapped':
    case 'concat':
    case 'slice':
    case 'related':
    case 'computed':
    case 'column':
    case 'root':
      return [];
    default:
      return place satisfies never;
  }
}
