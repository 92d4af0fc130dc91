import type {
  EntitySet,
  EntityType,
  JsonObject,
  Model,
  NavigationProperty,
  ScalarType,
  Singleton,
} from '../edm/index.js';

import { notImplemented } from '../error/index.js';

import { pathOfAddress } from './key.js';
import type { PathRules } from './path-rules.js';
import type { Relation } from './relation-kind.js';
import type { CollectionTarget, EntityTarget } from './target.js';

/**
 * How the entities behind a navigation property are found from the container element that the parent stands in:
 * as the profile says, below the parent, by equal property values where the model says so, or by stored references. `within`
 * names the complex properties that the navigation property stands in.
 */
export function relationOf(
  model: Model,
  rules: PathRules,
  from: EntitySet | Singleton | undefined,
  property: NavigationProperty,
  within: readonly string[] = [],
): Relation {
  const relation = relationOfKind(model, rules, from, property, within);
  return within.length === 0 ? relation : { ...relation, within };
}

function relationOfKind(
  model: Model,
  rules: PathRules,
  from: EntitySet | Singleton | undefined,
  property: NavigationProperty,
  within: readonly string[],
): Relation {
  const link = rules.linkOf(property);
  if (link !== undefined) {
    const { name, ...rest } = link;
    return { kind: 'linked', property, storedAs: name, ...rest };
  }
  const match = rules.matchOf(property);
  if (match !== undefined) {
    const type = property.type.properties.get(match.there)?.type as ScalarType;
    const pair = { here: [match.here], there: [match.there], type };
    return { kind: 'constrained', property, collection: match.collection, pairs: [pair] };
  }
  if (property.containsTarget || (rules.containsUnbound && boundSet(model, from, property, within) === undefined)) {
    const nestedBy = rules.nestingOf(property);
    return { kind: 'contained', property, ...(nestedBy === undefined ? {} : { nestedBy }) };
  }
  return constrained(model, from, property, within) ?? linked(property, within);
}

/** `Place/Country`: the way to a navigation property from the entity that has it. */
export function pathOfRelation({ property, within = [] }: Pick<Relation, 'property' | 'within'>): string {
  return [...within, property.name].join('/');
}

/**
 * The collection in which an entity stands that is created through a relation of a stored one; undefined where the set
 * that the property is bound to says it.
 */
export function collectionBehind(
  relation: Relation,
  source: { readonly collection: string; readonly key: string },
  document: JsonObject,
): string | undefined {
  switch (relation.kind) {
    case 'contained':
      return `${pathOfAddress(source)}/${pathOfRelation(relation)}`;
    case 'constrained':
      return relation.collection;
    case 'linked':
      if (relation.standsIn === undefined) return undefined;
      return relation.standsIn(source, document) ?? `${pathOfAddress(source)}/${pathOfRelation(relation)}`;
  }
}

/** The set or singleton that an entity or collection belongs to, for its navigation property bindings. */
export function containerOf(target: CollectionTarget | EntityTarget, model: Model): EntitySet | Singleton | undefined {
  if (target.origin === undefined || target.origin.kind !== 'navigation') return target.origin;
  return target.via === undefined
    ? undefined
    : boundSet(model, containerOf(target.via.parent, model), target.via.relation.property, target.via.relation.within);
}

/** The relation of a property that is reached from a container element through other navigation properties. */
export function relationAfter(
  from: EntitySet | Singleton | undefined,
  before: readonly NavigationProperty[],
  property: NavigationProperty,
  { model, rules }: { readonly model: Model; readonly rules: PathRules },
  within: readonly string[] = [],
): Relation {
  if (rules.isView(property))
    throw notImplemented(`What '${property.name}' shows depends on the request: ask for it by its own path.`, {
      target: property.name,
    });
  const container = before.reduce<EntitySet | Singleton | undefined>((set, each) => boundSet(model, set, each), from);
  return relationOf(model, rules, container, property, within);
}

/** Qualified names of a type and all that derive from it. */
export function typeNamesOf(type: EntityType, model: Model): string[] {
  return [type, ...model.derivedTypes(type)].map((each) => each.qualifiedName);
}

/**
 * The entity set that a navigation property leads to from a set or singleton; where the schema binds none, the one set
 * of its type, or of the nearest base type that has one. [CSDL-JSON 13.4]
 */
export function boundSet(
  model: Model,
  from: EntitySet | Singleton | undefined,
  property: NavigationProperty,
  within: readonly string[] = [],
): EntitySet | undefined {
  const binding = within.length === 0 ? ownBinding(from, property) : bindingWithin(from, property, within);
  if (binding === undefined) return setOfType(model, property.type);
  const child = model.container?.child(binding.split('/').at(-1)!);
  return child?.kind === 'entitySet' ? child : undefined;
}

function ownBinding(from: EntitySet | Singleton | undefined, property: NavigationProperty): string | undefined {
  return (
    from?.bindings.get(property.name) ?? from?.bindings.get(`${property.declaringType.qualifiedName}/${property.name}`)
  );
}

/** `Path="Place/Country"`, or with casts `Path="Place/ns.Home/Landlord"`. [CSDL-JSON 13.4.1] */
function bindingWithin(
  from: EntitySet | Singleton | undefined,
  property: NavigationProperty,
  within: readonly string[],
): string | undefined {
  const path = pathOfRelation({ property, within: schemaPath(within) });
  const found = [...(from?.bindings ?? [])].find(([each]) => withoutCasts(each) === path);
  return found?.[1];
}

/** Whether a step is no name of a property, which begins with a letter or an underscore, but leads to an item. */
export function isOrdinal(step: string): boolean {
  return /^-?\d/.test(step);
}

/** A path without the ordinals of items. */
export function schemaPath(steps: readonly string[]): string[] {
  return steps.filter((step) => !isOrdinal(step));
}

/** `Place/Landlord` for `Place/ns.Home/Landlord`. */
export function withoutCasts(path: string): string {
  return path
    .split('/')
    .filter((name) => !name.includes('.'))
    .join('/');
}

/** Whether a set of this type shows entities of other sets too, so that a key does not say where one stands. */
export function isUmbrella(type: EntityType, model: Model, rules: PathRules): boolean {
  return rules.hasUmbrellas && model.derivedTypes(type).length > 0;
}

/** The one set of a type, or of the nearest base type that has one. */
export function setOfType(model: Model, type: EntityType): EntitySet | undefined {
  const sets = model.setsOf(type);
  if (sets.length > 0) return sets.length === 1 ? sets[0] : undefined;
  return type.baseType?.kind === 'entity' ? setOfType(model, type.baseType) : undefined;
}

function constrained(
  model: Model,
  from: EntitySet | Singleton | undefined,
  property: NavigationProperty,
  within: readonly string[],
): Relation | undefined {
  const set = boundSet(model, from, property, within);
  if (set === undefined) return undefined;
  const own = property.referentialConstraints;
  const partner = property.partner;
  const theirs = own.length > 0 || partner === undefined ? [] : partner.referentialConstraints;
  const pairs = [
    ...own.map(({ dependent, principal }) => ({ here: dependent, there: principal })),
    ...theirs.map(({ dependent, principal }) => ({ here: principal, there: dependent })),
  ];
  if (pairs.length === 0) return undefined;
  return {
    kind: 'constrained',
    property,
    collection: set.name,
    pairs: pairs.map(({ here, there }) => ({
      here,
      there,
      type: property.type.propertyAt(there)?.type as ScalarType,
    })),
  };
}

/**
 * Of two partners the one whose name comes first by the schema keeps the references; the other reads them backwards. A complex
 * value keeps its own.
 */
function linked(property: NavigationProperty, within: readonly string[]): Relation {
  const partner = property.partner;
  const inverse = partner !== undefined && within.length === 0 && isSecondary(property, partner);
  const keeper = inverse ? partner : property;
  const storedAs = [...within, keeper.declaringType.qualifiedName, keeper.name].join('/');
  return {
    kind: 'linked',
    property,
    storedAs,
    inverse,
    isMutual: partner !== undefined,
    isSingle: !keeper.isCollection,
    isTransitive: false,
  };
}

function isSecondary(property: NavigationProperty, partner: NavigationProperty): boolean {
  if (property.isCollection !== partner.isCollection) return property.isCollection;
  return partner.target < property.target;
}
