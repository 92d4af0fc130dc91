import type { Scalar, ScalarType } from '../edm/index.js';
import type { Literal } from '../url/index.js';

import { comparisonType } from './bind/primitives.js';

/** A value as the literal of a URL that stands for it. [OData-URL 5.1.1.14.1] */
export function literalOf(value: Scalar | null, type: ScalarType | undefined, at: number): Literal {
  if (value === null || type === undefined) return { kind: 'literal', type: 'null', text: 'null', at };
  const text = type.toText(value);
  if (type.kind === 'enum') return { kind: 'literal', type: 'enum', enumType: type.qualifiedName, text, at };
  return { kind: 'literal', type: LITERALS.get(comparisonType(type).qualifiedName) ?? 'string', text, at };
}

const LITERALS: ReadonlyMap<string, Literal['type']> = new Map([
  ...['Byte', 'SByte', 'Int16', 'Int32', 'Int64'].map((name) => [`Edm.${name}`, 'integer'] as const),
  ...['Double', 'Single'].map((name) => [`Edm.${name}`, 'double'] as const),
  ['Edm.Decimal', 'decimal'],
  ['Edm.Boolean', 'boolean'],
  ['Edm.Guid', 'guid'],
  ['Edm.Date', 'date'],
  ['Edm.DateTimeOffset', 'dateTimeOffset'],
  ['Edm.TimeOfDay', 'timeOfDay'],
  ['Edm.Duration', 'duration'],
  ['Edm.Binary', 'binary'],
]);
