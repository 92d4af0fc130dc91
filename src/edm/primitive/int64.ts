import { JsonNumber, type JsonValue } from '../json.js';
import type { Reading, Scalar } from '../scalar-type.js';
import { integerDigitCount, fractionDigitCount, parseDecimalDigits, plainDecimal } from './decimal-digits.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;
const DIGITS_OF_LARGEST = 19;

const DESCRIPTION = `an integer from ${SMALLEST} to ${LARGEST}`;

const INTEGER = /^[+-]?\d+$/;

/** Canonical values are numbers where a double is exact, `JsonNumber`s beyond. [CSDL-JSON 3.3] [OData-JSON 3.2] */
export const int64Type: PrimitiveType = {
  kind: 'primitive',
  qualifiedName: 'Edm.Int64',
  fromJson(value: JsonValue): Reading {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return { value: value === 0 ? 0 : value };
    if (typeof value === 'number' || value instanceof JsonNumber) return readInteger(String(value), value);
    return typeof value === 'string' ? int64Type.fromText(value, {}) : mismatch(DESCRIPTION, value);
  },
  fromText: (text: string): Reading => (INTEGER.test(text) ? readInteger(text, text) : mismatch(DESCRIPTION, text)),
  toText: String,
  toLiteral: String,
  toJson: (value: Scalar, ieee754Compatible: boolean) => (ieee754Compatible ? `"${String(value)}"` : String(value)),
  compare(a: Scalar, b: Scalar): number {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return Number(BigInt(String(a)) - BigInt(String(b)));
  },
};

function readInteger(text: string, value: JsonValue): Reading {
  const parts = parseDecimalDigits(text);
  if (!parts || fractionDigitCount(parts) > 0 || integerDigitCount(parts) > DIGITS_OF_LARGEST)
    return mismatch(DESCRIPTION, value);
  const digits = plainDecimal(parts);
  const integer = BigInt(digits);
  if (integer < SMALLEST || integer > LARGEST) return mismatch(DESCRIPTION, value);
  const number = Number(digits);
  return { value: Number.isSafeInteger(number) ? number : new JsonNumber(digits) };
}
