import type { JsonValue } from '../json.js';
import type { Facets, Reading, Scalar } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

/** [CSDL-JSON 3.3] [OData-ABNF string] */
export const stringType: PrimitiveType = {
  kind: 'primitive',
  qualifiedName: 'Edm.String',
  fromJson: (value: JsonValue, facets: Facets): Reading =>
    typeof value === 'string' ? readString(value, facets) : mismatch('a string', value),
  fromText: readString,
  toText: String,
  toLiteral: (value: Scalar) => quoteLiteral(String(value)),
  toJson: (value: Scalar) => JSON.stringify(String(value)),
  compare: (a: Scalar, b: Scalar) => compareCodePoints(String(a), String(b)),
};

/** Example: `O'Neil` becomes `'O''Neil'`. [OData-ABNF SQUOTE-in-string] */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** PostgreSQL can't store U+0000, so no store may. */
export function readString(text: string, { maxLength }: Facets): Reading {
  if (text.includes('\0')) return { problem: 'must not contain the character U+0000' };
  if (maxLength !== undefined && text.length > maxLength) {
    const length = countCodePoints(text);
    if (length > maxLength) return { problem: `must have at most ${maxLength} characters, not ${length}` };
  }
  return { value: text };
}

/** The order of UTF-8 bytes, in which databases sort; JavaScript's `<` puts U+1F600 before U+FFFD. */
export function compareCodePoints(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let index = 0; index < end; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA === unitB) continue;
    if (isSurrogate(unitA) !== isSurrogate(unitB)) return isSurrogate(unitA) ? 1 : -1;
    return unitA - unitB;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; count++) index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  return count;
}
