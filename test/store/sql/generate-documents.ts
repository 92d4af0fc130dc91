import * as fc from 'fast-check';

import { primitiveType, type PrimitiveType, type Scalar, type ScalarType } from '../../../src/edm/index.js';
import { model } from './model.js';

export const edm = (name: string): PrimitiveType => primitiveType(`Edm.${name}`)!;
export const color = model.type('t.Color') as ScalarType;

export const TYPES: Readonly<Record<string, ScalarType>> = {
  S: edm('String'),
  T: edm('String'),
  B: edm('Boolean'),
  I: edm('Int32'),
  L: edm('Int64'),
  D: edm('Decimal'),
  F: edm('Double'),
  G: edm('Guid'),
  Day: edm('Date'),
  At: edm('DateTimeOffset'),
  Time: edm('TimeOfDay'),
  Span: edm('Duration'),
  Color: color,
};

const string = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    'ab',
    'aB',
    'b',
    '%',
    '_',
    '\\',
    "'",
    '"',
    'é',
    'É',
    '😀',
    'a😀',
    '\ufffd',
    ' a ',
    '$1',
    '?',
  ),
  fc.string({ maxLength: 4 }).filter((text) => !text.includes('\0')),
);

/** Texts of values, few enough to meet each other and odd enough to matter. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'Edm.Boolean': ['true', 'false'],
  'Edm.Int32': ['0', '1', '-1', '2', '7', '-7', '2147483647', '-2147483648'],
  'Edm.Int64': [
    '0',
    '1',
    '-1',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '9223372036854775807',
  ],
  'Edm.Decimal': [
    '0',
    '1',
    '-1',
    '0.1',
    '0.10',
    '-0.1',
    '0.01',
    '99.9',
    '100',
    '1.5',
    '-1.25',
    '1234567890123456789012345678.5',
    '1234567890123456789012345678.4',
    '-1234567890123456789012345678.5',
    '0.0000000000000000000000000001',
    '10',
    '9',
  ],
  'Edm.Double': [
    '0',
    '1',
    '-1',
    '0.1',
    '0.30000000000000004',
    '1e300',
    '1e-300',
    '-2.5',
    'INF',
    '-INF',
    'NaN',
    '9007199254740992',
    '1e19',
    '2.5e-300',
  ],
  'Edm.Guid': [
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '01234567-89ab-cdef-0123-456789abcdef',
  ],
  'Edm.Date': ['2024-02-29', '0001-01-01', '9999-12-31', '2024-03-01'],
  'Edm.DateTimeOffset': [
    '2024-02-29T00:00:00Z',
    '2024-02-29T00:00:00.1Z',
    '2024-02-29T00:00:00.12Z',
    '2024-02-29T01:00:00.1+01:00',
    '0001-01-01T00:00:00Z',
    '1999-12-31T23:59:59Z',
  ],
  'Edm.TimeOfDay': ['00:00:00', '12:00:00', '12:00:00.5', '23:59:59.9999999'],
  'Edm.Duration': ['PT0S', 'PT1S', 'PT1.5S', '-PT1S', 'P1D', 'PT24H', 'P1DT1H', '-P10D', 'PT59M59.999S'],
  't.Color': ['Red', 'Green', 'Blue', 'Violet'],
};

/** A canonical value. */
export function valueOf(type: ScalarType): fc.Arbitrary<Scalar> {
  if (type.qualifiedName === 'Edm.String') return string;
  return fc.constantFrom(...TEXTS[type.qualifiedName]!).map((text) => {
    const reading = type.fromText(text, { scale: 'variable' });
    if ('problem' in reading) throw new Error(`${text} ${reading.problem}`);
    return reading.value;
  });
}

const anyJson = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    '5',
    '-0.5',
    '"a"',
    '"2024-02-29"',
    '"NaN"',
    '[]',
    '[1,"a"]',
    '{}',
    '{"a":1}',
    '"P1D"',
    '"2024-02-29T00:00:00Z"',
    '12345678901234567890',
  ),
  string.map((text) => JSON.stringify(text)),
);

const member = (name: string, type: ScalarType) =>
  fc
    .option(
      fc.oneof(
        { weight: 8, arbitrary: valueOf(type).map((value) => type.toJson(value, false)) },
        { weight: 1, arbitrary: fc.constant('null') },
      ),
      { nil: undefined, freq: 4 },
    )
    .map((json) => (json === undefined ? [] : [`${JSON.stringify(name)}:${json}`]));

const optional = (name: string, json: fc.Arbitrary<string>) =>
  fc.option(json, { nil: undefined, freq: 2 }).map((text) => (text === undefined ? [] : [`"${name}":${text}`]));

const list = (items: fc.Arbitrary<string>) => fc.array(items, { maxLength: 3 }).map((texts) => `[${texts.join(',')}]`);

const object = (...members: fc.Arbitrary<string[]>[]) =>
  fc.tuple(...members).map((parts) => `{${parts.flat().join(',')}}`);

/** Some are alike though they are not written alike. */
const address = fc.oneof(
  object(member('City', edm('String')), member('Zip', edm('Int32'))),
  fc.constantFrom(
    '{"City":"a"}',
    '{"Zip":null,"City":"a"}',
    '{"@odata.type":"t.Address","City":"a","Inner":null}',
    '{"@odata.type":"t.Home","City":"a"}',
    '{"City":"a","Inner":{"@odata.type":"t.Home","City":"a"}}',
    '{"City":"a","Inner":{"@odata.type":"t.Address","City":"a"}}',
    '{"City":"a","Inner":{"City":"a"}}',
    '{"@odata.type":"t.Home","City":"a","Inner":{"@odata.type":"t.Home","City":"a"}}',
    '{}',
  ),
);

/** JSON texts of documents. */
export const documents: fc.Arbitrary<string> = object(
  ...Object.entries(TYPES).map(([name, type]) => member(name, type)),
  optional('Words', list(string.map((text) => JSON.stringify(text)))),
  optional('Address', fc.oneof(address, fc.constant('null'))),
  optional('Addresses', list(address)),
  optional('Dyn', anyJson),
);
