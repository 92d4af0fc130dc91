import type { JsonNumber, JsonValue } from './json.js';

/**
 * The canonical form of one value: equal values have equal forms, and it is what the store holds and compares.
 * Numbers that no double holds exactly are `JsonNumber`s.
 */
export type Scalar = string | number | boolean | JsonNumber;

/** A value that was read, or what is wrong with it, as the end of a sentence: `must be a GUID`. */
export type Reading = { readonly value: Scalar } | { readonly problem: string };

/** Constraints that a schema puts on the values of a property, parameter or return type. [CSDL-JSON 7.2] */
export interface Facets {
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number | 'variable' | 'floating';
  readonly srid?: number | 'variable';
}

/** A type whose values are single scalars: a primitive type, an enumeration type or a type definition. */
export interface ScalarType {
  readonly kind: 'primitive' | 'enum' | 'definition';
  /** Qualified name, for example `Edm.Int64` or `microsoft.graph.remoteAction`. */
  readonly qualifiedName: string;
  /** Reads a JSON payload value (never null). [OData-JSON 7.1] */
  fromJson(value: JsonValue, facets: Facets): Reading;
  /** Reads the bare text of a value, as in `$value` bodies and key segments: no quotes, no prefix. [OData-URL 4.3.1] */
  fromText(text: string, facets: Facets): Reading;
  /** The bare text of a canonical value: the inverse of `fromText`. */
  toText(value: Scalar): string;
  /** The value as a URL literal, such as `'O''Neil'` or `duration'P1D'`; not percent-encoded. [OData-URL 5.1.1.14] */
  toLiteral(value: Scalar): string;
  /** The value as JSON text; with `ieee754Compatible` Int64 and Decimal become strings. [OData-JSON 3.2] */
  toJson(value: Scalar, ieee754Compatible: boolean): string;
  /** Order of two canonical values: negative, zero or positive. */
  compare(a: Scalar, b: Scalar): number;
}
