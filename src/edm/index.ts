export {
  isCsdlObject,
  isNullableLeftOpen,
  leaveNullableOpen,
  type CsdlDocument,
  type CsdlObject,
  type CsdlValue,
} from './csdl-json.js';
export { Element } from './element.js';
export { EntityContainer, EntitySet, OperationImport, Singleton, type ContainerChild } from './entity-container.js';
export { EnumType, type EnumMember } from './enum-type.js';
export {
  isJsonObject,
  JsonNumber,
  JsonSyntaxError,
  parseJson,
  writeJson,
  type JsonObject,
  type JsonValue,
} from './json.js';
export { Model, type ModelOptions, type Schema } from './model.js';
export { oncePer } from './once-per.js';
export { Operation, Parameter } from './operation.js';
export { documentWith, overlay, overlayItems, placed, placedWithin, valueAt, valueWithin } from './overlay.js';
export { durationToSeconds, offsetMinutes, primitiveType, sridOf, type PrimitiveType } from './primitive/index.js';
export { NavigationProperty, Property } from './property.js';
export { regularExpression } from './regular-expression.js';
export type { Facets, Reading, Scalar, ScalarType } from './scalar-type.js';
export type { SchemaType } from './schema-type.js';
export { keptSent, sentFor, sentText } from './sent.js';
export { ComplexType, EntityType, type KeyProperty, type StructuredType } from './structured-type.js';
export { TypeDefinition } from './type-definition.js';
export { TypeReference } from './type-reference.js';
