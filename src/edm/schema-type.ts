import type { EnumType } from './enum-type.js';
import type { PrimitiveType } from './primitive/index.js';
import type { ComplexType, EntityType } from './structured-type.js';
import type { TypeDefinition } from './type-definition.js';

/** Every type that a schema can name; told apart by `kind`. */
export type SchemaType = EntityType | ComplexType | EnumType | TypeDefinition | PrimitiveType;
