import type { Place } from '../expression.js';

/** Names of the complex properties that lead to a place from the entity, or the item of a collection, around it. */
export function complexPathOf(place: Place): readonly string[] {
  switch (place.kind) {
    case 'member':
      return [...complexPathOf(place.of), place.property.name];
    case 'dynamic':
      return [...complexPathOf(place.of), place.name];
    case 'cast':
    case 'item':
    case 'keyed':
    case 'filtered':
      return complexPathOf(place.of);
    case 'resource':
      return complexPathOf(place.place);
    case 'record':
      return place.of === undefined ? [] : complexPathOf(place.of);
    case 'made':
    case 'mapped':
    case 'concat':
    case 'slice':
    case 'variable':
    case 'related':
    case 'computed':
    case 'column':
    case 'root':
      return [];
    default:
      return place satisfies never;
  }
}
