import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

const ADA = 'users/ada';

// [Graph: message: move, copy, send; mailFolder: move, copy; user: sendMail]
onEachDatabase('mail that is moved, copied and sent', (service) => {
  const act = (path: string, action: string, json: object = {}) => service.post(`${path}/${action}`, json);
  const counts = async (folder: string) => {
    const { json } = await service.get(`${ADA}/mailFolders/${folder}`);
    return [json.totalItemCount, json.unreadItemCount, json.childFolderCount];
  };
  const draft = (more: object = {}) => service.create(`${ADA}/messages`, { subject: 'one', isRead: false, ...more });

  beforeAll(() => service.create('users', { id: 'ada' }));
  afterAll(() => expect(service.faults).toEqual([]));

  describe('a message', () => {
    it('that is moved is in the other folder, under another id, with all that it has', async () => {
      const { id } = await draft();
      const { id: file } = await service.create(`${ADA}/messages/${id}/attachments`, { name: 'file' });
      const before = await counts('drafts');
      const { status, json, headers } = await act(`${ADA}/messages/${id}`, 'move', { DestinationId: 'archive' });
      expect([status, json]).toEqual([201, expect.objectContaining({ subject: 'one', parentFolderId: 'archive' })]);
      expect(headers.has('x-mockgraph-answer')).toBe(false);
      expect(json.id).not.toBe(id);
      expect((await service.get(`${ADA}/messages/${id}`)).status).toBe(404);
      expect(await service.ids(`${ADA}/mailFolders/archive/messages`)).toEqual([json.id]);
      expect(await service.ids(`${ADA}/messages/${json.id}/attachments`)).toEqual([file]);
      expect(await counts('archive')).toEqual([1, 1, 0]);
      expect(await counts('drafts')).toEqual([before[0] - 1, before[1] - 1, 0]);
    });

    it('that is copied is in both folders', async () => {
      const { id } = await draft();
      await service.create(`${ADA}/messages/${id}/attachments`, { name: 'file' });
      const { status, json } = await act(`${ADA}/mailFolders/drafts/messages/${id}`, 'copy', {
        destinationId: 'inbox',
      });
      expect([status, json]).toEqual([201, expect.objectContaining({ subject: 'one', parentFolderId: 'inbox' })]);
      expect((await service.get(`${ADA}/messages/${id}`)).json.parentFolderId).toBe('drafts');
      const { value } = (await service.get(`${ADA}/messages/${json.id}/attachments`)).json;
      expect(value).toEqual([expect.objectContaining({ name: 'file' })]);
      expect(await service.ids(`${ADA}/messages/${id}/attachments`)).not.toEqual([value[0].id]);
    });

    it('that is sent is no draft any more', async () => {
      const { id } = await draft({ toRecipients: ['bob'] });
      expect((await act(`${ADA}/messages/${id}`, 'send')).status).toBe(202);
      expect((await service.get(`${ADA}/messages/${id}`)).status).toBe(404);
      const [sent] = await service.ids(`${ADA}/mailFolders/sentitems/messages`);
      const { json } = await service.get(`${ADA}/messages/${sent!}`);
      expect(json).toMatchObject({ subject: 'one', isDraft: false, sentDateTime: '2026-01-02T03:04:05Z' });
      expect((await act(`${ADA}/messages/${sent!}`, 'send')).status).toBe(400);
    });

    it('that is sent at once is kept, unless that is not wanted', async () => {
      const Message = { subject: 'at once', toRecipients: ['bob'], attachments: [{ name: 'file' }] };
      expect((await act(ADA, 'sendMail', { Message, SaveToSentItems: false })).status).toBe(202);
      expect((await act(ADA, 'sendMail', { message: Message })).status).toBe(202);
      const { value } = (await service.get(`${ADA}/mailFolders/sentitems/messages?$filter=subject eq 'at once'`)).json;
      expect(value).toEqual([expect.objectContaining({ isDraft: false, parentFolderId: 'sentitems' })]);
      expect(await service.ids(`${ADA}/messages/${value[0].id}/attachments`)).toHaveLength(1);
    });

    it.each([
      ['move', { DestinationId: 'nowhere' }, 400],
      ['copy', { DestinationId: 'nowhere' }, 400],
      ['move', { DestinationId: '\ud800' }, 400],
      ['move', {}, 400],
      ['send', {}, 400],
    ])('stays as it is where that is refused: %s %j', async (action, body, code) => {
      const { id } = await draft();
      const before = await counts('drafts');
      expect((await act(`${ADA}/messages/${id}`, action, body)).status).toBe(code);
      expect((await service.get(`${ADA}/messages/${id}`)).json.parentFolderId).toBe('drafts');
      expect(await counts('drafts')).toEqual(before);
      expect((await act(ADA, 'sendMail', { Message: { subject: 'to nobody' } })).status).toBe(400);
    });

    it('that two move at once is in one folder', async () => {
      const { id } = await draft({ subject: 'wanted' });
      const answers = await Promise.all(
        ['archive', 'inbox', 'outbox'].map((DestinationId) => act(`${ADA}/messages/${id}`, 'move', { DestinationId })),
      );
      const codes = answers.map(({ status }) => status).toSorted();
      expect([codes[0], codes.filter((code) => code === 404 || code === 409).length]).toEqual([201, 2]);
      expect(await service.ids(`${ADA}/messages?$filter=subject eq 'wanted'`)).toHaveLength(1);
    });
  });

  describe('a folder', () => {
    it('is moved and copied with all that is in it', async () => {
      const { id: top } = await service.create(`${ADA}/mailFolders`, { displayName: 'top' });
      const { id: other } = await service.create(`${ADA}/mailFolders`, { displayName: 'other' });
      const { id: low } = await service.create(`${ADA}/mailFolders/${top}/childFolders`, { displayName: 'low' });
      await service.create(`${ADA}/mailFolders/${low}/messages`, { subject: 'deep' });
      const moved = await act(`${ADA}/mailFolders/${top}`, 'move', { DestinationId: other });
      expect([moved.status, moved.json]).toEqual([200, expect.objectContaining({ id: top, parentFolderId: other })]);
      expect(await counts(other)).toEqual([0, 0, 1]);
      const copied = await act(`${ADA}/mailFolders/${top}`, 'copy', { DestinationId: 'archive' });
      expect([copied.status, copied.json]).toEqual([
        200,
        expect.objectContaining({ displayName: 'top', parentFolderId: 'archive', childFolderCount: 1 }),
      ]);
      const [child] = await service.ids(`${ADA}/mailFolders/${copied.json.id}/childFolders`);
      expect(child).not.toBe(low);
      const { value } = (await service.get(`${ADA}/mailFolders/${child!}/messages`)).json;
      expect(value).toEqual([expect.objectContaining({ subject: 'deep', parentFolderId: child })]);
      expect(await counts(child!)).toEqual(await counts(low));
      for (const action of ['move', 'copy'])
        expect((await act(`${ADA}/mailFolders/${top}`, action, { DestinationId: low })).status).toBe(400);
      expect((await act(`${ADA}/mailFolders/inbox`, 'move', { DestinationId: other })).status).toBe(400);
    });
  });
});
