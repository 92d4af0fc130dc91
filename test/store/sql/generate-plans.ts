import * as fc from 'fast-check';

import type { ScalarType } from '../../../src/edm/index.js';
import type { Comparison, DeclaredTypes, Expression, OrderTerm, Place } from '../../../src/plan/index.js';
import { color, edm, TYPES, valueOf } from './generate-documents.js';
import { navigationOf, thing } from './model.js';
import { relationOf } from './plans.js';

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
      const inner = { ...depth, left: 0, item: { ...item, variable: depth.variable + 1 } as Place };
      const filtered = condition({ ...inner, variable: depth.variable + 2 }).map((filter): Place => ({
        kind: 'filtered',
        of: collection,
        variable: depth.variable + 1,
        condition: filter,
        type: collection.type,
      }));
      const from = fc.oneof({ weight: 3, arbitrary: fc.constant(collection) }, { weight: 1, arbitrary: filtered });
      return fc
        .tuple(from, condition({ ...depth, item, variable: depth.variable + 2 }))
        .map(([of, holds]): Expression => ({ kind, collection: of, variable: depth.variable, condition: holds }));
    });
}

const string = edm('String');
const int = edm('Int32');
const friend = relatedAt(root, 'Friend');
const wordsOf = (of: Place) => memberAt(of, 'Words', true);

const whole = (place: Place): Expression => ({ kind: 'whole', place });

/** What is left of a collection, whose items are what a variable of its own stands for. */
const filtered = (of: Place): fc.Arbitrary<Place> => {
  const item: Place = { kind: 'variable', variable: 90, type: placed(of.type.type) };
  const place = item.type.type === string ? item : memberAt(item, item.type.type.kind === 'entity' ? 'S' : 'City');
  const left: Expression = { kind: 'value', place, type: string };
  return fc.tuple(fc.constantFrom(...OPERATORS), literal(string)).map(([operator, right]): Place => ({
    kind: 'filtered',
    of,
    variable: 90,
    condition: { kind: 'comparison', operator, left, right, type: string },
    type: of.type,
  }));
};

/** The items of a collection once more, each said by an expression. */
const mapped = (of: Place): Place => {
  const item: Place = { kind: 'variable', variable: 91, type: placed(of.type.type) };
  const whole: Expression =
    of.type.type === string ? { kind: 'value', place: item, type: string } : { kind: 'whole', place: item };
  const branches = [{ condition: { kind: 'exists', place: item } as const, value: whole }];
  return {
    kind: 'mapped',
    of,
    variable: 91,
    item: of.type.type === string ? { kind: 'case', branches, type: string } : whole,
    type: of.type,
  };
};

interface Items {
  readonly stored: readonly Place[];
  readonly written: fc.Arbitrary<Expression>;
}

/** Collections of one kind of items: stored ones, written ones, and what is made of them. */
const sequencesOf = ({ stored, written }: Items): fc.Arbitrary<Place> => {
  const type = stored[0]!.type;
  return fc.letrec<{ place: Place }>((tie) => ({
    place: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom(...stored),
      fc.constantFrom(...stored).chain(filtered),
      fc.array(written, { maxLength: 3 }).map((items): Place => ({ kind: 'made', items, type })),
      tie('place').map(mapped),
      fc.tuple(tie('place'), tie('place')).map(([first, second]): Place => ({ kind: 'concat', first, second, type })),
      fc
        .tuple(
          tie('place'),
          fc.integer({ min: -2, max: 3 }),
          fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
        )
        .map(([of, start, length]): Place => ({
          kind: 'slice',
          of,
          start: { kind: 'literal', value: start, type: int },
          length: length === undefined ? undefined : { kind: 'literal', value: length, type: int },
          type,
        })),
    ),
  })).place;
};

const texts: Items = {
  stored: [wordsOf(root), wordsOf(friend)],
  written: fc.oneof(literal(string), value(string, { left: 0, item: root, variable: 1 })),
};

const entities: Items = {
  stored: [relatedAt(root, 'Friends'), relatedAt(root, 'Peers'), relatedAt(friend, 'Friends')],
  written: fc.constantFrom(whole(root), whole(friend), whole(relatedAt(friend, 'Friend'))),
};

/** As documents have them, or put together from other values. */
const addresses: Items = {
  stored: [memberAt(root, 'Addresses', true), memberAt(friend, 'Addresses', true)],
  written: fc.oneof(
    fc.constantFrom(whole(memberAt(root, 'Address')), whole(memberAt(friend, 'Address'))),
    fc.tuple(literal(string), literal(int)).map(([city, zip]): Expression => ({
      kind: 'object',
      members: new Map([
        ['City', city],
        ['Zip', zip],
      ]),
    })),
  ),
};

/** What values and their members are that do not name their types. */
const ownTypes = fc.constantFrom('t.Address', 't.Home', undefined);
const memberTypes = fc.constantFrom<DeclaredTypes['members']>(
  {},
  { 't.Address/Inner': 't.Address', 't.Home/Inner': 't.Address' },
  { 't.Address/Inner': 't.Home', 't.Home/Inner': 't.Home' },
  { 't.Address/Inner': 't.Address', 't.Home/Inner': 't.Home' },
);

const SEQUENCES: readonly (readonly [Items, ScalarType | undefined])[] = [
  [texts, string],
  [entities, undefined],
  [addresses, undefined],
];

const sequenceCalls = (): fc.Arbitrary<Expression> =>
  fc.constantFrom(...SEQUENCES).chain(([items, itemType]) =>
    fc
      .tuple(
        fc.constantFrom(
          'contains' as const,
          'startswith' as const,
          'endswith' as const,
          'hassubset' as const,
          'hassubsequence' as const,
        ),
        sequencesOf(items),
        sequencesOf(items),
        fc.record({ own: ownTypes, members: memberTypes }),
      )
      .map(([name, left, right, declared]): Expression => ({
        kind: 'sequence',
        function: name,
        left,
        right,
        itemType,
        ...(items === addresses && { declared }),
        type: edm('Boolean'),
      })),
  );

const sameValues: fc.Arbitrary<Expression> = fc
  .tuple(
    fc.constantFrom<readonly [Place, Place]>(
      [memberAt(root, 'Address'), memberAt(friend, 'Address')],
      [memberAt(root, 'Address'), memberAt(root, 'Address')],
      [wordsOf(root), wordsOf(friend)],
      [memberAt(root, 'Addresses', true), memberAt(friend, 'Addresses', true)],
      [friend, relatedAt(friend, 'Friend')],
      [root, relatedAt(friend, 'Friend')],
    ),
    ownTypes,
    ownTypes,
    memberTypes,
  )
  .map(([[left, right], own, other, members]): Expression => {
    const declared = [own, other].map((each) => ({ own: each, members })) as unknown as [DeclaredTypes, DeclaredTypes];
    return { kind: 'same', left, right, ...(left.type.type.kind === 'complex' && { declared }) };
  });

const itemValues: fc.Arbitrary<Expression> = fc
  .tuple(fc.integer({ min: 0, max: 2 }), literal(string))
  .map(([index, right]): Expression => {
    const place: Place = { kind: 'item', of: wordsOf(root), index, type: placed(string) };
    return { kind: 'comparison', operator: 'eq', left: { kind: 'value', place, type: string }, right, type: string };
  });

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
    depth.item === root ? fc.constant(undefined).chain(sequenceCalls) : simple,
    sameValues,
    itemValues,
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
