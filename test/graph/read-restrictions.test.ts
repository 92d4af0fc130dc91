import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

onEachDatabase('reading that the schema rules out [Capabilities ReadRestrictions]', (service) => {
  beforeAll(async () => {
    for (const set of ['listedLedgers', 'pickedLedgers']) await service.create(set, { id: 'a', name: 'A' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    ['GET', 'listedLedgers', 200],
    ['GET', 'listedLedgers/a', 405],
    ['GET', "listedLedgers('a')", 405],
    ['HEAD', 'listedLedgers/a', 405],
    ['PATCH', 'listedLedgers/a', 200],
    ['GET', 'pickedLedgers', 405],
    ['HEAD', 'pickedLedgers', 405],
    ['GET', 'pickedLedgers/$count', 405],
    ['GET', 'pickedLedgers/a', 200],
    ['HEAD', 'pickedLedgers/a', 200],
  ])('%s %s is %d', async (method, url, status) => {
    expect((await service.send(method, url, method === 'PATCH' ? { json: { pages: 1 } } : {})).status).toBe(status);
  });
});
