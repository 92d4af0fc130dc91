// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { describe, expect, it } from '@jest/globals';

import { image, ref, stop, TOUR, useTours } from './tours.js';

const { send, done, read, statusOf } = useTours();

const etagOf = async () => (await send('GET', TOUR)).headers.get('ETag');

/** [OData-Protocol 11.4.6] [OData-URL 4.10] */
describe('references that hang on an item', () => {
  it.each(['Guide', 'Region'])('are set, replaced and removed: %s', async (name) => {
    for (const [index, place] of [
      ['0', 'a'],
      ['-1', 'b'],
      ['0', 'c'],
    ] as const) {
      expect((await done('PUT', `${TOUR}/Stops/${index}/${name}/$ref`, ref(place))).status).toBe(204);
      expect((await read(`${TOUR}/Stops/${index}/${name}`)).Name).toBe(place.toUpperCase());
    }
    expect((await read(`${TOUR}/Stops/2/${name}`)).Name).toBe('B');
    expect(await statusOf('GET', `${TOUR}/Stops/1/${name}`)).toBe(204);
    expect((await read(`${TOUR}?$expand=Stops/${name}`)).Stops).toMatchObject([
      { [name]: { ID: 'c' } },
      { [name]: null },
      { [name]: { ID: 'b' } },
    ]);
    const filtered = await read(`Tours?$filter=Stops/any(s:s/City eq 'Rome' and s/${name}/Name eq 'B')`);
    expect(filtered.value).toHaveLength(1);
    expect((await read(`Tours?$filter=Stops/any(s:s/City eq 'Bath' and s/${name}/Name eq 'B')`)).value).toEqual([]);
    await done('DELETE', `${TOUR}/Stops/-3/${name}/$ref`);
    expect(await statusOf('GET', `${TOUR}/Stops/0/${name}`)).toBe(204);
    expect((await read(`${TOUR}/Stops/2/${name}`)).Name).toBe('B');
  });

  it('are added to, replaced in and removed from collections', async () => {
    await done('POST', `${TOUR}/Stops/1/Sights/$ref`, ref('a'));
    await done('POST', `${TOUR}/Stops/-2/Sights/$ref`, ref('b'));
    expect((await read(`${TOUR}/Stops/1/Sights?$count=true&$orderby=ID desc`)).value).toMatchObject([
      { ID: 'b' },
      { ID: 'a' },
    ]);
    expect((await read(`${TOUR}/Stops/0/Sights`)).value).toEqual([]);
    expect((await read(`${TOUR}/Stops/1/Sights('b')`)).Name).toBe('B');
    expect((await send('GET', `${TOUR}/Stops/1/Sights/$count`)).text).toBe('2');
    await done('DELETE', `${TOUR}/Stops/1/Sights('a')/$ref`);
    await done('DELETE', `${TOUR}/Stops/1/Sights/$ref?$id=Places('b')`);
    expect((await read(`${TOUR}/Stops/1/Sights`)).value).toEqual([]);
    await done('PUT', `${TOUR}/Stops/-1/Sights/$ref`, { json: { value: [ref('c').json, ref('a').json] } });
    expect((await read(`${TOUR}?$expand=Stops/Sights($orderby=ID;$select=ID)`)).Stops).toMatchObject([
      { Sights: [] },
      { Sights: [] },
      { Sights: [{ ID: 'a' }, { ID: 'c' }] },
    ]);
    expect((await read(`${TOUR}?$expand=Stops/Sights/$count`)).Stops[2]).toMatchObject({ 'Sights@odata.count': 2 });
  });

  it('change the entity that has the item', async () => {
    expect(await etagOf()).toBe('W/"1"');
    await done('PUT', `${TOUR}/Stops/0/Guide/$ref`, ref('a'));
    expect(await etagOf()).toBe('W/"2"');
    const stale = { ...ref('b'), headers: { 'If-Match': 'W/"1"' } };
    expect(await statusOf('PUT', `${TOUR}/Stops/0/Guide/$ref`, stale)).toBe(412);
    expect(await statusOf('PUT', `${TOUR}/Stops/0/Region/$ref`, stale)).toBe(412);
    await done('PUT', `${TOUR}/Stops/0/Region/$ref`, { ...ref('b'), headers: { 'If-Match': 'W/"2"' } });
    expect((await read(`${TOUR}/Stops/0/RegionID`)).value).toBe('b');
    expect((await read(`${TOUR}/Stops`)).value.map((each: { City: string }) => each.City)).toEqual([
      'Bath',
      'Ulm',
      'Rome',
    ]);
  });

  it.each([
    ['PUT', 'Stops/3/Guide/$ref', 404],
    ['PUT', 'Stops/-4/Guide/$ref', 404],
    ['PUT', 'Stops/-4/Region/$ref', 404],
    ['PUT', 'Stops/0/Guide/$ref?$id=x', 400],
    ['POST', 'Stops/0/Guide/$ref', 405],
    ['POST', 'Stops/9/Sights/$ref', 404],
    ['DELETE', 'Stops/0/Guide/$ref', 404],
    ['DELETE', "Stops/0/Sights('a')/$ref", 404],
    ['POST', 'Stops/0/Notes/$ref', 400],
    ['PUT', 'Loose/0/Guide/$ref', 400],
    ['PUT', 'Stops/0/Halts/7/Guide/$ref', 404],
    ['DELETE', 'Fixed/0/Region/$ref', 400],
  ])('refuses %s %s', async (method, path, status) => {
    const before = await read(`${TOUR}?$expand=Stops/Guide,Stops/Sights`);
    expect(await statusOf(method, `${TOUR}/${path}`, method === 'DELETE' ? {} : ref('a'))).toBe(status);
    expect(await read(`${TOUR}?$expand=Stops/Guide,Stops/Sights`)).toEqual(before);
  });

  it('need a condition where the set asks for one', async () => {
    await done('POST', 'Guarded', { json: { ID: '1', Stops: [stop('Bath')] } });
    expect(await statusOf('PUT', "Guarded('1')/Stops/0/Guide/$ref", ref('a'))).toBe(428);
    const sent = { ...ref('a'), headers: { 'If-Match': '*' } };
    expect(await statusOf('PUT', "Guarded('1')/Stops/0/Guide/$ref", sent)).toBe(204);
  });
});

describe('entities behind an item', () => {
  it('are changed where they stand', async () => {
    await done('PUT', `${TOUR}/Stops/1/Guide/$ref`, ref('a'));
    await done('PATCH', `${TOUR}/Stops/1/Guide`, { json: { Name: 'Ada' } });
    await done('PUT', `${TOUR}/Stops/-2/Guide/Name`, { json: { value: 'Eve' } });
    expect((await read("Places('a')")).Name).toBe('Eve');
    await done('DELETE', `${TOUR}/Stops/1/Guide`);
    expect(await statusOf('GET', "Places('a')")).toBe(404);
    expect(await statusOf('GET', `${TOUR}/Stops/1/Guide`)).toBe(204);
  });

  it('are created through it', async () => {
    expect(await statusOf('POST', `${TOUR}/Stops/-1/Sights`, { json: { ID: 'd', Name: 'D' } })).toBe(201);
    expect((await read(`${TOUR}/Stops/2/Sights`)).value).toMatchObject([{ ID: 'd' }]);
    expect((await read("Places('d')")).Name).toBe('D');
    expect(await statusOf('POST', `${TOUR}/Stops/7/Sights`, { json: { ID: 'e' } })).toBe(404);
  });

  /** [CSDL-JSON 8.5] */
  it('are contained in it, by its ordinal', async () => {
    const created = await send('POST', `${TOUR}/Stops/1/Notes`, { json: { ID: 'n', Name: 'note' } });
    expect([created.status, created.headers.get('Location')]).toEqual([
      201,
      "http://host/service/Tours/1/Stops/1/Notes('n')",
    ]);
    expect((await read(created.headers.get('Location')!)).Name).toBe('note');
    await done('POST', `${TOUR}/Stops/-1/Notes`, { json: { ID: 'n', Name: 'other' } });
    await done('POST', `${TOUR}/Stops/1/Notes('n')/Notes`, { json: { ID: 'm' } });
    await done('PATCH', `${TOUR}/Stops/1/Cover`, { json: { ID: 'k' } });
    expect((await read(`${TOUR}/Stops/1/Notes`)).value).toMatchObject([{ Name: 'note' }]);
    expect((await read(`${TOUR}/Stops/-1/Notes('n')`)).Name).toBe('other');
    expect((await read(`${TOUR}?$expand=Stops/Notes($select=Name)`)).Stops).toMatchObject([
      { Notes: [] },
      { Notes: [{ Name: 'note' }] },
      { Notes: [{ Name: 'other' }] },
    ]);
    await done('DELETE', `${TOUR}/Stops/0`);
    expect((await read(`${TOUR}/Stops/0/Notes('n')/Notes`)).value).toMatchObject([{ ID: 'm' }]);
    expect((await read(`${TOUR}/Stops/1/Notes`)).value).toMatchObject([{ Name: 'other' }]);
    expect((await read(`${TOUR}/Stops/0/Cover`)).ID).toBe('k');
    await done('DELETE', `${TOUR}/Stops/0`);
    expect((await read(`${TOUR}/Stops/0/Notes`)).value).toMatchObject([{ Name: 'other' }]);
    expect(await statusOf('GET', `${TOUR}/Stops/1/Notes('n')`)).toBe(404);
  });
});

/** [OData-Protocol 11.4.8] */
describe('streams of an item', () => {
  it('are written, read, expanded and removed', async () => {
    const first = await done('PUT', `${TOUR}/Stops/-1/Photo`, image('last'));
    expect([first.status, first.headers.get('ETag')]).toEqual([204, 'W/"1"']);
    await done('PUT', `${TOUR}/Stops/0/Photo`, image('first'));
    await done('PUT', `${TOUR}/Stops/0/Halts/1/Photo`, image('inner'));
    expect((await send('GET', `${TOUR}/Stops/2/Photo`)).text).toBe('last');
    expect((await send('GET', `${TOUR}/Stops/0/Halts/-1/Photo`)).text).toBe('inner');
    expect((await send('GET', `${TOUR}/Stops/1/Photo`)).status).toBe(204);
    expect((await read(`${TOUR}?$expand=Stops/Photo`)).Stops).toMatchObject([
      { Photo: 'first' },
      { Photo: null },
      { Photo: 'last' },
    ]);
    expect((await read(`${TOUR}?$expand=Stops/Halts/Photo`)).Stops[0].Halts).toMatchObject([
      { Photo: null },
      { Photo: 'inner' },
    ]);
    expect((await read(`${TOUR}/Stops?$expand=Photo`)).value).toMatchObject([
      { Photo: 'first' },
      {},
      { Photo: 'last' },
    ]);
    expect((await send('GET', TOUR)).json.Stops[0]).toMatchObject({
      'Photo@odata.mediaContentType': 'text/plain',
      'Photo@odata.mediaEtag': 'W/"1"',
    });
    expect(await statusOf('PUT', `${TOUR}/Stops/0/Photo`, { ...image('x'), headers: { 'If-Match': 'W/"9"' } })).toBe(
      412,
    );
    await done('DELETE', `${TOUR}/Stops/0/Photo`);
    expect((await send('GET', `${TOUR}/Stops/0/Photo`)).status).toBe(204);
    expect((await send('GET', `${TOUR}/Stops/0/Halts/1/Photo`)).text).toBe('inner');
    for (const ordinal of ['3', '-4'])
      expect(await statusOf('PUT', `${TOUR}/Stops/${ordinal}/Photo`, image('x'))).toBe(404);
  });

  it('move with their items, and no ETag stands for two contents', async () => {
    await done('PUT', `${TOUR}/Stops/0/Photo`, image('first'));
    await done('PUT', `${TOUR}/Stops/1/Photo`, image('second'));
    const seen = new Map<string, string>();
    const look = async () => {
      for (const ordinal of [0, 1, 2, 3]) {
        const { status, text, headers } = await send('GET', `${TOUR}/Stops/${String(ordinal)}/Photo`);
        if (status !== 200) continue;
        const name = `${String(ordinal)} ${headers.get('ETag')!}`;
        expect(seen.get(name) ?? text).toBe(text);
        seen.set(name, text);
      }
    };
    await look();
    await done('DELETE', `${TOUR}/Stops/0`);
    await look();
    await done('PUT', `${TOUR}/Stops/1/Photo`, image('third'));
    await look();
    await done('POST', `${TOUR}/Stops?$index=0`, { json: stop('Kiel') });
    await look();
    await done('PUT', `${TOUR}/Stops/0/Photo`, image('fourth'));
    await look();
    expect((await send('GET', `${TOUR}/Stops/1/Photo`)).text).toBe('second');
  });
});
