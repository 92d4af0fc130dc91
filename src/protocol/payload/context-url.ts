import type { CollectionTarget, EntityTarget, PropertyTarget } from '../../plan/index.js';

/** The fragment of a context URL for a collection: `users`, `users(id,displayName)`. [OData-Protocol 10.2, 10.7] */
export function collectionContext(target: CollectionTarget, contextList: string): string {
  return `${target.contextPath}${selectList(contextList)}`;
}

/** For one entity: `users/$entity`, or the bare name of a singleton. [OData-Protocol 10.3, 10.4, 10.5] */
export function entityContext(target: EntityTarget, contextList: string): string {
  return `${target.contextPath}${selectList(contextList)}${target.isSingleton ? '' : '/$entity'}`;
}

/** For a property: `users('1')/displayName`. [OData-Protocol 10.14] */
export function propertyContext(target: PropertyTarget): string {
  const { of } = target;
  const key = of.predicate === undefined ? '' : `(${of.predicate})`;
  return `${of.contextPath}${key}/${target.path.map((step) => step.property.name).join('/')}`;
}

function selectList(contextList: string): string {
  return contextList === '' ? '' : `(${contextList})`;
}
