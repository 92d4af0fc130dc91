import { afterAll, expect, it } from '@jest/globals';

import { onEachDatabase, type DirectoryService } from './directory-service.js';

const made = async (service: DirectoryService, collection: string, json: object) => {
  const { status, json: answer } = await service.post(collection, json);
  return [status, answer];
};

onEachDatabase('a service that takes what the documentation shows', (service) => {
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    ['contracts', { color: 'DARKRED' }, { color: 'darkRed' }],
    ['contracts', { count: 7 }, { count: 7 }],
    ['ledgers', { name: 'a' }, { name: 'a', pages: 0 }],
  ])('%s %j', async (collection, json, stored) => {
    expect(await made(service, collection, json)).toMatchObject([201, stored]);
  });
});

onEachDatabase(
  'a service that takes no more than its schema allows',
  (service) => {
    afterAll(() => expect(service.faults).toEqual([]));

    it.each([
      ['contracts', { color: 'DARKRED' }, 'color'],
      ['ledgers', { name: 'a' }, 'pages'],
    ])('%s %j is refused', async (collection, json, target) => {
      expect(await made(service, collection, json)).toMatchObject([
        400,
        { error: { message: expect.stringContaining(target) } },
      ]);
    });

    it('leaves computed values out', async () => {
      const { count, ...others } = await service.create('contracts', { count: 7, color: 'darkRed' });
      expect([count ?? null, others.color]).toEqual([null, 'darkRed']);
      const { json } = await service.send('PATCH', `contracts/${others.id}`, { json: { count: 8, color: 'blue' } });
      expect([json.count ?? null, json.color]).toEqual([null, 'blue']);
    });
  },
  { strict: true },
);
