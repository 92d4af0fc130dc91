import { documentWith, overlay, placedWithin, valueAt, valueWithin, type JsonObject } from '../edm/index.js';

import type { Relation } from './relation-kind.js';

type Constrained = Extract<Relation, { readonly kind: 'constrained' }>;

/** Whether the foreign key stands in the entity that has the navigation property, and not in those it leads to. [CSDL-JSON 8.5] */
export function isDependent({ property }: Pick<Relation, 'property'>): boolean {
  return property.referentialConstraints.length > 0;
}

/** What the dependent of a relation has to hold: the values of its principal, or null where it has none. */
export function foreignKey(relation: Constrained, principal: JsonObject | undefined): JsonObject {
  const { pairs, within = [] } = relation;
  const isHere = isDependent(relation);
  const values = principal !== undefined && !isHere ? valueWithin(principal, within) : principal;
  const members = pairs.map(({ here, there }) => {
    const [path, source] = isHere ? [here, there] : [there, here];
    return documentWith(path, (values && valueAt(values, source)) ?? null);
  });
  return placedWithin(isHere ? within : [], members.reduce(overlay, {}));
}
