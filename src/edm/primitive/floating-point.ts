import { JsonNumber, type JsonValue } from '../json.js';
import type { Reading, Scalar } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Canonical values are numbers and the strings `INF`, `-INF` and `NaN`. [OData-JSON 7.1] [OData-ABNF doubleValue] */
function floatingPointType(qualifiedName: string, round: (number: number) => number): PrimitiveType {
  const description = `a number in the range of ${qualifiedName}, INF, -INF or NaN`;
  const read = (number: number, value: JsonValue): Reading => {
    const rounded = round(number);
    return Number.isFinite(rounded) ? { value: rounded === 0 ? 0 : rounded } : mismatch(description, value);
  };
  return {
    kind: 'primitive',
    qualifiedName,
    fromJson: (value: JsonValue) => {
      if (typeof value === 'number') return read(value, value);
      if (value instanceof JsonNumber) return read(Number(value.text), value);
      return typeof value === 'string' && isNanOrInfinity(value) ? { value } : mismatch(description, value);
    },
    fromText: (text: string) => {
      if (isNanOrInfinity(text)) return { value: text };
      return read(NUMBER.test(text) ? Number(text) : NaN, text);
    },
    toText: writeNumber,
    toLiteral: writeNumber,
    toJson: (value: Scalar) => (typeof value === 'string' ? `"${value}"` : String(value)),
    compare: compareFloatingPoint,
  };
}

export const doubleType = floatingPointType('Edm.Double', (number) => number);
export const singleType = floatingPointType('Edm.Single', shortestSingle);

export function isNanOrInfinity(text: string): boolean {
  return text === 'NaN' || text === 'INF' || text === '-INF';
}

/** NaN equals itself and comes after all numbers, as in PostgreSQL. */
export function compareFloatingPoint(a: Scalar, b: Scalar): number {
  const numberA = numberOf(a);
  const numberB = numberOf(b);
  if (Number.isNaN(numberA) || Number.isNaN(numberB))
    return Number(Number.isNaN(numberA)) - Number(Number.isNaN(numberB));
  if (numberA === numberB) return 0;
  return numberA < numberB ? -1 : 1;
}

function numberOf(value: Scalar): number {
  if (value === 'INF') return Infinity;
  return value === '-INF' ? -Infinity : Number(value);
}

/** The fewest digits that name the nearest 32-bit number: `0.1`, not `0.10000000149011612`. */
function shortestSingle(number: number): number {
  const single = Math.fround(number);
  if (!Number.isFinite(single)) return single;
  for (let precision = 6; precision < 9; precision++) {
    const candidate = Number(single.toPrecision(precision));
    if (Math.fround(candidate) === single) return candidate;
  }
  return Number(single.toPrecision(9));
}

/** Without the plus of exponents, which would be a space in a URL: `1e21`. */
function writeNumber(value: Scalar): string {
  return String(value).replace('e+', 'e');
}
