import * as fc from 'fast-check';

import { primitiveType, type PrimitiveType, type Scalar, type ScalarType } from '../../../src/edm/index.js';
import type { Comparison, Expression, OrderTerm, Place } from '../../../src/plan/index.js';
import { model, navigationOf, thing } from './model.js';
import { relationOf } from './plans.js';

const edm = (name: string): PrimitiveType => primitiveType(`Edm.${name}`)!;
const color = model.type('t.Color') as ScalarType;

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
    '5e-324',
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

function valueOf(type: ScalarType): fc.Arbitrary<Scalar> {
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

const address = object(member('City', edm('String')), member('Zip', edm('Int32')));

/** JSON texts of documents. */
export const documents: fc.Arbitrary<string> = object(
  ...Object.entries(TYPES).map(([name, type]) => member(name, type)),
  optional('Words', list(string.map((text) => JSON.stringify(text)))),
  optional('Address', fc.oneof(address, fc.constant('null'))),
  optional('Addresses', list(address)),
  optional('Dyn', anyJson),
);

type Depth = { readonly left: number; readonly item: Place; readonly variable: number };

const root: Place = { kind: 'variable', variable: 0, type: { type: thing, isCollection: false } };
const placed = (type: Place['type']['type'], isCollection = false) => ({ type, isCollection });
const memberAt = (of: Place, name: string, isCollection = false): Place => {
  const owner = of.type.type as typeof thing;
  const property = owner.properties.get(name)!;
  return { kind: 'member', of, property, type: placed(property.type, isCollection) };
};
const relatedAt = (of: Place, name: string): Place => {
  const property = navigationOf(thing, name);
  return { kind: 'related', of, relation: relationOf(property), type: placed(thing, property.isCollection) };
};

const literal = (type: ScalarType) => valueOf(type).map((value): Expression => ({ kind: 'literal', value, type }));

/** Places of a type that can be reached from an item. */
function places(type: ScalarType, { item }: Depth): fc.Arbitrary<Place> {
  const itemType = item.type.type;
  if (itemType.kind !== 'entity' && itemType.kind !== 'complex') return fc.constant(item);
  if (itemType.kind === 'complex') {
    const name = type.qualifiedName === 'Edm.Int32' ? 'Zip' : 'City';
    return fc.constant(memberAt(item, name));
  }
  const names = Object.keys(TYPES).filter((name) => TYPES[name] === type);
  const own: Place[] = names.map((name) => memberAt(item, name));
  const friend = relatedAt(item, 'Friend');
  const further: Place[] = names.map((name) => memberAt(friend, name));
  if (type !== color && type !== TYPES['G'])
    further.push({ kind: 'dynamic', of: item, name: 'Dyn', type: placed(type) });
  if (type.qualifiedName === 'Edm.String') further.push(memberAt(memberAt(item, 'Address'), 'City'));
  if (type.qualifiedName === 'Edm.Int32') further.push(memberAt(memberAt(item, 'Address'), 'Zip'));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...own) },
    { weight: 1, arbitrary: fc.constantFrom(...further) },
  );
}

const value = (type: ScalarType, depth: Depth) =>
  places(type, depth).map((place): Expression => ({ kind: 'value', place, type }));

function scalar(type: ScalarType, depth: Depth): fc.Arbitrary<Expression> {
  const leaf = comparable(depth).includes(type)
    ? fc.oneof({ weight: 3, arbitrary: value(type, depth) }, { weight: 1, arbitrary: literal(type) })
    : literal(type);
  if (depth.left <= 0) return leaf;
  const deeper = { ...depth, left: depth.left - 1 };
  const made: fc.Arbitrary<Expression>[] = [
    fc.tuple(condition(deeper), scalar(type, deeper), scalar(type, deeper)).map(([first, a, b]): Expression => ({
      kind: 'case',
      type,
      branches: [
        { condition: first, value: a },
        { condition: { kind: 'literal', value: true, type: edm('Boolean') }, value: b },
      ],
    })),
    ...computed(type, deeper),
  ];
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: fc.oneof(...made) });
}

const call = (
  name: Extract<Expression, { kind: 'call' }>['function'],
  type: ScalarType,
  ...parts: fc.Arbitrary<Expression>[]
) => fc.tuple(...parts).map((values): Expression => ({ kind: 'call', function: name, arguments: values, type }));

function computed(type: ScalarType, depth: Depth): fc.Arbitrary<Expression>[] {
  const texts = () => scalar(edm('String'), depth);
  switch (type.qualifiedName) {
    case 'Edm.String':
      return [
        call('concat', type, texts(), texts()),
        call('tolower', type, texts()),
        call('toupper', type, texts()),
        call('substring', type, texts(), smallInteger, smallInteger),
      ];
    case 'Edm.Int32':
      return [
        call('length', type, texts()),
        call('indexof', type, texts(), texts()),
        call('year', type, scalar(edm('DateTimeOffset'), depth)),
        call('month', type, scalar(edm('Date'), depth)),
        fc.constant<Expression>({
          kind: 'count',
          collection: relatedAt(root, 'Friends'),
          variable: depth.variable,
          filter: undefined,
          type: edm('Int64'),
        }),
        arithmetic(type, ['add', 'sub', 'div', 'mod'], depth),
      ];
    case 'Edm.Int64':
      return [arithmetic(type, ['div', 'mod'], depth)];
    case 'Edm.Double':
      return [arithmetic(type, ['add', 'sub', 'mul', 'div'], depth)];
    case 'Edm.Decimal':
      return [shortArithmetic];
    case 'Edm.Date':
      return [call('date', type, scalar(edm('DateTimeOffset'), depth))];
    default:
      return [literal(type)];
  }
}

/** Literals have no sign: a negative start may only be computed. */
const smallInteger = fc
  .integer({ min: 0, max: 4 })
  .map((number): Expression => ({ kind: 'literal', value: number, type: edm('Int32') }));

const arithmetic = (type: ScalarType, operators: readonly ('add' | 'sub' | 'mul' | 'div' | 'mod')[], depth: Depth) =>
  fc
    .tuple(fc.constantFrom(...operators), scalar(type, depth), scalar(type, depth))
    .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, type }));

/** Decimals whose results have few digits, which both databases compute exactly. */
const shortDecimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom(1, 10, 100, 1000))
  .map(([digits, scale]): Expression => ({ kind: 'literal', value: digits / scale, type: edm('Decimal') }));
const shortArithmetic = fc
  .tuple(fc.constantFrom('add' as const, 'sub' as const, 'mul' as const), shortDecimal, shortDecimal)
  .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, type: edm('Decimal') }));

const COMPARED = [...new Set(Object.values(TYPES))];
const OPERATORS: readonly Comparison['operator'][] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];

function comparison(depth: Depth): fc.Arbitrary<Expression> {
  return fc.constantFrom(...comparable(depth)).chain((type) =>
    fc
      .tuple(
        fc.constantFrom(...OPERATORS),
        scalar(type, depth),
        fc.oneof({ weight: 5, arbitrary: scalar(type, depth) }, { weight: 1, arbitrary: nothing }),
      )
      .map(([operator, left, right]): Expression => ({
        kind: 'comparison',
        operator,
        left,
        right,
        type: right.kind === 'literal' && right.value === null ? undefined : type,
      })),
  );
}

/** Items of collections have few types. */
function comparable({ item }: Depth): readonly ScalarType[] {
  const itemType = item.type.type;
  if (itemType.kind === 'complex') return [edm('String'), edm('Int32')];
  return itemType.kind === 'entity' ? COMPARED : [itemType];
}

const nothing = fc.constant<Expression>({ kind: 'literal', value: null, type: undefined });

function membership(depth: Depth): fc.Arbitrary<Expression> {
  return fc.constantFrom(...comparable(depth)).chain((type) =>
    fc
      .tuple(
        scalar(type, depth),
        fc.array(fc.oneof({ weight: 5, arbitrary: literal(type) }, { weight: 1, arbitrary: nothing }), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([operand, items]): Expression => ({ kind: 'in', operand, items })),
  );
}

function lambda(depth: Depth): fc.Arbitrary<Expression> {
  const collections: Place[] = [
    memberAt(root, 'Words', true),
    memberAt(root, 'Addresses', true),
    relatedAt(root, 'Friends'),
    relatedAt(root, 'Peers'),
  ];
  return fc
    .tuple(fc.constantFrom('any' as const, 'all' as const), fc.constantFrom(...collections))
    .chain(([kind, collection]) => {
      const item: Place = { kind: 'variable', variable: depth.variable, type: placed(collection.type.type) };
      return condition({ ...depth, item, variable: depth.variable + 1 }).map((inner): Expression => ({
        kind,
        collection,
        variable: depth.variable,
        condition: inner,
      }));
    });
}

export function condition(depth: Depth): fc.Arbitrary<Expression> {
  const simple = comparison(depth);
  if (depth.left <= 0) return simple;
  const deeper = { ...depth, left: depth.left - 1 };
  const text = () => scalar(edm('String'), deeper);
  const isScalarItem = depth.item.type.type.kind !== 'entity' && depth.item.type.type.kind !== 'complex';
  const texts: fc.Arbitrary<Expression>[] =
    isScalarItem && depth.item.type.type.qualifiedName !== 'Edm.String'
      ? []
      : (['contains', 'startswith', 'endswith'] as const).map((name) => call(name, edm('Boolean'), text(), text()));
  return fc.oneof(
    simple,
    membership(deeper),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), condition(deeper), condition(deeper))
      .map(([operator, left, right]): Expression => ({ kind: 'logic', operator, left, right })),
    condition(deeper).map((operand): Expression => ({ kind: 'not', operand })),
    lambda(deeper),
    fc.constant<Expression>({ kind: 'exists', place: relatedAt(root, 'Friend') }),
    fc.constant<Expression>({ kind: 'exists', place: memberAt(root, 'Address') }),
    ...texts,
  );
}

export const start: Depth = { left: 3, item: root, variable: 1 };

export const filters: fc.Arbitrary<Expression> = condition(start);

export const orders: fc.Arbitrary<OrderTerm[]> = fc.array(
  fc
    .constantFrom(...COMPARED)
    .chain((type) =>
      fc
        .tuple(scalar(type, { ...start, left: 1 }), fc.constantFrom('asc' as const, 'desc' as const))
        .map(([expression, direction]): OrderTerm => ({ expression, direction })),
    ),
  { maxLength: 3 },
);
