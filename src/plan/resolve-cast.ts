import type { EntitySet, EntityType, Model, StructuredType } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { NameSegment } from '../url/index.js';

import { castNamed } from './named.js';
import type { PathContext } from './path-context.js';
import { setOfType, typeNamesOf } from './relation.js';
import type { CollectionTarget, EntityTarget } from './target.js';

type Narrowed = Pick<CollectionTarget, 'type' | 'typeNames'> &
  Partial<Pick<CollectionTarget, 'declaredType' | 'contextPath' | 'contextName' | 'origin'>>;

/** What a cast changes of a target. Under umbrellas a type with a set of its own is spoken of as that set. [OData-URL 4.11] */
export function narrowedTo(
  cast: EntityType,
  { origin, contextPath, contextName }: CollectionTarget | EntityTarget,
  { model, rules }: PathContext,
): Narrowed {
  const narrowed = { type: cast, typeNames: typeNamesOf(cast, model) };
  if (contextPath === undefined) return { ...narrowed, origin: origin ?? onlySetWith(cast, model) };
  const set = rules.hasUmbrellas ? setOfType(model, cast) : undefined;
  if (set?.type !== cast || contextName === 'type') return narrowed;
  return { ...narrowed, declaredType: cast, contextPath: set.name, contextName: undefined };
}

/** A qualified name of a type that derives from the present one; undefined for every other segment. [OData-URL 4.11] */
export function castTo<T extends StructuredType>(type: T, segment: NameSegment, context: PathContext): T | undefined {
  if (!segment.name.includes('.')) return undefined;
  const named = castNamed(segment.name, type, { model: context.model, ignoreCase: context.rules.ignoreCase });
  if (!named) return undefined;
  if (named.kind !== type.kind || !(named.isOrDerivesFrom(type) || type.isOrDerivesFrom(named))) {
    throw badRequest(`The type '${named.qualifiedName}' is not related to '${type.qualifiedName}'.`, {
      position: segment.at,
    });
  }
  return named as T;
}

/** The set that entities of a type stand in, where there is no other that could hold them too. */
function onlySetWith(type: EntityType, model: Model): EntitySet | undefined {
  const sets = model.entitySets.filter((set) => set.type.isOrDerivesFrom(type) || type.isOrDerivesFrom(set.type));
  return sets.length === 1 ? sets[0] : undefined;
}
