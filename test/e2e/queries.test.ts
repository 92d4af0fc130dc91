import { beforeAll, describe, expect, it } from '@jest/globals';

import { AUDITS, REQUIRED, TYPE } from './audits.js';
import { useService } from './start-service.js';

const service = useService();
const DEVICES = ['alpha', 'Bravo', 'charlie', 'Delta', 'echo'];
const STATES = ['none', 'pending', 'done', 'failed', 'done'];

/** Five objects with the ids 1 to 5; the instants are in order, the texts that say them are not. */
const INSTANTS = [
  '2017-01-01T00:00:00+14:00',
  '2017-01-01T00:00:00.0000000Z',
  '2017-01-01T00:00:00.0000001Z',
  '2016-12-31T16:00:00.0000002-08:00',
  '2017-01-01T00:00:01Z',
];

beforeAll(async () => {
  for (const [index, deviceDisplayName] of DEVICES.entries()) {
    const json = {
      ...REQUIRED,
      id: String(index + 1),
      deviceDisplayName,
      userName: index % 2 === 0 ? null : `user ${index}`,
      actionState: STATES[index],
      requestDateTime: INSTANTS[index],
      deviceActionDetails: index === 2 ? [{ key: 'a', value: '1' }] : [],
    };
    expect((await service.send('POST', AUDITS, { json })).status).toBe(201);
  }
});

const get = (query: Record<string, string>) =>
  service.send(
    'GET',
    `${AUDITS}?${Object.entries(query)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&')}`,
  );

async function ids(query: Record<string, string>): Promise<string> {
  const { status, json } = await get(query);
  expect([status, json.error?.message]).toEqual([200, undefined]);
  return json.value.map(({ id }: { id: string }) => id).join('');
}

// [OData-Protocol 11.2.6.1]
describe('$filter', () => {
  it.each([
    ["id eq '3'", '3'],
    ["deviceDisplayName eq 'ALPHA'", '1'],
    ["actionState eq 'done'", '35'],
    ["actionState eq microsoft.graph.actionState'done'", '35'],
    ["actionState ne 'done'", '124'],
    ["actionState in ('none','failed')", '14'],
    ['userName eq null', '135'],
    ['userName ne null', '24'],
    ["startswith(deviceDisplayName,'b') or endswith(deviceDisplayName,'O')", '25'],
    ["contains(deviceDisplayName,'l') and not (actionState eq 'none')", '34'],
    ['requestDateTime gt 2017-01-01T00:00:00Z', '345'],
    ['requestDateTime eq 2017-01-01T01:00:00.0000001+01:00', '3'],
    ['requestDateTime lt 2017-01-01T00:00:00.0000003Z', '1234'],
    ['year(requestDateTime) eq 2016', '4'],
    ["deviceActionDetails/any(d:d/key eq 'a')", '3'],
    ['deviceActionDetails/$count eq 0', '1245'],
    ["length(deviceDisplayName) gt 5 and tolower(deviceDisplayName) eq 'charlie'", '3'],
  ])('%s', async (filter, expected) => {
    expect(await ids({ $filter: filter })).toBe(expected);
  });

  it.each([
    ['nothing eq 1', 'nothing'],
    ["actionState eq 'nothing'", 'nothing'],
    ['deviceDisplayName eq 5', ''],
    ['deviceDisplayName', ''],
    ["id eq '3", ''],
    ['', ''],
  ])('is refused: %s', async (filter, named) => {
    const { status, json } = await get({ $filter: filter });
    expect([status, json.error.code]).toEqual([400, 'BadRequest']);
    expect(json.error.message).toContain(named);
  });
});

describe('$orderby', () => {
  it.each([
    ['deviceDisplayName', '12345'],
    ['deviceDisplayName desc', '54321'],
    ['requestDateTime desc', '54321'],
    ['actionState,id desc', '12534'],
    ['userName,id', '13524'],
    ['userName desc,id desc', '42531'],
  ])('%s', async (orderby, expected) => {
    expect(await ids({ $orderby: orderby })).toBe(expected);
  });
});

describe('$select', () => {
  it('shows what it names, in the order of the schema', async () => {
    const { json } = await get({ $select: 'actionState,id', $filter: "id eq '1'" });
    expect(json).toEqual({
      '@odata.context': `${service.origin}/beta/$metadata#${AUDITS}(actionState,id)`,
      value: [{ ...TYPE, id: '1', actionState: 'none' }],
    });
    const one = await service.send('GET', `${AUDITS}/1?$select=deviceDisplayName`);
    expect(one.json).toEqual({
      '@odata.context': `${service.origin}/beta/$metadata#${AUDITS}(deviceDisplayName)/$entity`,
      ...TYPE,
      deviceDisplayName: 'alpha',
    });
  });

  it('may be spelt without $, encoded, and with a star', async () => {
    for (const query of ['select=id', '%24select=id', '$select=id,id'])
      expect(Object.keys((await service.send('GET', `${AUDITS}?${query}`)).json.value[0])).toEqual([
        '@odata.type',
        'id',
      ]);
    expect(Object.keys((await get({ $select: '*' })).json.value[0])).toHaveLength(14);
  });
});

describe('$count', () => {
  it('counts what the filter lets through, whatever the page', async () => {
    const { json } = await get({ $count: 'true', $top: '2', $filter: "actionState ne 'done'" });
    expect([json['@odata.count'], json.value.length]).toEqual([3, 2]);
    expect((await get({ $count: 'false' })).json).not.toHaveProperty('@odata.count');
  });

  it('is plain text as a segment', async () => {
    for (const Accept of ['*/*', 'text/plain;q=0.9', 'text/plain']) {
      const { status, text, headers } = await service.send('GET', `${AUDITS}/$count`, { headers: { Accept } });
      expect([status, text, headers['content-type']]).toEqual([200, '5', 'text/plain;charset=utf-8']);
    }
    const { text } = await service.send('GET', `${AUDITS}/$count?$filter=actionState%20eq%20'done'`);
    expect(text).toBe('2');
  });
});

// [Graph: Paging]
describe('a page', () => {
  async function pages(path: string, headers: Record<string, string> = {}): Promise<string[]> {
    const found: string[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { status, json } = await service.send('GET', next, { headers });
      expect([status, json.error?.message]).toEqual([200, undefined]);
      found.push(json.value.map(({ id }: { id: string }) => id).join(''));
      const link = json['@odata.nextLink'] as string | undefined;
      next = link?.slice(service.origin.length);
      if (link !== undefined) expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/beta\/[^{} ]+$/);
    }
    return found;
  }

  it.each([
    ['$top=2', ['12', '34', '5']],
    ['$top=5', ['12345']],
    ['$top=2&$skip=1', ['23', '45']],
    ['$top=2&$orderby=deviceDisplayName%20desc&$select=id', ['54', '32', '1']],
    ["$top=1&$filter=actionState%20eq%20'done'&$count=true", ['3', '5']],
    ['$top=2&$orderby=userName', ['13', '52', '4']],
    ['$skip=5', ['']],
    ['$skip=3', ['45']],
  ])('leads to the next one: %s', async (query, expected) => {
    expect(await pages(`${AUDITS}?${query}`)).toEqual(expected);
  });

  it('may be as small as the client prefers', async () => {
    const headers = { Prefer: 'odata.maxpagesize=2' };
    expect(await pages(AUDITS, headers)).toEqual(['12', '34', '5']);
    const { headers: answered } = await service.send('GET', AUDITS, { headers });
    expect(answered['preference-applied']).toBe('odata.maxpagesize=2');
  });

  it('is not reached with a token that was changed, or that belongs to another query', async () => {
    const link = (await get({ $top: '2' })).json['@odata.nextLink'].slice(service.origin.length) as string;
    for (const wrong of [`${link}x`, link.replace('$top=2', '$top=3'), link.replace(/skiptoken=.*/, 'skiptoken=abc')]) {
      const { status, json } = await service.send('GET', wrong);
      expect([status, json.error.target]).toEqual([400, '$skiptoken']);
    }
  });

  it('stays where it is when objects come and go', async () => {
    const first = (await get({ $top: '2' })).json;
    await service.send('DELETE', `${AUDITS}/2`);
    const next = await service.send('GET', first['@odata.nextLink'].slice(service.origin.length));
    expect(next.json.value.map(({ id }: { id: string }) => id)).toEqual(['3', '4']);
  });

  it('has at most as many as the service allows', async () => {
    const { status, json } = await get({ $top: '1000' });
    expect([status, json.error.target]).toEqual([400, '$top']);
  });
});
