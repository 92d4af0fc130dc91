// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';
import { bare, seedThings } from './things.js';

onEachDatabase('values that $apply made, and arrays within arrays', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    await service.create('Bags', '{"Id":"m","matrix":[[1,2],[3],[],null,4]}');
  });

  /** [OData-URL 5.1.1.1.1] [OData-Aggregation 3.2.1] */
  it.each<[string, object[]]>([
    ['groupby((Place/City))/filter(Place eq null)', [{ Place: null }]],
    ['groupby((Place/City))/filter(Place ne null)', [{ City: 'Rome' }, { City: '' }, { City: 'Bath' }]],
    ['groupby((Place/City))/filter(Place eq {"City":"Bath"})', [{ City: 'Bath' }]],
    ['groupby((Place/City,Place/Zip))/filter(Place eq {"City":"Rome","Zip":5})', [{ City: 'Rome', Zip: 5 }]],
    ['groupby((Place/City,Place/Zip))/filter(Place eq {"City":"Rome"})', [{ City: 'Rome', Zip: null }]],
    ['groupby((Place/City,Place/Zip))/filter(Place eq {"City":"Rome","Zip":5,"Street":"Via"})', []],
    [
      'groupby((Place/City))/filter(Place eq Place and Place ne null and Place/City ne null)',
      ['Rome', '', 'Bath'].map((City) => ({ City })),
    ],
    [
      'groupby((Place/City))/filter(isof(Place,technical.Address) and not isof(Place,technical.Home))',
      ['Rome', '', 'Bath'].map((City) => ({ City })),
    ],
    ["groupby((Place/City))/filter($it ne null and Place/City gt 'A')", [{ City: 'Rome' }, { City: 'Bath' }]],
    ['groupby((Friend/Code))/filter(Friend eq null)', [{ Friend: null }]],
    ['groupby((Friend/Code))/filter(Friend ne null)', [{ Friend: { Code: 'two' } }, { Friend: { Code: 'three' } }]],
  ])('%s', async ($apply, expected) => {
    const { status, json } = await service.get(url('Things', { $apply }));
    expect([status, json.error]).toEqual([200, undefined]);
    const rows = (bare(json.value) as Record<string, unknown>[]).map(
      (row) => (row['Place'] as object | null | undefined) ?? row,
    );
    expect(rows).toEqual(expected);
  });

  it.each([
    ['matrix/any(r:r/any(c:c eq 3))', 1],
    ['matrix/any(r:r/any(c:c eq 4))', 0],
    ['matrix/any(r:r/$count eq 2)', 1],
    ['matrix/any(r:r/$count eq 3)', 0],
    ["matrix/all(r:r/all(c:c gt 0)) and Id eq 'm'", 1],
    ['matrix/$filter($this/any(c:c gt 2))/$count eq 1', 1],
    ['matrix/any(r:r/$filter($this gt 1)/any(c:c eq 2))', 1],
    ['matrix/any(r:1 in r)', 1],
  ])('%s', async ($filter, count) => {
    const { status, json } = await service.get(url('Bags', { $filter, $count: 'true' }));
    expect([status, json.error, json['@odata.count']]).toEqual([200, undefined, count]);
  });
});
