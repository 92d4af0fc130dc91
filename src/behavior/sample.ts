import type { JsonObject, JsonValue, Model, StructuredType, TypeReference } from '../edm/index.js';

const DEEPEST = 4;

/** What samples are made of. */
export interface SampleParts {
  readonly model: Model;
  /** Values of complex types whose texts mean something of which the schema says nothing, by qualified name. */
  readonly samples: Readonly<Record<string, JsonObject>>;
}

/**
 * A value of a declared type that is the same every time: what stands in for a result that nothing computes.
 * Every property has a value, collections have one item, objects name their types, recursion ends after a few levels.
 * Canonical form.
 */
export function sampleValue(reference: TypeReference, name: string, parts: SampleParts, depth = 0): JsonValue {
  const item = sampleItem(reference, name, parts, depth);
  return reference.isCollection ? (item === undefined ? [] : [item]) : (item ?? null);
}

/** A document of a structured type with all its structural properties. */
export function sampleDocument(type: StructuredType, parts: SampleParts, depth = 0): JsonObject {
  const document: JsonObject = {};
  for (const property of type.properties.values()) {
    if (property.type.qualifiedName === 'Edm.Stream' && type.kind === 'entity') continue;
    document[property.name] = sampleValue(property.reference, property.name, parts, depth + 1);
  }
  return document;
}

/** The type itself, or for an abstract one the first concrete type derived from it. */
export function concreteType<T extends StructuredType>(type: T, model: Model): T | undefined {
  if (!type.isAbstract) return type;
  return model.derivedTypes(type).find((each) => !each.isAbstract) as T | undefined;
}

function sampleItem(reference: TypeReference, name: string, parts: SampleParts, depth: number): JsonValue | undefined {
  const { type } = reference;
  if (type.kind !== 'entity' && type.kind !== 'complex') return sampleScalar(reference, name);
  const concrete = depth < DEEPEST ? concreteType(type, parts.model) : undefined;
  if (concrete === undefined) return undefined;
  const { qualifiedName } = concrete;
  const given = Object.hasOwn(parts.samples, qualifiedName) ? parts.samples[qualifiedName] : undefined;
  return { '@odata.type': qualifiedName, ...(given ?? sampleDocument(concrete, parts, depth)) };
}

const TEXTS: Readonly<Record<string, string>> = {
  'Edm.Binary': 'bW9ja2dyYXBo',
  'Edm.Boolean': 'true',
  'Edm.Date': '2024-01-01',
  'Edm.DateTimeOffset': '2024-01-01T00:00:00Z',
  'Edm.Duration': 'PT1H',
  'Edm.Stream': 'bW9ja2dyYXBo',
  'Edm.TimeOfDay': '08:00:00',
};

function sampleScalar({ type, facets }: TypeReference, name: string): JsonValue | undefined {
  if (type.qualifiedName === 'Edm.Stream') return TEXTS[type.qualifiedName];
  switch (type.kind) {
    case 'enum':
      return type.members[0]?.name;
    case 'definition':
    case 'primitive': {
      const reading = type.fromText(textFor(type.qualifiedName, name), facets);
      if ('value' in reading) return reading.value;
      const other = type.fromText('1', facets);
      return 'value' in other ? other.value : undefined;
    }
    default:
      return undefined;
  }
}

function textFor(typeName: string, name: string): string {
  if (typeName === 'Edm.Guid' || (typeName === 'Edm.String' && /id$/i.test(name))) return guidFrom(name);
  if (typeName === 'Edm.String' || typeName === 'Edm.Untyped') return `${words(name)} value`;
  return TEXTS[typeName] ?? '1';
}

/** `displayName` as `Display Name`. */
function words(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase());
}

/** The same GUID for the same name. */
function guidFrom(name: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  const part = hash.toString(16).padStart(8, '0');
  return `${part}-${part.slice(0, 4)}-4${part.slice(4, 7)}-8${part.slice(1, 4)}-${part}${part.slice(0, 4)}`;
}
