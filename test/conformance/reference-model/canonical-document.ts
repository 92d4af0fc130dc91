import {
  isJsonObject,
  type Facets,
  type JsonObject,
  type JsonValue,
  type ScalarType,
  type StructuredType,
} from '../../../src/edm/index.js';

/** The structural properties of a seed row as the store keeps them; streams, bindings and control information are left out. */
export function canonicalDocument(type: StructuredType, json: JsonObject): JsonObject {
  const document: JsonObject = {};
  for (const [name, property] of type.properties) {
    const value = json[name];
    if (value === undefined || property.type.qualifiedName === 'Edm.Stream') continue;
    document[name] = canonicalValue(`${type.qualifiedName}/${name}`, property.type, property.facets, value);
  }
  return document;
}

function canonicalValue(place: string, type: { readonly kind: string }, facets: Facets, value: JsonValue): JsonValue {
  if (value === null) return null;
  if (isJsonObject(value) && type.kind === 'complex') return canonicalDocument(type as StructuredType, value);
  const reading = (type as unknown as ScalarType).fromJson(value, facets);
  if ('problem' in reading) throw new Error(`The seed's ${place} ${reading.problem}.`);
  return reading.value;
}
