// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { useService } from '../protocol/service-in-test.js';
import { PATHS } from './path-cases.js';
import { onEachDatabase, ROOT, url } from './technical-service.js';
import { seedThings } from './things.js';

const JOINED = '$crossjoin(Things,Bags)';

/** A condition about a thing as one about the thing of a row. */
const about = (condition: string): string => `Things/${condition}`;

const CONDITIONS = [
  ...PATHS.map(([condition]) => condition)
    .filter((condition) => /^[A-Z]\w*[ /(]/.test(condition) && !condition.includes('$it') && !/ [A-Z]/.test(condition))
    .map(about),
  'Things/Name eq Bags/Label',
  'Things/Friends/any(f:f/Id gt 2)',
  'Things/Bag/Id eq Bags/Id',
  'isof(Things,technical.Gadget) and Bags/Id ne null',
];

onEachDatabase('a cross join [OData-URL 4.15, OData-Aggregation 4]', (service) => {
  beforeAll(() => seedThings(service));
  const rows = async (options: Readonly<Record<string, string>>) => {
    const { status, json } = await service.get(url(JOINED, options));
    expect([status, json.error]).toEqual([200, undefined]);
    return json.value as readonly object[];
  };

  it.each(CONDITIONS)('has the same rows by $filter and by $apply: %s', async (condition) => {
    const filtered = await rows({ $filter: condition });
    expect(await rows({ $apply: `filter(${condition})` })).toEqual(filtered);
    const [{ N }] = (await rows({ $apply: `filter(${condition})/aggregate($count as N)` })) as [{ N: number }];
    expect(N).toBe(filtered.length);
  });

  it.each([
    ['Things($expand=Friends($select=Id;$filter=Id gt $it/Things/Id))', 'Things/Id lt 3', [[2, 3], [2, 3], [], []]],
    ["Things($expand=Friends($select=Id;$filter=$it/Bags/Label eq 'first'))", 'Things/Id eq 1', [[2, 3], []]],
    [
      'Things($expand=Friends($select=Id;$orderby=length($it/Bags/Id) sub Id))',
      'Things/Id eq 1',
      [
        [3, 2],
        [3, 2],
      ],
    ],
    ['Things($expand=Friends($select=Id;$filter=$it/Things/Friend/Friend/Id eq Id))', 'Things/Id eq 1', [[3], [3]]],
    [
      'Bags,Things($expand=Friends($select=Id;$filter=$it/Things/Friends/any(f:f/Id gt Id)))',
      'Things/Id eq 1',
      [[2], [2]],
    ],
  ])('$it within $expand is the row: %s [OData-URL 5.1.1.14.4]', async ($expand, $filter, expected) => {
    const found = (await rows({ $expand, $filter })) as readonly { Things: { Friends: { Id: number }[] } }[];
    expect(found.map(({ Things: { Friends } }) => Friends.map(({ Id }) => Id))).toEqual(expected);
  });

  it('groups by entities, by properties, and by what relations of either lead to', async () => {
    const all = await rows({});
    const byThing = await rows({ $apply: 'groupby((Things),aggregate($count as N))' });
    expect(byThing.length * (byThing[0] as { N: number }).N).toBe(all.length);
    const byFriend = await rows({ $apply: 'filter(Things/Friend/Id ne null)/groupby((Things/Friend/Id))' });
    expect(byFriend.map((row) => (row as { Things: object }).Things)).toEqual([
      { Friend: { Id: 2 } },
      { Friend: { Id: 3 } },
    ]);
  });

  it('is paged by the server, with links that go on', async () => {
    const options = { $compute: 'concat(Bags/Id,Things/Code) as Both', $select: 'Both', $orderby: 'Both desc' };
    const whole = await rows(options);
    const found: object[] = [];
    let next: string | undefined = url(JOINED, options);
    while (next !== undefined) {
      const { json } = await service.get(next, { prefer: 'odata.maxpagesize=3' });
      found.push(...json.value);
      next = (json['@odata.nextLink'] as string | undefined)?.slice(ROOT.length + 1);
    }
    expect(found).toEqual(whole);
  });

  it('$levels ends where it begins, since no set has itself as a property', async () => {
    const $filter = 'Things/Id eq 1';
    const once = await rows({ $expand: 'Things($select=Id)', $filter });
    expect(await rows({ $expand: 'Things($select=Id;$levels=3)', $filter })).toEqual(once);
  });

  it.each([
    ['Things/$value', /expected a navigation property/],
    ['$value', /none of the joined sets/],
    ['Things/$count', /single entity/],
    ['Things($expand=Friends($filter=$it/Id eq 1))', /'Id'/],
    ['Things($expand=Friends($filter=$it/Strays/Id eq 1))', /'Strays'/],
  ])('refuses $expand=%s', async ($expand, problem) => {
    const { status, json } = await service.get(url(JOINED, { $expand }));
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(problem)]);
  });

  it.each([
    ['$apply', 'groupby((Name))', 400],
    ['$apply', 'filter(Id eq 1)', 400],
    ['$apply', 'aggregate(Things with sum as N)', 400],
    ['$apply', 'aggregate(Things/Name with sum as N)', 400],
    ['$apply', 'groupby((Strays/Id))', 400],
    ['$apply', 'expand(Things,filter(true))', 400],
    ['$compute', 'Things/Id as Bags', 400],
    ['$compute', 'Nope add 1 as N', 400],
    ['$search', '(a', 400],
    ['$select', 'Strays', 400],
    ['$expand', 'Strays', 400],
  ])('refuses %s=%s', async (name, value, status) => {
    expect((await service.get(url(JOINED, { $compute: '1 as One', [name]: value }))).status).toBe(status);
  });
});

describe('sets of one type that are bound to different ones', () => {
  const id = { $Kind: 'EntityType', $Key: ['ID'], ID: {} };
  const set = (target: string) => ({
    $Collection: true,
    $Type: 'ns.Order',
    $NavigationPropertyBinding: { Lines: target },
  });
  const csdl: CsdlDocument = {
    $Version: '4.01',
    $EntityContainer: 'ns.Container',
    ns: {
      Order: { ...id, Lines: { $Kind: 'NavigationProperty', $Type: 'ns.Line', $Collection: true, $Partner: 'Order' } },
      Line: {
        ...id,
        OrderID: { $Nullable: true },
        Order: {
          $Kind: 'NavigationProperty',
          $Type: 'ns.Order',
          $Nullable: true,
          $Partner: 'Lines',
          $ReferentialConstraint: { OrderID: 'ID' },
        },
      },
      Container: {
        $Kind: 'EntityContainer',
        Old: set('OldLines'),
        New: set('NewLines'),
        OldLines: { $Collection: true, $Type: 'ns.Line', $NavigationPropertyBinding: { Order: 'Old' } },
        NewLines: { $Collection: true, $Type: 'ns.Line', $NavigationPropertyBinding: { Order: 'New' } },
      },
    },
  };
  const { send } = useService(csdl);

  it('are each followed where they lead', async () => {
    for (const [target, json] of [
      ['Old', { ID: '1' }],
      ['New', { ID: '1' }],
      ['OldLines', { ID: 'a', OrderID: '1' }],
      ['NewLines', { ID: 'b', OrderID: '1' }],
      ['NewLines', { ID: 'c', OrderID: '1' }],
    ] as const)
      expect((await send('POST', target, { json })).status).toBe(201);
    const read = async (apply: string) => (await send('GET', `$crossjoin(Old,New)?$apply=${apply}`)).json.value;
    const count = async (path: string) => (await read(`aggregate(${path}/$count as N)`))[0].N;
    expect([await count('Old/Lines'), await count('New/Lines')]).toEqual([1, 2]);
    expect(await read("filter(New/Lines/any(l:l/ID eq 'c') and Old/Lines/all(l:l/ID eq 'a'))")).toHaveLength(1);
    expect(await read('join(New/Lines as L)/groupby((L/ID))')).toMatchObject([{ L: { ID: 'b' } }, { L: { ID: 'c' } }]);
    expect(await read('groupby((New))/filter(New/Lines/$count eq 2)')).toHaveLength(1);
    const rows = async (options: string) => {
      const { status, json } = await send('GET', `$crossjoin(Old,New)?${options}`);
      expect([status, json.error]).toEqual([200, undefined]);
      return json.value;
    };
    expect(await rows("$filter=New/Lines/any(l:l/ID eq 'c') and Old/Lines/all(l:l/ID eq 'a')")).toHaveLength(1);
    expect(await rows("$filter=Old/Lines/any(l:l/ID eq 'c')")).toHaveLength(0);
    const [row] = await rows(
      '$expand=Old($expand=Lines($compute=$it/New/Lines/$count as theirs,$it/Old/Lines/$count as ours))',
    );
    expect(row.Old.Lines).toMatchObject([{ ID: 'a', theirs: 2, ours: 1 }]);
  });
});
