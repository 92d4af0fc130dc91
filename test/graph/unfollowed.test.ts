import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, type DirectoryService } from './directory-service.js';

const SUBSCRIPTION = {
  changeType: 'updated',
  notificationUrl: 'https://example.com/notify',
  resource: 'users',
  expirationDateTime: '2026-02-01T00:00:00Z',
};

onEachDatabase('what goes on after its answer', (service: DirectoryService) => {
  let file: { id: string };
  beforeAll(async () => {
    await service.create('drives', { id: 'shared', name: 'Shared' });
    await service.create('groups', { id: 'crew', displayName: 'Crew' });
    file = await service.create('drives/shared/root/children', { name: 'a.txt', file: {} });
    await service.seed('subscriptions/1', SUBSCRIPTION);
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    ['a subscription [Graph: Create subscription]', 'subscriptions', SUBSCRIPTION],
    [
      'an upload session of an item [Graph: driveItem: createUploadSession]',
      'drives/shared/items/ID/createUploadSession',
      {},
    ],
    ['one at a path where nothing is yet', 'drives/shared/root:/new.bin:/createUploadSession', {}],
    ['one of anything else', 'groups/crew/createUploadSession', {}],
    ['a copy [Graph: driveItem: copy]', 'drives/shared/items/ID/copy', { name: 'b.txt' }],
    ['an operation that is followed by its id', 'drives/shared/migrate', {}],
  ])('is refused, and said so: %s', async (_, path, json) => {
    const { status, json: answer, headers } = await service.post(path.replace('ID', file.id), json);
    expect([status, answer.error.message]).toEqual([501, expect.stringContaining('not supported')]);
    expect(headers.get('x-mockgraph-answer')).toBeUndefined();
  });

  it('has left nothing behind', async () => {
    expect(await service.ids('subscriptions')).toEqual(['1']);
    expect(await service.ids('drives/shared/root/children')).toEqual([file.id]);
  });

  it('leaves alone what shares a name with it', async () => {
    const { status, headers } = await service.post('groups/crew/copy', { DestinationId: 'x' });
    expect([status, headers.get('x-mockgraph-answer')]).toEqual([200, 'sample']);
  });

  it('seeded subscriptions are read, changed and deleted', async () => {
    expect((await service.get('subscriptions/1')).json).toMatchObject(SUBSCRIPTION);
    const json = { expirationDateTime: '2026-03-01T00:00:00Z' };
    expect((await service.send('PATCH', 'subscriptions/1', { json })).status).toBe(200);
    expect((await service.get('subscriptions/1')).json).toMatchObject(json);
    expect((await service.send('DELETE', 'subscriptions/1')).status).toBe(204);
  });
});
