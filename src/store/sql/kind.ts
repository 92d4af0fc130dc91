import type { ScalarType, TypeDefinition } from '../../edm/index.js';
import type { Expression } from '../../plan/index.js';

/**
 * How the values of a type stand in SQL. Every kind has one form per database, described in its dialect;
 * whatever yields a value yields it in the form of its kind.
 */
export type Kind =
  | 'boolean'
  | NumberKind
  | 'string'
  /** Texts that compare as they are: GUIDs, binaries. */
  | 'text'
  | 'enum'
  | 'date'
  | 'timeOfDay'
  /** Canonical text without the final Z: '.' sorts before 'Z'. */
  | 'dateTime'
  /** Seconds, in the form of decimals. */
  | 'duration'
  /** Any JSON value, as JSON. */
  | 'untyped';

export type NumberKind = 'integer' | 'decimal' | 'double';

const KIND_OF_NAME: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['Edm.Boolean', 'boolean'],
  ['Edm.Byte', 'integer'],
  ['Edm.SByte', 'integer'],
  ['Edm.Int16', 'integer'],
  ['Edm.Int32', 'integer'],
  ['Edm.Int64', 'integer'],
  ['Edm.Decimal', 'decimal'],
  ['Edm.Double', 'double'],
  ['Edm.Single', 'double'],
  ['Edm.String', 'string'],
  ['Edm.Guid', 'text'],
  ['Edm.Binary', 'text'],
  ['Edm.Stream', 'text'],
  ['Edm.Date', 'date'],
  ['Edm.TimeOfDay', 'timeOfDay'],
  ['Edm.DateTimeOffset', 'dateTime'],
  ['Edm.Duration', 'duration'],
]);

/** Types without a kind of their own, such as `Edm.Untyped` and those of geography, stand as JSON. */
export function kindOf(type: ScalarType): Kind {
  if (type.kind === 'enum') return 'enum';
  return KIND_OF_NAME.get(underlyingType(type).qualifiedName) ?? 'untyped';
}

/** The type itself, or what a type definition is based on. */
export function underlyingType(type: ScalarType): ScalarType {
  return type.kind === 'definition' ? (type as TypeDefinition).underlyingType : type;
}

export function isNumberKind(kind: Kind): kind is NumberKind {
  return kind === 'integer' || kind === 'decimal' || kind === 'double';
}

/** The type of an expression's value; undefined for conditions, which are Boolean, and for null. */
export function typeOf(expression: Expression): ScalarType | undefined {
  switch (expression.kind) {
    case 'literal':
    case 'value':
    case 'arithmetic':
    case 'negate':
    case 'call':
    case 'count':
    case 'case':
    case 'cast':
    case 'sequence':
    case 'joined':
    case 'aggregated':
      return expression.type;
    default:
      return undefined;
  }
}

/** The kind of an expression's value; null stands as JSON. */
export function kindOfExpression(expression: Expression): Kind {
  const type = typeOf(expression);
  if (type !== undefined) return kindOf(type);
  return UNTYPED.has(expression.kind) ? 'untyped' : 'boolean';
}

const UNTYPED: ReadonlySet<Expression['kind']> = new Set(['literal', 'case', 'whole', 'document', 'object']);
