// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase('streams within expressions', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    const photo = { headers: { 'content-type': 'text/plain' }, body: 'bytes' };
    expect((await service.send('PUT', 'Things(1)/Photo', photo)).status).toBe(204);
  });

  // What there is would look like null.
  it.each([
    '$filter=Photo ne null',
    '$filter=null eq Photo',
    '$filter=isof(Photo,Edm.Stream)',
    '$filter=cast(Photo,Edm.String) eq null',
    '$filter=Friends/any(f:f/Photo eq null)',
    '$filter=case(Photo eq null:true,true:false)',
    '$orderby=Photo eq null',
    '$compute=Photo as p',
    '$expand=Friends($filter=Photo ne null)',
    '$apply=filter(Photo ne null)',
    '$apply=groupby((Photo))',
    '$apply=groupby((Friend/Photo))',
  ])('%s is 501', async (query) => {
    const { status, json } = await service.get(encodeURI(`Things?${query}`));
    expect([status, json.error.message]).toEqual([
      501,
      expect.stringContaining('A stream as a value is not supported'),
    ]);
  });

  it.each([
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
