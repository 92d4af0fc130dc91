import type { ScalarType } from '../scalar-type.js';

/** One of the types of the `Edm` namespace. [CSDL-JSON 3.3] */
export interface PrimitiveType extends ScalarType {
  readonly kind: 'primitive';
}
