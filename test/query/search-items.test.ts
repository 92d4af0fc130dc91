// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';
import { seedThings } from './things.js';

/** [OData-Protocol 11.2.6.6] [OData-URL 5.1.8] */
onEachDatabase('$search of collections that are no entities', (service) => {
  beforeAll(() => seedThings(service));

  it.each([
    ['Things(1)/Places', 'rome', [{ City: 'Rome' }]],
    ['Things(1)/Places', 'rome OR oslo', [{ City: 'Rome' }, { City: 'Oslo' }]],
    ['Things(1)/Places', 'NOT rome', [{ City: 'Oslo' }]],
    ['Things(1)/Places', 'rome AND oslo', []],
    ['Things(1)/Places', 'Home', []],
    ['Things(1)/Places', 'technical', []],
    ['Things(1)/Places', '"os%"', []],
    ['Things(1)/Names', 'Y', ['yy']],
    ['Things(1)/Names', 'NOT y', ['x']],
    ['Things(3)/Names', '"%"', ['100%']],
    ['Things(1)/Wholes', 'one', []],
    ['Things(1)/Wholes', 'NOT one', [1, 2, 3]],
    ['Things(1)/Place/Tags', 'b', ['b']],
    ['Things(4)/Places', 'rome', []],
    ['Offices()', 'via', [{ City: 'Rome' }]],
    ["Words(text='red green blue')", 'r', ['red', 'green']],
  ])('%s with %s', async (path, $search, items) => {
    const { status, json } = await service.get(url(path, { $search }));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value).toHaveLength(items.length);
    expect(json.value).toMatchObject(items);
    const count = await service.get(url(`${path}/$count`, { $search }));
    expect([count.status, count.text]).toEqual([200, String(items.length)]);
  });

  it('works together with the other options', async () => {
    const options = {
      $search: 'o',
      $orderby: 'City desc',
      $top: '1',
      $count: 'true',
      $filter: 'Zip gt 0',
      $select: 'City',
    };
    const { json } = await service.get(url('Things(1)/Places', options));
    expect(json).toMatchObject({ '@odata.count': 2, value: [{ City: 'Rome' }] });
  });

  it.each([
    ['Places/$count($search=rome) eq 1', [1]],
    ['Places/$count($search=rome OR oslo) eq 2', [1]],
    ['Places/$count($filter=Zip gt 5;$search=o) eq 1', [1]],
    ['Names/$count($search=y) gt 0', [1]],
    ['Wholes/$count($search=y) gt 0', []],
  ])('within expressions: %s', async ($filter, ids) => {
    const { status, json } = await service.get(url('Things', { $filter, $select: 'Id' }));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value.map(({ Id }: { Id: number }) => Id)).toEqual(ids);
  });

  it('skips null items', async () => {
    await service.create('Things', '{"Id":90,"Places":[{"City":"Rome"}],"Names":["a"]}');
    const { status, json } = await service.get(url('Things(90)/Places', { $search: 'a OR rome' }));
    expect([status, json.value.length]).toEqual([200, 1]);
  });

  it.each([
    ['Things(1)/Name', 'a', /\$search/],
    ['Things(1)/Place', 'a', /\$search/],
    ['Things(1)/Places', '', /./],
    ['Things(1)/Places', '(a', /./],
    ['Things(1)/Places', `${'('.repeat(200)}a${')'.repeat(200)}`, /nested/],
    ['Things(1)/Places', Array.from({ length: 3000 }, () => 'a').join(' '), /more than/],
  ])('%s with %s is refused', async (path, $search, problem) => {
    const { status, json } = await service.get(url(path, { $search }));
    expect([status, json.error?.message]).toEqual([400, expect.stringMatching(problem)]);
  });

  it('has no faults', () => expect(service.faults).toEqual([]));
});
