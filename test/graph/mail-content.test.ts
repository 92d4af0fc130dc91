import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { Model, type CsdlDocument, type CsdlObject, type EntityType } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { contentOf } from '../../src/graph/mail-content.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const recipients = { $Type: 'microsoft.graph.recipient', $Collection: true };

const message = {
  $Kind: 'EntityType',
  $HasStream: true,
  $Key: ['id'],
  id: {},
  subject: nullable,
  from: { $Type: 'microsoft.graph.recipient', ...nullable },
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  sentDateTime: { $Type: 'Edm.DateTimeOffset', ...nullable },
  body: { $Type: 'microsoft.graph.itemBody', ...nullable },
  attachments: {
    $Kind: 'NavigationProperty',
    $Collection: true,
    $ContainsTarget: true,
    $Type: 'microsoft.graph.attachment',
  },
};

const csdlWith = (message: CsdlObject): CsdlDocument => ({
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    message,
    attachment: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {}, contentType: nullable },
    fileAttachment: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.attachment',
      $HasStream: true,
      contentBytes: { $Type: 'Edm.Binary', ...nullable },
    },
    referenceAttachment: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.attachment' },
    recipient: { $Kind: 'ComplexType', emailAddress: { $Type: 'microsoft.graph.emailAddress', ...nullable } },
    emailAddress: { $Kind: 'ComplexType', name: nullable, address: nullable },
    itemBody: { $Kind: 'ComplexType', contentType: nullable, content: nullable },
    GraphService: { $Kind: 'EntityContainer', messages: { $Collection: true, $Type: 'microsoft.graph.message' } },
  },
});
const csdl = csdlWith(message);

const profile = graphProfile({ authentication: 'off' });
const service = useService(csdl, { profile });
/** As the schemas of later years have it. */
const withoutStream = useService(csdlWith({ ...message, $HasStream: false }), { profile });
const address = (name: string, text: string) => ({ emailAddress: { name, address: text } });

// [Graph: Get MIME content of a message]
describe('the MIME content of a message', () => {
  it('is made from its properties', async () => {
    const json = {
      subject: 'Grüße',
      from: address('Ada', 'ada@contoso.com'),
      toRecipients: [address('', 'eva@contoso.com'), address('Ünal', 'u@contoso.com')],
      sentDateTime: '2024-05-06T07:08:09Z',
      body: { contentType: 'html', content: '<p>é</p>' },
    };
    const { json: made } = await service.send('POST', 'messages', { json });
    const { status, headers, text } = await service.send('GET', `messages/${made.id}/$value`);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/plain']);
    expect(text.split('\r\n')).toEqual([
      'From: Ada <ada@contoso.com>',
      'To: eva@contoso.com, =?utf-8?B?w5xuYWw=?= <u@contoso.com>',
      'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
      'Date: Mon, 06 May 2024 07:08:09 +0000',
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset="utf-8"',
      'Content-Transfer-Encoding: base64',
      '',
      'PHA+w6k8L3A+',
      '',
    ]);
  });

  it.each([
    ['declares a stream', service],
    ['does not', withoutStream],
  ])('makes a message whether the schema %s, and is made from it', async (_, { send }) => {
    const mime = 'From: Ada <ada@contoso.com>\r\nTo: eva@contoso.com\r\nSubject: Lunch\r\n\r\nAt noon?';
    const headers = { 'Content-Type': 'text/plain' };
    const body = Buffer.from(mime).toString('base64');
    const { status, json } = await send('POST', 'messages', { headers, body });
    expect([status, json]).toMatchObject([
      201,
      {
        subject: 'Lunch',
        from: address('Ada', 'ada@contoso.com'),
        toRecipients: [{ emailAddress: { address: 'eva@contoso.com' } }],
        body: { contentType: 'text', content: 'At noon?' },
      },
    ]);
    const content = await send('GET', `messages/${json.id}/$value`);
    expect([content.status, content.text.split('\r\n').slice(0, 3)]).toEqual([
      200,
      ['From: Ada <ada@contoso.com>', 'To: eva@contoso.com', 'Subject: Lunch'],
    ]);
    for (const wrong of ['', 'Subject: x', Buffer.from('no header').toString('base64')])
      expect((await send('POST', 'messages', { headers, body: wrong })).status).toBe(400);
  });

  it('is not written where the schema declares no stream', async () => {
    const { send } = withoutStream;
    const { json: made } = await send('POST', 'messages', { json: { subject: 'a' } });
    const put = { body: 'Subject: b', headers: { 'Content-Type': 'text/plain' } };
    expect((await send('PUT', `messages/${made.id}/$value`, put)).status).toBe(400);
  });

  it('is what was written where something was', async () => {
    const { json: made } = await service.send('POST', 'messages', { json: { subject: 'a' } });
    const url = `messages/${made.id}/$value`;
    await service.send('PUT', url, { body: 'Subject: b', headers: { 'Content-Type': 'text/plain' } });
    expect((await service.send('GET', url)).text).toBe('Subject: b');
  });

  it('has an ETag that changes with the message', async () => {
    const { json: made } = await service.send('POST', 'messages', { json: { subject: 'a' } });
    const read = () => service.send('GET', `messages/${made.id}/$value`);
    const before = (await read()).headers.get('ETag')!;
    await service.send('PATCH', `messages/${made.id}`, { json: { subject: 'b' } });
    expect((await read()).headers.get('ETag')).not.toBe(before);
  });

  it('lets no property break out of its header', () => {
    const type = new Model([csdl]).type('microsoft.graph.message') as EntityType;
    const text = fc.oneof(fc.string(), fc.constantFrom('a\r\nX: y', '\n\n', '<>', 'a, b'));
    fc.assert(
      fc.property(text, text, text, (subject, name, mailbox) => {
        const message = { subject, toRecipients: [address(name, mailbox)], internetMessageId: mailbox };
        const head = Buffer.from(contentOf(type, message)!.bytes).toString().split('\r\n\r\n', 1)[0]!;
        for (const line of head.split('\r\n')) expect(line).toMatch(/^[A-Z][A-Za-z-]+: [\x20-\x7e]+$/);
      }),
    );
  });
});

// [Graph: Get attachment]
describe('the content of an attachment', () => {
  const attach = async (json: object): Promise<string> => {
    const { json: made } = await service.send('POST', 'messages', { json: { attachments: [json] } });
    const { json: listed } = await service.send('GET', `messages/${made.id}/attachments`);
    return `messages/${made.id}/attachments/${listed.value[0].id}/$value`;
  };

  it.each([
    ['an empty file without bytes', {}, 'application/octet-stream', ''],
    ['its bytes', { contentType: 'image/gif', contentBytes: '+/8=' }, 'image/gif', 'fbff'],
    [
      'its bytes, with a content type that is none',
      { contentType: 'x', contentBytes: '' },
      'application/octet-stream',
      '',
    ],
  ])('is %s', async (_name, json, contentType, hex) => {
    const url = await attach({ '@odata.type': '#microsoft.graph.fileAttachment', ...json });
    const { status, headers, bytes } = await service.send('GET', url);
    expect([status, headers.get('Content-Type'), bytes.toString('hex')]).toEqual([200, contentType, hex]);
  });

  it('has the base64 that was sent in its properties', async () => {
    const json = { '@odata.type': '#microsoft.graph.fileAttachment', contentBytes: '+/8=' };
    const { json: made } = await service.send('POST', 'messages', { json: { attachments: [json] } });
    const { json: listed } = await service.send('GET', `messages/${made.id}/attachments`);
    expect(listed.value).toMatchObject([{ contentBytes: '+/8=' }]);
  });

  it('is refused where its type has no stream', async () => {
    const url = await attach({ '@odata.type': '#microsoft.graph.referenceAttachment' });
    expect((await service.send('GET', url)).status).toBe(400);
    for (const method of ['PUT', 'DELETE'])
      expect((await service.send(method, url, { body: 'a', headers: { 'Content-Type': 'a/b' } })).status).toBe(400);
  });
});
