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

  // [Graph: Create a sharing link for a driveItem, message: createForward] [CSDL-XML 7.2.1]
  it('needs no lists among the parameters of an action that the schema does not demand', async () => {
    await service.create('users', { id: 'ada', displayName: 'Ada' });
    const { status, json: found } = await service.post('directoryObjects/getByIds', { ids: ['ada'] });
    expect([status, found.value.length]).toEqual([200, 1]);
    for (const json of [{}, { types: [] }, undefined]) {
      const { status, json: answer } = await service.post('directoryObjects/getByIds', json);
      expect([status, answer.error.message]).toEqual([400, "The parameter 'ids' is missing."]);
    }
    expect((await service.post('directoryObjects/getByIds', { ids: ['ada'], types: null })).status).toBe(400);
  });

  // [Graph: Use query parameters, $filter] [OData-URL 5.1.1.18]
  it('compares date-times with dates, which begin at midnight in UTC', async () => {
    await service.create('users', { id: 'eva', displayName: 'Eva' });
    for (const sentDateTime of ['2017-03-31T23:59:59Z', '2017-04-01T00:00:00Z', '2017-05-01T01:00:00+02:00'])
      await service.create('users/eva/messages', { subject: sentDateTime, sentDateTime });
    const found = async (filter: string) => {
      const { json } = await service.get(`users/eva/messages?$filter=${filter.replaceAll(' ', '%20')}`);
      return json.value.map(({ subject }: { subject: string }) => subject).toSorted();
    };
    const april = ['2017-04-01T00:00:00Z', '2017-05-01T01:00:00+02:00'];
    expect(await found('SentDateTime ge 2017-04-01 and sentDateTime lt 2017-05-01')).toEqual(april);
    expect(await found('sentDateTime eq 2017-04-01')).toEqual(['2017-04-01T00:00:00Z']);
    expect(await found('date(sentDateTime) lt 2017-04-01')).toEqual(['2017-03-31T23:59:59Z']);
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

    it('asks for lists among the parameters of an action', async () => {
      const { status, json } = await service.post('directoryObjects/getByIds', { ids: [] });
      expect([status, json.error.message]).toEqual([400, "The parameter 'types' is missing."]);
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
