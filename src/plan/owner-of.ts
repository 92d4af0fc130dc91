import type { Place } from './expression.js';

/** The place within which another one is, or of which it leaves something; undefined where a place begins. */
export function ownerOf(place: Place): Place | undefined {
  return 'of' in place ? place.of : undefined;
}
