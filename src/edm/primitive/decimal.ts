import { JsonNumber, type JsonValue } from '../json.js';
import type { Facets, Reading, Scalar } from '../scalar-type.js';
import {
  compareDecimalDigits,
  type DecimalDigits,
  fractionDigitCount,
  integerDigitCount,
  parseDecimalDigits,
  plainDecimal,
} from './decimal-digits.js';
import { compareFloatingPoint, isNanOrInfinity } from './floating-point.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

const DESCRIPTION = 'a decimal number such as 12.34';

/** Keeps `1e999999999` from becoming a billion characters. */
const MOST_DIGITS = 1000;

/** Canonical values are numbers where JavaScript writes all their digits plainly, `JsonNumber`s otherwise. [CSDL-JSON 3.3] */
export const decimalType: PrimitiveType = {
  kind: 'primitive',
  qualifiedName: 'Edm.Decimal',
  fromJson: (value: JsonValue, facets: Facets): Reading =>
    typeof value === 'number' || typeof value === 'string' || value instanceof JsonNumber
      ? readDecimal(String(value), value, facets)
      : mismatch(DESCRIPTION, value),
  fromText: (text: string, facets: Facets) => readDecimal(text, text, facets),
  toText: plainText,
  toLiteral: plainText,
  toJson: (value: Scalar, ieee754Compatible: boolean) =>
    ieee754Compatible || typeof value === 'string' ? `"${plainText(value)}"` : plainText(value),
  compare(a: Scalar, b: Scalar): number {
    if (typeof a === 'string' || typeof b === 'string') return compareFloatingPoint(a, b);
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return compareDecimalDigits(digitsOf(a), digitsOf(b));
  },
};

/** Small numbers would get an exponent, which decimals never have. [OData-JSON 3.3] */
function plainText(value: Scalar): string {
  const text = String(value);
  const parts = typeof value === 'number' && text.includes('e') ? parseDecimalDigits(text) : undefined;
  return parts === undefined ? text : plainDecimal(parts);
}

function readDecimal(text: string, value: JsonValue, facets: Facets): Reading {
  if (facets.scale === 'floating' && isNanOrInfinity(text)) return { value: text };
  const parts = parseDecimalDigits(text);
  if (!parts) return mismatch(DESCRIPTION, value);
  if (integerDigitCount(parts) > MOST_DIGITS || fractionDigitCount(parts) > MOST_DIGITS)
    return mismatch(`a decimal number with at most ${MOST_DIGITS} digits on each side of the point`, value);
  const expected = facets.precision === undefined && facets.scale === undefined ? undefined : misfit(parts, facets);
  if (expected !== undefined) return mismatch(expected, value);
  const plain = plainDecimal(parts);
  const number = Number(plain);
  return { value: String(number) === plain ? number : new JsonNumber(plain) };
}

/** What the facets demand of a number that does not fulfil them. [CSDL-JSON 7.2.3, 7.2.4] */
function misfit(parts: DecimalDigits, { precision, scale }: Facets): string | undefined {
  const fractionDigits = fractionDigitCount(parts);
  if (typeof scale === 'number') {
    if (fractionDigits > scale) return `a decimal number with at most ${scale} digits after the point`;
    if (precision !== undefined && integerDigitCount(parts) > precision - scale)
      return `a decimal number with at most ${precision - scale} digits before the point`;
    return undefined;
  }
  const digitCount = scale === 'floating' ? parts.digits.length : integerDigitCount(parts) + fractionDigits;
  return precision !== undefined && digitCount > precision
    ? `a decimal number with at most ${precision} digits`
    : undefined;
}

function digitsOf(value: Scalar): DecimalDigits {
  const digits = parseDecimalDigits(String(value));
  if (!digits) throw new Error(`'${String(value)}' is not a canonical Edm.Decimal.`);
  return digits;
}
