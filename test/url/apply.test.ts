import { describe, expect, it } from '@jest/globals';
import { parseOptionValue, parseQuery, printQuery } from '../../src/url/index.js';
import { positionless } from './positionless.js';
import { refusalOf } from './refusal.js';

const read = (text: string) => positionless(parseOptionValue('apply', text));
const path = (...names: readonly string[]) => ({ kind: 'path', steps: names.map((name) => ({ kind: 'name', name })) });
const integer = (text: string) => ({ kind: 'literal', type: 'integer', text });

describe('$apply [OData-Aggregation 3]', () => {
  it.each([
    ['identity', { kind: 'identity' }],
    ['Filter(a)', { kind: 'filter', expression: path('a') }],
    ['search(blue)', { kind: 'search', expression: { kind: 'word', text: 'blue' } }],
    ['compute(a as b)', { kind: 'compute', items: [{ expression: path('a'), alias: 'b' }] }],
    ['orderby(a desc)', { kind: 'orderby', items: [{ expression: path('a'), direction: 'desc' }] }],
    ['top(2)', { kind: 'top', count: integer('2') }],
    ['topCount(2,a)', { kind: 'topcount', amount: integer('2'), measure: path('a') }],
    ['concat(identity,identity)', { kind: 'concat', branches: [[{ kind: 'identity' }], [{ kind: 'identity' }]] }],
    ['join(Sales as S)', { kind: 'join', path: ['Sales'], alias: 'S', apply: [] }],
    [
      'outerjoin(Sales as S,identity)',
      { kind: 'outerjoin', path: ['Sales'], alias: 'S', apply: [{ kind: 'identity' }] },
    ],
    [
      'nest(identity as N,top(1)/skip(1) as O)',
      {
        kind: 'nest',
        nested: [
          { apply: [{ kind: 'identity' }], alias: 'N' },
          {
            apply: [
              { kind: 'top', count: integer('1') },
              { kind: 'skip', count: integer('1') },
            ],
            alias: 'O',
          },
        ],
      },
    ],
    [
      'addnested(a/ns.T,identity as N)',
      { kind: 'addnested', path: ['a', 'ns.T'], nested: [{ apply: [{ kind: 'identity' }], alias: 'N' }] },
    ],
    ['ns.f(a=1)', { kind: 'function', name: 'ns.f', arguments: [{ name: 'a', value: integer('1') }] }],
  ])('%s', (text, expected) => expect(read(text)).toEqual([expected]));

  it('groupby with rollup', () => {
    expect(read('groupby((a/b,rollup(null,c),rollup($all,d),rollup(e,f)),aggregate($count as n))')).toEqual([
      {
        kind: 'groupby',
        properties: [
          { kind: 'path', path: ['a', 'b'] },
          { kind: 'rollup', total: true, paths: [['c']] },
          { kind: 'rollup', total: true, paths: [['d']] },
          { kind: 'rollup', total: false, paths: [['e'], ['f']] },
        ],
        apply: [
          {
            kind: 'aggregate',
            items: [{ expression: { kind: 'path', steps: [{ kind: '$count' }] }, alias: 'n', from: [] }],
          },
        ],
      },
    ]);
  });

  it('aggregate with all its parts', () => {
    expect(
      read('aggregate( a mul b with sum as c , d/$count as e, Forecast, f with ns.m from g with average from h as i )'),
    ).toMatchObject([
      {
        items: [
          { expression: { operator: 'mul' }, method: 'sum', alias: 'c' },
          { expression: { steps: [{ name: 'd' }, { kind: '$count' }] }, alias: 'e' },
          { expression: path('Forecast'), from: [] },
          { method: 'ns.m', alias: 'i', from: [{ paths: [['g']], method: 'average' }, { paths: [['h']] }] },
        ],
      },
    ]);
  });

  it.each<[string, object[]]>([
    [
      'a with sum from b/c,d with max from e with min as f,$count as g',
      [
        {
          alias: 'f',
          from: [
            { paths: [['b', 'c'], ['d']], method: 'max' },
            { paths: [['e']], method: 'min' },
          ],
        },
        { alias: 'g', from: [] },
      ],
    ],
    ['A from b,c as d,E', [{ alias: 'd', from: [{ paths: [['b'], ['c']] }] }, { from: [] }]],
    [
      'a with sum as b from c,d with max as e',
      [
        { alias: 'b', from: [{ paths: [['c']] }] },
        { alias: 'e', from: [] },
      ],
    ],
  ])('from over several properties: %s', (items, expected) => {
    expect(read(`aggregate(${items})`)).toMatchObject([{ items: expected }]);
  });

  it('expand in both notations', () => {
    const [item] = read('expand(Sales,filter(a gt 3),expand(Product))') as readonly [{ item: { options: object } }];
    const [same] = read('expand(Sales($filter=a gt 3;$expand=Product))') as readonly [{ item: { options: object } }];
    expect(item).toEqual(same);
  });

  it('a pipeline, printed again', () => {
    const query =
      '$apply=filter(a%20gt%203)/groupby((b),aggregate(c%20with%20max%20as%20d))/filter($count%20gt%201)/skip(1)';
    expect(printQuery(parseQuery(query))).toBe(query);
  });

  it('groupby over the nodes of a hierarchy', () => {
    expect(read('groupby((rolluprecursive($root/Units,Tree,Unit/ID,filter(a)),b),identity)')).toMatchObject([
      {
        properties: [
          {
            kind: 'rolluprecursive',
            arguments: [
              { kind: 'expression' },
              { kind: 'expression', expression: path('Tree') },
              { kind: 'expression' },
              { kind: 'apply', apply: [{ kind: 'filter', expression: path('a') }] },
            ],
          },
          { kind: 'path', path: ['b'] },
        ],
      },
    ]);
    const query = '$apply=groupby((rolluprecursive($root/Units,Tree,Unit/ID,filter(a)/top(1)),b))';
    expect(printQuery(parseQuery(query))).toBe(query);
    expect(read('groupby((rolluprecursive))')).toMatchObject([{ properties: [{ path: ['rolluprecursive'] }] }]);
  });

  it('hierarchies', () => {
    expect(read('ancestors($root/Units,UnitHierarchy,ID,filter(a)/identity,2,keep start)')).toMatchObject([
      {
        kind: 'hierarchy',
        name: 'ancestors',
        arguments: [
          { kind: 'expression' },
          { kind: 'expression', expression: path('UnitHierarchy') },
          { kind: 'expression' },
          { kind: 'apply', apply: [{ kind: 'filter' }, { kind: 'identity' }] },
          { kind: 'expression', expression: integer('2') },
          { kind: 'keep' },
        ],
      },
    ]);
    expect(read('traverse($root/Units,H,ID,preorder,Name desc)')).toMatchObject([
      { arguments: [{}, {}, {}, { expression: path('preorder') }, { kind: 'order', items: [{ direction: 'desc' }] }] },
    ]);
  });

  it.each([
    'ancestors()',
    'groupby((rolluprecursive()))',
    'groupby((rolluprecursive(a,b))',
    'descendants()',
    'traverse()',
    'filter',
    'filter()',
    'filter(a',
    'filter(a)/',
    'groupby(a)',
    'groupby(())',
    'groupby((rollup(null)))',
    'aggregate()',
    'aggregate(a with)',
    'aggregate(a as)',
    'concat(identity)',
    'topcount(1)',
    'join(a)',
    'nest(identity)',
    'nest(identity as N,)',
    'addnested(a)',
    'addnested(a,identity)',
    'addnested(identity as N)',
    'nest(Descriptions as D)',
    'identity()',
    'expand(a,top(1))',
  ])('refuses %s', (text) =>
    expect(refusalOf(() => parseOptionValue('apply', text)).message).toContain('invalid $apply'),
  );

  it('suggests the transformation that is meant', () => {
    expect(refusalOf(() => parseOptionValue('apply', 'agregate(a)')).message).toContain("Did you mean 'aggregate'?");
  });
});
