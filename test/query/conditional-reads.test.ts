// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase('reads under conditions [OData-Protocol 8.2.4, 8.2.5]', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    const photo = { headers: { 'content-type': 'text/plain' }, body: 'bytes' };
    expect((await service.send('PUT', 'Things(1)/Photo', photo)).status).toBe(204);
  });

  it.each([
    'Things(1)',
    'Things(1)?$expand=Friends',
    'Things(1)/Name',
    'Things(1)/Name/$value',
    'Things(1)/Place',
    'Things(1)/Photo',
  ])('%s comes only to those whose If-Match names it, and not to those who have it', async (address) => {
    const etag = (await service.get(address)).headers.get('ETag')!;
    expect(etag).toMatch(/^W\/"\d+"$/);
    const answers = async (name: string, ...values: readonly string[]) => {
      const statuses: number[] = [];
      for (const value of values) statuses.push((await service.get(address, { [name]: value })).status);
      return statuses;
    };
    expect(await answers('if-match', etag, '*', `"other", ${etag}`, '"other"', 'W/"999"', '')).toEqual([
      200, 200, 200, 412, 412, 412,
    ]);
    expect(await answers('if-none-match', etag, '*', '"other"')).toEqual([304, 304, 200]);
    const both = { 'if-match': '"other"', 'if-none-match': etag };
    expect((await service.get(address, both)).json.error.code).toBe('PreconditionFailed');
  });

  it('what is not there is 404 whatever the condition', async () => {
    expect((await service.get('Things(99)', { 'if-match': '*' })).status).toBe(404);
  });
});
