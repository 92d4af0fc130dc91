import type { Place } from '../expression.js';
import type { Field } from './apply-plan.js';

/** Fields of both; records of one name become one. */
export function mergeFields(left: readonly Field[], right: readonly Field[]): readonly Field[] {
  const merged = new Map(left.map((field) => [field.name, field]));
  for (const field of right) {
    const known = merged.get(field.name);
    const isDeeper = known?.kind === 'record' && field.kind === 'record';
    merged.set(field.name, isDeeper ? { ...known, fields: mergeFields(known.fields, field.fields) } : (known ?? field));
  }
  return [...merged.values()];
}

/**
 * Names that mean the same in all; the first to have a name decides, but for records, which are merged with each other and with
 * the entities or complex values that other rows have instead.
 */
export function mergeMembers(all: readonly ReadonlyMap<string, Place>[]): ReadonlyMap<string, Place> {
  const merged = new Map<string, Place>();
  for (const members of all) {
    for (const [name, place] of members) {
      const known = merged.get(name);
      if (known === undefined) merged.set(name, place);
      else if (known.kind === 'record') merged.set(name, mergeRecord(known, place));
      else if (place.kind === 'record') merged.set(name, mergeRecord(place, known));
    }
  }
  return merged;
}

function mergeRecord(record: Extract<Place, { kind: 'record' }>, place: Place): Place {
  if (place.kind === 'record')
    return { ...record, of: record.of ?? place.of, members: mergeMembers([record.members, place.members]) };
  const isWhole = record.of === undefined && (place.kind === 'column' || place.kind === 'part');
  return isWhole ? { ...record, of: place } : record;
}
