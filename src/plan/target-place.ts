import type { Model } from '../edm/index.js';

import type { Place } from './expression.js';
import { containerOf } from './relation.js';
import type { CollectionTarget, EntityTarget, PropertyStep, PropertyTarget } from './target.js';

/** The place of what a path names, for expressions and relations that start from there. */
export function placeOf(target: CollectionTarget | EntityTarget | PropertyTarget, model: Model): Place {
  if (target.kind === 'property') return placeWithin(target.of, target.path, model);
  const { source, type, typeNames, declaredType } = target;
  const isCollection = target.kind === 'collection';
  const container = containerOf(target, model);
  const root: Place = { kind: 'root', source, container, type: { type: declaredType, isCollection } };
  return typeNames === undefined
    ? { ...root, type: { type, isCollection } }
    : { kind: 'cast', of: root, typeNames, type: { type, isCollection } };
}

/** The place of a value of an entity, or of an item by its ordinal. */
export function placeWithin(entity: EntityTarget, path: readonly PropertyStep[], model: Model): Place {
  return path.reduce<Place>(
    (of, { property, cast, ordinal }): Place => {
      const { isCollection } = property;
      const type = cast ?? property.type;
      if (ordinal === undefined) return { kind: 'member', of, property, type: { type, isCollection } };
      const whole: Place = { kind: 'member', of, property, type: { type: property.type, isCollection } };
      return { kind: 'item', of: whole, index: ordinal, type: { type, isCollection: false } };
    },
    placeOf(entity, model),
  );
}
