import { combine } from './combine.js';
import type { Expression, Place } from './expression.js';

/** The collections of documents without which there is none at a place; none where there always is one. */
function storedIn(place: Place): readonly Place[] {
  switch (place.kind) {
    case 'member':
    case 'dynamic':
      return [place];
    case 'concat':
      return [...storedIn(place.first), ...storedIn(place.second)];
    case 'slice':
    case 'mapped':
      return storedIn(place.of);
    default:
      return [];
  }
}

/** Whether there is a collection at a place; undefined where there always is one. */
export function isThere(collection: Place): Expression | undefined {
  return combine(
    'and',
    storedIn(collection).map((place) => ({ kind: 'exists', place })),
  );
}
