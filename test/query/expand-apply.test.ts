// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url } from './technical-service.js';
import { seedThings } from './things.js';

/** [OData-URL 5.1.3] [OData-Aggregation 3] */
onEachDatabase('$apply within $expand', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    const sights = [1, 2, 3].map((id) => `{"@odata.id":"Things(${String(id)})"}`);
    for (const body of sights)
      expect((await service.send('POST', 'Things(1)/Place/Sights/$ref', { body })).status).toBe(204);
  });

  const expanded = async (resource: string, $expand: string, headers?: Record<string, string>) => {
    const { status, json } = await service.get(url(resource, { $select: 'Id', $expand }), headers);
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  };

  it.each([
    'aggregate($count as Count)',
    'aggregate(Whole with sum as Sum,Exact with average as Mean,Name with max as Last)',
    'groupby((Flag),aggregate($count as Count,Exact with sum as Sum))',
    'groupby((rollup(Color,Flag)),aggregate($count as Count))',
    'filter(Id gt 2)',
    'filter(Id gt 100)/aggregate($count as Count)',
    'topcount(1,Whole)',
    'compute(Exact mul 2 as Twice)/aggregate(Twice with sum as Sum)',
    'concat(aggregate($count as Count),groupby((Flag)))',
    'join(Friends as F)/groupby((F/Id))',
    'search(apple)',
    'orderby(Id desc)/top(1)',
    'nest(filter(Id gt 2) as Late)',
  ])('%s gives what it gives of the navigation property itself', async ($apply) => {
    const { value } = await expanded('Things', `Friends($apply=${$apply})`);
    for (const { Id, Friends } of value) {
      const { json } = await service.get(url(`Things(${String(Id)})/Friends`, { $apply }));
      expect([Id, Friends]).toEqual([Id, json.value]);
    }
    const single = await expanded('Things(1)', `Friends($apply=${$apply})`);
    expect(single.Friends).toEqual(value[0].Friends);
  });

  it.each([
    ['$orderby', { $apply: 'groupby((Id),aggregate(Whole with sum as Sum))', $orderby: 'Sum desc' }],
    ['$filter', { $apply: 'groupby((Id),aggregate(Whole with sum as Sum))', $filter: 'Sum gt 0' }],
    ['$top', { $apply: 'groupby((Id))', $orderby: 'Id desc', $top: '1' }],
    ['$skip', { $apply: 'groupby((Id))', $orderby: 'Id', $skip: '1' }],
    ['$count', { $apply: 'filter(Id gt 1)', $orderby: 'Id', $count: 'true', $top: '1' }],
    ['$select', { $apply: 'filter(Id gt 1)', $select: 'Id,Name' }],
    ['$expand', { $apply: 'filter(Id gt 1)', $select: 'Id', $expand: 'Friend($select=Id)' }],
    ['$compute', { $apply: 'aggregate($count as Count)', $compute: 'Count add 1 as More' }],
    ['$search', { $apply: 'filter(Id gt 1)', $search: 'apple' }],
  ] as const)('%s works on its result', async (_what, options: Readonly<Record<string, string>>) => {
    const text = Object.entries(options).map(([name, value]) => `${name}=${value}`);
    const { Friends, ...thing } = await expanded('Things(1)', `Friends(${text.join(';')})`);
    const { json } = await service.get(url('Things(1)/Friends', options));
    expect(Friends).toEqual(json.value);
    expect(thing['Friends@odata.count']).toBe(options['$count'] === undefined ? undefined : json['@odata.count']);
  });

  it('is in the context URL with what it makes', async () => {
    const $expand = 'Friends($apply=groupby((Flag),aggregate($count as Count)))';
    const json = await expanded('Things', $expand);
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Things(Id,Friends(Flag,Count))`);
  });

  it('stands within $expand of $expand, complex values and casts', async () => {
    const count = '$apply=aggregate($count as Count)';
    const nested = await expanded(
      'Things(1)',
      `Friends($select=Id;$orderby=Id;$expand=Friends(${count}),Parts(${count}))`,
    );
    expect(nested.Friends).toMatchObject([
      { Id: 2, Friends: [{ Count: 0 }], Parts: [{ Count: 1 }] },
      { Id: 3, Friends: [{ Count: 0 }], Parts: [{ Count: 0 }] },
    ]);
    const complex = await expanded('Things(1)', `Place/Sights(${count})`);
    expect(complex.Place.Sights).toMatchObject([{ Count: 3 }]);
    const within = await expanded(
      'Things(1)',
      `Friends($apply=filter(Id gt 1);$orderby=Id;$select=Id;$expand=Parts(${count}))`,
    );
    expect(within.Friends).toMatchObject([{ Parts: [{ Count: 1 }] }, { Parts: [{ Count: 0 }] }]);
  });

  it('stands in levels that are too deep to be nested', async () => {
    let $expand = 'Friends($apply=aggregate($count as Count))';
    for (let depth = 1; depth < 10; depth++) $expand = `Friends($select=Id;$top=1;$expand=${$expand})`;
    expect((await expanded('Things(1)', $expand)).Friends[0].Friends).toEqual([]);
  });

  it('writes entities with their control information', async () => {
    const { Friends } = await expanded('Things(1)', 'Friends($apply=filter(Id eq 2))', {
      accept: 'application/json;odata.metadata=full',
    });
    expect(Friends).toMatchObject([{ '@odata.id': `${ROOT}/Things(2)`, '@odata.etag': expect.any(String), Id: 2 }]);
  });

  const deeper = (depth: number): string =>
    depth === 0 ? 'Friends' : `Friends($apply=filter(Id gt 0);$expand=${deeper(depth - 1)})`;
  it.each([
    [
      'of a single entity',
      'Friend($apply=aggregate($count as C))',
      /single entity, to which \$apply cannot be applied/,
    ],
    ['with $levels', 'Friends($levels=2;$apply=filter(Id gt 1))', /\$levels cannot be applied to what \$apply makes/],
    ['of references', 'Friends/$ref($apply=filter(Id gt 1))', /./],
    ['of numbers', 'Friends/$count($apply=filter(Id gt 1))', /./],
    ['of everything', '*($apply=filter(Id gt 1))', /./],
    ['with unknown properties', 'Friends($apply=groupby((Nothing)))', /Nothing/],
    ['that leaves nothing to filter', 'Friends($apply=groupby((Flag));$filter=Id gt 1)', /Id/],
    ['with too large a $top', 'Friends($apply=filter(true);$top=-1)', /./],
    ['nested too deep', deeper(10), /nested at most 10 levels deep/],
    [
      'with too many transformations',
      `Friends($apply=${Array.from({ length: 101 }, () => 'identity').join('/')})`,
      /more than 100/,
    ],
    ['that ends early', 'Friends($apply=filter(Id gt 1)', /./],
  ])('%s is refused', async (_what, $expand, problem) => {
    const { status, json } = await service.get(url('Things', { $expand }));
    expect([status, json.error?.message]).toEqual([400, expect.stringMatching(problem)]);
  });

  it('has no faults', () => expect(service.faults).toEqual([]));
});
