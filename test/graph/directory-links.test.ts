import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

onEachDatabase('relations between objects of the directory', (service) => {
  beforeAll(async () => {
    for (const id of ['ada', 'bob', 'cid', 'dan']) await service.create('users', { id, displayName: id });
    for (const id of ['inner', 'middle', 'outer', 'round', 'circle'])
      await service.create('groups', { id, displayName: id });
    await service.create('devices', { id: 'laptop' });
    await service.create('directory/administrativeUnits', { id: 'unit' });
    const members = [
      ['inner', 'ada'],
      ['inner', 'laptop'],
      ['middle', 'inner'],
      ['middle', 'bob'],
      ['outer', 'middle'],
      ['outer', 'ada'],
      ['round', 'circle'],
      ['circle', 'round'],
      ['circle', 'cid'],
    ] as const;
    for (const [group, member] of members) await service.link(`groups/${group}/members`, member);
    await service.link('directory/administrativeUnits/unit/members', 'outer');
    await service.link('users/ada/manager', 'bob');
    await service.link('users/bob/manager', 'cid');
    await service.link('groups/outer/owners', 'dan');
    await service.link('devices/laptop/registeredOwners', 'dan');
    await service.link('users/dan/registeredDevices', 'laptop');
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    ['groups/inner/members', ['ada', 'laptop']],
    ['users/ada/memberOf', ['inner', 'outer']],
    ['groups/outer/memberOf', ['unit']],
    ['users/bob/directReports', ['ada']],
    ['users/dan/ownedObjects', ['outer']],
    ['users/dan/ownedDevices', ['laptop']],
    ['devices/laptop/registeredUsers', ['dan']],
  ])('both ends tell the same: %s', async (url, ids) => {
    expect(await service.ids(url)).toEqual(ids);
  });

  it.each([
    ['groups/outer/transitiveMembers', ['ada', 'bob', 'inner', 'laptop', 'middle']],
    ['groups/inner/transitiveMembers', ['ada', 'laptop']],
    ['users/ada/transitiveMemberOf', ['inner', 'middle', 'outer', 'unit']],
    ['devices/laptop/transitiveMemberOf', ['inner', 'middle', 'outer', 'unit']],
    ['users/cid/transitiveReports', ['ada', 'bob']],
    ['users/dan/transitiveMemberOf', []],
  ])('what is reached in any number of steps is there once: %s', async (url, ids) => {
    expect(await service.ids(url)).toEqual(ids);
  });

  it('circles end', async () => {
    expect(await service.ids('groups/round/transitiveMembers')).toEqual(['cid', 'circle', 'round']);
    expect(await service.ids('users/cid/transitiveMemberOf')).toEqual(['circle', 'round']);
  });

  it('base types are answered with the type of each item', async () => {
    const { json } = await service.get('groups/inner/transitiveMembers');
    expect(json.value.map((each: Record<string, string>) => each['@odata.type']).toSorted()).toEqual([
      '#microsoft.graph.device',
      '#microsoft.graph.user',
    ]);
  });

  describe('transitive relations', () => {
    it.each([
      ['groups/outer/transitiveMembers/microsoft.graph.user', ['ada', 'bob']],
      ['users/ada/transitiveMemberOf/graph.group', ['inner', 'middle', 'outer']],
      ["users?$filter=transitiveMemberOf/any(g:g/id eq 'middle')", ['ada', 'bob']],
    ])('%s', async (url, ids) => {
      expect(await service.ids(`${url}${url.includes('?') ? '&' : '?'}$count=true`.replaceAll(' ', '%20'))).toEqual(
        ids,
      );
    });

    it('are expanded', async () => {
      const { json } = await service.get('groups?$expand=transitiveMembers($select=id)&$select=id');
      const found = json.value.map((group: { id: string; transitiveMembers: { id: string }[] }) => [
        group.id,
        group.transitiveMembers.map(({ id }) => id).toSorted(),
      ]);
      expect(Object.fromEntries(found)).toMatchObject({
        inner: ['ada', 'laptop'],
        middle: ['ada', 'bob', 'inner', 'laptop'],
        round: ['cid', 'circle', 'round'],
      });
    });

    it('have a single member by its key, pages and a count', async () => {
      expect((await service.get('groups/outer/transitiveMembers/laptop')).json.id).toBe('laptop');
      expect((await service.get('groups/outer/transitiveMembers/cid')).status).toBe(404);
      const { json } = await service.get('groups/outer/transitiveMembers?$top=2');
      expect([json.value.length, typeof json['@odata.nextLink']]).toEqual([2, 'string']);
      const headers = { consistencylevel: 'eventual' };
      const count = await service.send('GET', 'groups/outer/transitiveMembers/$count', { headers });
      expect([count.status, count.text]).toEqual([200, '5']);
    });

    it('are only read', async () => {
      const json = { '@odata.id': 'directoryObjects/dan' };
      expect((await service.send('POST', 'groups/inner/transitiveMembers/$ref', { json })).status).toBe(405);
      expect((await service.send('DELETE', 'groups/inner/transitiveMembers/ada/$ref')).status).toBe(405);
      expect(await service.ids('groups/inner/transitiveMembers')).toEqual(['ada', 'laptop']);
    });
  });
});
