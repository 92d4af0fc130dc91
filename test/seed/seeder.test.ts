import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { startControlled, type Controlled } from '../control/application.js';

let controlled: Controlled;
beforeAll(async () => void (controlled = await startControlled()));
beforeEach(async () => void (await controlled.send('POST', '/__admin/reset')));
afterAll(() => controlled.close());

async function seed(path: string, body: object = {}, more: object = {}) {
  const { status, json } = await controlled.seed(path, body, more);
  expect([status, json]).toEqual([200, expect.anything()]);
  return json as { stored: string[]; dropped: { code: string; target: string }[] };
}

const ensure = (path: string, body: object = {}, more: object = {}) => seed(path, body, { mode: 'ensure', ...more });

async function read(path: string) {
  const { status, json } = await controlled.send('GET', `/beta/${path}`);
  expect([path, status, json]).toEqual([path, 200, expect.anything()]);
  return json;
}

const ids = async (path: string): Promise<string[]> => (await read(path)).value.map(({ id }: { id: string }) => id);

describe('a seeded entity', () => {
  it('gets those that it belongs to', async () => {
    const { stored } = await seed('/users/1/messages/2/attachments/3', { bytes: 7 });
    expect(stored).toEqual(['users/1', 'users/1/messages/2', 'users/1/messages/2/attachments/3']);
    expect(await read('users/1/messages/2')).toMatchObject({ id: '2', subject: null, tags: [] });
    expect(await read('users/1/messages/2/attachments/3')).toMatchObject({
      '@odata.type': '#microsoft.graph.fileAttachment',
      bytes: 7,
    });
  });

  it('is stored as given, or left alone where it is there', async () => {
    await seed('users/1', { displayName: 'Ada', userPrincipalName: 'ada@contoso.com' });
    expect(await ensure('users/1', { displayName: 'Eva' })).toEqual({ stored: [], dropped: [] });
    expect(await read('users/1')).toMatchObject({ displayName: 'Ada', userPrincipalName: 'ada@contoso.com' });
    await seed('users/1', { displayName: 'Eva' });
    expect(await read('users/1')).toMatchObject({ displayName: 'Eva', userPrincipalName: null });
  });

  it.each([
    ['the path', 'users/1', { id: '2' }, '1'],
    ['the path, for a placeholder', 'users/1', { id: '{id}' }, '1'],
    [
      'the body, where the path names it by another value',
      'users/ada@b.c',
      { id: '1', userPrincipalName: 'ada@b.c' },
      '1',
    ],
    ['the path, decoded', 'users/a%20b', {}, 'a%20b'],
  ])('has the key of %s', async (_name, path, body, key) => {
    expect((await seed(path, body)).stored).toEqual([`users/${key}`]);
    expect((await read(`users/${key}`)).id).toBe(decodeURIComponent(key));
  });

  it('shows the control information that it was given with, and no other', async () => {
    const control = { '@odata.type': '#microsoft.graph.user', '@odata.id': 'users/x', '@odata.etag': 'W/"x"' };
    const shown = (json: object) => Object.keys(json).filter((name) => /@odata\.(type|id|etag)$/.test(name));
    await seed('/users/1', { displayName: 'Ada', ...control });
    await seed('/users/2', { displayName: 'Eva' });
    expect(await read('users/1')).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      '@odata.id': expect.stringMatching(/\/beta\/users\('1'\)$/),
      '@odata.etag': 'W/"1"',
    });
    expect(shown(await read('users/2'))).toEqual([]);
    expect((await controlled.send('PATCH', '/beta/users/1', { displayName: 'Bea' })).status).toBe(204);
    expect(await read('users/1')).toMatchObject({
      displayName: 'Bea',
      '@odata.etag': 'W/"2"',
      '@odata.type': control['@odata.type'],
    });
    const listed = (await read('users')).value as object[];
    expect(listed.map((each) => shown(each).length)).toEqual([3, 0]);
    await seed('/users/1', { displayName: 'Ada', '@odata.type': 7 });
    expect(shown(await read('users/1'))).toEqual([]);
  });

  it('brings the ones within it', async () => {
    await seed('users/1', {
      manager: { id: '9', displayName: 'Boss' },
      drive: { driveType: 'business' },
      messages: [{ id: 'm', attachments: [{ name: 'a', item: 'b' }] }],
    });
    expect(await read('users/1/manager')).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      displayName: 'Boss',
    });
    expect(await read('users/1/drive')).toMatchObject({ id: 'drive', driveType: 'business' });
    expect(await read('users/1/messages/m/attachments')).toMatchObject({
      value: [{ '@odata.type': '#microsoft.graph.itemAttachment', item: 'b' }],
    });
  });

  it('is related to those that it names', async () => {
    await seed('groups/1', {
      'members@odata.bind': ['https://graph.microsoft.com/v1.0/users/7', 'users/8', 'colours/1'],
    });
    expect(await ids('groups/1/members')).toEqual(['7', '8']);
  });
});

describe('a seeded collection', () => {
  it('has its items, with keys where they have none', async () => {
    const body = { value: [{ id: 'a', subject: 'x' }, { subject: 'y' }, { id: '<id>', subject: 'z' }] };
    const { stored } = await seed('users/1/messages', body);
    expect(stored).toHaveLength(4);
    expect(await ids('users/1/messages')).toEqual(['a', expect.stringMatching(/-/), expect.stringMatching(/-/)]);
    await seed('users/1/messages', body);
    expect(await ids('users/1/messages')).toHaveLength(3);
  });

  // [Graph: singleValueLegacyExtendedProperty]
  it('keeps ids that have a GUID in braces', async () => {
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color';
    await seed('users/1/messages', { value: [{ id }, { id: 'String {guid} Name Color' }] });
    expect(await ids('users/1/messages')).toEqual([id, expect.stringMatching(/^[\da-f]{8}-/)]);
  });

  it('of references has them in the sets of their types', async () => {
    const value = [{ '@odata.type': '#microsoft.graph.user', id: 'u' }, { id: 'g', mailNickname: 'x' }, { id: 'd' }];
    const { stored } = await seed('groups/1/members', { value });
    expect(stored).toEqual(['groups/1', 'users/u', 'groups/g', 'directoryObjects/d']);
    expect(await ids('groups/1/members')).toEqual(['u', 'g', 'd']);
    expect(await ids('directoryObjects')).toHaveLength(4);
  });
});

describe('an ensured reference', () => {
  it('leads to the entity that is there', async () => {
    await seed('users/7', { displayName: 'Ada' });
    await ensure('groups/1/members/7', { id: '7' });
    expect(await read('groups/1/members/7')).toMatchObject({ displayName: 'Ada' });
  });

  it('leads to a new one where there is none', async () => {
    await ensure('users/1/manager', { id: '9' }, { type: 'microsoft.graph.user' });
    expect(await read('users/1/manager')).toMatchObject({ id: '9' });
    expect(await read('users/9')).toMatchObject({ id: '9' });
    await seed('users/1/manager', { id: '10', displayName: 'Next' });
    expect(await read('users/1/manager')).toMatchObject({ id: '10' });
  });
});

describe('a seed for', () => {
  it('/me is for the user that it is', async () => {
    await seed('me', { id: 'other', displayName: 'Me' });
    await seed('me/messages/1', { subject: 'mine' });
    const { id } = await read('me');
    expect(await read(`users/${id}/messages/1`)).toMatchObject({ subject: 'mine' });
  });

  it('a property lays it over the entity', async () => {
    await seed('users/1', { displayName: 'Ada' });
    await seed('users/1/mailboxSettings', { timeZone: 'UTC' });
    expect(await read('users/1')).toMatchObject({ displayName: 'Ada', mailboxSettings: { timeZone: 'UTC' } });
  });

  it('a cast makes an entity of its type', async () => {
    await ensure('users/1/messages/2/attachments/3/microsoft.graph.itemAttachment');
    expect(await read('users/1/messages/2/attachments/3')).toMatchObject({ item: null });
    await ensure('users/1/messages/2/attachments/3/microsoft.graph.fileAttachment');
    expect(await read('users/1/messages/2/attachments/3')).toMatchObject({ bytes: null });
  });
});

describe('what does not agree with the schema', () => {
  it.each([
    ['is left out', { colour: 'red' }, 'UnknownProperty', 'colour', {}],
    [
      'is left out with what it stands in',
      { settings: [{ text: 'x', size: 1 }] },
      'UnknownProperty',
      'settings/0/size',
      { settings: [{ text: 'x' }] },
    ],
    ['is another member in another case', { importance: 'HIGH' }, 'InvalidValue', 'importance', { importance: 'high' }],
    [
      'is a placeholder',
      { sentDateTime: 'String (timestamp)' },
      'InvalidValue',
      'sentDateTime',
      { sentDateTime: '2021-01-01T00:00:00Z' },
    ],
    ['is null for a collection', { tags: null }, 'NullNotAllowed', 'tags', { tags: [] }],
    ['is a number for a text', { subject: 7 }, 'InvalidType', 'subject', { subject: null }],
  ])('%s', async (_name, body, code, target, message) => {
    expect((await seed('users/1/messages/2', body)).dropped).toMatchObject([{ code, target }]);
    expect(await read('users/1/messages/2')).toMatchObject({ id: '2', ...message });
  });

  it('is mended within what an entity contains', async () => {
    const { dropped } = await seed('users/1', { messages: [{ id: '2', importance: 'HIGH' }] });
    expect(dropped).toMatchObject([{ code: 'InvalidValue', target: 'messages/0/importance' }]);
    expect(await read('users/1/messages/2')).toMatchObject({ importance: 'high' });
  });

  it('gets the type that knows it', async () => {
    const settings = [{ text: 'x' }, { '@odata.type': '#microsoft.graph.setting', number: 1 }];
    expect((await seed('users/1/messages/2', { settings })).dropped).toEqual([]);
    expect((await read('users/1/messages/2')).settings).toEqual([
      { '@odata.type': '#microsoft.graph.textSetting', name: null, text: 'x' },
      { '@odata.type': '#microsoft.graph.numberSetting', name: null, number: 1 },
    ]);
  });
});

describe('seeded streams [OData-JSON 9, 10]', () => {
  const PIXEL = 'iVBORw0KGgo';
  const image = (thumbnail: unknown, contentType = 'image/png') => ({
    'thumbnail@odata.mediaContentType': contentType,
    thumbnail,
  });
  const item = 'users/1/drive/items/a';

  async function stream(path: string) {
    const { status, headers, text } = await controlled.send('GET', `/beta/${path}`);
    return [status, headers['content-type'], text];
  }

  it('stand in the seed with their types', async () => {
    const body = {
      name: 'a.txt',
      '@odata.mediaContentType': 'text/plain',
      $value: 'Grüße',
      ...image('{"a":1}', 'text/x'),
    };
    expect((await seed(item, body)).dropped).toEqual([]);
    expect(await stream(`${item}/$value`)).toEqual([200, 'text/plain', 'Grüße']);
    expect(await stream(`${item}/thumbnail`)).toEqual([200, 'text/x', '{"a":1}']);
    expect(await read(item)).toMatchObject({ name: 'a.txt', '@odata.mediaContentType': 'text/plain' });
  });

  it('are base64url, where they are neither text nor JSON', async () => {
    await seed(item, image(PIXEL));
    const { bytes } = await controlled.bytes(`/beta/${item}/thumbnail`);
    expect(bytes.toString('base64url')).toBe(PIXEL);
    await seed(item, image({ a: [1] }, 'application/json'));
    expect(await stream(`${item}/thumbnail`)).toEqual([200, 'application/json', '{"a":[1]}']);
  });

  it('stay without being mentioned, change with it, and go by null', async () => {
    await seed(item, image('one', 'text/plain'));
    await seed(item, { name: 'b' });
    expect(await stream(`${item}/thumbnail`)).toEqual([200, 'text/plain', 'one']);
    await seed(item, image('two', 'text/plain'));
    expect(await stream(`${item}/thumbnail`)).toEqual([200, 'text/plain', 'two']);
    await seed(item, { thumbnail: null });
    expect((await stream(`${item}/thumbnail`))[0]).toBe(204);
  });

  it('come with entities within others and in collections', async () => {
    const value = [
      { id: 'b', ...image('x', 'text/plain') },
      { id: 'c', $value: PIXEL },
    ];
    await seed('users/1/drive/items', { value });
    expect(await stream('users/1/drive/items/b/thumbnail')).toEqual([200, 'text/plain', 'x']);
    expect((await stream('users/1/drive/items/c/$value')).slice(0, 2)).toEqual([200, 'application/octet-stream']);
    await seed('users/2/drive', { items: [{ id: 'd', ...image('y', 'text/plain') }] });
    expect(await stream('users/2/drive/items/d/thumbnail')).toEqual([200, 'text/plain', 'y']);
  });

  it.each([[image('no base64!')], [image(7)], [image({ a: 1 })]])(
    'are left out where they cannot be read: %j',
    async (body) => {
      const { dropped } = await seed(item, { name: 'a', ...body });
      expect(dropped).toEqual([expect.objectContaining({ code: 'InvalidValue', target: 'thumbnail' })]);
      expect((await stream(`${item}/thumbnail`))[0]).toBe(204);
      expect(await controlled.seed(item, body, { strict: true })).toMatchObject({ status: 400 });
    },
  );
});
