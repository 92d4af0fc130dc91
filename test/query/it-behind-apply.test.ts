// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';
import { seedThings } from './things.js';

/** `$apply`, `$expand`, and the path to what is answered for the rows, with the keys that are found there. */
const CASES: readonly (readonly [apply: string, expand: string, property: string, keys: readonly unknown[]])[] = [
  ['filter(Id lt 4)', 'Friends($filter=Id gt $it/Id)', 'Friends', [[2, 3], [], []]],
  ['filter(Id lt 3)', 'Friends($filter=Id eq 3 and $it/Id eq 1)', 'Friends', [[3], []]],
  ['compute(Id add 1 as next)/filter(Id lt 3)', 'Friends($filter=Id gt $it/next)', 'Friends', [[3], []]],
  [
    'filter(Id lt 3)/compute(Id add 1 as next)',
    'Friends($filter=$it/next eq 2;$orderby=$it/next sub Id)',
    'Friends',
    [[3, 2], []],
  ],
  [
    'filter(Id lt 3)',
    "Friends($compute=Id sub $it/Id as over;$select=Id,over;$filter=$it/Name eq 'apple')",
    'Friends',
    [[2, 3], []],
  ],
  ['topcount(2,Id)', 'Friends($filter=$it/Friends/any())', 'Friends', [[], []]],
  ['filter(Id eq 1)', 'Friends($expand=Friends($filter=$it/Id eq 1))', 'Friends', [[2, 3]]],
  ['filter(Id lt 4)/expand(Friends,filter(Id gt $it/Id))', '', 'Friends', [[2, 3], [], []]],
  ['compute(Id add 1 as next)/filter(Id lt 3)/expand(Friends,filter(Id gt $it/next))', '', 'Friends', [[3], []]],
  ['expand(Friends,filter(Id gt $it/Id add 1))/compute(Id add 1 as next)/topcount(2,-Id)', '', 'Friends', [[3], []]],
  [
    'filter(Id lt 3)/concat(compute(Id add 1 as next)/expand(Friends,filter(Id gt $it/next)),filter(Id eq 1))',
    '',
    'Friends',
    [[3], [], null],
  ],
  [
    'compute(Id add 1 as next)/filter(Id lt 3)/expand(Friends,filter(Id gt $it/next))/concat(identity,filter(Id eq 1))',
    '',
    'Friends',
    [[3], [], [3]],
  ],
  [
    'filter(Id lt 3)/compute(Id add 1 as next)/expand(Friends,filter(Id gt $it/next))/join(Friends as F)/compute(1 as one)',
    '',
    'Friends',
    [[3], [3]],
  ],
  [
    'filter(Id lt 3)/groupby((Flag),compute(Id add 1 as next)/expand(Friends,filter(Id gt $it/next)))',
    '',
    'Friends',
    [[3], []],
  ],
  ['filter(Id lt 3)/expand(Friends,filter($it/Friend/Friend/Id eq Id))', '', 'Friends', [[3], []]],
  [
    'filter(Id lt 3)/groupby((Friend),aggregate(Id with max as most))',
    'Friend($expand=Friends($filter=Id gt $it/most))',
    'Friend',
    [2, 3],
  ],
];

onEachDatabase('$it within $expand behind $apply [OData-URL 5.1.1.14.4]', (service) => {
  beforeAll(() => seedThings(service));

  it.each(CASES)('%s with %s', async (apply, expand, property, expected) => {
    const { status, json, text } = await service.get(
      url('Things', { $apply: apply, ...(expand === '' ? {} : { $expand: expand }) }),
    );
    expect([status, text]).toEqual([200, text]);
    const keys = json.value.map((row: Record<string, unknown>) => {
      const related = row[property] as { Id: number } | { Id: number }[] | null;
      return Array.isArray(related) ? related.map(({ Id }) => Id) : (related?.Id ?? null);
    });
    expect(keys).toEqual(expected);
  });

  it.each([
    ['filter(Id lt 3)', 'Friends($filter=Id gt $it/nothing)', "Could not find a property named 'nothing'"],
    ['expand(Parts,filter(Size gt $it/Size))', 'Friends', "Could not find a property named 'Size'"],
    ['expand(Parts,filter(Size gt $it/next))/compute(Id add 1 as next)', 'Friends', "named 'next'"],
    [
      'groupby((Friend),aggregate(Id with max as most))',
      'Friend($expand=Friends($filter=Id gt $it/Whole))',
      "named 'Whole'",
    ],
  ])('%s with %s is refused: %s', async (apply, expand, message) => {
    const { status, json } = await service.get(url('Things', { $apply: apply, $expand: expand }));
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
  });
});
