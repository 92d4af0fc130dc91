import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, type DirectoryService } from './directory-service.js';

const DRIVE = 'users/ada/drive';

onEachDatabase('drives', (service: DirectoryService) => {
  const put = (url: string, body: string, headers: Record<string, string> = {}) =>
    service.send('PUT', url, { body, headers: { 'content-type': 'text/plain', ...headers } });
  const folder = (url: string, name: string) => service.create(url, { name, folder: {} });
  const names = async (url: string) => {
    const { status, json, text } = await service.get(url);
    expect([status, text]).toEqual([200, text]);
    return json.value.map(({ name }: { name: string }) => name).toSorted();
  };

  beforeAll(async () => {
    await service.create('users', { id: 'ada', userPrincipalName: 'ada@example.com' });
    await service.create('users', { id: 'bob' });
    await service.create('drives', { id: 'shared', name: 'Shared' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  describe('addresses [Graph: Addressing resources in a drive]', () => {
    let file: { id: string };
    beforeAll(async () => {
      const { status, json } = await put(`${DRIVE}/root:/a%20b/c.txt:/content`, 'hello');
      expect([status, json.name]).toEqual([201, 'c.txt']);
      file = json;
    });

    it.each([
      `${DRIVE}/root:/a%20b/c.txt`,
      `${DRIVE}/root:/a%20b/c.txt:`,
      `${DRIVE}/root:/a%20b/c.txt:/`,
      `${DRIVE}/root:/A%20B/C.TXT`,
      `${DRIVE}/root:/a%20b:/children/ID`,
      `${DRIVE}/items/ID`,
      `${DRIVE}/items('ID')`,
      `${DRIVE}/items/ID:`,
      `${DRIVE}/items/root:/a%20b/c.txt`,
      'users/ada@example.com/drive/root:/a%20b/c.txt',
      'drives/DRIVE/items/ID',
      "drives('DRIVE')/items/ID",
      'drives/DRIVE/root:/a%20b/c.txt:',
      'drives/DRIVE/items/root%3A%2Fa%20b%2Fc.txt',
      'drives/DRIVE/items/root%3a%2fa%20b%2fc.txt%3a',
      'drives/DRIVE/items/root%3A%2Fa%20b%3A/children/ID',
      `${DRIVE}/items/root%3A%2Fa%20b%2Fc.txt%3A?$select=id,name`,
    ])('%s is the file', async (path) => {
      const drive = (await service.get(DRIVE)).json.id;
      const { status, json } = await service.get(path.replace('ID', file.id).replace('DRIVE', drive));
      expect([status, json.id, json.name]).toEqual([200, file.id, 'c.txt']);
    });

    it.each([
      `${DRIVE}/root:/a%20b/none.txt`,
      `${DRIVE}/root:/none/c.txt`,
      `${DRIVE}/root:/a%2520b/c.txt`,
      `${DRIVE}/root:/a%20b%2Fc.txt`,
      `${DRIVE}/root:/a%20b/../c.txt`,
      `${DRIVE}/items/none:/c.txt`,
      `${DRIVE}/root:/a%20b/c.txt/d`,
      `${DRIVE}/root:/$count`,
      'users/nobody/drive/root:/a%20b/c.txt',
      'drives/none/root:/a',
      'drives/b!YWJj',
      `${DRIVE}/root:/none:/children`,
      `${DRIVE}/root:/none:/children/$count`,
    ])('%s is nothing', async (path) => {
      const { status, json } = await service.get(path);
      expect([status, json.error.code]).toEqual([
        404,
        expect.stringMatching(/^itemNotFound$|^Request_ResourceNotFound$/),
      ]);
    });

    it.each([`${DRIVE}/root:/a%20b/c.txt::`, `${DRIVE}/root:/a::/children`, 'users/ada:/x'])(
      '%s is no address',
      async (path) => {
        expect([400, 404]).toContain((await service.get(path)).status);
      },
    );

    it('leads from what stands at it to children and content', async () => {
      expect(await names(`${DRIVE}/root:/a%20b:/children`)).toEqual(['c.txt']);
      expect(await names(`${DRIVE}/root/children`)).toEqual(['a b']);
      const { status, text, headers } = await service.get(`${DRIVE}/root:/a%20b/c.txt:/content`);
      expect([status, text, headers.get('Content-Type')]).toEqual([200, 'hello', 'text/plain']);
    });

    it('of the root is its own', async () => {
      for (const path of [`${DRIVE}/root`, `${DRIVE}/root:`, `${DRIVE}/root:/`, `${DRIVE}/items/root`])
        expect((await service.get(path)).json).toMatchObject({
          id: 'root',
          name: 'root',
          root: {},
          folder: { childCount: 1 },
        });
    });
  });

  it('a drive nobody has written has an empty root', async () => {
    expect((await service.get('users/bob/drive/root')).json).toMatchObject({
      name: 'root',
      folder: { childCount: 0 },
      size: 0,
    });
    expect(await names('users/bob/drive/root/children')).toEqual([]);
    expect((await service.get('users/bob/drive/root:/x')).status).toBe(404);
    expect((await service.get('users/bob/drive/items/root')).json).toMatchObject({ id: 'root', root: {} });
    expect((await service.get('users/bob/drive/items/other')).status).toBe(404);
  });

  it('the drive of /me is there by its id, and its root by its key', async () => {
    const { json: me } = await service.get('me');
    expect((await service.get(`users/${me.id}`)).json).toEqual(me);
    const { json: drive } = await service.get('me/drive');
    expect((await service.get(`drives/${drive.id}`)).json.id).toBe(drive.id);
    await folder(`drives/${drive.id}/items/root/children`, 'Docs');
    const path = `drives/${drive.id}/items/root%3A%2FDocs%2Fa%20b.txt%3A/content`;
    expect((await put(path, 'hello')).status).toBe(201);
    expect((await service.get(path)).text).toBe('hello');
    expect(await names('me/drive/root:/Docs:/children')).toEqual(['a b.txt']);
  });

  describe('files and folders', () => {
    it('know where they are, what they are and how much they hold', async () => {
      await put('drives/shared/root:/one/two/three.txt:/content', 'abc');
      await put('drives/shared/root:/one/four.txt:/content', '12345');
      const get = async (path: string) => (await service.get(`drives/shared/root:/${path}`)).json;
      const one = await get('one');
      expect(one).toMatchObject({
        folder: { childCount: 2 },
        size: 8,
        parentReference: { driveId: 'shared', id: 'root', path: '/drives/shared/root:' },
      });
      expect(one.file ?? null).toBeNull();
      expect(await get('one/two')).toMatchObject({ folder: { childCount: 1 }, size: 3 });
      const three = await get('one/two/three.txt');
      expect(three).toMatchObject({
        file: { mimeType: 'text/plain' },
        size: 3,
        parentReference: { path: '/drives/shared/root:/one/two' },
      });
      expect(three.folder ?? null).toBeNull();
      expect((await service.get('drives/shared/root')).json).toMatchObject({ folder: { childCount: 1 }, size: 8 });
    });

    it('content is replaced in place, and counted anew', async () => {
      const before = (await put('drives/shared/root:/again/x.txt:/content', 'abc')).json;
      const after = await put('drives/shared/root:/again/X.TXT:/content', 'a', { 'content-type': 'text/html' });
      expect([after.status, after.json.id, after.json.size]).toEqual([200, before.id, 1]);
      expect((await service.get('drives/shared/root:/again')).json).toMatchObject({
        folder: { childCount: 1 },
        size: 1,
      });
      const byId = await put(`drives/shared/items/${before.id}/content`, 'four');
      expect([byId.status, byId.json.size]).toEqual([200, 4]);
      expect((await put('drives/shared/items/none/content', 'x')).status).toBe(404);
      expect((await put(`drives/shared/items/none:/x.txt:/content`, 'x')).status).toBe(404);
    });

    it('beside a parent by its id', async () => {
      const parent = await folder('drives/shared/root/children', 'parent');
      const created = await put(`drives/shared/items/${parent.id}:/new%20file.txt:/content`, 'x');
      expect([created.status, created.json.parentReference.id]).toEqual([201, parent.id]);
      expect(await names(`drives/shared/items/${parent.id}/children`)).toEqual(['new file.txt']);
    });

    it('a name is taken once in a folder, in any case', async () => {
      const twice = await folder('drives/shared/root/children', 'Twice');
      const again = await service.post('drives/shared/root/children', { name: 'twice', folder: {} });
      expect([again.status, again.json.error.code]).toEqual([409, 'nameAlreadyExists']);
      await folder(`drives/shared/items/${twice.id}/children`, 'Twice');
    });

    it.each([
      '',
      ' ',
      '.',
      '..',
      'a/b',
      'a:b',
      'a*',
      'a?',
      '"',
      '<',
      '|',
      'a\\b',
      'a\u0001',
      '\ud800',
      'x'.repeat(401),
    ])('%j is no name', async (name) => {
      expect((await service.post('drives/shared/root/children', { name, folder: {} })).status).toBe(400);
    });

    it.each(["O'Neil (1).txt", 'ü & #.txt', '100%.txt', "f(a='b').txt", 'delta', 'a.b.c', '~', '[1]{2}'])(
      '%j is a name',
      async (name) => {
        const path = `drives/shared/root:/names/${encodeURIComponent(name)}`;
        expect((await put(`${path}:/content`, 'x')).status).toBe(201);
        const { status, json } = await service.get(path);
        expect([status, json.name]).toEqual([200, name]);
        expect((await service.get(`drives/shared/items/${json.id}/content`)).text).toBe('x');
      },
    );

    it('a file holds nothing', async () => {
      const { json } = await put('drives/shared/root:/leaf.txt:/content', 'x');
      expect((await service.post(`drives/shared/items/${json.id}/children`, { name: 'x', folder: {} })).status).toBe(
        400,
      );
      expect((await put('drives/shared/root:/leaf.txt/below.txt:/content', 'x')).status).toBe(400);
      expect((await service.get('drives/shared/root:/leaf.txt/below.txt')).status).toBe(404);
    });

    it('go with all below them', async () => {
      await put('drives/shared/root:/doomed/deep/er/x.txt:/content', 'xyz');
      const { id } = (await service.get('drives/shared/root:/doomed/deep/er/x.txt')).json;
      const before = (await service.get('drives/shared/root')).json;
      expect((await service.send('DELETE', 'drives/shared/root:/doomed')).status).toBe(204);
      expect((await service.get(`drives/shared/items/${id}`)).status).toBe(404);
      expect((await service.get('drives/shared/root:/doomed')).status).toBe(404);
      const after = (await service.get('drives/shared/root')).json;
      expect([after.size, after.folder.childCount]).toEqual([before.size - 3, before.folder.childCount - 1]);
    });

    it('the root stays', async () => {
      expect((await service.send('DELETE', 'drives/shared/items/root')).status).toBe(400);
      expect((await service.send('PATCH', 'drives/shared/root', { json: { name: 'x' } })).status).toBe(400);
    });
  });

  describe('moving and renaming', () => {
    const patch = (id: string, json: object) => service.send('PATCH', `drives/shared/items/${id}`, { json });
    let target: { id: string };
    let source: { id: string };
    beforeAll(async () => {
      await put('drives/shared/root:/from/sub/x.txt:/content', 'abc');
      source = (await service.get('drives/shared/root:/from/sub')).json;
      target = await folder('drives/shared/root/children', 'to');
    });

    it('changes the address of all below', async () => {
      const { status, json } = await patch(source.id, { name: 'moved', parentReference: { id: target.id } });
      expect([status, json]).toMatchObject([
        200,
        { id: source.id, name: 'moved', parentReference: { id: target.id, path: '/drives/shared/root:/to' } },
      ]);
      expect((await service.get('drives/shared/root:/from/sub')).status).toBe(404);
      const file = (await service.get('drives/shared/root:/to/moved/x.txt')).json;
      expect(file.parentReference).toMatchObject({ name: 'moved', path: '/drives/shared/root:/to/moved' });
      expect((await service.get('drives/shared/root:/from')).json).toMatchObject({
        folder: { childCount: 0 },
        size: 0,
      });
      expect((await service.get('drives/shared/root:/to')).json).toMatchObject({ folder: { childCount: 1 }, size: 3 });
      expect((await service.get('drives/shared/root:/to/moved/x.txt:/content')).text).toBe('abc');
    });

    it('takes back what was read', async () => {
      const { '@odata.context': context, ...read } = (await service.get(`drives/shared/items/${source.id}`)).json;
      const { status, json } = await patch(source.id, read);
      expect([status, json['@odata.context'], json.name]).toEqual([200, context, read.name]);
    });

    it('is refused into itself, into files, to nowhere, and to other drives', async () => {
      const inner = await folder(`drives/shared/items/${source.id}/children`, 'inner');
      const file = (await put('drives/shared/root:/plain.txt:/content', 'x')).json;
      for (const id of [source.id, inner.id, file.id, 'none', '', '\ud800'])
        expect([id, (await patch(source.id, { parentReference: { id } })).status]).toEqual([id, 400]);
      expect((await patch(source.id, { parentReference: { driveId: 'other', id: 'root' } })).status).toBe(501);
      expect((await patch(source.id, { parentReference: { path: '/drive/root:/x' } })).status).toBe(501);
      expect((await service.get('drives/shared/root:/to/moved')).status).toBe(200);
    });

    it('is refused where the name is taken', async () => {
      const other = await folder('drives/shared/root/children', 'Moved');
      expect((await patch(source.id, { parentReference: { id: 'root' } })).status).toBe(409);
      expect((await patch(other.id, { name: 'TO' })).status).toBe(409);
      expect((await patch(other.id, { name: 'a/b' })).status).toBe(400);
      expect((await patch(other.id, { name: 'MOVED' })).status).toBe(200);
    });
  });

  it.each([`${DRIVE}/root:/big.bin:/createUploadSession`, `${DRIVE}/items/ID/createUploadSession`])(
    'uploads in several requests are not supported, and say so: %s',
    async (path) => {
      const { id } = (await put(`${DRIVE}/root:/small.bin:/content`, 'x')).json;
      const { status, json } = await service.post(path.replace('ID', id), {});
      expect([status, json.error.code]).toEqual([501, 'notSupported']);
    },
  );

  it('many files written at the same time are all there, in one folder', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => put(`${DRIVE}/root:/many/${String(index)}.txt:/content`, 'x')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect((await names(`${DRIVE}/root/children`)).filter((name: string) => name === 'many')).toEqual(['many']);
    expect(await names(`${DRIVE}/root:/many:/children`)).toHaveLength(8);
    expect((await service.get(`${DRIVE}/root:/many`)).json).toMatchObject({ folder: { childCount: 8 }, size: 8 });
  });

  it('one file written at the same time is there once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(`${DRIVE}/root:/once.txt:/content`, 'x')));
    for (const { status } of answers) expect([200, 201, 409]).toContain(status);
    expect((await names(`${DRIVE}/root/children`)).filter((name: string) => name === 'once.txt')).toHaveLength(1);
  });
});
