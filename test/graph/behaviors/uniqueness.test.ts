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

  it.each([
    ['users', 'userPrincipalName'],
    ['applications', 'appId'],
  ])('one of many %s that are created at the same time gets a %s', async (collection, name) => {
    const names = ['parallel@example.com', 'PARALLEL@example.com'];
    const post = (_: unknown, index: number) => service.post(collection, { [name]: names[index % 2] });
    const statuses = (await Promise.all(Array.from({ length: 20 }, post))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array(19).fill(409)]);
  });

  it('one of many objects that are renamed or created at the same time gets a name, whatever its set', async () => {
    const created = await Promise.all(Array.from({ length: 10 }, () => service.create('users', {})));
    const json = { userPrincipalName: 'renamed@example.com' };
    const changes = created.map(({ id }) => service.send('PATCH', `users/${id}`, { json }));
    const statuses = (await Promise.all([...changes, service.post('users', json)])).map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(10);

    const sets = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'users' : 'groups'));
    const objects = await Promise.all(sets.map((set) => service.post(set, { id: 'everywhere' })));
    expect(objects.map(({ status }) => status).toSorted()).toEqual([201, ...Array(9).fill(409)]);
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
