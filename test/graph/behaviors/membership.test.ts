import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from '../directory-service.js';

onEachDatabase('membership', (service) => {
  beforeAll(async () => {
    await service.create('users', { id: 'ada' });
    await service.create('groups', { id: 'list', securityEnabled: false });
    await service.create('groups', { id: 'secured', securityEnabled: true });
    await service.create('groups', { id: 'stranger', securityEnabled: true });
    await service.create('directory/administrativeUnits', { id: 'unit' });
    await service.link('groups/list/members', 'ada');
    await service.link('groups/secured/members', 'list');
    await service.link('groups/list/members', 'secured');
    await service.link('directory/administrativeUnits/unit/members', 'secured');
  });
  afterAll(() => expect(service.faults).toEqual([]));

  const call = async (name: string, json: object, path = 'users/ada') => {
    const { status, json: answer } = await service.post(`${path}/${name}`, json);
    return [status, ...(status === 200 ? [...answer.value].toSorted() : [answer.error.target])];
  };

  describe('through groups in groups, circles included', () => {
    it.each([
      ['getMemberGroups', { securityEnabledOnly: false }, [200, 'list', 'secured']],
      ['getMemberGroups', { securityEnabledOnly: true }, [200, 'secured']],
      ['microsoft.graph.getMemberObjects', {}, [200, 'list', 'secured', 'unit']],
      ['getMemberObjects', { securityEnabledOnly: true }, [200, 'secured']],
      ['checkMemberGroups', { groupIds: ['secured', 'stranger', 'unit', 'secured', 'none'] }, [200, 'secured']],
      ['checkMemberObjects', { ids: ['secured', 'stranger', 'unit'] }, [200, 'secured', 'unit']],
      ['checkMemberObjects', { ids: [] }, [200]],
    ])('%s %j', async (name, json, expected) => {
      expect(await call(name, json)).toEqual(expected);
    });
  });

  it('checks 20 ids at once at most', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index));
    expect(await call('checkMemberGroups', { groupIds: ids(20) })).toEqual([200]);
    expect(await call('checkMemberGroups', { groupIds: ids(21) })).toEqual([400, 'groupIds']);
  });

  it('is asked of what exists, with the parameters that are declared', async () => {
    expect((await service.post('users/nobody/getMemberGroups', {})).status).toBe(404);
    expect((await service.post('users/ada/getMemberGroups', { colour: 'red' })).status).toBe(400);
    expect((await service.post('users/ada/checkMemberGroups', {})).status).toBe(400);
    expect((await service.post('users/ada/checkMemberGroups', { groupIds: [1] })).status).toBe(400);
  });

  describe('getByIds [Graph: directoryObject: getByIds]', () => {
    const ids = ['ada', 'secured', 'unit', 'none', '\ud800', 'ada'];

    it.each([
      [['directoryObject'], ['ada', 'secured', 'unit']],
      [['user'], ['ada']],
      [
        ['microsoft.graph.group', 'user'],
        ['ada', 'secured'],
      ],
      [['unicorn'], []],
    ])('of the types %j', async (types, found) => {
      const { status, json } = await service.post('directoryObjects/getByIds', { ids, types });
      expect([status, json.value.map(({ id }: { id: string }) => id).toSorted()]).toEqual([200, found]);
    });

    it('names the type of each, and leaves deleted ones out', async () => {
      await service.create('users', { id: 'left' });
      await service.send('DELETE', 'users/left');
      const { json } = await service.post('directoryObjects/getByIds', { ids: ['left', 'ada'], types: ['user'] });
      expect(json.value).toMatchObject([{ '@odata.type': '#microsoft.graph.user', id: 'ada' }]);
    });
  });

  it('validates names of groups alone', async () => {
    expect((await service.post('directoryObjects/validateProperties', { entityType: 'Group' })).status).toBe(204);
    expect((await service.post('directoryObjects/validateProperties', { entityType: 'User' })).status).toBe(400);
  });
});
