import { isJsonObject, type JsonObject, type StructuredType } from '../edm/index.js';

/** Those members that a type declares, as far down as it is known: what Graph writes of itself, in versions that lack some of it. */
export function declaredOf(type: StructuredType, members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => {
      const property = type.properties.get(name);
      if (property === undefined) return [];
      const isStructured = isJsonObject(value) && property.type.kind === 'complex' && !property.type.isOpen;
      return [[name, isStructured ? declaredOf(property.type as StructuredType, value) : value]];
    }),
  );
}

/** Versions differ in whether a value is a text or a member of an enumeration, which has its own way to write it. */
export function inDeclaredCase(type: StructuredType, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const declared = type.properties.get(name)!.type;
      return [name, declared.kind === 'enum' && typeof value === 'string' ? declared.inDeclaredCase(value) : value];
    }),
  );
}
