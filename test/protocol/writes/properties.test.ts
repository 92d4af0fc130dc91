import { beforeEach, describe, expect, it } from '@jest/globals';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, send } = service;
const ORDER = "Orders('1')";
const value = async (name: string) => (await send('GET', `${ORDER}/${name}`)).json.value;

beforeEach(() =>
  create('Orders', {
    ID: '1',
    Number: 7,
    Frozen: 'ice',
    Words: ['one', 'two'],
    Times: ['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.0Z'],
    Places: [{ City: 'Bath', Zip: 1 }],
    Place: { City: 'Rome', Zip: 2 },
  }),
);

describe('POST to a collection property [OData-Protocol 11.4.9.4]', () => {
  it('adds an item at the end', async () => {
    const { status, headers } = await send('POST', `${ORDER}/Words`, { json: { value: 'three' } });
    expect([status, headers.get('ETag')]).toEqual([204, 'W/"2"']);
    expect(await value('Words')).toEqual(['one', 'two', 'three']);
  });

  it('takes a complex item as it is, and answers with the collection where the client prefers that', async () => {
    const sent = { json: { City: 'Ulm', Zip: 3 }, headers: { Prefer: 'return=representation' } };
    const { status, json } = await send('POST', `${ORDER}/Places`, sent);
    expect(status).toBe(200);
    expect(json.value).toMatchObject([
      { City: 'Bath', Zip: 1 },
      { City: 'Ulm', Zip: 3 },
    ]);
  });

  it.each([
    [0, ['new', 'one', 'two']],
    [1, ['one', 'new', 'two']],
    [2, ['one', 'two', 'new']],
    [-1, ['one', 'two', 'new']],
    [-3, ['new', 'one', 'two']],
  ])('adds it at the position %d [OData-Protocol 11.4.11]', async (index, expected) => {
    expect((await send('POST', `${ORDER}/Words?$index=${String(index)}`, { json: { value: 'new' } })).status).toBe(204);
    expect(await value('Words')).toEqual(expected);
  });

  it('leaves the others as they were sent', async () => {
    const sent = { json: { value: '2024-01-03T00:00:00.00Z' } };
    await send('POST', `${ORDER}/Times?$index=1`, sent);
    const expected = ['2024-01-01T00:00:00.000Z', '2024-01-03T00:00:00.00Z', '2024-01-02T00:00:00.0Z'];
    expect(await value('Times')).toEqual(expected);
  });

  it.each([
    ['a position behind the end', 'Words?$index=3', { value: 'x' }, 400],
    ['a position before the beginning', 'Words?$index=-4', { value: 'x' }, 400],
    ['a position where the schema knows none', 'Places?$index=0', { City: 'x', Zip: 1 }, 400],
    ['a wrong value', 'Words', { value: 1 }, 400],
    ['null where there is none', 'Words', { value: null }, 400],
    ['a list', 'Words', { value: ['x'] }, 400],
    ['a wrong complex value', 'Places', { City: 1, Zip: 1 }, 400],
    ['an unknown member', 'Places', { Colour: 'x', Zip: 1 }, 400],
    ['no value', 'Words', {}, 400],
    ['a single property', 'Name', { value: 'x' }, 405],
  ])('refuses %s', async (_, path, json, status) => {
    expect((await send('POST', `${ORDER}/${path}`, { json })).status).toBe(status);
    expect(await value('Words')).toEqual(['one', 'two']);
  });

  it('loses none of many that come at once', async () => {
    const words = Array.from({ length: 20 }, (_, index) => `word${String(index)}`);
    const answers = await Promise.all(words.map((word) => send('POST', `${ORDER}/Words`, { json: { value: word } })));
    expect(answers.map(({ status }) => status)).toEqual(words.map(() => 204));
    expect((await value('Words')).toSorted()).toEqual(['one', 'two', ...words].toSorted());
  });
});

describe('PUT, PATCH and DELETE of properties [OData-Protocol 11.4.9]', () => {
  it('replace, change and clear', async () => {
    expect((await send('PUT', `${ORDER}/Words`, { json: { value: ['x'] } })).status).toBe(204);
    expect((await send('PATCH', `${ORDER}/Place`, { json: { City: 'Oslo' } })).status).toBe(204);
    expect((await send('DELETE', `${ORDER}/Places`)).status).toBe(204);
    const { json } = await send('GET', ORDER);
    expect(json).toMatchObject({ Words: ['x'], Place: { City: 'Oslo', Zip: 2 }, Places: [] });
    expect((await send('DELETE', `${ORDER}/Place`)).status).toBe(204);
    expect((await send('GET', `${ORDER}/Place`)).status).toBe(204);
  });

  it('leave members alone that are not given, as they were sent', async () => {
    await send('PUT', `${ORDER}/Place`, { json: { City: 'Rome', Zip: 2, Since: '2024-01-01T00:00:00.00Z' } });
    expect((await send('PATCH', `${ORDER}/Place`, { json: { City: 'Oslo' } })).status).toBe(204);
    const { json } = await send('GET', `${ORDER}/Place`);
    expect(json).toMatchObject({ City: 'Oslo', Zip: 2, Since: '2024-01-01T00:00:00.00Z' });
  });

  it.each([
    ['DELETE', 'Weight', undefined],
    ['DELETE', 'Weight/$value', undefined],
    ['PUT', 'Weight', { value: null }],
    ['PUT', 'Words', { value: null }],
    ['PUT', 'ID', { value: '2' }],
    ['PUT', 'Number', { value: 8 }],
    ['PUT', 'Total', { value: 8 }],
    ['PUT', 'Frozen', { value: 'water' }],
    ['DELETE', 'Frozen', undefined],
    ['PATCH', 'Words', { value: ['x'] }],
  ])('refuse what may not be set: %s %s', async (method, path, json) => {
    const before = (await send('GET', ORDER)).text;
    expect((await send(method, `${ORDER}/${path}`, json === undefined ? {} : { json })).status).toBe(400);
    expect((await send('GET', ORDER)).text).toBe(before);
  });

  it('is held to conditions', async () => {
    const headers = { 'If-Match': 'W/"9"' };
    for (const [method, path, json] of [
      ['PUT', 'Name', { value: 'x' }],
      ['DELETE', 'Name', undefined],
      ['POST', 'Words', { value: 'x' }],
    ] as const) {
      const sent = json === undefined ? { headers } : { headers, json };
      expect((await send(method, `${ORDER}/${path}`, sent)).status).toBe(412);
    }
  });

  it('may repeat what is not updatable, but not change it', async () => {
    expect((await service.patch(ORDER, { Frozen: 'ice', Name: 'x' })).status).toBe(204);
    expect((await service.patch(ORDER, { Frozen: 'water' })).status).toBe(400);
  });
});

describe('PUT of a bare value [OData-Protocol 11.4.9.1]', () => {
  const put = (name: string, contentType: string, body: string | Uint8Array) =>
    send('PUT', `${ORDER}/${name}/$value`, { headers: { 'Content-Type': contentType }, body });

  it.each(['text/plain', 'text/plain;charset=UTF-8', 'text/html', 'application/octet-stream'])(
    'takes text of any kind: %s',
    async (contentType) => {
      expect((await put('Name', contentType, 'Ünï')).status).toBe(204);
      expect(await value('Name')).toBe('Ünï');
    },
  );

  it('takes bytes for binary values', async () => {
    expect((await put('Bytes', 'image/png', new Uint8Array([0, 255, 254]))).status).toBe(204);
    expect([...(await send('GET', `${ORDER}/Bytes/$value`)).bytes]).toEqual([0, 255, 254]);
  });

  it.each([
    ['another character set', 'Name', 'text/plain;charset=iso-8859-1', 'x', 415],
    ['bytes that are no text', 'Name', 'text/plain', new Uint8Array([0xff, 0xfe]), 400],
    ['a text that is no number', 'Weight', 'text/plain', 'heavy', 400],
  ])('refuses %s', async (_, name, contentType, body, status) => {
    expect((await put(name, contentType, body)).status).toBe(status);
  });
});
