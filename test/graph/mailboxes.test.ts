import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from './directory-service.js';

const ADA = 'users/ada';

onEachDatabase('mailboxes', (service) => {
  const subjects = async (url: string): Promise<string[]> => {
    const { status, json, text } = await service.get(url);
    expect([status, text]).toEqual([200, text]);
    return json.value.map(({ subject }: { subject: string }) => subject).toSorted();
  };

  beforeAll(async () => {
    await service.create('users', { id: 'ada' });
    await service.create('users', { id: 'bob' });
    await service.create('groups', { id: 'team', displayName: 'Team' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  describe('have folders from the start [Graph: mailFolder resource type]', () => {
    it('in lists, by their names, and counted', async () => {
      const { json } = await service.get(`${ADA}/mailFolders`);
      const names = ['Archive', 'Deleted Items', 'Drafts', 'Inbox', 'Junk Email', 'Outbox', 'Sent Items'];
      expect(json.value.map((each: any) => each.displayName).toSorted()).toEqual(names); // oxlint-disable-line typescript/no-explicit-any
      expect((await service.get(`${ADA}/mailFolders/$count`)).text).toBe('7');
      expect((await service.get('users/bob/mailFolders/sentitems')).json.displayName).toBe('Sent Items');
      expect((await service.get(`${ADA}/mailFolders?$filter=displayName%20eq%20'Inbox'`)).json.value).toHaveLength(1);
    });

    it('which nobody can delete', async () => {
      expect((await service.send('DELETE', `${ADA}/mailFolders/inbox`)).status).toBe(400);
      expect((await service.get(`${ADA}/mailFolders/inbox`)).status).toBe(200);
    });

    it('with names that seeds may leave out', async () => {
      await service.seed('users/described/mailFolders/inbox', { childFolderCount: 0 });
      expect((await service.get('users/described/mailFolders/inbox')).json.displayName).toBe('Inbox');
      await service.seed('users/described/mailFolders/inbox', { displayName: 'Posteingang' });
      expect((await service.get('users/described/mailFolders/inbox')).json.displayName).toBe('Posteingang');
    });

    it('and no others', async () => {
      expect((await service.get(`${ADA}/mailFolders/spam`)).status).toBe(404);
      expect((await service.get('users/nobody/mailFolders/inbox')).status).toBe(404);
      expect((await service.get('users/nobody/mailFolders')).status).toBe(404);
      expect((await service.post('users/nobody/mailFolders/inbox/messages', {})).status).toBe(404);
      expect((await service.get('users/nobody')).status).toBe(404);
    });
  });

  describe('show a message by all paths that lead to it [Graph: List messages, Create message]', () => {
    it('one of a folder among all', async () => {
      const { id } = await service.create(`${ADA}/mailFolders/inbox/messages`, { subject: 'inside' });
      for (const path of [`${ADA}/messages/${id}`, `${ADA}/mailFolders/inbox/messages/${id}`])
        expect((await service.get(path)).json).toMatchObject({ id, subject: 'inside', parentFolderId: 'inbox' });
      expect((await service.get(`${ADA}/mailFolders/drafts/messages/${id}`)).status).toBe(404);
      expect((await service.get(`users/bob/messages/${id}`)).status).toBe(404);
    });

    it('one without a folder among the drafts', async () => {
      const { id, parentFolderId, isDraft } = await service.create(`${ADA}/messages`, { subject: 'draft' });
      expect([parentFolderId, isDraft]).toEqual(['drafts', true]);
      expect((await service.get(`${ADA}/mailFolders/drafts/messages/${id}`)).json.subject).toBe('draft');
      expect(await subjects(`${ADA}/mailFolders/inbox/messages`)).toEqual(['inside']);
      expect(await subjects(`${ADA}/messages`)).toEqual(['draft', 'inside']);
    });

    it('in the folder that it names itself', async () => {
      const { id } = await service.create(`${ADA}/messages`, { subject: 'named', parentFolderId: 'outbox' });
      expect((await service.get(`${ADA}/mailFolders/outbox/messages/${id}`)).status).toBe(200);
      expect((await service.post(`${ADA}/messages`, { parentFolderId: 'none' })).status).toBe(404);
      expect((await service.post(`${ADA}/mailFolders/inbox/messages`, { parentFolderId: 'drafts' })).status).toBe(400);
      expect((await service.send('DELETE', `${ADA}/messages/${id}`)).status).toBe(204);
    });

    it('with what belongs to it, and changes', async () => {
      const { id } = await service.create(`${ADA}/mailFolders/archive/messages`, { subject: 'old' });
      await service.create(`${ADA}/messages/${id}/attachments`, { name: 'a.txt' });
      const byFolder = `${ADA}/mailFolders/archive/messages/${id}`;
      expect((await service.get(`${byFolder}/attachments`)).json.value).toMatchObject([{ name: 'a.txt' }]);
      expect((await service.send('PATCH', byFolder, { json: { subject: 'new' } })).status).toBe(200);
      expect((await service.get(`${ADA}/messages/${id}`)).json.subject).toBe('new');
      expect((await service.send('DELETE', `${ADA}/messages/${id}`)).status).toBe(204);
      expect((await service.get(byFolder)).status).toBe(404);
    });

    it('of folders within folders, which go with what is in them', async () => {
      const { id } = await service.create(`${ADA}/mailFolders`, { displayName: 'Work' });
      const child = await service.create(`${ADA}/mailFolders/${id}/childFolders`, { displayName: 'Done' });
      const within = `${ADA}/mailFolders/${id}/childFolders/${child.id}`;
      await service.create(`${ADA}/mailFolders/${id}/messages`, { subject: 'work 1' });
      await service.create(`${within}/messages`, { subject: 'work 2' });
      expect(await subjects(`${within}/messages`)).toEqual(['work 2']);
      const works = `${ADA}/messages?$filter=startswith(subject,'work')`;
      expect(await subjects(works)).toEqual(['work 1', 'work 2']);
      expect((await service.send('DELETE', `${ADA}/mailFolders/${id}`)).status).toBe(204);
      expect(await subjects(works)).toEqual([]);
    });

    it('with its own path in the context', async () => {
      const { json } = await service.get(`${ADA}/mailFolders/inbox/messages`);
      expect(json['@odata.context']).toMatch(/#users\('ada'\)\/mailFolders\('inbox'\)\/messages$/);
    });

    it('that a seed puts into a folder', async () => {
      await service.seed('users/seeded/mailFolders/inbox/messages/m1', { subject: 'seeded' });
      expect(await subjects('users/seeded/messages')).toEqual(['seeded']);
      expect(await subjects('users/seeded/mailFolders/inbox/messages')).toEqual(['seeded']);
    });
  });

  describe('find folders within folders by their ids [Graph: Get mailFolder, List childFolders]', () => {
    const names = async (url: string): Promise<string[]> => {
      const { status, json, text } = await service.get(url);
      expect([status, text]).toEqual([200, text]);
      return json.value.map((each: { displayName: string }) => each.displayName).toSorted();
    };

    for (const [folders, items] of [
      ['mailFolders', 'messages'],
      ['contactFolders', 'contacts'],
    ] as const) {
      it(`among ${folders}, which list those alone that are in no other one`, async () => {
        const all = `users/tree/${folders}`;
        await service.seed('users/tree', { displayName: 'Tree' });
        const { id: outer } = await service.create(all, { displayName: 'Outer' });
        const { id: inner } = await service.create(`${all}/${outer}/childFolders`, { displayName: 'Inner' });
        const { id: deep } = await service.create(`${all}/${inner}/childFolders`, { displayName: 'Deep' });

        const roots = await names(`${all}?$select=displayName`);
        expect(roots).toContain('Outer');
        expect(roots).not.toEqual(expect.arrayContaining(['Inner']));
        expect((await service.get(`${all}/$count`)).text).toBe(String(roots.length));
        expect(await names(`${all}?$filter=startswith(displayName,'D') and displayName ne 'Drafts'`)).not.toContain(
          'Deep',
        );
        const { json: user } = await service.get(`users/tree?$select=id&$expand=${folders}($select=displayName)`);
        expect(user[folders].map((each: { displayName: string }) => each.displayName).toSorted()).toEqual(roots);
        expect(await names(`${all}/${outer}/childFolders`)).toEqual(['Inner']);
        expect(await names(`${all}/${inner}/childFolders`)).toEqual(['Deep']);

        for (const path of [
          deep,
          `${inner}/childFolders/${deep}`,
          `${outer}/childFolders/${inner}/childFolders/${deep}`,
        ])
          expect((await service.get(`${all}/${path}`)).json).toMatchObject({ id: deep, displayName: 'Deep' });
        expect((await service.get(`${all}/${outer}/childFolders/${deep}`)).status).toBe(404);
        expect((await service.get(`users/bob/${folders}/${deep}`)).status).toBe(404);
        expect((await service.send('PATCH', `${all}/${deep}`, { json: { displayName: 'Deeper' } })).status).toBe(200);
        expect(await names(`${all}/${inner}/childFolders`)).toEqual(['Deeper']);

        const item = await service.create(`${all}/${deep}/${items}`, {});
        expect((await service.get(`${all}/${deep}/${items}/${item.id}`)).status).toBe(200);
        expect(await service.ids(`${all}/${inner}/childFolders/${deep}/${items}`)).toEqual([item.id]);
        expect(await service.ids(`${all}/${outer}/${items}`)).toEqual([]);

        expect((await service.send('DELETE', `${all}/${inner}`)).status).toBe(204);
        expect((await service.get(`${all}/${deep}`)).status).toBe(404);
        expect(await names(`${all}/${outer}/childFolders`)).toEqual([]);
        expect(await names(all)).toEqual(roots);
      });
    }

    it('in paths that name the user otherwise', async () => {
      await service.create('users', { id: 'named', userPrincipalName: 'named@contoso.com' });
      const all = 'users/named@contoso.com/mailFolders';
      const { id } = await service.create('users/named/mailFolders/inbox/childFolders', { displayName: 'Child' });
      expect((await service.get(`${all}/${id}`)).json).toMatchObject({ displayName: 'Child' });
      expect(await names(`${all}/inbox/childFolders`)).toEqual(['Child']);
      expect(await names(all)).toEqual(await names('users/named/mailFolders'));
      expect(await names(all)).not.toContain('Child');
    });

    it('that a seed puts into another one', async () => {
      await service.seed('users/seeded/mailFolders/outer/childFolders/inner', { displayName: 'Inner' });
      expect((await service.get('users/seeded/mailFolders/inner')).json.displayName).toBe('Inner');
      expect(await names('users/seeded/mailFolders/outer/childFolders')).toEqual(['Inner']);
      expect(await names('users/seeded/mailFolders')).not.toContain('Inner');
    });

    it('of contacts, which are moved by the id of their parent [Graph: Update contactfolder]', async () => {
      const all = 'users/bob/contactFolders';
      const make = async (path: string): Promise<string> => (await service.create(path, { displayName: 'F' })).id;
      const [one, two] = [await make(all), await make(all)];
      const inner = await make(`${all}/${one}/childFolders`);
      const move = async (id: string, parentFolderId: string | null) =>
        (await service.send('PATCH', `${all}/${id}`, { json: { parentFolderId } })).status;
      expect(await move(inner, two)).toBe(200);
      expect(await service.ids(`${all}/${one}/childFolders`)).toEqual([]);
      expect(await service.ids(`${all}/${two}/childFolders`)).toEqual([inner]);
      expect(await move(one, inner)).toBe(200);
      expect(await service.ids(all)).toEqual([two]);
      for (const [id, parent] of [
        [two, one],
        [two, two],
        [inner, 'nowhere'],
        [inner, null],
        [inner, String.fromCharCode(0xd800)],
      ] as const)
        expect(await move(id, parent)).toBe(400);
      expect(await service.ids(`${all}/${two}/childFolders`)).toEqual([inner]);
      expect(await move(two, 'the root of all')).toBe(200);
    });

    it('in what changed, which is told of the whole mailbox [Graph: mailFolder: delta]', async () => {
      await service.create('users', { id: 'followed' });
      const first = await service.get('users/followed/mailFolders/delta');
      expect([first.status, first.text]).toEqual([200, first.text]);
      const link: string = first.json['@odata.deltaLink'];
      await service.create('users/followed/mailFolders/archive/childFolders', { displayName: 'Child' });
      const { json } = await service.get(link.slice(ROOT.length + 1));
      expect(json.value).toEqual(expect.arrayContaining([expect.objectContaining({ displayName: 'Child' })]));
    });
  });

  describe('show an event by all paths that lead to it [Graph: List events, Create event]', () => {
    it('in the default calendar, unless another is named', async () => {
      await service.create(`${ADA}/events`, { subject: 'default 1' });
      await service.create(`${ADA}/calendar/events`, { subject: 'default 2' });
      const { id } = await service.create(`${ADA}/calendars`, { name: 'Other' });
      await service.create(`${ADA}/calendars/${id}/events`, { subject: 'other' });
      expect(await subjects(`${ADA}/calendar/events`)).toEqual(['default 1', 'default 2']);
      expect(await subjects(`${ADA}/calendars/${id}/events`)).toEqual(['other']);
      expect(await subjects(`${ADA}/events`)).toEqual(['default 1', 'default 2', 'other']);
      expect((await service.get(`${ADA}/calendars`)).json.value).toMatchObject([
        { name: 'Calendar' },
        { name: 'Other' },
      ]);
      expect((await service.send('DELETE', `${ADA}/calendars/${id}`)).status).toBe(204);
      expect(await subjects(`${ADA}/events`)).toEqual(['default 1', 'default 2']);
      expect((await service.send('DELETE', `${ADA}/calendar`)).status).toBe(400);
    });

    it('in the calendar that a seed put there as the default one, whatever it is called', async () => {
      await service.seed('users/seeded/calendar', { id: 'AAMk', name: 'Calendar' });
      await service.create('users/seeded/events', { subject: 'seeded' });
      expect((await service.get('users/seeded/calendar')).json).toMatchObject({ id: 'calendar', name: 'Calendar' });
      expect(await subjects('users/seeded/calendar/events')).toEqual(['seeded']);
    });

    it('of groups, which have one calendar', async () => {
      await service.create('groups/team/events', { subject: 'one' });
      await service.create('groups/team/calendar/events', { subject: 'two' });
      expect(await subjects('groups/team/events')).toEqual(['one', 'two']);
      expect(await subjects('groups/team/calendar/events')).toEqual(['one', 'two']);
    });
  });

  it('take messages from many at once, and lose none', async () => {
    const urls = Array.from(
      { length: 20 },
      (_, index) => `users/bob/${index % 2 === 0 ? '' : 'mailFolders/inbox/'}messages`,
    );
    const made = await Promise.all(urls.map((each) => service.post(each, { subject: each })));
    expect(made.map(({ status }) => status)).toEqual(urls.map(() => 201));
    expect(await subjects('users/bob/messages?$top=50')).toHaveLength(20);
    expect(await subjects('users/bob/mailFolders/drafts/messages?$top=50')).toHaveLength(10);
    expect(await subjects('users/bob/mailFolders/inbox/messages')).toHaveLength(10);
  });
});
