import { JsonNumber, type JsonValue, type SchemaType } from '../edm/index.js';

export type JsonKind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export function jsonKind(value: JsonValue): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof JsonNumber) return 'number';
  return typeof value as 'boolean' | 'number' | 'string' | 'object';
}

/** `an array`, as a sentence wants it. */
export function describeKind(value: JsonValue): string {
  const kind = jsonKind(value);
  if (kind === 'null') return kind;
  return `${kind === 'array' || kind === 'object' ? 'an' : 'a'} ${kind}`;
}

const NUMBER: readonly JsonKind[] = ['number'];
const NUMBER_OR_TEXT: readonly JsonKind[] = ['number', 'string'];
const TEXT: readonly JsonKind[] = ['string'];

const KINDS: ReadonlyMap<string, readonly JsonKind[]> = new Map([
  ['Edm.Boolean', ['boolean']],
  ['Edm.Byte', NUMBER],
  ['Edm.SByte', NUMBER],
  ['Edm.Int16', NUMBER],
  ['Edm.Int32', NUMBER],
  ['Edm.Int64', NUMBER_OR_TEXT],
  ['Edm.Decimal', NUMBER_OR_TEXT],
  ['Edm.Double', NUMBER_OR_TEXT],
  ['Edm.Single', NUMBER_OR_TEXT],
  ['Edm.PrimitiveType', ['boolean', 'number', 'string']],
  ['Edm.Untyped', ['boolean', 'number', 'string']],
]);

/** Whether values of a scalar type are written this way at all, whatever this value is. [OData-JSON 7.1] */
export function isWrittenAs(type: SchemaType, value: JsonValue): boolean {
  const name = type.kind === 'definition' ? type.underlyingType.qualifiedName : type.qualifiedName;
  const kinds = KINDS.get(name) ?? (name.startsWith('Edm.Geo') ? (['object'] as const) : TEXT);
  return kinds.includes(jsonKind(value));
}
