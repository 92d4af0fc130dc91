import * as fc from 'fast-check';
import {
  type ExpandItem,
  type OrderItem,
  type QueryOptions,
  type SelectItem,
  type Transformation,
  type UrlTree,
} from '../../src/url/index.js';
import {
  expressions,
  functionArguments,
  identifiers,
  names,
  qualifiedNames,
  searches,
} from './arbitrary-expressions.js';

const at = 0;

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
  const nested = fc.array(fc.record({ apply, alias: identifiers, at: fc.constant(at) }), {
    minLength: 1,
    maxLength: 2,
  });
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
      fc.record({ kind: fc.constant('nest' as const), nested, at: fc.constant(at) }),
      fc.record({ kind: fc.constant('addnested' as const), path: namePaths, nested, at: fc.constant(at) }),
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
          fc
            .record(
              {
                expression: expressions,
                method: fc.constantFrom('sum', 'ns.median'),
                alias: identifiers,
                from: fc.array(
                  fc.record(
                    {
                      paths: fc.array(namePaths, { minLength: 1, maxLength: 2 }),
                      method: fc.constant('max'),
                    },
                    { requiredKeys: ['paths'] },
                  ),
                  { maxLength: 2 },
                ),
                at: fc.constant(at),
              },
              { requiredKeys: ['expression', 'from', 'at'] },
            )
            // With 'from', there is an alias. [OData-Aggregation 3.2.1.6]
            .map((item) => (item.alias === undefined ? { ...item, from: [] } : item)),
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
