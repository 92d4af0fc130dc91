import type { CsdlValue, EnumType, PrimitiveType, Scalar, TypeDefinition, TypeReference } from '../edm/index.js';

const TEXTS: ReadonlyMap<string, string> = new Map([
  ['Edm.Binary', ''],
  ['Edm.Boolean', 'false'],
  ['Edm.Byte', '0'],
  ['Edm.Date', '0001-01-01'],
  ['Edm.DateTimeOffset', '0001-01-01T00:00:00Z'],
  ['Edm.Decimal', '0'],
  ['Edm.Double', '0'],
  ['Edm.Duration', 'PT0S'],
  ['Edm.Guid', '00000000-0000-0000-0000-000000000000'],
  ['Edm.Int16', '0'],
  ['Edm.Int32', '0'],
  ['Edm.Int64', '0'],
  ['Edm.SByte', '0'],
  ['Edm.Single', '0'],
  ['Edm.String', ''],
  ['Edm.TimeOfDay', '00:00:00'],
]);

/** What a single scalar is when it is left out: its declared default or, where it can't be null, its type's zero. [CSDL-JSON 7.2.7] */
export function defaultScalar(reference: TypeReference, declared: CsdlValue | undefined): Scalar | undefined {
  const { type, facets } = reference;
  if (type.kind === 'entity' || type.kind === 'complex') return undefined;
  const text = declared === undefined || declared === null ? undefined : String(declared);
  const reading = text === undefined ? undefined : type.fromText(text, facets);
  if (reading && 'value' in reading) return reading.value;
  return reference.isNullable ? undefined : zeroOf(type);
}

/** As other implementations do it: the zero of .NET's value types. */
function zeroOf(type: EnumType | TypeDefinition | PrimitiveType): Scalar | undefined {
  switch (type.kind) {
    case 'enum':
      return type.canonicalOf(0) ?? type.members[0]?.name;
    case 'definition':
      return zeroOf(type.underlyingType);
    case 'primitive': {
      const text = TEXTS.get(type.qualifiedName);
      const reading = text === undefined ? undefined : type.fromText(text, {});
      return reading && 'value' in reading ? reading.value : undefined;
    }
  }
}
