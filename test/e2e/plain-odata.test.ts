import { describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../src/protocol/index.js';

import { GRAPH, useService } from './start-service.js';

const TINY = { files: ['test/fixtures/tiny.csdl.xml'], profile: odataProfile };
const BOOK = { number: 1, title: 'Emma', tags: [] };
const NOTHING = {
  pages: null,
  price: null,
  words: null,
  published: null,
  language: null,
  binding: null,
  origin: null,
};

/** Both roots are in one application, beside a service with Graph's ways, and have data of their own. */
describe.each(['library', ''])('another schema at /%s', (root) => {
  const service = useService([{ ...TINY, root, space: 'tiny' }, GRAPH], {});
  const base = () => `${service.origin}${root === '' ? '' : `/${root}`}`;
  const create = (set: string, json: object) => service.send('POST', set, { json });

  it('has a service document and a schema of its own', async () => {
    const { json } = await service.send('GET', '');
    expect(json).toEqual({
      '@odata.context': `${base()}/$metadata`,
      value: [
        { name: 'Books', kind: 'EntitySet', url: 'Books' },
        { name: 'Loans', kind: 'EntitySet', url: 'Loans' },
        { name: 'Authors', kind: 'EntitySet', url: 'Authors' },
        { name: 'House', kind: 'Singleton', url: 'House' },
      ],
    });
    const { text } = await service.send('GET', '$metadata');
    expect(text).toContain('<Schema Namespace="library" Alias="self"');
    expect(text).not.toContain('microsoft');
  });

  it('has none of the behaviours of Graph', async () => {
    const missing = await service.send('GET', 'nowhere', { headers: { 'client-request-id': 'mine' } });
    expect(missing.status).toBe(404);
    expect(missing.headers).not.toHaveProperty('request-id');
    expect(missing.headers).not.toHaveProperty('client-request-id');
    expect(missing.headers).not.toHaveProperty('x-ms-ags-diagnostic');
    expect(missing.headers).toMatchObject({ 'odata-version': '4.0', 'content-type': 'application/json' });
    expect(missing.json).toEqual({
      error: { code: 'SegmentNotFound', message: "Resource not found for the segment 'nowhere'." },
    });
    expect((await service.send('GET', `/${root}//Books`)).status).not.toBe(200);
  });

  it('stands beside a service with them', async () => {
    expect((await service.send('GET', '/beta/deviceManagement')).status).toBe(401);
    const headers = { Authorization: 'Bearer token' };
    const { status, json } = await service.send('GET', '/beta/nowhere', { headers });
    expect([status, json.error.code]).toEqual([400, 'BadRequest']);
  });

  it('creates, reads, changes and deletes by a number, with ETags', async () => {
    const created = await create('Books', { ...BOOK, number: 7 });
    expect([created.status, created.headers.location]).toEqual([201, `${base()}/Books(7)`]);
    const etag = created.headers.etag!;
    expect(created.json).toEqual({
      '@odata.context': `${base()}/$metadata#Books/$entity`,
      '@odata.etag': etag,
      ...BOOK,
      number: 7,
      ...NOTHING,
    });
    expect((await service.send('GET', 'Books(7)')).json).toEqual(created.json);
    expect((await service.send('GET', 'Books/7')).json).toEqual(created.json);
    expect((await service.send('GET', 'Books(7)', { headers: { 'If-None-Match': etag } })).status).toBe(304);

    const updated = await service.send('PATCH', 'Books(7)', { json: { pages: 200 }, headers: { 'If-Match': etag } });
    expect([updated.status, updated.text]).toEqual([204, '']);
    const stale = await service.send('PATCH', 'Books(7)', { json: { pages: 1 }, headers: { 'If-Match': etag } });
    expect([stale.status, stale.json.error.code]).toEqual([412, 'PreconditionFailed']);
    const headers = { Prefer: 'return=representation' };
    const shown = await service.send('PATCH', 'Books(7)', { json: { title: 'Persuasion' }, headers });
    expect([shown.status, shown.headers['preference-applied']]).toEqual([200, 'return=representation']);
    expect(shown.json).toMatchObject({ number: 7, title: 'Persuasion', pages: 200 });

    expect((await service.send('DELETE', 'Books(7)', { headers: { 'If-Match': etag } })).status).toBe(412);
    expect((await service.send('DELETE', 'Books(7)')).status).toBe(204);
    const gone = await service.send('GET', 'Books(7)');
    expect([gone.status, gone.json.error.code]).toEqual([404, 'NotFound']);
  });

  it('makes no key that is a number, but one that is a GUID', async () => {
    const { status, json } = await create('Books', { title: 'Emma', tags: [] });
    expect([status, json.error.target]).toEqual([400, 'number']);
    expect((await create('Authors', {})).json.id).toMatch(/^[0-9a-f]{8}-/);
  });

  it.each(['Books(1.5)', "Books('7')", 'Books(99999999999)', 'Books/abc', 'Books(nothing=1)'])(
    'has nothing at a key of another type: %s',
    async (path) => {
      expect([400, 404]).toContain((await service.send('GET', path)).status);
    },
  );

  it('has keys of several parts', async () => {
    const loan = { reader: "O'Neil/x", day: '2024-02-29', note: null };
    const { status, headers } = await create('Loans', loan);
    const path = `Loans(reader='O''Neil%2Fx',day=2024-02-29)`;
    expect([status, headers.location]).toEqual([201, `${base()}/${path}`]);
    expect((await service.send('GET', path)).json).toMatchObject(loan);
    expect((await service.send('GET', `Loans(day=2024-02-29,reader='O''Neil%2Fx')`)).json).toMatchObject(loan);
    expect((await create('Loans', loan)).status).toBe(409);
    expect((await create('Loans', { ...loan, day: '2024-03-01' })).status).toBe(201);
    expect((await create('Loans', { reader: 'x' })).status).toBe(400);
    for (const wrong of ["Loans('x')", "Loans(reader='x')", "Loans(reader='x',day=2024-02-29,note='x')"])
      expect([wrong, (await service.send('GET', wrong)).status]).toEqual([wrong, 400]);
  });

  it('keeps derived entities and values, and names their types', async () => {
    const audio = {
      '@odata.type': '#library.AudioBook',
      ...BOOK,
      number: 20,
      origin: { '@odata.type': 'library.Depot', city: 'Bath', gate: 3 },
      reader: 'Fiona',
      length: 'PT16H30M',
    };
    const created = await create('Books', audio);
    expect(created.status).toBe(201);
    const { '@odata.context': context, '@odata.etag': etag, ...object } = created.json;
    expect(object).toEqual({
      ...NOTHING,
      ...audio,
      origin: { '@odata.type': '#library.Depot', street: null, city: 'Bath', gate: 3 },
    });
    expect((await service.send('GET', 'Books(20)')).json).toEqual(created.json);
    const list = await service.send('GET', 'Books');
    expect(list.json.value).toContainEqual({ '@odata.etag': etag, ...object });
    expect(context).toBe(`${base()}/$metadata#Books/$entity`);

    const { json } = await service.send('GET', 'Books/library.AudioBook(20)');
    expect(json).toMatchObject({ '@odata.context': `${base()}/$metadata#Books/library.AudioBook/$entity`, number: 20 });
    await create('Books', { ...BOOK, number: 21 });
    expect((await service.send('GET', 'Books/library.AudioBook(21)')).status).toBe(404);
    const derived = await service.send('GET', 'Books/library.AudioBook');
    expect(derived.json.value.map(({ number }: { number: number }) => number)).toEqual([20]);
    expect((await service.send('PATCH', 'Books(20)', { json: { reader: 'Juliet' } })).status).toBe(204);
    expect((await service.send('PATCH', 'Books(21)', { json: { reader: 'Juliet' } })).status).toBe(400);
  });

  it.each([['#library.Copy'], ['#library.Address'], ['#library.Nothing'], ['library.Language']])(
    'takes no unrelated type: %s',
    async (type) => {
      const { status, json } = await create('Books', { ...BOOK, number: 30, '@odata.type': type });
      expect([status, json.error.details[0].target]).toEqual([400, '@odata.type']);
    },
  );

  it('keeps what is dynamic in an open type, and nothing elsewhere', async () => {
    const author = {
      id: 'b4d2e4b8-0000-4000-8000-000000000001',
      name: 'Jane',
      born: 1775,
      works: ['Emma'],
      likes: { tea: true },
    };
    const { status, json } = await create('Authors', author);
    expect([status, json]).toEqual([201, expect.objectContaining(author)]);
    expect((await service.send('GET', `Authors(${author.id})`)).json).toEqual(json);
    expect((await service.send('PATCH', `Authors(${author.id})`, { json: { born: null, died: 1817 } })).status).toBe(
      204,
    );
    expect((await service.send('GET', `Authors(${author.id})`)).json).toMatchObject({ name: 'Jane', died: 1817 });
    const refused = await create('Books', { ...BOOK, number: 31, colour: 'red' });
    expect(refused.json.error.details).toMatchObject([{ code: 'UnknownProperty', target: 'colour' }]);
  });

  it('keeps numbers, dates and enumerations exactly', async () => {
    const body = `{"number":40,"title":"x","tags":["a",""],"price":123456.78,"words":9007199254740993,"published":"2024-02-29","language":"klingon","binding":"paper,leather"}`;
    const { status, text } = await service.send('POST', 'Books', {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(status).toBe(201);
    for (const part of [
      '"price":123456.78',
      '"words":9007199254740993',
      '"language":"klingon"',
      '"binding":"paper,leather"',
    ])
      expect(text).toContain(part);
    const headers = { Accept: 'application/json;IEEE754Compatible=true' };
    expect((await service.send('GET', 'Books(40)', { headers })).json).toMatchObject({
      price: '123456.78',
      words: '9007199254740993',
    });
  });

  it.each([
    [{ title: 'x'.repeat(41) }, 'title'],
    [{ title: null }, 'title'],
    [{ pages: 32_768 }, 'pages'],
    [{ pages: 1.5 }, 'pages'],
    [{ price: 1.234 }, 'price'],
    [{ price: 1_234_567.89 }, 'price'],
    [{ published: '2023-02-29' }, 'published'],
    [{ binding: 'paper,wood' }, 'binding'],
    [{ tags: ['a', null] }, 'tags/1'],
    [{ tags: null }, 'tags'],
    [{ origin: { city: null } }, 'origin/city'],
    [{ origin: { city: 'Bath', gate: 3 } }, 'origin/gate'],
  ])('refuses %j', async (changes, target) => {
    const { status, json } = await create('Books', { ...BOOK, number: 50, ...changes });
    expect([status, json.error?.details]).toEqual([400, [expect.objectContaining({ target })]]);
  });

  it('contains entities in others', async () => {
    await create('Books', { ...BOOK, number: 60 });
    await create('Books', { ...BOOK, number: 61 });
    const created = await create('Books(60)/copies', { shelf: 'A/1' });
    expect(created.status).toBe(201);
    const location = new URL(created.headers.location!);
    expect((await service.send('GET', location.pathname)).json).toEqual(created.json);
    expect(created.json).toMatchObject({
      '@odata.context': `${base()}/$metadata#Books(60)/copies/$entity`,
      shelf: 'A/1',
      isLent: false,
    });
    expect((await service.send('GET', 'Books/60/copies/A%2F1')).json).toEqual(created.json);
    expect((await service.send('GET', 'Books(61)/copies')).json.value).toEqual([]);
    expect((await create('Books(61)/copies', { shelf: 'A/1' })).status).toBe(201);
    expect((await create('Books(60)/copies', { shelf: 'A/1' })).status).toBe(409);
    expect((await create('Books(69)/copies', { shelf: 'A/1' })).status).toBe(404);
    expect((await service.send('DELETE', 'Books(60)')).status).toBe(204);
    expect((await service.send('GET', "Books(60)/copies('A%2F1')")).status).toBe(404);
    expect((await service.send('GET', "Books(61)/copies('A%2F1')")).status).toBe(200);
  });

  it('has a singleton', async () => {
    expect((await service.send('GET', 'House')).json).toEqual({
      '@odata.context': `${base()}/$metadata#House`,
      '@odata.etag': expect.any(String),
      name: 'Library',
      address: null,
    });
    expect((await service.send('PATCH', 'House', { json: { address: { city: 'Bath' } } })).status).toBe(204);
    expect((await service.send('GET', 'House')).json).toMatchObject({ address: { street: null, city: 'Bath' } });
  });
});
