import { type EntityType, type JsonObject, type Model, type Scalar, type ScalarType } from '../edm/index.js';
import { alternateKeys, type CollectionTarget, type EntityTarget, type PathRules } from '../plan/index.js';

import { keyMembers, madeKey } from './keys.js';

export interface SampleParts {
  readonly model: Model;
  readonly rules: PathRules;
  /** All structural properties of a type, canonical, the same every time. */
  readonly sampleOf: (type: EntityType) => JsonObject;
}

/** How an entity is called that is made because it is named. */
export type Called =
  | { readonly by: 'key'; readonly key: string }
  /** Properties besides the key, such as those of an alternate key; the key is made from `origin`. */
  | { readonly by: 'values'; readonly values: ReadonlyMap<string, Scalar>; readonly origin: string };

/**
 * The type that an entity at a place is made with: the declared one, or for an abstract one a type with a set of its own,
 * else any that derives from it. Undefined where none is concrete.
 */
export function sampleType({ type }: EntityTarget | CollectionTarget, model: Model): EntityType | undefined {
  if (!type.isAbstract) return type;
  const concrete = concreteTypes(type, model);
  return concrete.find((each) => model.setsOf(each).length > 0) ?? concrete[0];
}

/** A type and those that derive from it, but for abstract ones. */
export function concreteTypes(type: EntityType, model: Model): readonly EntityType[] {
  return ([type, ...model.derivedTypes(type)] as readonly EntityType[]).filter((each) => !each.isAbstract);
}

/**
 * The canonical document of an entity that nobody made. What else it is found by than its key says its key again, so that
 * no two of them are taken for one.
 */
export function sampleEntity(
  type: EntityType,
  called: Called,
  { origin }: Pick<EntityTarget, 'origin'>,
  { rules, sampleOf }: SampleParts,
): JsonObject {
  const document = { ...sampleOf(type) };
  const key = called.by === 'key' ? keyMembers(type, called.key) : madeKeys(type, called.origin);
  const text = called.by === 'key' ? decodeURIComponent(called.key) : String(Object.values(key)[0]);
  const names = new Set(alternateKeys(type, origin).flatMap((each) => [...each.values()]));
  const name = rules.nameOf(type, text);
  const address = rules.nameOf(type, `${text}@`);
  for (const each of names) setText(document, type, each, text);
  if (address !== undefined) setText(document, type, address, text.includes('@') ? text : `${text}@example.com`);
  if (name !== undefined) setText(document, type, name, text);
  const tree = rules.treeOf(type);
  if (tree !== undefined) setText(document, type, tree.name, text);
  const values = called.by === 'values' ? Object.fromEntries(called.values) : {};
  return { ...document, ...key, ...values };
}

/** A property that has the text as its value, or none where that is no value of its type. */
function setText(document: JsonObject, type: EntityType, name: string, text: string): void {
  const property = type.properties.get(name);
  if (property === undefined || property.isCollection) return;
  const reading = (property.type as ScalarType).fromText(text, property.facets);
  if ('value' in reading) document[name] = reading.value;
  else delete document[name];
}

function madeKeys(type: EntityType, origin: string): JsonObject {
  return Object.fromEntries(type.key.map(({ name, property }) => [name, madeKey(property.type, origin)]));
}

/** Properties that say which other entity is meant. */
export function dependents(type: EntityType): string[] {
  const keys = new Set(type.key.map(({ name }) => name));
  return [...type.navigationProperties.values()]
    .flatMap(({ referentialConstraints }) => referentialConstraints.map(({ dependent }) => dependent[0]!))
    .filter((name) => !keys.has(name));
}
