import type { ScalarType, TypeDefinition } from '../../edm/index.js';

/**
 * How the values of a type stand in SQL. Every kind has one form per database, described in its dialect;
 * whatever yields a value yields it in the form of its kind.
 */
export type Kind =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'double'
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
  if (type.kind === 'definition') return kindOf((type as TypeDefinition).underlyingType);
  return KIND_OF_NAME.get(type.qualifiedName) ?? 'untyped';
}
