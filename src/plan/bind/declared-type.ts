import { oncePer, type Model, type StructuredType } from '../../edm/index.js';

import type { DeclaredTypes, Expression, Place } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import type { Binding } from './binding.js';
import { newItem } from './item.js';

/** The type that the schema declares where the values stand: those that do not name their type are of it. */
export function declaredTypeOf(place: Place): StructuredType {
  const owner = ['cast', 'filtered', 'slice', 'item'].includes(place.kind) ? ownerOf(place) : undefined;
  return owner !== undefined && isStructured(owner.type.type)
    ? declaredTypeOf(owner)
    : (place.type.type as StructuredType);
}

/** A value that is seen as one of another type names the one that it has. */
export function wholeAs(place: Place, type: StructuredType | undefined): Expression {
  const declared = declaredTypeOf(place);
  const isNamed = declared.kind !== 'complex' || declared === type || isUndeclared(place);
  return { kind: 'whole', place, ...(!isNamed && { typeName: declared.qualifiedName }) };
}

/** A collection whose items name their types, where they are declared as something else than they are seen as. */
export function itemsAs(collection: Place, type: StructuredType | undefined, binding: Binding): Place {
  const { variable, place } = newItem(collection, binding);
  const declared = declaredTypeOf(collection);
  const item = wholeAs({ ...place, type: { type: declared, isCollection: false } }, type);
  if (isUndeclared(collection) || !('typeName' in item)) return collection;
  return { kind: 'mapped', of: collection, variable, item, type: { type: type ?? declared, isCollection: true } };
}

/** `Loose/home/ns.Home`: what no schema declares has all names. */
export function isUndeclared(place: Place): boolean {
  return place.kind === 'cast' && !isStructured(place.of.type.type);
}

/** What the complex values at a place, and those within them, are where they do not say so. */
export function declaredTypesAt(place: Place, model: Model): DeclaredTypes {
  return declaredAs(place, memberTypes([declaredTypeOf(place)], model));
}

/** The same with members that are known. */
export function declaredAs(place: Place, members: DeclaredTypes['members']): DeclaredTypes {
  return { own: isUndeclared(place) ? undefined : declaredTypeOf(place).qualifiedName, members };
}

/** What the members of complex values of some types, and of types that derive from these, are declared as. */
export function memberTypes(types: readonly StructuredType[], model: Model): DeclaredTypes['members'] {
  return Object.assign({}, ...types.map((type) => membersWithin(model)(type))) as DeclaredTypes['members'];
}

const membersWithin = oncePer((model: Model) =>
  oncePer((type: StructuredType) => {
    const members: Record<string, string> = {};
    const seen = new Set<StructuredType>();
    const open = [type];
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      for (const variant of [each, ...model.derivedTypes(each)]) {
        if (seen.has(variant)) continue;
        seen.add(variant);
        for (const property of variant.properties.values()) {
          if (property.type.kind !== 'complex') continue;
          members[`${variant.qualifiedName}/${property.name}`] = property.type.qualifiedName;
          open.push(property.type);
        }
      }
    }
    return members;
  }),
);

function isStructured(type: Place['type']['type']): type is StructuredType {
  return type.kind === 'entity' || type.kind === 'complex';
}
