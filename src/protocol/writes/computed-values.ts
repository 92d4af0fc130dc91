import type { JsonObject, Property, StructuredType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

const COMPUTED = 'Org.OData.Core.V1.Computed';
const IMMUTABLE = 'Org.OData.Core.V1.Immutable';

/** Values that the service computes are not taken from clients: they are left out. [OData-Protocol 11.4.2] */
export function withoutComputed(type: StructuredType, document: JsonObject): JsonObject {
  let result = document;
  for (const property of type.properties.values()) {
    if (document[property.name] === undefined || !property.isTagged(COMPUTED)) continue;
    if (result === document) result = { ...document };
    delete result[property.name];
  }
  return result;
}

/** Values that may only be set when the entity is created: 400 where an update brings another one. [Core Immutable] */
export function refuseImmutable(type: StructuredType, before: JsonObject, after: JsonObject): void {
  for (const property of type.properties.values()) {
    const { name } = property;
    if (after[name] === undefined || !property.isTagged(IMMUTABLE)) continue;
    if (String(after[name]) !== String(before[name] ?? null)) {
      throw badRequest(`The property '${name}' cannot be changed once the entity exists.`, { target: name });
    }
  }
}

/** Values that a replacement leaves as they are. */
export function fixedMembers(type: StructuredType, before: JsonObject): JsonObject {
  const fixed = [...type.properties.values()].filter(
    (property) => property.isTagged(COMPUTED) || property.isTagged(IMMUTABLE),
  );
  return Object.fromEntries(fixed.flatMap(({ name }) => (before[name] === undefined ? [] : [[name, before[name]]])));
}

export function isComputed(property: Property): boolean {
  return property.isTagged(COMPUTED);
}

export function isImmutable(property: Property): boolean {
  return property.isTagged(IMMUTABLE);
}
