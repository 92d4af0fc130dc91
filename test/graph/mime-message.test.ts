import { describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../src/behavior/index.js';
import type { CsdlDocument, JsonValue } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const user = { $Name: 'user', $Type: 'microsoft.graph.user' };
const recipients = { $Type: 'microsoft.graph.recipient', $Collection: true };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    user: { $Kind: 'EntityType', $Key: ['id'], id: {} },
    message: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: {},
      subject: nullable,
      from: { $Type: 'microsoft.graph.recipient', ...nullable },
      toRecipients: recipients,
      ccRecipients: recipients,
      bccRecipients: recipients,
      body: { $Type: 'microsoft.graph.itemBody', ...nullable },
    },
    recipient: { $Kind: 'ComplexType', emailAddress: { $Type: 'microsoft.graph.emailAddress', ...nullable } },
    emailAddress: { $Kind: 'ComplexType', name: nullable, address: nullable },
    itemBody: { $Kind: 'ComplexType', contentType: nullable, content: nullable },
    sendMail: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [user, { $Name: 'Message', $Type: 'microsoft.graph.message' }],
      },
    ],
    forward: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [
          user,
          { $Name: 'ToRecipients', ...recipients },
          { $Name: 'Message', $Type: 'microsoft.graph.message', ...nullable },
        ],
      },
    ],
    tag: [{ $Kind: 'Action', $IsBound: true, $Parameter: [user, { $Name: 'labels', $Collection: true }] }],
    GraphService: { $Kind: 'EntityContainer', users: { $Collection: true, $Type: 'microsoft.graph.user' } },
  },
};

const sent: JsonValue[] = [];
const keep = defineBehavior({
  action: {
    'microsoft.graph.sendMail': ({ parameters }) => void sent.push(parameters.get('Message') ?? null),
    'microsoft.graph.forward': ({ parameters }) => void sent.push(parameters.get('ToRecipients') ?? null),
    'microsoft.graph.tag': ({ parameters }) => void sent.push(parameters.get('labels') ?? null),
  },
});
const service = useService(csdl, { profile: graphProfile({ authentication: 'off' }), behaviors: [keep] });

async function act(action: string, body: string, contentType = 'text/plain'): Promise<number> {
  const { json } = await service.send('POST', 'users', { json: {} });
  const headers = { 'Content-Type': contentType };
  return (await service.send('POST', `users/${json.id}/${action}`, { headers, body })).status;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

// [Graph: Send Outlook messages in MIME format]
describe('a message as MIME', () => {
  it('is a parameter like one in JSON', async () => {
    const lines = [
      'From: Ada <ada@contoso.com>',
      'To: "Eva, of Contoso" <eva@contoso.com>,',
      ' bea@contoso.com',
      'Subject: =?utf-8?B?R3LDvMOfZQ==?= to you',
      'Content-Type: text/html; charset="utf-8"',
      'Content-Transfer-Encoding: base64',
      '',
      base64('<p>é</p>'),
    ];
    expect(await act('sendMail', base64(lines.join('\r\n')))).toBe(202);
    const recipient = (address: string, name?: string) => ({
      emailAddress: expect.objectContaining({ address, ...(name && { name }) }),
    });
    expect(sent.pop()).toMatchObject({
      subject: 'Grüße to you',
      from: recipient('ada@contoso.com', 'Ada'),
      toRecipients: [recipient('eva@contoso.com', 'Eva, of Contoso'), recipient('bea@contoso.com')],
      body: { contentType: 'html', content: '<p>é</p>' },
    });
  });

  it('names the recipients that the action asks for', async () => {
    expect(await act('forward', base64('To: eva@contoso.com\n\nHello'))).toBe(204);
    expect(sent.pop()).toMatchObject([{ emailAddress: { address: 'eva@contoso.com' } }]);
  });

  it.each([
    [400, 'sendMail', 'Subject: a', 'text/plain'],
    [400, 'sendMail', '', 'text/plain; charset=utf-8'],
    [400, 'sendMail', base64('no header'), 'text/plain'],
    [415, 'sendMail', base64('Subject: a'), 'text/html'],
    [415, 'tag', base64('Subject: a'), 'text/plain'],
  ])('is refused with %i: %s %j as %s', async (status, action, body, contentType) => {
    expect(await act(action, body, contentType)).toBe(status);
  });
});
