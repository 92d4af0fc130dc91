import { describe, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { useService } from './start-service.js';

const mail = (root: string, strict: boolean) => ({
  root,
  files: ['test/fixtures/outlook.csdl.xml'],
  profile: graphProfile({ authentication: 'off', strict }),
  behaviors: graphBehaviors,
});

/** Requests as the reference of Graph writes them, beside a service that takes what its schema allows alone. */
const service = useService([mail('v1.0', false), mail('strict', true)]);

const post = (path: string, json: object) => service.send('POST', path, { json });
const encoded = (query: string) => query.replaceAll(' ', '%20').replaceAll('{', '%7B').replaceAll('}', '%7D');

// [Graph: Get message, Get open extension, Get singleValueLegacyExtendedProperty]
describe('$expand of items', () => {
  it.each(['messages', 'events'])('is taken of %s, which the schema rules out as a whole', async (items) => {
    const { json: item } = await post(`me/${items}`, { subject: 'a' });
    await post(`me/${items}/${item.id}/attachments`, { '@odata.type': '#microsoft.graph.itemAttachment', name: 'a' });
    for (const path of [`me/${items}/${item.id}`, `me/${items}`]) {
      const { status, json } = await service.send('GET', `${path}?$expand=attachments`);
      expect([status, (json.value?.[0] ?? json).attachments]).toEqual([200, [expect.objectContaining({ name: 'a' })]]);
    }
    const { status, json } = await service.send('GET', `/strict/me/${items}/${item.id}?$expand=attachments`);
    expect(status).toBe(400);
    expect(json.error.message).toContain('ExpandRestrictions');
  });

  it('finds and shows properties whose ids have braces and spaces', async () => {
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color';
    const { json: message } = await post('me/messages', { singleValueExtendedProperties: [{ id, value: 'Green' }] });
    await post('me/messages', { singleValueExtendedProperties: [{ id, value: 'Blue' }] });
    const filter = `$filter=singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'Green')`;
    const expand = `$expand=singleValueExtendedProperties($filter=id eq '${id}')`;
    const { json } = await service.send('GET', encoded(`me/messages?${filter}&${expand}`));
    expect(json.value).toEqual([
      expect.objectContaining({ id: message.id, singleValueExtendedProperties: [{ id, value: 'Green' }] }),
    ]);
  });
});

// [Graph: Update openTypeExtension, chat: sendActivityNotification, Create channel]
describe('@odata.type', () => {
  it.each([
    '#Microsoft.Graph.FileAttachment',
    'microsoft.graph.fileattachment',
    '#Microsoft.OutlookServices.FileAttachment',
  ])('%s means a fileAttachment', async (name) => {
    const { json: item } = await post('me/messages', {});
    const { status, json } = await post(`me/messages/${item.id}/attachments`, { '@odata.type': name, name: 'a' });
    expect([status, json['@odata.type'], json.contentBytes]).toEqual([201, '#microsoft.graph.fileAttachment', null]);
    const strict = await post(`/strict/me/messages/${item.id}/attachments`, {
      '@odata.type': name,
      name: 'b',
      isInline: false,
    });
    expect([strict.status, strict.json.error.message]).toEqual([400, expect.stringContaining('does not exist')]);
  });

  it.each([
    ['#microsoft.graph.noAttachment', 'does not exist'],
    ['#contoso.fileAttachment', 'does not exist'],
    ['#Microsoft.OutlookServices.Message', 'does not exist'],
    ['#microsoft.graph.message', 'which is not microsoft.graph.attachment'],
    ['#Microsoft.', 'does not exist'],
    ['fileAttachment', 'does not exist'],
    [`#Microsoft.${'a.'.repeat(10_000)}b`, 'does not exist'],
  ])('that means nothing is refused: %#', async (name, message) => {
    const { json: item } = await post('me/messages', {});
    const { status, json } = await post(`me/messages/${item.id}/attachments`, { '@odata.type': name, name: 'a' });
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('is answered as the schema has it where it stands in a complex value', async () => {
    const toRecipients = [
      { '@odata.type': '#Microsoft.OutlookServices.Attendee', emailAddress: null, type: 'required' },
    ];
    const { json } = await post('me/messages', { toRecipients });
    expect(json.toRecipients).toMatchObject([{ ...toRecipients[0], '@odata.type': '#microsoft.graph.attendee' }]);
  });
});

// [Graph: Create open extension, Update plannerTaskDetails]
describe('names of members', () => {
  it('count in any case, in open types too', async () => {
    const { status, json } = await post('me/messages', {
      Subject: 'a',
      Body: { ContentType: 'HTML', Content: 'b' },
      ToRecipients: [{ EmailAddress: { Address: 'ada@contoso.com' } }],
      Attachments: [{ '@odata.type': '#microsoft.graph.fileAttachment', Name: 'c' }],
      Colour: 'red',
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      subject: 'a',
      body: { contentType: 'html', content: 'b' },
      toRecipients: [{ emailAddress: { address: 'ada@contoso.com' } }],
      Colour: 'red',
    });
    expect(json).not.toHaveProperty('Subject');
    const changed = await service.send('PATCH', `me/messages/${json.id}`, { json: { SUBJECT: 'd' } });
    expect([changed.status, changed.json.subject]).toEqual([200, 'd']);
    const attachments = await service.send('GET', `me/messages/${json.id}/attachments`);
    expect(attachments.json.value).toMatchObject([{ name: 'c' }]);
  });

  it('that the type does not have are refused where it is closed', async () => {
    const { json: item } = await post('me/messages', {});
    const attachment = { '@odata.type': '#microsoft.graph.fileAttachment', Nam: 'a' };
    const { status, json } = await post(`me/messages/${item.id}/attachments`, attachment);
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(/'Nam' does not exist.*'name'/)]);
  });

  it('that are given twice keep the declared one', async () => {
    const { json } = await post('me/messages', { Subject: 'a', subject: 'b' });
    expect([json.subject, json.Subject]).toEqual(['b', 'a']);
  });

  it('count as they are in a strict service', async () => {
    const { json } = await post('/strict/me/messages', { Subject: 'a' });
    expect([json.subject, json.Subject]).toEqual([null, 'a']);
  });
});

// [Graph: Create accessReviewScheduleDefinition]
describe('a date', () => {
  it('may be sent as a date-time', async () => {
    const recurrence = { startDate: '2020-09-08T12:02:30.667Z' };
    const { json } = await post('me/events', { recurrence });
    expect(json.recurrence.startDate).toBe('2020-09-08');
    expect((await post('/strict/me/events', { recurrence })).status).toBe(400);
  });

  it.each(['2020-09-31T12:00:00Z', '2020-09-08 12:00', '2020-09-08T', '08/09/2020'])(
    'cannot be %s',
    async (startDate) => {
      expect((await post('me/events', { recurrence: { startDate } })).status).toBe(400);
    },
  );
});

// [Graph: Use query parameters, $filter; List directoryAudits]
describe('$filter', () => {
  it('compares date-times with dates, which begin at midnight in UTC', async () => {
    for (const receivedDateTime of ['2017-03-31T23:59:59Z', '2017-04-01T00:00:00Z', '2017-04-30T23:59:59-01:00'])
      await post('me/messages', { subject: receivedDateTime, receivedDateTime });
    const found = async (filter: string) => {
      const { status, json } = await service.send('GET', `me/messages?$filter=${encoded(filter)}`);
      return status === 200 ? json.value.map(({ subject }: { subject: string }) => subject) : status;
    };
    expect(await found('ReceivedDateTime ge 2017-04-01 and receivedDateTime lt 2017-05-01')).toEqual([
      '2017-04-01T00:00:00Z',
    ]);
    expect(await found('receivedDateTime in (2017-04-01)')).toEqual(['2017-04-01T00:00:00Z']);
    for (const filter of [
      'receivedDateTime ge 2017-04-31',
      "receivedDateTime ge '2017-04-01'",
      'subject ge 2017-04-01',
    ])
      expect(await found(filter)).toBe(400);
  });
});
