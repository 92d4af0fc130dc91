import type { NavigationProperty, StructuredType } from '../edm/index.js';

import type { EntityTarget, PropertyStep, PropertyTarget } from './target.js';

/** The path of one entity for context URLs; an entity without a key of its own by the way that leads to it. [OData-Protocol 10] */
function entityContextPath(entity: EntityTarget): string {
  const path = entity.contextPath ?? entity.type.qualifiedName;
  if (entity.predicate !== undefined) return `${path}(${entity.predicate})`;
  return entity.via === undefined
    ? path
    : contextPathBelow(entity.via.parent, entity.via.within, entity.via.relation.property);
}

/** `Orders(1)/Items`: where what a navigation property leads to belongs to no entity set. [OData-Protocol 10.2] */
export function contextPathBelow(
  parent: EntityTarget,
  within: readonly PropertyStep[],
  property: NavigationProperty | undefined,
): string {
  let text = entityContextPath(parent);
  let expected: StructuredType = parent.declaredType;
  let present: StructuredType = parent.type;
  for (const step of within) {
    text += `${castFor(step.property, expected, present)}/${step.property.name}${step.ordinal === undefined ? '' : `/${String(step.ordinal)}`}`;
    const { type } = step.property;
    if (type.kind === 'complex') [expected, present] = [type, step.cast ?? type];
  }
  return property === undefined ? text : `${text}${castFor(property, expected, present)}/${property.name}`;
}

/** `Orders(1)/ns.Special/Address/City`. [OData-Protocol 10.13] */
export function propertyContextPath({ of, path }: Pick<PropertyTarget, 'of' | 'path'>): string {
  return contextPathBelow(of, path, undefined);
}

/** Only what the expected type does not have needs a cast in front of it. */
function castFor(
  { declaringType }: { readonly declaringType: StructuredType },
  expected: StructuredType,
  present: StructuredType,
): string {
  return expected.isOrDerivesFrom(declaringType) ? '' : `/${present.qualifiedName}`;
}
