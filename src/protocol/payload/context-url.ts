import {
  propertyContextPath,
  type CollectionTarget,
  type EntityTarget,
  type PropertyTarget,
} from '../../plan/index.js';

import type { DeltaRules } from './delta-rules.js';

/** The fragment of a context URL for a collection: `users`, `users(id)`, `users/ns.Guest`. [OData-Protocol 10.2, 10.5, 10.7] */
export function collectionContext(target: CollectionTarget, contextList: string): string {
  const place = placeOf(target);
  const path = place === undefined ? `Collection(${target.type.qualifiedName})` : `${place}${cast(target)}`;
  return `${path}${selectList(contextList)}`;
}

/** For the changes of a collection: `users/$delta`, or as the rules have it. [OData-Protocol 10.17] */
export function changesContext(
  target: CollectionTarget,
  contextList: string,
  { marksContext, namesSelected }: DeltaRules,
): string {
  return `${collectionContext(target, namesSelected ? contextList : '')}${marksContext ? '/$delta' : ''}`;
}

/** For one entity: `users/$entity`, or the bare name of a singleton. [OData-Protocol 10.3, 10.4, 10.6, 10.8] */
export function entityContext(target: EntityTarget, contextList: string): string {
  const place = placeOf(target);
  if (place === undefined) return `${target.type.qualifiedName}${selectList(contextList)}`;
  return `${place}${cast(target)}${selectList(contextList)}${target.isSingleton ? '' : '/$entity'}`;
}

/** For a property: `users('1')/displayName`. [OData-Protocol 10.13] */
export function propertyContext(target: PropertyTarget): string {
  return propertyContextPath(target);
}

/** The entity set or the path that context URLs name; undefined where the type stands there. */
function placeOf({ contextName, contextPath }: CollectionTarget | EntityTarget): string | undefined {
  if (contextName === 'type') return undefined;
  return contextName?.name ?? contextPath;
}

function cast({ type, declaredType }: CollectionTarget | EntityTarget): string {
  return type === declaredType ? '' : `/${type.qualifiedName}`;
}

function selectList(contextList: string): string {
  return contextList === '' ? '' : `(${contextList})`;
}
