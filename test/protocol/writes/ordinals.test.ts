// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, integer, record, string } from 'fast-check';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, patch, send } = service;
const ORDER = "Orders('1')";

beforeEach(() =>
  create('Orders', {
    ID: '1',
    Words: ['one', 'two', 'three'],
    Times: ['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.0Z'],
    Places: [{ City: 'Bath', Zip: 1 }],
    Stops: [
      { City: 'Bath', Since: '2024-01-01T00:00:00.00Z', Notes: ['a', 'b'] },
      { '@odata.type': '#workshop.Detour', City: 'Ulm', Since: '2024-01-02T00:00:00.000Z', Length: 7 },
    ],
    Blanks: [1, null],
  }),
);

const at = async (path: string) => send('GET', `${ORDER}/${path}`);
const valueAt = async (path: string) => (await at(path)).json.value;

describe('an item of an ordered collection [OData-URL 4.10]', () => {
  it.each([
    ['Words/0', 'one'],
    ['Words/2', 'three'],
    ['Words/-1', 'three'],
    ['Words/-3', 'one'],
    ['Words/-0', 'one'],
    ['Times/1', '2024-01-02T00:00:00.0Z'],
    ['Times/-2', '2024-01-01T00:00:00.000Z'],
    ['Stops/0/City', 'Bath'],
    ['Stops/-1/Since', '2024-01-02T00:00:00.000Z'],
    ['Stops/1/workshop.Detour/Length', 7],
    ['Stops/0/Notes', ['a', 'b']],
    ['Stops/0/Notes/-1', 'b'],
    ['Blanks/0', 1],
  ])('is read by its ordinal: %s', async (path, expected) => {
    expect(await valueAt(path)).toEqual(expected);
  });

  it('is read as a property is, with the ordinal from the beginning in its context', async () => {
    const { json, headers } = await at('Words/-1');
    expect(json).toEqual({ '@odata.context': `http://host/service/$metadata#${ORDER}/Words/2`, value: 'three' });
    expect(headers.get('ETag')).toBe('W/"1"');
    expect((await at('Stops/-1?$select=City')).json).toEqual({
      '@odata.context': `http://host/service/$metadata#${ORDER}/Stops/1(City)`,
      '@odata.type': '#workshop.Detour',
      City: 'Ulm',
    });
  });

  it('has a raw value, a count of what it holds, and is nothing where it is null', async () => {
    expect((await at('Words/1/$value')).text).toBe('two');
    expect((await at('Times/-1/$value')).text).toBe('2024-01-02T00:00:00.0Z');
    expect((await at('Stops/0/Notes/$count')).text).toBe('2');
    expect((await at("Stops/0/Notes?$filter=$it eq 'b'")).json.value).toEqual(['b']);
    expect((await at('Blanks/1')).status).toBe(204);
    expect((await at('Stops/0/Tag')).status).toBe(204);
  });

  it.each([
    ['Words/3', 404],
    ['Words/-4', 404],
    ['Words/99999999999999999999', 404],
    ['Words/1.5', 404],
    ['Words/+1', 404],
    ['Words/0x0', 404],
    ['Words/0/0', 404],
    ['Words/0/$count', 400],
    ['Stops/2/City', 404],
    ['Stops/0/Notes/2', 404],
    ['Stops/1/Notes/0', 404],
    ['Places/0', 400],
    ['Name/0', 404],
    ['Words/0?$filter=true', 400],
  ])('is not found, or refused: %s', async (path, status) => {
    expect((await at(path)).status).toBe(status);
  });
});

describe('the change of an item [OData-Protocol 11.4.10]', () => {
  it.each([
    ['PUT', 'Words/0', { value: 'new' }, 'Words', ['new', 'two', 'three']],
    ['PUT', 'Words/-1', { value: 'new' }, 'Words', ['one', 'two', 'new']],
    ['DELETE', 'Words/1', undefined, 'Words', ['one', 'three']],
    ['DELETE', 'Words/-1', undefined, 'Words', ['one', 'two']],
    ['PUT', 'Blanks/0', { value: null }, 'Blanks', [null, null]],
    ['PUT', 'Stops/0/City', { value: 'York' }, 'Stops/0/City', 'York'],
    ['PUT', 'Stops/0/Notes', { value: ['c'] }, 'Stops/0/Notes', ['c']],
    ['PUT', 'Stops/0/Notes/1', { value: 'c' }, 'Stops/0/Notes', ['a', 'c']],
    ['POST', 'Stops/0/Notes', { value: 'c' }, 'Stops/0/Notes', ['a', 'b', 'c']],
    ['DELETE', 'Stops/0/Notes/-2', undefined, 'Stops/0/Notes', ['b']],
    ['DELETE', 'Stops/0/Notes', undefined, 'Stops/0/Notes', []],
    ['DELETE', 'Stops/0', undefined, 'Stops/0/City', 'Ulm'],
  ])('%s %s', async (method, path, json, shown, expected) => {
    const answer = await send(method, `${ORDER}/${path}`, json === undefined ? {} : { json });
    expect([answer.status, answer.headers.get('ETag')]).toEqual([204, 'W/"2"']);
    expect(await valueAt(shown)).toEqual(expected);
  });

  it('replaces a complex item by PUT, and lays members over it by PATCH', async () => {
    expect((await patch(`${ORDER}/Stops/-1`, { City: 'Bonn' })).status).toBe(204);
    expect(await valueAt('Stops')).toMatchObject([{ City: 'Bath' }, { City: 'Bonn', Length: 7 }]);
    expect((await send('PUT', `${ORDER}/Stops/0`, { json: { City: 'Kiel' } })).status).toBe(204);
    expect(await valueAt('Stops')).toMatchObject([{ City: 'Kiel', Since: null, Notes: [] }, { City: 'Bonn' }]);
  });

  it('leaves all values as they were sent, wherever their items go', async () => {
    await send('PUT', `${ORDER}/Times/0`, { json: { value: '2025-05-05T00:00:00.0000Z' } });
    expect(await valueAt('Times')).toEqual(['2025-05-05T00:00:00.0000Z', '2024-01-02T00:00:00.0Z']);
    await send('DELETE', `${ORDER}/Times/0`);
    expect(await valueAt('Times')).toEqual(['2024-01-02T00:00:00.0Z']);
    await patch(`${ORDER}/Stops/1`, { City: 'Bonn' });
    await send('DELETE', `${ORDER}/Stops/0`);
    expect(await valueAt('Stops/0/Since')).toBe('2024-01-02T00:00:00.000Z');
    await send('PUT', `${ORDER}/Times/0/$value`, {
      body: '2026-01-01T00:00:00Z',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(await valueAt('Times/0')).toBe('2026-01-01T00:00:00Z');
  });

  it('answers with the item where the client prefers that', async () => {
    const sent = { json: { value: 'new' }, headers: { Prefer: 'return=representation' } };
    const { status, json } = await send('PUT', `${ORDER}/Words/-1`, sent);
    expect([status, json.value, json['@odata.context']]).toEqual([
      200,
      'new',
      `http://host/service/$metadata#${ORDER}/Words/2`,
    ]);
  });

  it.each([
    ['PUT', 'Words/3', { value: 'x' }, 404],
    ['DELETE', 'Words/-4', undefined, 404],
    ['PUT', 'Words/0', { value: 1 }, 400],
    ['PUT', 'Words/0', { value: null }, 400],
    ['PUT', 'Words/0', { value: ['x'] }, 400],
    ['PATCH', 'Words/0', { value: 'x' }, 400],
    ['POST', 'Words/0', { value: 'x' }, 405],
    ['PUT', 'Places/0', { City: 'x' }, 400],
    ['PATCH', 'Stops/0', { Zip: 1 }, 400],
    ['DELETE', 'Stops/5/City', undefined, 404],
  ])('refuses %s %s with %j', async (method, path, json, status) => {
    const before = await get(ORDER);
    expect((await send(method, `${ORDER}/${path}`, json === undefined ? {} : { json })).status).toBe(status);
    expect(await get(ORDER)).toEqual(before);
  });

  it('holds under If-Match: of many removers one takes one away', async () => {
    const headers = { 'If-Match': 'W/"1"' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => send('DELETE', `${ORDER}/Words/0`, { headers })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 412, 412, 412]);
    expect(await valueAt('Words')).toEqual(['two', 'three']);
  });

  it('does what a list does, whatever is done to it', async () => {
    const step = record({
      verb: constantFrom('PUT', 'DELETE', 'GET'),
      ordinal: integer({ min: -5, max: 5 }),
      text: string({ maxLength: 5 }),
    });
    await assert(
      asyncProperty(array(string(), { maxLength: 4 }), array(step, { maxLength: 6 }), async (start, steps) => {
        await send('PUT', `${ORDER}/Words`, { json: { value: start } });
        const words = [...start];
        for (const { verb, ordinal, text } of steps) {
          const isThere = words.at(ordinal) !== undefined;
          const { status } = await send(
            verb,
            `${ORDER}/Words/${String(ordinal)}`,
            verb === 'PUT' ? { json: { value: text } } : {},
          );
          expect(status).toBe(!isThere ? 404 : verb === 'GET' ? 200 : 204);
          if (isThere && verb === 'PUT') words.splice(ordinal < 0 ? words.length + ordinal : ordinal, 1, text);
          if (isThere && verb === 'DELETE') words.splice(ordinal < 0 ? words.length + ordinal : ordinal, 1);
        }
        expect(await valueAt('Words')).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });
});
