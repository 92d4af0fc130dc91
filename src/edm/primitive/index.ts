import type { ScalarType } from '../scalar-type.js';

export interface PrimitiveType extends ScalarType {
  readonly kind: 'primitive';
}

/** A primitive type by its qualified name; undefined for abstract and unknown names. */
export function primitiveType(_name: string): PrimitiveType | undefined {
  return undefined;
}
