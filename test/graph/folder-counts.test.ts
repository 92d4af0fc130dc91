import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from './directory-service.js';

onEachDatabase('folders count what is in them [Graph: mailFolder resource type]', (service) => {
  const COUNTS = ['totalItemCount', 'unreadItemCount', 'childFolderCount'] as const;
  let user = '';
  let number = 0;

  /** A user whose mailbox nobody has used. */
  const newUser = async (): Promise<string> => {
    const { id } = await service.create('users', { id: `user${String(++number)}` });
    return `users/${id}`;
  };
  const counts = async (folder: string, of = user): Promise<readonly number[]> => {
    const { status, json, text } = await service.get(`${of}/mailFolders/${folder}`);
    expect([status, text]).toEqual([200, text]);
    return COUNTS.map((name) => json[name]);
  };
  const message = (folder: string, isRead: boolean) =>
    service.create(`${user}/mailFolders/${folder}/messages`, { subject: 's', isRead });

  beforeAll(async () => {
    user = await newUser();
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it('from the start', async () => {
    expect(await counts('inbox')).toEqual([0, 0, 0]);
    const { json } = await service.get(`${user}/mailFolders`);
    expect(json.value.map((each: Record<string, number>) => COUNTS.map((name) => each[name]))).toEqual(
      Array.from({ length: 7 }, () => [0, 0, 0]),
    );
  });

  it('when messages come, are read and go', async () => {
    const { id } = await message('inbox', false);
    await message('inbox', false);
    await message('inbox', true);
    expect(await counts('inbox')).toEqual([3, 2, 0]);
    const path = `${user}/messages/${id}`;
    await service.send('PATCH', path, { json: { isRead: true } });
    expect(await counts('inbox')).toEqual([3, 1, 0]);
    await service.send('PATCH', path, { json: { isRead: true, subject: 'again' } });
    expect(await counts('inbox')).toEqual([3, 1, 0]);
    await service.send('PATCH', path, { json: { isRead: false } });
    expect(await counts('inbox')).toEqual([3, 2, 0]);
    expect((await service.send('DELETE', path)).status).toBe(204);
    expect(await counts('inbox')).toEqual([2, 1, 0]);
    await service.create(`${user}/messages`, { subject: 'draft' });
    expect(await counts('drafts')).toEqual([1, 0, 0]);
  });

  it('when folders come and go', async () => {
    const outer = await service.create(`${user}/mailFolders`, { displayName: 'Outer' });
    const inner = await service.create(`${user}/mailFolders/${outer.id}/childFolders`, { displayName: 'Inner' });
    expect(inner).toMatchObject({
      parentFolderId: outer.id,
      totalItemCount: 0,
      unreadItemCount: 0,
      childFolderCount: 0,
    });
    await service.create(`${user}/mailFolders/${inner.id}/childFolders`, { displayName: 'Deep' });
    await message(inner.id, false);
    expect(await counts(outer.id)).toEqual([0, 0, 1]);
    expect(await counts(inner.id)).toEqual([1, 1, 1]);
    expect((await service.send('DELETE', `${user}/mailFolders/${inner.id}`)).status).toBe(204);
    expect(await counts(outer.id)).toEqual([0, 0, 0]);
  });

  it('with messages that a folder is created with', async () => {
    const { id } = await service.create(`${user}/mailFolders`, {
      displayName: 'Full',
      totalItemCount: 70,
      messages: [{ subject: 'a', isRead: false }, { subject: 'b' }],
      childFolders: [{ displayName: 'c', unreadItemCount: 5, messages: [{ subject: 'd' }] }],
    });
    expect(await counts(id)).toEqual([2, 1, 1]);
    const { json } = await service.get(`${user}/mailFolders/${id}/childFolders`);
    expect(json.value).toMatchObject([{ displayName: 'c', totalItemCount: 1, unreadItemCount: 0 }]);
  });

  it('whatever clients say', async () => {
    const { id, ...created } = await service.create(`${user}/mailFolders`, {
      displayName: 'Claims',
      totalItemCount: 9,
    });
    expect(created).toMatchObject({ totalItemCount: 0 });
    await message(id, false);
    const claims = { displayName: 'Renamed', totalItemCount: 9, unreadItemCount: null, childFolderCount: -1 };
    const { json } = await service.send('PATCH', `${user}/mailFolders/${id}`, { json: claims });
    expect(json).toMatchObject({ displayName: 'Renamed', totalItemCount: 1, unreadItemCount: 1, childFolderCount: 0 });
    expect(await counts(id)).toEqual([1, 1, 0]);
    const wrong = await service.send('PATCH', `${user}/mailFolders/${id}`, { json: { totalItemCount: 'many' } });
    expect(wrong.status).toBe(400);
    const other = await service.send('PATCH', `${user}/mailFolders/${id}`, { json: { parentFolderId: 'inbox' } });
    expect([other.status, other.json.error.target]).toEqual([400, 'parentFolderId']);
  });

  it('in conditions, orders and what is selected', async () => {
    const one = await newUser();
    for (const folder of ['inbox', 'inbox', 'archive'])
      await service.create(`${one}/mailFolders/${folder}/messages`, { subject: 's', isRead: false });
    const ordered = `${one}/mailFolders?$filter=unreadItemCount gt 0&$orderby=totalItemCount desc&$select=displayName,totalItemCount`;
    const { json } = await service.get(ordered);
    expect(json.value).toEqual(
      [
        { id: 'inbox', displayName: 'Inbox', totalItemCount: 2 },
        { id: 'archive', displayName: 'Archive', totalItemCount: 1 },
      ].map(({ id: _, ...rest }) => expect.objectContaining(rest)),
    );
    expect((await service.get(`${one}/mailFolders/inbox/totalItemCount`)).json.value).toBe(2);
  });

  it('in what has changed [Graph: mailFolder: delta]', async () => {
    const one = await newUser();
    await service.get(`${one}/mailFolders`);
    const { json: first } = await service.get(`${one}/mailFolders/delta`);
    await service.create(`${one}/mailFolders/inbox/messages`, { subject: 's' });
    const { json } = await service.get(String(first['@odata.deltaLink']).slice(ROOT.length + 1));
    const inbox = expect.objectContaining({ displayName: 'Inbox', totalItemCount: 1 });
    expect(json.value).toEqual(expect.arrayContaining([inbox]));
  });

  it('for seeds, whatever these say, and for what is taken away again', async () => {
    await service.seed('users/seeded/mailFolders/inbox', { displayName: 'Inbox', totalItemCount: 12 });
    await service.seed('users/seeded/mailFolders/inbox/messages/m1', { subject: 'seeded', isRead: false });
    await service.seed('users/seeded/mailFolders/inbox/messages/m1', { subject: 'seeded again', isRead: false });
    expect(await counts('inbox', 'users/seeded')).toEqual([1, 1, 0]);
    await service.unseed('users/seeded/mailFolders/inbox/messages/m1');
    expect(await counts('inbox', 'users/seeded')).toEqual([0, 0, 0]);
  });

  it('of many writers at once, and of none that failed', async () => {
    const one = await newUser();
    const inbox = `${one}/mailFolders/inbox`;
    const made = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        service.post(`${inbox}/messages`, { subject: String(index), isRead: false }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
    expect(await counts('inbox', one)).toEqual([24, 24, 0]);
    const writes = made.flatMap(({ json: { id } }, index) => {
      const path = `${one}/messages/${id}`;
      if (index % 3 === 0) return [service.send('DELETE', path)];
      const read = () => service.send('PATCH', path, { json: { isRead: true } });
      return index % 3 === 1 ? [read(), read()] : [service.send('PATCH', path, { json: { isRead: 'no' } })];
    });
    await Promise.all(writes);
    expect((await service.get(`${inbox}/messages/$count`)).text).toBe('16');
    expect(await counts('inbox', one)).toEqual([16, 8, 0]);
  });

  it('after a change set of a batch that was undone', async () => {
    const one = await newUser();
    await service.get(`${one}/mailFolders`);
    const requests = [
      {
        id: '1',
        method: 'POST',
        url: `/${one}/mailFolders/inbox/messages`,
        body: { subject: 'a' },
        atomicityGroup: 'g',
      },
      {
        id: '2',
        method: 'POST',
        url: `/${one}/mailFolders/inbox/messages`,
        body: { isRead: 'no' },
        atomicityGroup: 'g',
      },
    ].map((each) => ({ ...each, headers: { 'Content-Type': 'application/json' } }));
    expect((await service.post('$batch', { requests })).status).toBe(200);
    const { text } = await service.get(`${one}/mailFolders/inbox/messages/$count`);
    expect(await counts('inbox', one)).toEqual([Number(text), 0, 0]);
  });

  it('and nobody puts a message into a second folder', async () => {
    const { id } = await message('archive', true);
    const before = await counts('archive');
    const json = { '@odata.id': `${ROOT}/${user}/messages/${id}` };
    for (const path of [`${user}/mailFolders/outbox/messages/$ref`, `${user}/mailFolders/archive/messages/$ref`])
      expect((await service.post(path, json)).status).toBeGreaterThanOrEqual(400);
    expect([await counts('outbox'), await counts('archive')]).toEqual([[0, 0, 0], before]);
  });
});
