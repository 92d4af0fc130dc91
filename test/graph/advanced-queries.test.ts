import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

const EVENTUAL = { consistencylevel: 'eventual' };

onEachDatabase('advanced queries of objects of the directory', (service) => {
  beforeAll(async () => {
    const users = [
      ['ada', 'Ada Lovelace', 'ada@example.com'],
      ['bob', 'Bob One-Video', 'bob@example.com'],
      ['cid', 'Radar (test)', 'cid@example.org'],
    ];
    for (const [id, displayName, mail] of users) await service.create('users', { id, displayName, mail });
    await service.create('groups', { id: 'team', displayName: 'Team' });
    for (const id of ['ada', 'bob', 'cid']) await service.link('groups/team/members', id);
    for (const id of ['a', 'b']) await service.create('users/ada/contacts', { id, displayName: id });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  const ask = async (url: string, headers = {}) => {
    const { status, text, json } = await service.get(url.replaceAll(' ', '%20').replaceAll('"', '%22'), headers);
    if (status !== 200) return [status, json.error.code, json.error.message];
    return [status, text.startsWith('{') ? json.value.map(({ id }: { id: string }) => id) : text];
  };

  const NEEDS_HEADER = [
    ['users/$count', 'Request_BadRequest', '$count is not currently supported.', '3'],
    ['groups/team/members/$count', 'Request_BadRequest', '$count is not currently supported.', '3'],
    [
      'users?$search="displayName:ada"',
      'Request_UnsupportedQuery',
      expect.stringContaining('ConsistencyLevel'),
      ['ada'],
    ],
  ] as const;
  const NEEDS_COUNT = [
    ["users?$filter=mail ne 'ada@example.com'", ['bob', 'cid']],
    ["users?$filter=not startswith(mail,'ada')", ['bob', 'cid']],
    ["users?$filter=endswith(mail,'example.org')", ['cid']],
    ["users?$filter=startswith(mail,'a') or (endsWith(mail,'org'))", ['ada', 'cid']],
    ["users?$filter=startswith(displayName,'a')&$orderby=displayName", ['ada']],
    ['groups/team/members/microsoft.graph.user?$orderby=displayName desc', ['cid', 'bob', 'ada']],
    ["groups/team/members/microsoft.graph.user?$filter=id eq 'bob'", ['bob']],
    ["users?$filter=@p&@p=mail ne 'ada@example.com'", ['bob', 'cid']],
  ] as const;

  it.each(NEEDS_HEADER)('%s needs the header', async (url, code, message, answer) => {
    expect(await ask(url)).toEqual([400, code, message]);
    expect(await ask(url, { consistencylevel: 'session' })).toEqual([400, code, message]);
    expect(await ask(url, { consistencylevel: ' Eventual ' })).toEqual([200, answer]);
  });

  it.each(NEEDS_COUNT)('%s needs the header and the count', async (url, answer) => {
    const refused = [400, 'Request_UnsupportedQuery', expect.any(String)];
    expect(await ask(url)).toEqual(refused);
    expect(await ask(url, EVENTUAL)).toEqual(refused);
    expect(await ask(`${url}&$count=true`)).toEqual(refused);
    expect(await ask(`${url}&$count=true`, EVENTUAL)).toEqual([200, answer]);
  });

  it.each([
    'users?$orderby=displayName',
    "users?$filter=startswith(mail,'ada')",
    "users?$filter=mail eq 'ada@example.com' or id in ('bob')",
    'groups/team/members/microsoft.graph.user',
    'directory/deletedItems/microsoft.graph.user?$top=1',
  ])('%s needs neither', async (url) => {
    expect((await ask(url))[0]).toBe(200);
  });

  it.each([
    "users/ada/contacts?$filter=displayName ne 'a'&$orderby=displayName",
    'users/ada/contacts/$count',
    'users/ada/contacts?$search=a',
  ])('%s is about other objects', async (url) => {
    expect((await ask(url))[0]).toBe(200);
  });

  it('are not combined with $expand', async () => {
    expect(await ask("users?$count=true&$filter=id ne 'x'&$expand=memberOf", EVENTUAL)).toMatchObject([
      400,
      'Request_BadRequest',
      expect.any(String),
    ]);
    expect((await ask('users?$expand=memberOf'))[0]).toBe(200);
  });

  describe('the count', () => {
    it('is left unanswered without the header', async () => {
      const { status, json } = await service.get('users?$count=true');
      expect([status, json['@odata.count']]).toEqual([200, undefined]);
    });

    it('is told on the first page alone', async () => {
      const first = await service.get('users?$count=true&$top=2', EVENTUAL);
      expect(first.json['@odata.count']).toBe(3);
      const next = first.json['@odata.nextLink'].replace('http://host/v1.0/', '');
      expect(next).toContain('$count=true');
      const second = await service.get(next, EVENTUAL);
      expect([second.status, second.json['@odata.count'], second.json.value.length]).toEqual([200, undefined, 1]);
      expect((await service.get(next)).status).toBe(200);
    });

    it('of other objects is told on every page', async () => {
      const first = await service.get('users/ada/contacts?$count=true&$top=1');
      const second = await service.get(first.json['@odata.nextLink'].replace('http://host/v1.0/', ''));
      expect([first.json['@odata.count'], second.json['@odata.count']]).toEqual([2, 2]);
    });
  });

  describe('$search [Graph: Use the $search query parameter]', () => {
    it.each([
      ['"displayName:love"', ['ada']],
      ['"displayName:lovelace ada"', ['ada']],
      ['"displayName:video"', ['bob']],
      ['"displayName:deo"', []],
      ['"displayName:ada" OR "mail:cid@"', ['ada', 'cid']],
      ['"displayName:ada" AND "mail:bob"', []],
      ['"mail:example"', []],
      ['"displayName:(te"', ['cid']],
      ['"displayName:test)"', ['cid']],
      ['"displayName:[a-z]*"', []],
    ])('%s', async (search, ids) => {
      expect(await ask(`users?$search=${encodeURIComponent(search)}`, EVENTUAL)).toEqual([200, ids]);
    });

    it.each(['ada', '"ada"', '"displayName:"', '":ada"', '"colour:red"', '"accountEnabled:true"', '"displayName: "'])(
      '%s names no text of a property',
      async (search) => {
        expect((await ask(`users?$search=${encodeURIComponent(search)}`, EVENTUAL))[0]).toBe(400);
      },
    );
  });
});
