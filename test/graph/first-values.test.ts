import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { textOfHtml } from '../../src/graph/text-of-html.js';
import { useService, type Answered } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const optional = (type: string) => ({ $Type: type, ...nullable });
const flag = optional('Edm.Boolean');
const entity = { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity' };
const item = { $Kind: 'EntityType', $BaseType: 'microsoft.graph.outlookItem' };
const contained = (type: string) => ({
  $Kind: 'NavigationProperty',
  $Collection: true,
  $ContainsTarget: true,
  $Type: `microsoft.graph.${type}`,
});
const body = optional('microsoft.graph.itemBody');
const place = optional('microsoft.graph.location');

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    outlookItem: { ...entity, $Abstract: true, changeKey: nullable },
    user: {
      ...entity,
      displayName: nullable,
      mail: nullable,
      messages: contained('message'),
      events: contained('event'),
      chats: contained('chat'),
    },
    message: {
      ...item,
      subject: nullable,
      body,
      bodyPreview: nullable,
      importance: nullable,
      webLink: nullable,
      hasAttachments: flag,
      receivedDateTime: optional('Edm.DateTimeOffset'),
      attachments: contained('attachment'),
    },
    attachment: { ...entity, name: nullable, isInline: { $Type: 'Edm.Boolean' }, size: { $Type: 'Edm.Int32' } },
    fileAttachment: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.attachment',
      contentBytes: optional('Edm.Binary'),
    },
    event: {
      ...item,
      subject: nullable,
      showAs: nullable,
      start: optional('microsoft.graph.dateTimeTimeZone'),
      end: optional('microsoft.graph.dateTimeTimeZone'),
      originalStartTimeZone: nullable,
      originalEndTimeZone: nullable,
      organizer: optional('microsoft.graph.recipient'),
      attendees: { $Type: 'microsoft.graph.attendee', $Collection: true },
      body,
      location: place,
      locations: { $Type: 'microsoft.graph.location', $Collection: true },
    },
    chat: { ...entity, messages: contained('chatMessage') },
    chatMessage: {
      ...entity,
      body,
      chatId: nullable,
      messageType: nullable,
      etag: nullable,
      from: optional('microsoft.graph.identitySet'),
    },
    itemBody: { $Kind: 'ComplexType', content: nullable, contentType: optional('microsoft.graph.bodyType') },
    bodyType: { $Kind: 'EnumType', text: 0, html: 1 },
    dateTimeTimeZone: { $Kind: 'ComplexType', dateTime: {}, timeZone: nullable },
    recipient: { $Kind: 'ComplexType', emailAddress: optional('microsoft.graph.emailAddress') },
    attendee: {
      $Kind: 'ComplexType',
      $BaseType: 'microsoft.graph.recipient',
      status: optional('microsoft.graph.responseStatus'),
    },
    responseStatus: { $Kind: 'ComplexType', response: nullable },
    emailAddress: { $Kind: 'ComplexType', name: nullable, address: nullable },
    location: { $Kind: 'ComplexType', displayName: nullable, locationType: nullable },
    identitySet: { $Kind: 'ComplexType', user: optional('microsoft.graph.identity') },
    identity: { $Kind: 'ComplexType', id: nullable, displayName: nullable },
    GraphService: {
      $Kind: 'EntityContainer',
      users: { $Collection: true, $Type: 'microsoft.graph.user' },
      me: { $Type: 'microsoft.graph.user' },
    },
  },
};

const NOW = '2026-01-02T03:04:05Z';
const service = useService(csdl, {
  profile: graphProfile({ authentication: 'off' }),
  behaviors: graphBehaviors(new Model([csdl])),
  clock: () => new Date(NOW),
});

const send = (method: string, url: string, json?: object) => service.send(method, url, json && { json });
const created = async (url: string, json: object): Promise<Answered['json']> => {
  const answer = await send('POST', url, json);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return answer.json;
};
const read = async (url: string): Promise<Answered['json']> => (await send('GET', url)).json;

describe('what Graph writes into new entities', () => {
  it('completes messages, and takes what the client says', async () => {
    const made = await created('me/messages', { subject: 'one' });
    expect(made).toMatchObject({ importance: 'normal', receivedDateTime: NOW, hasAttachments: false, bodyPreview: '' });
    expect(made.webLink).toContain(`ItemID=${made.id}&`);
    expect(await read(`me/messages/${made.id}`)).toMatchObject({ importance: 'normal', changeKey: made.changeKey });
    const told = { importance: 'high', receivedDateTime: '2020-01-01T00:00:00Z', bodyPreview: 'mine' };
    expect(await created('me/messages', told)).toMatchObject(told);
    expect(await created('me/messages', { importance: null })).toMatchObject({ importance: null });
  });

  it('completes events with their owner and time zone, once these are known', async () => {
    const { id } = await created('users', {});
    expect(await created(`users/${id}/events`, {})).toMatchObject({ organizer: null, originalStartTimeZone: null });
    expect(await created('me/events', { subject: 'one' })).toMatchObject({
      showAs: 'busy',
      organizer: { emailAddress: { name: 'Signed-in user' } },
    });
    await send('PATCH', 'me', { displayName: 'Ada', mail: 'ada@contoso.com' });
    const start = { dateTime: '2026-01-01T00:00:00', timeZone: 'Pacific Standard Time' };
    expect(await created('me/events', { start })).toMatchObject({
      originalStartTimeZone: 'Pacific Standard Time',
      organizer: { emailAddress: { name: 'Ada', address: 'ada@contoso.com' } },
    });
  });

  it('completes messages of chats with the user who asks', async () => {
    await send('PATCH', 'me', { displayName: 'Ada' });
    const { id } = await created('me/chats', {});
    expect(await created(`me/chats/${id}/messages`, { body: { content: 'hi' } })).toMatchObject({
      messageType: 'message',
      from: { user: { displayName: 'Ada' } },
      chatId: id,
    });
    const [{ id: message, etag }] = (await read(`me/chats/${id}/messages`)).value;
    await send('PATCH', `me/chats/${id}/messages/${message}`, { messageType: 'other' });
    expect(Number((await read(`me/chats/${id}/messages/${message}`)).etag)).toBeGreaterThan(Number(etag));
  });
});

describe('what the service writes out', () => {
  it('is who is called by an address, who has not answered, and how a body is written', async () => {
    const [ada, bob] = [{ address: 'ada@contoso.com' }, { address: 'bob@contoso.com', name: 'Bob' }];
    const attendees = [{ emailAddress: ada }, { emailAddress: bob, status: { response: 'accepted' } }];
    const { id, ...made } = await created('me/events', { attendees, body: { content: 'hi' } });
    expect(made).toMatchObject({
      attendees: [
        { emailAddress: { name: 'ada@contoso.com' }, status: { response: 'none' } },
        { emailAddress: bob, status: { response: 'accepted' } },
      ],
      body: { content: 'hi', contentType: 'text' },
    });
    await send('PATCH', `me/events/${id}`, { attendees: [{ emailAddress: null }, { emailAddress: bob }] });
    expect((await read(`me/events/${id}`)).attendees).toMatchObject([{ emailAddress: null }, { emailAddress: bob }]);
  });
});

describe('what Outlook derives', () => {
  it('is a change key that each change changes', async () => {
    const keys = [];
    const { id, changeKey } = await created('me/messages', { subject: 'one', changeKey: 'mine' });
    keys.push(changeKey);
    for (const subject of ['two', 'two', 'three']) {
      await send('PATCH', `me/messages/${id}`, { subject });
      keys.push((await read(`me/messages/${id}`)).changeKey);
    }
    expect([new Set(keys).size, keys[0]]).toEqual([4, 'mine']);
  });

  it('is the beginning of the body', async () => {
    const html = { contentType: 'html', content: '<p>They were <b>awesome</b>&#33;</p>' };
    const { id, bodyPreview } = await created('me/messages', { body: html });
    expect(bodyPreview).toBe('They were awesome!');
    await send('PATCH', `me/messages/${id}`, { body: { contentType: 'text', content: '<b>'.repeat(200) } });
    expect((await read(`me/messages/${id}`)).bodyPreview).toBe('<b>'.repeat(85));
    await send('PATCH', `me/messages/${id}`, { subject: 'other' });
    expect((await read(`me/messages/${id}`)).bodyPreview).toHaveLength(255);
  });

  it('is the location of an event from its locations, and the other way round', async () => {
    const [here, there] = [{ displayName: 'here' }, { displayName: 'there', locationType: 'hotel' }];
    const whole = { displayName: 'here', locationType: 'default' };
    const { id, ...made } = await created('me/events', { location: here });
    expect(made).toMatchObject({ location: whole, locations: [whole] });
    const names = async () => (await read(`me/events/${id}`)).locations.map((each: typeof here) => each.displayName);
    await send('PATCH', `me/events/${id}`, { locations: [there, here] });
    expect([(await read(`me/events/${id}`)).location, await names()]).toEqual([there, ['there', 'here']]);
    await send('PATCH', `me/events/${id}`, { location: here });
    expect(await names()).toEqual(['here']);
  });

  it('is whether there are attachments, those within the body left out', async () => {
    const inline = { '@odata.type': '#microsoft.graph.fileAttachment', isInline: true, contentBytes: 'aGk=' };
    const file = { ...inline, isInline: false };
    const { id, hasAttachments } = await created('me/messages', { attachments: [file] });
    expect(hasAttachments).toBe(true);
    const at = `me/messages/${id}`;
    const told = async () => (await read(at)).hasAttachments;
    const [{ id: first, size }] = (await read(`${at}/attachments`)).value;
    expect(size).toBe(2);
    expect((await send('DELETE', `${at}/attachments/${first}`)).status).toBe(204);
    expect(await told()).toBe(false);
    await created(`${at}/attachments`, inline);
    expect(await told()).toBe(false);
    await Promise.all([file, file, file].map((each) => created(`${at}/attachments`, each)));
    expect(await told()).toBe(true);
  });
});

describe('the text of HTML', () => {
  it.each([
    ['plain', 'plain'],
    ['<html><head><title>no</title><style>p{}</style></head><body>a<br>b <i>c</i></body></html>', 'a b c'],
    ['a&amp;b &lt;c&gt; &#x41;&#66; &unknown; &#9999999;', 'a&b <c> AB &unknown; &#9999999;'],
    ['<script>never', ''],
    ['1 < 2, <2>', '1 < 2, <2>'],
    ['', ''],
  ])('%j says %j', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it('has no tags left, and takes one pass however hostile it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('>', '<b>', '<br/>', '</b>', '<head>', '&', ';', '&lt;', 'x', ' ')),
        (parts) => {
          expect(textOfHtml(parts.join('').replaceAll('&lt;', ''))).not.toMatch(/<[a-z/]/);
        },
      ),
    );
    expect(textOfHtml('<head>'.repeat(200_000))).toBe('');
    expect(textOfHtml('<'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(textOfHtml('<a'.repeat(1_000_000))).toBe('');
    expect(textOfHtml(`${'&'.repeat(1_000_000)};`)).toHaveLength(1_000_001);
  });
});
