import {
  oncePer,
  type EntitySet,
  type EntityType,
  type Model,
  type NavigationProperty,
  type ScalarType,
} from '../../edm/index.js';
import { boundSet, type Relation } from '../../plan/index.js';

/** A relation by foreign key, seen from the entity that others depend on. */
export interface Dependency {
  readonly set: EntitySet;
  /** The navigation property of the dependent entities, which leads here. */
  readonly property: NavigationProperty;
  readonly relation: Extract<Relation, { kind: 'constrained' }>;
  /** What becomes of them when the entity is deleted, where the schema says so. [CSDL-JSON 8.6] */
  readonly onDelete: string | undefined;
}

/** The relations by which entities of sets depend on the entities of a set. */
export function dependenciesOn(set: string, model: Model): readonly Dependency[] {
  return allDependencies(model).get(set) ?? [];
}

const allDependencies = oncePer((model: Model): ReadonlyMap<string, readonly Dependency[]> => {
  const bySet = new Map<string, Dependency[]>();
  for (const set of model.entitySets) {
    for (const property of constrainedProperties(set.type, model)) {
      const principals = boundSet(model, set, property);
      if (principals === undefined) continue;
      const dependency = dependencyOf(set, property);
      const others = bySet.get(principals.name);
      if (others === undefined) bySet.set(principals.name, [dependency]);
      else others.push(dependency);
    }
  }
  return bySet;
});

function constrainedProperties(type: EntityType, model: Model): Set<NavigationProperty> {
  const types = [type, ...(model.derivedTypes(type) as readonly EntityType[])];
  const properties = new Map<string, NavigationProperty>();
  for (const each of types)
    for (const property of each.navigationProperties.values())
      if (property.referentialConstraints.length > 0) properties.set(property.target, property);
  return new Set(properties.values());
}

function dependencyOf(set: EntitySet, property: NavigationProperty): Dependency {
  const pairs = property.referentialConstraints.map(({ dependent, principal }) => ({
    here: principal,
    there: dependent,
    type: property.declaringType.propertyAt(dependent)?.type as ScalarType,
  }));
  return {
    set,
    property,
    relation: { kind: 'constrained', property, collection: set.name, pairs },
    onDelete: leadingBack(property)?.onDelete,
  };
}

/** The navigation property at the other end of a relation, whichever of the two names its partner. [CSDL-JSON 8.4] */
export function leadingBack(property: NavigationProperty): NavigationProperty | undefined {
  return [...property.type.navigationProperties.values()].find(
    (each) => each.partner === property || each === property.partner,
  );
}
