import * as fc from 'fast-check';
import {
  type Argument,
  type BinaryOperator,
  type Expression,
  type Literal,
  type PathExpression,
  type PathStep,
  type SearchExpression,
} from '../../src/url/index.js';

const at = 0;

export const identifiers = fc.constantFrom(
  'Name',
  'Price',
  'Address',
  'x',
  '_id',
  'Größe',
  'orders',
  'INFO',
  'note',
  'order',
  'asc1',
);
export const qualifiedNames = fc.constantFrom('ns.Type', 'microsoft.graph.user', 'Sales.Model.Item');
export const names = fc.oneof(identifiers, qualifiedNames);

function literal(type: Literal['type'], texts: fc.Arbitrary<string>): fc.Arbitrary<Literal> {
  return texts.map((text) => ({ kind: 'literal', type, text, at }));
}

export const literals: fc.Arbitrary<Literal> = fc.oneof(
  literal('null', fc.constant('null')),
  literal('boolean', fc.constantFrom('true', 'false')),
  literal('integer', fc.constantFrom('0', '42', '-7', '9223372036854775807')),
  literal('decimal', fc.constantFrom('3.14', '-0.5', '7')),
  literal('double', fc.constantFrom('1e10', '-2.5E-3', 'INF', '-INF', 'NaN', '3', '1.5')),
  literal(
    'string',
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  ),
  literal('guid', fc.constantFrom('01234567-89ab-cdef-0123-456789abcdef', 'abcdef01-89ab-cdef-0123-456789abcdef')),
  literal('date', fc.constantFrom('2012-09-03', '-10000-04-01')),
  literal('dateTimeOffset', fc.constantFrom('2012-09-03T13:52Z', '2012-09-03T14:53:10.1234567+02:00')),
  literal('timeOfDay', fc.constantFrom('11:22', '23:59:59.999')),
  literal('duration', fc.constantFrom('P6DT23H59M59.9999S', '-PT5S')),
  literal('binary', fc.constantFrom('', 'Zg', 'Zm9vYmFy')),
  literal('geography', fc.constant('SRID=0;Point(142.1 64.1)')),
  literal('geometry', fc.constant('SRID=4326;Polygon((1 1,2 2,3 3,1 1))')),
  fc
    .constantFrom('Yellow', 'Solid,Yellow', '32')
    .map((text) => ({ kind: 'literal', type: 'enum', text, enumType: 'Sales.Pattern', at }) as const),
);

const operators: readonly BinaryOperator[] = [
  'or',
  'and',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'has',
  'in',
  'add',
  'sub',
  'mul',
  'div',
  'divby',
  'mod',
];

interface Grammar {
  readonly expression: Expression;
  readonly path: PathExpression;
  readonly step: PathStep;
  readonly search: SearchExpression;
}

const words = fc.constantFrom('blue', 'AND', 'OR', 'NOT', 'café', "Daniel's", '08/15', 'NOTE');
const phrases = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));

const grammar = fc.letrec<Grammar>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    literals,
    tie('path'),
    identifiers.map((name) => ({ kind: 'alias', name, at }) as const),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom(...operators),
      left: tie('expression'),
      right: tie('expression'),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('unary' as const),
      operator: fc.constantFrom('not' as const, 'negate' as const),
      operand: tie('expression'),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      items: fc.array(tie('expression'), { maxLength: 3 }),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('object' as const),
      members: fc.array(fc.record({ name: fc.string(), value: tie('expression') }), { maxLength: 2 }),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('contains', 'toLower', 'now', 'geo.distance'),
      arguments: fc.array(tie('expression'), { maxLength: 3 }),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant('case' as const),
      branches: fc.array(fc.record({ condition: tie('expression'), value: tie('expression') }), {
        minLength: 1,
        maxLength: 2,
      }),
      at: fc.constant(at),
    }),
    fc.record(
      {
        kind: fc.constantFrom('cast' as const, 'isof' as const),
        operand: tie('expression'),
        type: fc.constantFrom('Edm.Byte', 'Collection(ns.T)', 'T'),
        at: fc.constant(at),
      },
      { requiredKeys: ['kind', 'type', 'at'] },
    ),
  ) as fc.Arbitrary<Expression>,
  path: fc
    .tuple(firstStep(tie('expression') as fc.Arbitrary<Expression>), fc.array(tie('step'), { maxLength: 3 }))

    .map(([first, rest]): PathExpression => ({ kind: 'path', steps: [first, ...(rest as readonly PathStep[])], at }))
    .filter(isPath),
  step: fc.oneof(
    names.map((name) => ({ kind: 'name', name, at }) as const),
    fc.constantFrom('$ref' as const, '$value' as const).map((kind) => ({ kind, at })),
    fc.record(
      { kind: fc.constant('$count' as const), filter: tie('expression'), search: tie('search'), at: fc.constant(at) },
      { requiredKeys: ['kind', 'at'] },
    ),
    fc.record({ kind: fc.constant('filter' as const), expression: tie('expression'), at: fc.constant(at) }),
    fc.record({
      kind: fc.constantFrom('any' as const, 'all' as const),
      variable: identifiers,
      condition: tie('expression'),
      at: fc.constant(at),
    }),
    fc.constant({ kind: 'any', at } as const),
    fc
      .constantFrom('Core.Messages', 'Measures.Currency#Reporting', 'Currency')
      .map((term) => ({ kind: 'annotation', term, at }) as const),
    fc.record({
      kind: fc.constant('arguments' as const),
      name: names.filter((name) => !/^(?:any|all)$/i.test(name)),
      arguments: functionArguments(tie('expression') as fc.Arbitrary<Expression>),
      at: fc.constant(at),
    }),
    fc
      .constantFrom('1', 'A-17', '01234567-89ab-cdef-0123-456789abcdef')
      .map((text) => ({ kind: 'text', text, at }) as const),
  ) as fc.Arbitrary<PathStep>,
  search: fc.oneof(
    { maxDepth: 3 },
    words.map((text) => ({ kind: 'word', text, at }) as const),
    phrases.map((text) => ({ kind: 'phrase', text, at }) as const),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('search'),
      right: tie('search'),
      at: fc.constant(at),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('search'), at: fc.constant(at) }),
  ) as fc.Arbitrary<SearchExpression>,
}));

export const expressions = grammar.expression;
export const searches = grammar.search;

/** A qualified name alone is no path. */
function isPath({ steps }: PathExpression): boolean {
  const [first] = steps;
  return (
    steps.length > 1 ||
    !((first!.kind === 'name' && first!.name.includes('.')) || first!.kind === 'alias' || first!.kind === '$root')
  );
}

export function functionArguments(value: fc.Arbitrary<Expression>): fc.Arbitrary<readonly Argument[]> {
  return fc.oneof(
    fc.array(fc.record({ name: identifiers, value, at: fc.constant(at) }), { maxLength: 2 }),
    literals.map((key) => [{ value: key, at }]),
  );
}

function firstStep(value: fc.Arbitrary<Expression>): fc.Arbitrary<PathStep> {
  return fc.oneof(
    { weight: 5, arbitrary: names.map((name) => ({ kind: 'name', name, at }) as const) },
    fc
      .constantFrom('$it' as const, '$this' as const, '$root' as const, '$count' as const)
      .map((kind) => ({ kind, at })),
    identifiers.map((name) => ({ kind: 'alias', name, at }) as const),
    fc
      .constantFrom('Core.Messages', 'Measures.Currency#Reporting')
      .map((term) => ({ kind: 'annotation', term, at }) as const),
    fc.record({
      kind: fc.constant('arguments' as const),
      name: names,
      arguments: functionArguments(value),
      at: fc.constant(at),
    }),
  );
}
