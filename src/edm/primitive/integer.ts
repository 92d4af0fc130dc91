import type { JsonValue } from '../json.js';
import type { Reading, Scalar } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

const INTEGER = /^[+-]?\d+$/;

/** Integers that every double holds exactly. [CSDL-JSON 3.3] [OData-ABNF int32Value] */
function integerType(qualifiedName: string, smallest: number, largest: number): PrimitiveType {
  const description = `an integer from ${smallest} to ${largest}`;
  const read = (number: number, value: JsonValue): Reading =>
    Number.isInteger(number) && number >= smallest && number <= largest
      ? { value: number === 0 ? 0 : number }
      : mismatch(description, value);
  return {
    kind: 'primitive',
    qualifiedName,
    fromJson: (value: JsonValue) => read(typeof value === 'number' ? value : NaN, value),
    fromText: (text: string) => read(INTEGER.test(text) ? Number(text) : NaN, text),
    toText: String,
    toLiteral: String,
    toJson: String,
    compare: (a: Scalar, b: Scalar) => Number(a) - Number(b),
  };
}

export const byteType = integerType('Edm.Byte', 0, 255);
export const sByteType = integerType('Edm.SByte', -128, 127);
export const int16Type = integerType('Edm.Int16', -32768, 32767);
export const int32Type = integerType('Edm.Int32', -2147483648, 2147483647);
