import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

const GENERAL = '19:general@thread.tacv2';
const ME = '00000000-0000-4000-8000-00000000006d';
const reference = (path: string) => `https://graph.microsoft.com/v1.0/${path}`;
const member = (user: string, ...roles: string[]) => ({
  '@odata.type': '#microsoft.graph.aadUserConversationMember',
  roles,
  'user@odata.bind': reference(`users('${user}')`),
});

// [Graph: Create team, Add member to team, List joinedTeams, List chats, Get primaryChannel]
onEachDatabase(
  'chats and teams are one',
  (service) => {
    const put = (url: string, json: object) => service.send('PUT', url, { json });
    const remove = async (url: string) => expect((await service.send('DELETE', url)).status).toBe(204);
    const membersOf = async (path: string) =>
      (await service.get(`${path}/members`)).json.value.map(
        ({ displayName, email, userId, roles }: Record<string, unknown>) => ({ displayName, email, userId, roles }),
      );

    beforeAll(async () => {
      await service.create('users', { id: 'ada', displayName: 'Ada', mail: 'ada@contoso.com' });
      await service.create('users', { id: 'bo', displayName: 'Bo', userPrincipalName: 'bo@contoso.com' });
    });
    afterAll(() => expect(service.faults).toEqual([]));

    describe('a team', () => {
      it('has a group with its id, and who made it owns both', async () => {
        const { id } = await service.create('teams', { displayName: 'One', visibility: 'private' });
        expect((await service.get(`groups/${id}`)).json).toMatchObject({
          displayName: 'One',
          groupTypes: ['Unified'],
          resourceProvisioningOptions: ['Team'],
          visibility: 'Private',
        });
        expect(await service.ids(`groups/${id}/owners`)).toEqual([ME]);
        expect(await membersOf(`teams/${id}`)).toEqual([expect.objectContaining({ userId: ME, roles: ['owner'] })]);
        expect(await service.ids('me/joinedTeams')).toContain(id);
        expect((await service.get(`teams/${id}/group`)).json.id).toBe(id);
        const { value } = (await service.get(`groups?$filter=id eq '${id}'&$expand=team`)).json;
        expect(value).toEqual([expect.objectContaining({ team: expect.objectContaining({ displayName: 'One' }) })]);
      });

      it('has the members that it is made with, and not who made it', async () => {
        const { id } = await service.create('teams', { displayName: 'Two', members: [member('ada', 'owner')] });
        const ada = { displayName: 'Ada', email: 'ada@contoso.com', userId: 'ada', roles: ['owner'] };
        expect(await membersOf(`teams/${id}`)).toEqual([ada]);
        expect(await service.ids(`groups/${id}/owners`)).toEqual(['ada']);
        expect(await service.ids('me/joinedTeams')).not.toContain(id);
      });

      it('is that of its group, whichever way it is made, read and changed', async () => {
        const { id } = await service.create('groups', {
          displayName: 'G',
          visibility: 'Public',
          groupTypes: ['Unified'],
        });
        await service.link(`groups/${id}/members`, 'bo');
        await service.link(`groups/${id}/owners`, 'ada');
        expect((await service.get(`groups/${id}/team`)).status).toBe(404);
        const made = await put(`groups/${id}/team`, { description: 'made' });
        expect([made.status, made.json]).toEqual([
          201,
          expect.objectContaining({ id, displayName: 'G', description: 'made', visibility: 'public' }),
        ]);
        expect(await membersOf(`teams/${id}`)).toMatchObject([
          { userId: 'ada', roles: ['owner'] },
          { userId: 'bo', roles: [] },
        ]);
        expect(await service.ids('users/bo/joinedTeams')).toContain(id);
        expect((await service.send('PATCH', `groups/${id}/team`, { json: { displayName: 'New' } })).status).toBe(204);
        expect((await service.get(`teams/${id}`)).json.displayName).toBe('New');
        expect((await service.post('teams', { 'group@odata.bind': reference(`groups/${id}`) })).status).toBe(400);
      });

      it('is made of a group that the request names', async () => {
        const { id } = await service.create('groups', { displayName: 'H' });
        const team = await service.create('teams', { 'group@odata.bind': reference(`groups('${id}')`) });
        expect(team).toMatchObject({ id, displayName: 'H' });
        expect((await service.get(`groups/${id}/team`)).json.id).toBe(id);
      });

      it('is not made where there is no group, or by its id', async () => {
        expect((await put('groups/nobody/team', {})).status).toBe(404);
        expect((await put('teams/nobody', {})).status).toBe(404);
        expect((await service.post('teams', { 'group@odata.bind': reference('groups/nobody') })).status).toBe(400);
        expect((await service.get('teams/nobody')).status).toBe(404);
      });

      it('has a general channel that stays', async () => {
        const { id } = await service.create('teams', { displayName: 'T', channels: [{ displayName: 'Other' }] });
        const { value } = (await service.get(`teams/${id}/channels`)).json;
        expect(value.map(({ displayName }: { displayName: string }) => displayName).toSorted()).toEqual([
          'General',
          'Other',
        ]);
        const message = await service.create(`teams/${id}/primaryChannel/messages`, { body: { content: 'hi' } });
        expect(await service.ids(`teams/${id}/channels/${GENERAL}/messages`)).toEqual([message.id]);
        expect(await service.ids(`groups/${id}/team/primaryChannel/messages`)).toEqual([message.id]);
        for (const path of [`channels/${GENERAL}`, 'primaryChannel'])
          expect((await service.send('DELETE', `teams/${id}/${path}`)).status).toBe(400);
      });

      it('goes with its group, and comes back with it', async () => {
        const { id } = await service.create('teams', { displayName: 'T', members: [member('bo')] });
        const message = await service.create(`teams/${id}/primaryChannel/messages`, {});
        await remove(`groups/${id}`);
        expect((await service.get(`teams/${id}`)).status).toBe(404);
        expect(await service.ids('users/bo/joinedTeams')).not.toContain(id);
        expect((await service.post(`directory/deletedItems/${id}/restore`)).status).toBe(200);
        expect(await service.ids(`teams/${id}/primaryChannel/messages`)).toEqual([message.id]);
        expect(await service.ids('users/bo/joinedTeams')).toContain(id);
        expect(await service.ids(`groups/${id}/members`)).toEqual(['bo']);
        await remove(`groups/${id}`);
        await remove(`directory/deletedItems/${id}`);
        expect((await service.post(`directory/deletedItems/${id}/restore`)).status).toBe(404);
        expect((await service.get(`teams/${id}`)).status).toBe(404);
      });
    });

    it('who joins a team joins its group, with the role, and leaves both', async () => {
      const { id } = await service.create('teams', { displayName: 'T' });
      const joined = await service.create(`teams/${id}/members`, member('bo'));
      expect(joined).toMatchObject({ displayName: 'Bo', email: 'bo@contoso.com', userId: 'bo', roles: [] });
      expect(await service.ids(`groups/${id}/members`)).toEqual([ME, 'bo']);
      expect(await service.ids('users/bo/joinedTeams')).toContain(id);
      const roles = { '@odata.type': '#microsoft.graph.aadUserConversationMember', roles: ['owner'] };
      expect((await service.send('PATCH', `teams/${id}/members/${joined.id}`, { json: roles })).status).toBe(200);
      expect(await service.ids(`groups/${id}/owners`)).toEqual([ME, 'bo']);
      await service.send('PATCH', `teams/${id}/members/${joined.id}`, { json: { ...roles, roles: [] } });
      expect(await service.ids(`groups/${id}/owners`)).toEqual([ME]);
      await remove(`teams/${id}/members/${joined.id}`);
      expect(await service.ids(`groups/${id}/members`)).toEqual([ME]);
      expect(await service.ids('users/bo/joinedTeams')).not.toContain(id);
    });

    it('a chat is found by who is in it, and shows the same whoever asks', async () => {
      const chat = await service.create('chats', {
        chatType: 'group',
        topic: 'x',
        members: [member('ada'), member('bo')],
      });
      expect(await membersOf(`chats/${chat.id}`)).toMatchObject([{ displayName: 'Ada' }, { displayName: 'Bo' }]);
      for (const user of ['ada', 'bo']) expect(await service.ids(`users/${user}/chats`)).toEqual([chat.id]);
      expect(await service.ids('me/chats')).toEqual([]);
      const message = await service.create(`users/ada/chats/${chat.id}/messages`, { body: { content: 'hi' } });
      expect(await service.ids(`chats/${chat.id}/messages`)).toEqual([message.id]);
      expect(await service.ids(`users/bo/chats/${chat.id}/messages`)).toEqual([message.id]);
      const path = `chats/${chat.id}/messages/${message.id}`;
      const pinned = await service.create(`chats/${chat.id}/pinnedMessages`, { 'message@odata.bind': reference(path) });
      expect((await service.get(`chats/${chat.id}/pinnedMessages/${pinned.id}/message`)).json.id).toBe(message.id);
      const [first] = await service.ids(`chats/${chat.id}/members`);
      await remove(`chats/${chat.id}/members/${first!}`);
      const left = [await service.ids('users/ada/chats'), await service.ids('users/bo/chats')];
      expect(left.flat()).toEqual([chat.id]);
      await remove(`chats/${chat.id}`);
      expect([await service.ids('users/ada/chats'), await service.ids('users/bo/chats')].flat()).toEqual([]);
    });

    it.each([
      ['chats', { members: [member('nobody')] }, 400],
      ['chats', { members: [{ ...member('ada'), roles: 'owner' }] }, 400],
      ['teams', { members: 5 }, 400],
      ['teams', { visibility: 'secret' }, 400],
    ])('nothing is left of what is refused: %s %j', async (set, json, status) => {
      const before = [await service.ids(set), await service.ids('groups')];
      expect((await service.post(set, json)).status).toBe(status);
      expect([await service.ids(set), await service.ids('groups')]).toEqual(before);
    });

    it('is what seeds make of them, too', async () => {
      await service.seed('users/ada/chats/seeded', { topic: 'seeded' });
      await service.seed('groups/g/team', { displayName: 'seeded' });
      expect((await service.get('chats/seeded')).json.topic).toBe('seeded');
      expect((await service.get('teams/g')).json.displayName).toBe('seeded');
      await service.seed('teams/s/primaryChannel', { description: 'seeded' });
      expect(await service.ids('teams/s/channels')).toHaveLength(1);
    });

    // [Graph: Configuring the built-in tab types in Microsoft Teams]
    it('tabs show apps of the catalog, some of which are there from the start', async () => {
      const { id } = await service.create('teams', { displayName: 'T' });
      const path = "appCatalogs/teamsApps('com.microsoft.teamspace.tab.web')";
      expect((await service.get(path)).json).toMatchObject({ displayName: 'Website', distributionMethod: 'store' });
      const tabs = `teams/${id}/primaryChannel/tabs`;
      await service.create(tabs, { displayName: 'x', 'teamsApp@odata.bind': reference(path) });
      const { value } = (await service.get(`${tabs}?$expand=teamsApp`)).json;
      expect(value).toEqual([
        expect.objectContaining({ teamsApp: expect.objectContaining({ displayName: 'Website' }) }),
      ]);
      const unknown = { 'teamsApp@odata.bind': reference('appCatalogs/teamsApps/nobody') };
      expect((await service.post(tabs, unknown)).status).toBe(400);
    });

    // [Graph: conversationMember: add, conversationMember: remove]
    it.each(['teams', 'chats'])('several members of %s are added and removed at once, or none', async (set) => {
      const held = set === 'teams' ? 'joinedTeams' : 'chats';
      const { id } = await service.create(set, set === 'teams' ? { displayName: 'T' } : { topic: 'T' });
      const list = async () => (await membersOf(`${set}/${id}`)).map(({ userId }: { userId: string }) => userId);
      const before = await list();
      const act = (action: string, ...values: object[]) => service.post(`${set}/${id}/members/${action}`, { values });
      const added = await act('add', member('ada', 'owner'), member('bo'));
      expect([added.status, added.headers.has('x-mockgraph-answer')]).toEqual([200, false]);
      const result = { '@odata.type': '#microsoft.graph.aadUserConversationMemberResult', error: null };
      expect(added.json.value).toEqual([
        { ...result, userId: 'ada' },
        { ...result, userId: 'bo' },
      ]);
      expect(await list()).toEqual([...before, 'ada', 'bo']);
      expect(await service.ids(`users/ada/${held}`)).toContain(id);
      if (set === 'teams') expect(await service.ids(`groups/${id}/owners`)).toContain('ada');

      expect((await act('add', member('bo', 'owner'))).status).toBe(200);
      expect((await membersOf(`${set}/${id}`)).at(-1)).toMatchObject({ userId: 'bo', roles: ['owner'] });

      for (const wrong of [member('nobody'), { ...member('ada'), 'user@odata.bind': 'nowhere' }, { roles: [] }]) {
        expect((await act('add', wrong)).status).toBe(400);
        expect((await act('remove', member('ada'), wrong)).status).toBe(400);
      }
      expect(await list()).toEqual([...before, 'ada', 'bo']);

      expect((await act('remove', member('ada'), member('bo'))).status).toBe(200);
      expect(await list()).toEqual(before);
      expect(await service.ids(`users/ada/${held}`)).not.toContain(id);
      expect((await act('remove', member('ada'))).status).toBe(400);
    });

    it('many who join at once are all in', async () => {
      const { id } = await service.create('teams', { displayName: 'T' });
      const users = Array.from({ length: 6 }, (_, n) => `crowd${String(n)}`);
      for (const user of users) await service.create('users', { id: user, displayName: user });
      const answers = await Promise.all(users.map((user) => service.post(`teams/${id}/members`, member(user))));
      expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
      const joined = users.filter((_, n) => answers[n]!.status === 201);
      expect(await service.ids(`groups/${id}/members`)).toEqual([ME, ...joined]);
      expect((await membersOf(`teams/${id}`)).length).toBe(joined.length + 1);
    });
  },
  { fixture: 'collaboration' },
);
