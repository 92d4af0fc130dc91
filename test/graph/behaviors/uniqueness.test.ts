import { afterAll, expect, it } from '@jest/globals';

import { onEachDatabase } from '../directory-service.js';

onEachDatabase('names that are unique', (service) => {
  afterAll(() => expect(service.faults).toEqual([]));

  const refused = { code: 'Conflict', details: [{ code: 'ObjectConflict' }] };

  it.each([
    ['applications', { appId: 'app' }, 'appId'],
    ['users', { userPrincipalName: 'ada@example.com' }, 'userPrincipalName'],
  ])('%s %j', async (collection, json, name) => {
    const { id } = await service.create(collection, json);
    const again = await service.post(collection, json);
    expect([again.status, again.json.error]).toMatchObject([409, { ...refused, target: name }]);

    const other = await service.create(collection, { [name]: 'other@example.com' });
    const renamed = await service.send('PATCH', `${collection}/${other.id}`, { json });
    expect([renamed.status, renamed.json.error]).toMatchObject([409, refused]);

    expect([200, 204]).toContain((await service.send('PATCH', `${collection}/${id}`, { json })).status);
    await service.create(collection, {});
    await service.create(collection, {});

    await service.send('DELETE', `${collection}/${id}`);
    await service.create(collection, json);
  });

  it('an id is given to one object of the directory, deleted ones included', async () => {
    await service.create('users', { id: 'one' });
    expect((await service.post('groups', { id: 'one' })).status).toBe(409);
    await service.send('DELETE', 'users/one');
    expect((await service.post('users', { id: 'one' })).status).toBe(409);
    await service.send('DELETE', 'directory/deletedItems/one');
    await service.create('users', { id: 'one' });
  });
});
