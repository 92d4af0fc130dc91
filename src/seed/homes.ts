import type { EntitySet, EntityType } from '../edm/index.js';

import type { Seeding } from './seeding.js';

/** The set in which an entity of a type stands: under an umbrella such as `directoryObjects` the one of its own type. */
export function homeOf(
  set: EntitySet,
  type: EntityType,
  { model, rules }: Pick<Seeding, 'model' | 'rules'>,
): EntitySet {
  if (!rules.hasUmbrellas || set.type === type) return set;
  let best = set;
  for (const other of model.entitySets) {
    const isNearer =
      type.isOrDerivesFrom(other.type) && other.type !== best.type && other.type.isOrDerivesFrom(best.type);
    if (isNearer) best = other;
  }
  return best;
}
