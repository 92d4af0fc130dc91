import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

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
