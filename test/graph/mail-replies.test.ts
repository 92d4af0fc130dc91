import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { prefixedSubject } from '../../src/graph/reply-content.js';

import { onEachDatabase } from './directory-service.js';

const ADA = 'users/ada';
const person = (address: string, name = address) => ({ emailAddress: { address, name } });
const received = {
  subject: 'Plan',
  body: { contentType: 'html', content: '<html><body class="x"><p>Shall we?</p></body></html>' },
  from: person('bo@contoso.com', 'Bo'),
  toRecipients: [person('ADA@contoso.com', 'Ada'), person('cy@contoso.com')],
  ccRecipients: [person('di@contoso.com'), person('cy@contoso.com')],
  conversationId: 'conversation 1',
  isDraft: false,
};

// [Graph: message: createReply, createReplyAll, createForward, reply, replyAll and forward]
onEachDatabase(
  'messages that are answered',
  (service) => {
    const act = (id: string, action: string, json?: object) => service.post(`${ADA}/messages/${id}/${action}`, json);
    const original = async (more: object = {}) => {
      const { id } = await service.create(`${ADA}/mailFolders/inbox/messages`, { ...received, ...more });
      return id as string;
    };
    const drafted = async (action: string, json?: object, more: object = {}) => {
      const { status, json: draft, headers } = await act(await original(more), action, json);
      expect([status, draft, headers.has('x-mockgraph-answer')]).toEqual([201, expect.any(Object), false]);
      return draft;
    };
    const sentNow = async (action: string, json: object, more: object = {}) => {
      const before = await service.ids(`${ADA}/mailFolders/sentitems/messages`);
      const { status, text } = await act(await original(more), action, json);
      expect([status, text]).toEqual([202, '']);
      const after = await service.ids(`${ADA}/mailFolders/sentitems/messages`);
      const [id] = after.filter((each) => !before.includes(each));
      return (await service.get(`${ADA}/messages/${id!}`)).json;
    };

    beforeAll(() => service.create('users', { id: 'ada', displayName: 'Ada', mail: 'ada@contoso.com' }));
    afterAll(() => expect(service.faults).toEqual([]));

    describe('as a draft', () => {
      it('are replied to whoever sent them, in the same conversation', async () => {
        const draft = await drafted('createReply', { comment: 'Yes & no' });
        expect(draft).toMatchObject({
          subject: 'RE: Plan',
          toRecipients: [person('bo@contoso.com', 'Bo')],
          ccRecipients: [],
          from: person('ada@contoso.com', 'Ada'),
          conversationId: 'conversation 1',
          isDraft: true,
          isRead: true,
          parentFolderId: 'drafts',
          createdDateTime: '2026-01-02T03:04:05Z',
          changeKey: expect.any(String),
        });
        expect(draft.body.contentType).toBe('html');
        expect(draft.body.content).toMatch(
          /^<html><body class="x"><div>Yes &amp; no<\/div>[^]*<b>From:<\/b> Bo &lt;bo@contoso.com&gt;[^]*<p>Shall we\?<\/p>/,
        );
        expect(draft.bodyPreview).toMatch(/^Yes & no/);
        expect(await service.ids(`${ADA}/mailFolders/drafts/messages`)).toContain(draft.id);
      });

      it('are replied to whom they name for replies', async () => {
        const { toRecipients } = await drafted('createReply', {}, { replyTo: [person('list@contoso.com')] });
        expect(toRecipients).toEqual([person('list@contoso.com')]);
      });

      it('are replied to all, each once and not the owner', async () => {
        const draft = await drafted('createReplyAll');
        expect(draft.toRecipients).toEqual([person('bo@contoso.com', 'Bo'), person('cy@contoso.com')]);
        expect(draft.ccRecipients).toEqual([person('di@contoso.com')]);
      });

      it('are forwarded with what is attached, and with no recipients unless some are given', async () => {
        const id = await original();
        await service.create(`${ADA}/messages/${id}/attachments`, { name: 'file' });
        const { json } = await act(id, 'createForward');
        expect(json).toMatchObject({ subject: 'FW: Plan', toRecipients: [], hasAttachments: true });
        const { value } = (await service.get(`${ADA}/messages/${json.id}/attachments`)).json;
        expect(value).toEqual([expect.objectContaining({ name: 'file' })]);
        expect(await service.ids(`${ADA}/messages/${id}/attachments`)).not.toEqual([value[0].id]);
        const to = [person('ed@contoso.com')];
        expect((await drafted('createForward', { toRecipients: to })).toRecipients).toEqual(to);
        expect((await drafted('createForward', { message: { toRecipients: to } })).toRecipients).toEqual(to);
      });

      it('can be changed and sent', async () => {
        const { id } = await drafted('createReply');
        expect((await service.send('PATCH', `${ADA}/messages/${id}`, { json: { subject: 'other' } })).status).toBe(200);
        expect((await act(id, 'send')).status).toBe(202);
        const { value } = (await service.get(`${ADA}/mailFolders/sentitems/messages?$filter=subject eq 'other'`)).json;
        expect(value).toEqual([expect.objectContaining({ isDraft: false, from: person('ada@contoso.com', 'Ada') })]);
      });

      it('carry on the index of the conversation', async () => {
        const { conversationIndex } = await drafted('createReply', {}, { conversationIndex: 'AQAAAAAA' });
        expect(Buffer.from(conversationIndex, 'base64url')).toHaveLength(11);
        expect(conversationIndex.startsWith('AQAAAAAA')).toBe(true);
      });
    });

    describe('at once', () => {
      it('are kept among what was sent, with what the request changes', async () => {
        const to = [person('cy@contoso.com'), person('ed@contoso.com')];
        expect(await sentNow('reply', { message: { toRecipients: to }, comment: 'who?' })).toMatchObject({
          subject: 'RE: Plan',
          toRecipients: to,
          isDraft: false,
          sentDateTime: '2026-01-02T03:04:05Z',
          parentFolderId: 'sentitems',
        });
        const reply = await sentNow('replyAll', { message: { body: { contentType: 'text', content: 'mine' } } });
        expect(reply.body).toEqual({ contentType: 'text', content: 'mine' });
        expect(reply.toRecipients[0]).toEqual(person('bo@contoso.com', 'Bo'));
        const forwarded = await sentNow('forward', { toRecipients: to, comment: 'see' }, { subject: 'RE: Plan' });
        expect(forwarded).toMatchObject({ subject: 'FW: Plan', toRecipients: to });
      });

      it('as text where they are text', async () => {
        const body = { contentType: 'text', content: 'a < b' };
        const reply = await sentNow('reply', { comment: 'c < d' }, { body });
        expect(reply.body.contentType).toBe('text');
        expect(reply.body.content).toMatch(/^c < d[^]*From: Bo <bo@contoso.com>[^]*Subject: Plan[^]*a < b$/);
      });

      it('also where nobody is known to have sent the original', async () => {
        const nobody = { from: null, toRecipients: [], ccRecipients: [] };
        expect(await sentNow('reply', { comment: 'x' }, nobody)).toMatchObject({
          subject: 'RE: Plan',
          toRecipients: [],
        });
      });

      it('as MIME', async () => {
        const id = await original();
        const body = Buffer.from('Subject: mine\r\n\r\ntext').toString('base64');
        const headers = { 'content-type': 'text/plain' };
        const { status } = await service.send('POST', `${ADA}/messages/${id}/forward`, { body, headers });
        expect(status).toBe(202);
        const filter = "$filter=subject eq 'mine'";
        const { value } = (await service.get(`${ADA}/mailFolders/sentitems/messages?${filter}`)).json;
        expect(value).toEqual([expect.objectContaining({ conversationId: 'conversation 1', toRecipients: [] })]);
      });

      it('leave the original as it is', async () => {
        const id = await original();
        const before = (await service.get(`${ADA}/messages/${id}`)).json;
        expect((await act(id, 'reply', { comment: 'x' })).status).toBe(202);
        expect((await service.get(`${ADA}/messages/${id}`)).json).toEqual(before);
      });
    });

    it.each([
      ['reply', { comment: 'x', message: { body: { content: 'y' } } }],
      ['createReply', { comment: 'x', message: { body: { content: 'y' } } }],
      ['forward', {}],
      ['forward', { toRecipients: [person('a@b.c')], message: { toRecipients: [person('d@e.f')] } }],
      ['createForward', { toRecipients: [person('a@b.c')], message: { toRecipients: [person('d@e.f')] } }],
      ['reply', { message: { subjekt: 1, body: 5 } }],
    ])('are not answered where the request is contradictory: %s %j', async (action, json) => {
      const id = await original();
      const before = [await service.ids(`${ADA}/messages`)];
      expect((await act(id, action, json)).status).toBe(400);
      expect([await service.ids(`${ADA}/messages`)]).toEqual(before);
    });

    it('are answered from any folder, also where they are invitations', async () => {
      const { id } = await service.create(`${ADA}/messages`, {
        '@odata.type': '#microsoft.graph.eventMessage',
        ...received,
      });
      const { status, json } = await service.post(`${ADA}/mailFolders/drafts/messages/${id}/createReply`);
      expect([status, json.subject, json['@odata.type']]).toEqual([201, 'RE: Plan', undefined]);
      expect((await act(id, 'move', { DestinationId: 'archive' })).json).toMatchObject({ parentFolderId: 'archive' });
    });

    it('by many at once are all answered', async () => {
      const id = await original({ subject: 'crowd' });
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, n) => act(id, 'createReply', { comment: String(n) })),
      );
      expect(all.map(({ status }) => status)).toEqual(Array(8).fill(201));
      expect(new Set(all.map(({ json }) => json.id)).size).toBe(8);
    });
  },
  { fixture: 'collaboration' },
);

// [MS-OXCMSG 2.2.1.9]
it('a subject has one prefix, however often it is answered', () => {
  fc.assert(
    fc.property(fc.string(), (subject) => {
      const once = prefixedSubject('RE', subject);
      expect(prefixedSubject('RE', once)).toBe(once);
      expect(prefixedSubject('FW', once)).toBe(`FW: ${once.slice(4)}`);
    }),
  );
  expect([prefixedSubject('RE', 'Ré: x'), prefixedSubject('FW', 'Note: x'), prefixedSubject('RE', undefined)]).toEqual([
    'RE: x',
    'FW: Note: x',
    'RE: ',
  ]);
});
