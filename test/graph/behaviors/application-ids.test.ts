import { afterAll, expect, it } from '@jest/globals';

import { onEachDatabase } from '../directory-service.js';

onEachDatabase('ids of applications', (service) => {
  afterAll(() => expect(service.faults).toEqual([]));

  it('are made for applications that come without one, and lead to them', async () => {
    const [one, two] = [
      await service.create('applications', { displayName: 'One' }),
      await service.create('applications', { displayName: 'Two', appId: null }),
    ];
    expect(one['appId']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(two['appId']).not.toBe(one['appId']);
    const { json } = await service.get(`applications(appId='${one['appId'] as string}')`);
    expect(json.id).toBe(one['id']);
  });

  it('that are given stay, and are taken then', async () => {
    const appId = '11111111-2222-4333-8444-555555555555';
    expect(await service.create('applications', { displayName: 'Three', appId })).toMatchObject({ appId });
    expect((await service.post('applications', { displayName: 'Four', appId })).status).toBe(409);
  });
});
