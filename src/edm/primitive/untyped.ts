import { isJsonObject, type JsonValue } from '../json.js';
import type { Facets, Reading, Scalar } from '../scalar-type.js';
import { decimalType } from './decimal.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';
import { compareCodePoints, quoteLiteral, readString } from './string.js';

/** Values of any primitive type, without the knowledge of which one. [CSDL-JSON 3.3, 4.3] */
function anyScalarType(qualifiedName: string): PrimitiveType {
  return {
    kind: 'primitive',
    qualifiedName,
    fromJson(value: JsonValue, facets: Facets): Reading {
      if (typeof value === 'string') return readString(value, facets);
      if (value === null || Array.isArray(value) || isJsonObject(value)) return mismatch('a single value', value);
      return { value };
    },
    fromText: readString,
    toText: String,
    toLiteral: (value: Scalar) => (typeof value === 'string' ? quoteLiteral(value) : String(value)),
    toJson: (value: Scalar) => (typeof value === 'string' ? JSON.stringify(value) : String(value)),
    compare: compareScalars,
  };
}

export const primitiveTypeType = anyScalarType('Edm.PrimitiveType');
export const untypedType = anyScalarType('Edm.Untyped');

/** Booleans come first, then numbers, then strings. */
function compareScalars(a: Scalar, b: Scalar): number {
  if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
  if (typeof a === 'string') return compareCodePoints(a, String(b));
  return typeof a === 'boolean' ? Number(a) - Number(b) : decimalType.compare(a, b);
}

function rankOf(value: Scalar): number {
  if (typeof value === 'boolean') return 0;
  return typeof value === 'string' ? 2 : 1;
}
