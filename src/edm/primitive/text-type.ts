import type { JsonValue } from '../json.js';
import type { Facets, Reading, Scalar } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

interface TextRules {
  readonly qualifiedName: string;
  /** What a value must be, with an example. */
  readonly description: string;
  /** The same reading serves payloads, `$value` bodies and literals. */
  readonly read: (text: string, facets: Facets) => Reading;
  /** Prefix of quoted literals; others are bare. */
  readonly prefix?: 'binary' | 'duration';
  readonly compare?: (a: string, b: string) => number;
}

/** A type whose canonical values are texts that need no escapes in JSON. */
export function textType({
  qualifiedName,
  description,
  read,
  prefix,
  compare = compareText,
}: TextRules): PrimitiveType {
  return {
    kind: 'primitive',
    qualifiedName,
    fromJson: (value: JsonValue, facets: Facets) =>
      typeof value === 'string' ? read(value, facets) : mismatch(description, value),
    fromText: read,
    toText: (value: Scalar) => String(value),
    toLiteral: (value: Scalar) => (prefix === undefined ? String(value) : `${prefix}'${String(value)}'`),
    toJson: (value: Scalar) => `"${String(value)}"`,
    compare: (a: Scalar, b: Scalar) => compare(String(a), String(b)),
  };
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
