import fc from 'fast-check';
import {
  type Argument,
  type BinaryOperator,
  type ExpandItem,
  type Expression,
  type Literal,
  type OrderItem,
  type PathExpression,
  type PathStep,
  type QueryOptions,
  type SearchExpression,
  type SelectItem,
  type Transformation,
  type UrlTree,
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
const qualifiedNames = fc.constantFrom('ns.Type', 'microsoft.graph.user', 'Sales.Model.Item');
const names = fc.oneof(identifiers, qualifiedNames);

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

function functionArguments(value: fc.Arbitrary<Expression>): fc.Arbitrary<readonly Argument[]> {
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

function option<T>(value: fc.Arbitrary<T>) {
  return value.map((content) => ({ value: content, text: '', at }));
}

const orderItems: fc.Arbitrary<readonly OrderItem[]> = fc.array(
  fc.record({ expression: expressions, direction: fc.constantFrom('asc' as const, 'desc' as const) }),
  { minLength: 1, maxLength: 2 },
);
const computeItems = fc.array(fc.record({ expression: expressions, alias: identifiers, at: fc.constant(at) }), {
  minLength: 1,
  maxLength: 2,
});
const namePaths = fc.array(names, { minLength: 1, maxLength: 2 });
const integers = fc.nat();

const scalars = { top: option(integers), skip: option(integers), count: option(fc.boolean()) };
const shared = {
  filter: option(expressions),
  search: option(searches),
  orderby: option(orderItems),
  compute: option(computeItems),
  ...scalars,
};

interface Nesting {
  readonly expandItem: ExpandItem;
  readonly selectItem: SelectItem;
  readonly transformation: Transformation;
}

function optional<T extends object>(options: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<QueryOptions> {
  const aliases = fc
    .dictionary(identifiers, expressions, { maxKeys: 1 })
    .map((entries) => new Map(Object.entries(entries)));
  return fc
    .tuple(fc.record(options, { requiredKeys: [] }), aliases)
    .map(([known, map]) => ({ ...known, aliases: map, custom: [] }) as unknown as QueryOptions);
}

const nesting = fc.letrec<Nesting>((tie) => {
  const items = <Item extends keyof Nesting>(name: Item) =>
    fc.array(tie(name), { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Nesting[Item][]>;
  const apply = items('transformation');
  const behind = fc.oneof(fc.constant([]), apply);
  return {
    selectItem: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(['*'], ['ns.*'], ['@Core.Messages']).map((path) => ({ path, at })),
      namePaths.map((path) => ({ path, at })),
      fc.record({
        path: namePaths,
        parameters: fc.array(identifiers, { minLength: 1, maxLength: 2 }),
        at: fc.constant(at),
      }),
      fc.record({
        path: namePaths,
        options: optional({ ...shared, select: option(items('selectItem')) }).filter(isNotEmpty),
        at: fc.constant(at),
      }),
    ) as fc.Arbitrary<SelectItem>,
    expandItem: fc.oneof(
      { maxDepth: 3 },
      fc.record({
        path: namePaths,
        as: fc.constantFrom('references' as const, 'entities' as const),
        options: optional(scalars).map(withoutAliases),
        at: fc.constant(at),
      }),
      fc.constant({ path: ['*'], as: 'entities', options: { aliases: new Map(), custom: [] }, at } as const),
      fc.record({
        path: namePaths,
        as: fc.constant('entities' as const),
        options: optional({
          ...shared,
          select: option(items('selectItem')),
          expand: option(items('expandItem')),
          levels: option(fc.constantFrom(1, 12, 'max')),
        }),
        at: fc.constant(at),
      }),
    ) as fc.Arbitrary<ExpandItem>,
    transformation: fc.oneof(
      { maxDepth: 3 },
      fc.constant({ kind: 'identity', at } as const),
      fc.record({ kind: fc.constant('filter' as const), expression: expressions, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('search' as const), expression: searches, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('compute' as const), items: computeItems, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('orderby' as const), items: orderItems, at: fc.constant(at) }),
      fc.record({ kind: fc.constantFrom('top' as const, 'skip' as const), count: expressions, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('expand' as const), item: tie('expandItem'), at: fc.constant(at) }),
      fc.record({
        kind: fc.constant('concat' as const),
        branches: fc.array(apply, { minLength: 2, maxLength: 2 }),
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constantFrom('topcount' as const, 'bottompercent' as const),
        amount: expressions,
        measure: expressions,
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constantFrom('join' as const, 'outerjoin' as const),
        path: namePaths,
        alias: identifiers,
        apply: behind,
        at: fc.constant(at),
      }),
      fc.record({ kind: fc.constant('nest' as const), apply, alias: identifiers, at: fc.constant(at) }),
      fc.record({
        kind: fc.constant('function' as const),
        name: qualifiedNames,
        arguments: functionArguments(expressions),
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constant('groupby' as const),
        properties: fc.array(
          fc.oneof(
            namePaths.map((path) => ({ kind: 'path', path, at }) as const),
            fc.record({
              kind: fc.constant('rollup' as const),
              total: fc.boolean(),
              paths: fc.array(namePaths, { minLength: 1, maxLength: 2 }),
              at: fc.constant(at),
            }),
          ),
          { minLength: 1, maxLength: 2 },
        ),
        apply: behind,
        at: fc.constant(at),
      }),
      fc.record({
        kind: fc.constant('aggregate' as const),
        items: fc.array(
          fc.record(
            {
              expression: expressions,
              method: fc.constantFrom('sum', 'ns.median'),
              alias: identifiers,
              from: fc.array(fc.record({ path: namePaths, method: fc.constant('max') }, { requiredKeys: ['path'] }), {
                maxLength: 1,
              }),
              at: fc.constant(at),
            },
            { requiredKeys: ['expression', 'from', 'at'] },
          ),
          { minLength: 1, maxLength: 2 },
        ),
        at: fc.constant(at),
      }),
    ) as fc.Arbitrary<Transformation>,
  };
});

function isNotEmpty(options: QueryOptions): boolean {
  return options.aliases.size > 0 || Object.keys(options).length > 2;
}

function withoutAliases(options: QueryOptions): QueryOptions {
  return { ...options, aliases: new Map() };
}

export const queries: fc.Arbitrary<QueryOptions> = optional({
  ...shared,
  select: option(fc.array(nesting.selectItem, { minLength: 1, maxLength: 2 })),
  expand: option(fc.array(nesting.expandItem, { minLength: 1, maxLength: 2 })),
  apply: option(fc.array(nesting.transformation, { minLength: 1, maxLength: 3 })),
  format: option(fc.constantFrom('json', 'application/json;odata.metadata=full')),
  skiptoken: option(fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0'))),
});

const segments = fc.oneof(
  fc
    .constantFrom(
      'Products',
      'ns.Type',
      'delta()',
      "users('O''Neil')",
      'Items(1)',
      "f(a=@p,b='x/y')(2)",
      'D(a=1,b=true)',
    )
    .map(nameSegment),
  fc
    .constantFrom('ada@contoso.com', 'root:', 'a b/c', 'A-1', '100%', 'é?&#')
    .map((text) => ({ kind: 'text', text, at }) as const),
);

function nameSegment(text: string) {
  return { kind: 'name', name: text, text, at } as const;
}

/** The name segments are stand-ins: only their text is printed. */
export const urls: fc.Arbitrary<UrlTree> = fc.record({
  path: fc
    .tuple(fc.constant(nameSegment('Products')), fc.array(segments, { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest]),
  options: queries,
});

/** Valid URLs to be damaged. */
export const validUrls = fc.constantFrom(
  "groups?$filter=startswith(displayName,'A')&$orderby=displayName&$select=id,displayName&$top=5",
  'Products(1)/Category?$expand=Products($select=Name;$filter=Price%20gt%205;$expand=Category($levels=max))',
  "users('O%27%27Neil')/memberOf/graph.group?$search=%22displayName:a%22%20AND%20NOT%20b&$count=true",
  '$crossjoin(A,B)?$apply=groupby((a,rollup(null,b)),aggregate(c%20with%20sum%20as%20d))/topcount(2,d)',
  'Items/$filter(Price%20gt%20@p)/$count?@p={"a":[1,null,\'x\']}&$compute=case(a%20gt%200:1,true:-1)%20as%20b',
  "f(a=duration'P1D',b=geography'SRID=0;Point(1%202)',c=ns.E'A,B')/$value?x=1&$format=json&$skiptoken=abc",
);
