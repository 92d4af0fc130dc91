import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useService, type ServiceInTest } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

/** Transformations of any kind over sales; many of them do not fit behind each other, which is the client's mistake. */
const { sequence } = fc.letrec<{ sequence: string; transformation: string }>((tie) => {
  const inner = tie('sequence');
  const group = fc.constantFrom(
    'Customer/Country',
    'Product/Name',
    'Product/Category/Name',
    'Customer',
    'Customer/Home',
    'Customer/Home/City',
    'Status',
    'Day',
    'Paid',
    'Amount',
    'A',
    'B',
    'J/Amount',
    'J/N',
    'UnitID',
  );
  const groups = fc.oneof(
    fc.uniqueArray(group, { minLength: 1, maxLength: 3 }).map((paths) => paths.join(',')),
    fc
      .tuple(fc.constantFrom('', 'null,'), fc.uniqueArray(group, { minLength: 1, maxLength: 2 }))
      .map(([total, paths]) => `rollup(${total}${paths.join(',')})`),
  );
  const value = fc.constantFrom(
    'Amount',
    'Weight',
    'Pieces',
    'Day',
    'At',
    'Took',
    'Status',
    'Paid',
    'UnitID',
    'A',
    'B',
    'N',
    'Tags',
    'Product/TaxRate',
    'Customer/Sales/Amount',
    'J/Amount',
    'Amount mul 2',
    'Product',
    'length(UnitID)',
  );
  const aggregate = fc
    .tuple(
      value,
      fc.constantFrom('sum', 'average', 'min', 'max', 'countdistinct'),
      fc.constantFrom('', '', '', ' from Day with sum', ' from Customer/Country with max'),
    )
    .map(([of, method, from]) => `${of} with ${method}${from}`);
  const alias = fc.constantFrom('A', 'B', 'N');
  const measure = fc.constantFrom('Amount', 'Weight', 'Pieces', 'A', 'B', 'N', 'Product/TaxRate');
  return {
    sequence: fc
      .array(tie('transformation'), { minLength: 1, maxLength: 3, depthIdentifier: 'apply' })
      .map((all) => all.join('/')),
    transformation: fc.oneof(
      { depthIdentifier: 'apply', depthSize: 'small', maxDepth: 3 },
      fc.tuple(measure, fc.integer({ min: -1, max: 5 })).map(([path, number]) => `filter(${path} ge ${number})`),
      fc.tuple(measure, fc.constantFrom('', ' desc')).map((parts) => `orderby(${parts.join('')})`),
      fc
        .tuple(fc.constantFrom('top', 'skip'), fc.integer({ min: 0, max: 4 }))
        .map(([name, number]) => `${name}(${number})`),
      fc
        .tuple(
          fc.constantFrom('topcount', 'bottomcount', 'topsum', 'bottomsum', 'toppercent'),
          fc.integer({ min: 1, max: 9 }),
          measure,
        )
        .map(([name, amount, by]) => `${name}(${amount},${by})`),
      fc
        .tuple(
          fc.constantFrom(
            'Amount add 1',
            "concat(UnitID,'x')",
            'year(Day)',
            'Product/TaxRate',
            'null',
            'A',
            'J/Amount',
          ),
          alias,
        )
        .map(([of, as]) => `compute(${of} as ${as})`),
      fc.tuple(aggregate, alias).map(([of, as]) => `aggregate(${of} as ${as})`),
      fc.constantFrom(
        'aggregate($count as N)',
        'identity',
        'search(west)',
        'expand(Customer)',
        "descendants($root/Units,Tree,UnitID,filter(UnitID eq 'US'),keep start)",
        'traverse($root/Units,Tree,UnitID,preorder)',
      ),
      groups.map((paths) => `groupby((${paths}))`),
      fc.tuple(groups, inner).map(([paths, apply]) => `groupby((${paths}),${apply})`),
      fc.tuple(inner, inner).map(([left, right]) => `concat(${left},${right})`),
      fc
        .tuple(
          fc.constantFrom('join', 'outerjoin'),
          fc.constantFrom('Customer/Sales', 'Product/Sales'),
          fc.constantFrom('', ',top(1)', ',aggregate($count as N)', ',orderby(Amount)/top(2)'),
        )
        .map(([name, path, apply]) => `${name}(${path} as J${apply})`),
      inner.map((apply) => `nest(${apply} as L)`),
    ),
  };
});

const options = fc.constantFrom(
  '',
  '',
  '&$orderby=A',
  '&$filter=N gt 0',
  '&$select=A',
  '&$top=2&$count=true',
  '&$expand=Customer($select=Name)',
  '&$compute=1 as One',
);

describe('any $apply', () => {
  const service = useService(csdl);

  it('is answered or refused, with as many rows as it counts', async () => {
    await sell(service);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(sequence, options, async (apply, option) => {
        answered += await answer(service, `$apply=${apply}${option}`);
      }),
      { numRuns: 400, seed: 5 },
    );
    expect(answered).toBeGreaterThan(50);
  }, 120_000);
});

async function answer(service: ServiceInTest, query: string): Promise<number> {
  const { status, json, text } = await service.send('GET', `Sales?${encodeURI(query)}`);
  expect([query, status, status < 500 || status === 501 ? '' : text]).toEqual([query, expect.any(Number), '']);
  if (status !== 200) return 0;
  if (!query.includes('$top')) {
    const count = await service.send(
      'GET',
      `Sales/$count?${encodeURI(query.replace(/&\$(?:select|expand|orderby|compute).*/, ''))}`,
    );
    expect([query, Number(count.text)]).toEqual([query, json.value.length]);
  }
  return 1;
}
