import { afterAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from '../directory-service.js';

const DELETED = 'directory/deletedItems';

onEachDatabase('deleted items [Graph: directory resource type]', (service) => {
  const user = (id: string, changes: object = {}) =>
    service.create('users', { id, userPrincipalName: `${id}@example.com`, displayName: id, ...changes });
  const remove = async (path: string) => expect((await service.send('DELETE', path)).status).toBe(204);

  afterAll(() => expect(service.faults).toEqual([]));

  describe('an object that is deleted', () => {
    it('stands there alone, with the time of its deletion and its type', async () => {
      await user('gone');
      await remove('users/gone');
      expect((await service.get('users/gone')).status).toBe(404);
      expect((await service.get('users/gone@example.com')).status).toBe(404);
      expect((await service.get('directoryObjects/gone')).status).toBe(404);
      const { status, json } = await service.get(`${DELETED}/gone`);
      expect([status, json]).toMatchObject([
        200,
        { '@odata.type': '#microsoft.graph.user', id: 'gone', deletedDateTime: '2026-01-02T03:04:05Z' },
      ]);
    });

    it('is found by casts to its type, under name and alias', async () => {
      await user('cast');
      await remove('users/cast');
      for (const cast of ['microsoft.graph.user', 'graph.user'])
        expect(await service.ids(`${DELETED}/${cast}`)).toContain('cast');
      expect(await service.ids(`${DELETED}/microsoft.graph.group`)).not.toContain('cast');
      expect((await service.get(`${DELETED}/microsoft.graph.user/cast`)).json.displayName).toBe('cast');
      expect((await service.get(`${DELETED}/microsoft.graph.group/cast`)).status).toBe(404);
    });

    it('has no relations any more', async () => {
      await user('linked');
      await user('chief');
      await service.create('groups', { id: 'team', groupTypes: ['Unified'] });
      await service.link('groups/team/members', 'linked');
      await service.link('users/linked/manager', 'chief');
      await remove('users/linked');
      expect(await service.ids('groups/team/members')).toEqual([]);
      expect(await service.ids('users/chief/directReports')).toEqual([]);
      await service.post(`${DELETED}/linked/restore`);
      expect(await service.ids('users/linked/memberOf')).toEqual([]);
    });

    it('keeps what it contains and its photo', async () => {
      await user('owner');
      await service.create('users/owner/contacts', { id: 'friend', displayName: 'Friend' });
      await service.send('PUT', 'users/owner/photo/$value', {
        body: 'bytes',
        headers: { 'content-type': 'image/png' },
      });
      await remove('users/owner');
      expect((await service.get('users/owner/contacts/friend')).status).toBe(404);
      expect((await service.post(`${DELETED}/owner/restore`)).status).toBe(200);
      expect((await service.get('users/owner/contacts/friend')).json.displayName).toBe('Friend');
      expect((await service.get('users/owner/photo/$value')).text).toBe('bytes');
    });

    it('cannot be changed, and nothing is created there', async () => {
      await user('fixed');
      await remove('users/fixed');
      const answers = [
        await service.send('PATCH', `${DELETED}/fixed`, { json: { displayName: 'new' } }),
        await service.post(DELETED, { '@odata.type': '#microsoft.graph.user', id: 'made' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([405, 405]);
      expect((await service.get(`${DELETED}/made`)).status).toBe(404);
    });

    it('is gone for good when it is deleted there', async () => {
      await user('twice');
      await remove('users/twice');
      await remove(`${DELETED}/twice`);
      expect((await service.get(`${DELETED}/twice`)).status).toBe(404);
      expect((await service.send('DELETE', `${DELETED}/twice`)).status).toBe(404);
      expect((await service.post(`${DELETED}/twice/restore`)).status).toBe(404);
    });

    it('is told of by delta as removed, and whether it can come back [Graph: Delta query]', async () => {
      await user('tracked');
      const first = await service.get('users/delta?$select=displayName');
      const link = first.json['@odata.deltaLink'].replace('http://host/v1.0/', '');
      await remove('users/tracked');
      const { json } = await service.get(link);
      expect(json.value).toEqual([{ id: 'tracked', '@removed': { reason: 'changed' } }]);
      await service.post(`${DELETED}/tracked/restore`);
      const next = json['@odata.deltaLink'].replace('http://host/v1.0/', '');
      expect((await service.get(next)).json.value).toMatchObject([{ id: 'tracked' }]);
    });
  });

  describe('which objects', () => {
    it.each([
      ['applications', { displayName: 'a' }, true],
      ['directory/administrativeUnits', { displayName: 'a' }, true],
      ['groups', { groupTypes: ['Unified'] }, true],
      ['groups', { groupTypes: ['DynamicMembership', 'Unified'] }, true],
      ['groups', { groupTypes: [] }, false],
      ['devices', { displayName: 'd' }, false],
    ])('%s %j: %j', async (collection, json, isKept) => {
      const { id } = await service.create(collection, json);
      await remove(`${collection}/${id}`);
      expect((await service.get(`${DELETED}/${id}`)).status).toBe(isKept ? 200 : 404);
      if (!isKept) return;
      const { status, json: restored } = await service.post(`${DELETED}/${id}/microsoft.graph.restore`);
      expect([status, restored]).toMatchObject([200, { id, deletedDateTime: null }]);
      expect((await service.get(`${collection}/${id}`)).status).toBe(200);
    });
  });

  describe('restore [Graph: Restore deleted item]', () => {
    it('brings the object back under every path', async () => {
      await user('back');
      await remove('users/back');
      const { status, json } = await service.post(`${DELETED}/back/restore`);
      expect([status, json]).toMatchObject([200, { '@odata.type': '#microsoft.graph.user', id: 'back' }]);
      for (const path of ['users/back', 'users/back@example.com', 'directoryObjects/back'])
        expect([path, (await service.get(path)).status]).toEqual([path, 200]);
      expect((await service.get(`${DELETED}/back`)).status).toBe(404);
    });

    it('is refused where the name is taken, unless another one is given', async () => {
      await user('first', { userPrincipalName: 'same@example.com' });
      await remove('users/first');
      await user('second', { userPrincipalName: 'Same@Example.com' });
      const { status, json } = await service.post(`${DELETED}/first/restore`);
      expect([status, json.error.code, json.error.details[0].code]).toEqual([409, 'Conflict', 'ObjectConflict']);
      expect((await service.get(`${DELETED}/first`)).status).toBe(200);
      const renamed = await service.post(`${DELETED}/first/restore`, { newUserPrincipalName: 'first@example.com' });
      expect([renamed.status, renamed.json.userPrincipalName]).toEqual([200, 'first@example.com']);
    });

    it('is refused for what is not deleted, and for new names of what has none', async () => {
      await user('present');
      expect((await service.post('users/present/restore')).status).toBe(400);
      const { id } = await service.create('applications', {});
      await remove(`applications/${id}`);
      expect((await service.post(`${DELETED}/${id}/restore`, { newUserPrincipalName: 'a' })).status).toBe(400);
      expect((await service.post(`${DELETED}/${id}/restore`, { colour: 'red' })).status).toBe(400);
      expect((await service.get(`${DELETED}/${id}`)).status).toBe(200);
    });

    it('happens once, however often it is asked for at the same time', async () => {
      await user('raced');
      await remove('users/raced');
      const answers = await Promise.all(Array.from({ length: 5 }, () => service.post(`${DELETED}/raced/restore`)));
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses[0]).toBe(200);
      for (const status of statuses.slice(1)) expect([404, 409]).toContain(status);
      expect((await service.get('users/raced')).status).toBe(200);
    });

    it.each(['a b', 'a/b', 'a:b', "O'Neil", '100%', '..', 'ü'])('knows the id %j', async (name) => {
      const id = `restored ${name}`;
      await service.create('groups', { id, groupTypes: ['Unified'] });
      await remove(`groups/${encodeURIComponent(id)}`);
      expect((await service.post(`${DELETED}/${encodeURIComponent(id)}/restore`)).status).toBe(200);
      expect((await service.get(`groups/${encodeURIComponent(id)}`)).json.id).toBe(id);
    });
  });
});
