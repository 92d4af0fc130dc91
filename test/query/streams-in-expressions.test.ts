// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase('streams within expressions', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    const friend = { body: '{"@odata.id":"Things(1)"}' };
    expect((await service.send('PUT', 'Things(8)/Friend/$ref', friend)).status).toBe(204);
    const photo = { headers: { 'content-type': 'text/plain' }, body: 'bytes' };
    expect((await service.send('PUT', 'Things(1)/Photo', photo)).status).toBe(204);
  });

  it.each([
    ['$filter=Photo ne null', '1'],
    ['$filter=null eq Photo', '2345678'],
    ['$filter=not(Photo eq null) and Id lt 9', '1'],
    ['$filter=Friends/any(f:f/Photo eq null)', '1'],
    ['$filter=Friends/any(f:f/Photo ne null)', ''],
    ['$filter=Friend/Photo ne null', '8'],
    ['$filter=case(Photo eq null:false,true:true)', '1'],
    ['$apply=filter(Photo ne null)', '1'],
    ['$filter=isof(Photo,Edm.Stream)', '1'],
    ['$filter=not isof(Photo,Edm.Stream)', '2345678'],
    ['$filter=isof(Photo,Edm.PrimitiveType)', '1'],
    ['$filter=isof(Photo,Edm.Binary) or isof(Photo,Edm.String)', ''],
    ['$filter=Friend/Friends/any(f:isof(f/Photo,Edm.Stream)) or isof(Friend/Photo,Edm.Stream)', '8'],
    ['$filter=cast(Photo,Edm.Stream) ne null', '1'],
    ['$filter=[Photo] eq [null]', '2345678'],
    // A cast that fails gives null, and no literal stands for a stream.
    ['$filter=cast(Photo,Edm.String) eq null', '12345678'],
    ['$filter=cast(Photo,Edm.Binary) ne null', ''],
    ['$filter=cast(Name,Edm.Stream) eq null', '12345678'],
    ['$orderby=Photo eq null,Id desc&$top=2', '18'],
  ])('%s tells whether there is one', async (query, ids) => {
    const { status, text, json } = await service.get(encodeURI(`Things?${query}`));
    expect([status, status === 200 ? json.value.map(({ Id }: { Id: number }) => Id).join('') : text]).toEqual([
      200,
      ids,
    ]);
  });

  it('and is none once it is removed', async () => {
    const all = encodeURI('Things?$filter=Photo ne null&$count=true&$top=0');
    const put = { headers: { 'content-type': 'text/plain' }, body: 'x' };
    expect((await service.send('PUT', 'Things(2)/Photo', put)).status).toBe(204);
    expect((await service.get(all)).json['@odata.count']).toBe(2);
    expect((await service.send('DELETE', 'Things(2)/Photo')).status).toBe(204);
    expect((await service.get(all)).json['@odata.count']).toBe(1);
  });

  it.each([
    '$compute=Photo as p',
    '$compute=case(true:Photo) as p',
    '$apply=groupby((Photo))',
    '$apply=groupby((Friend/Photo))',
    '$apply=aggregate(Photo with countdistinct as n)',
    '$filter=Place eq {"City":Photo}',
    '$filter=Photo eq Friend/Photo',
    '$filter=cast(Photo,Edm.Stream) eq Photo',
    '$filter=Photo in [null]',
    '$filter=concat(Photo,null) eq null',
    '$orderby=cast(Photo,Edm.Stream)',
    "$filter=Photo eq 'bytes'",
    '$filter=length(Photo) eq 5',
    '$filter=Photo',
    '$orderby=Photo',
    '$filter=Photo in (null)',
  ])('%s is 400', async (query) => {
    const { status, json } = await service.get(encodeURI(`Things?${query}`));
    expect([status, json.error.message]).toEqual([400, expect.stringContaining('Edm.Stream')]);
  });
});
