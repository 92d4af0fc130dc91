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

/** Names that mean the same in all; the first to have a name decides, but for records, which are merged. */
export function mergeMembers(all: readonly ReadonlyMap<string, Place>[]): ReadonlyMap<string, Place> {
  const merged = new Map<string, Place>();
  for (const members of all) {
    for (const [name, place] of members) {
      const known = merged.get(name);
      if (known === undefined) merged.set(name, place);
      else if (known.kind === 'record' && place.kind === 'record')
        merged.set(name, { ...known, members: mergeMembers([known.members, place.members]) });
    }
  }
  return merged;
}
