// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { stop, useTours } from './tours.js';

const { send, done, read } = useTours();

const bind = (place: string) => ({ 'Guide@odata.bind': `Places('${place}')` });
const photo = (text: string) => ({ 'Photo@odata.mediaContentType': 'text/plain', Photo: text });

/** City, guide and picture of each stop. */
async function hanging(tour: string): Promise<unknown[]> {
  const { Stops } = await read(`Tours('${tour}')?$expand=Stops/Guide,Stops/Photo`);
  return (Stops as { City: string; Guide: { ID: string } | null; Photo: string | null }[]).map(
    ({ City, Guide, Photo }) => [City, Guide?.ID ?? null, Photo],
  );
}

/** [OData-JSON 8.5, 9] [OData-Protocol 11.4.2.1, 11.4.2.2, 11.4.3.1] */
describe('what payloads say of items', () => {
  it('comes with a new entity: links, entities and streams', async () => {
    const Stops = [
      stop('Bath', { ...bind('a'), ...photo('bath'), Cover: { ID: 'c', Name: 'cover' } }),
      stop('Kiel'),
      stop('Ulm', {
        Guide: { ID: 'new', Name: 'made' },
        'Sights@odata.bind': ["Places('a')", "Places('b')"],
        Notes: [{ ID: 'n', Notes: [{ ID: 'deep' }] }],
        Halts: [{ Name: 'inn' }, { Name: 'mill', ...bind('c'), ...photo('mill') }],
      }),
    ];
    const { json } = await done('POST', 'Tours', { json: { ID: '2', Stops } });
    expect(json.Stops).toMatchObject([{ Cover: { Name: 'cover' } }, { Guide: null }, { Guide: { Name: 'made' } }]);
    expect(json['@odata.context']).toMatch(/Stops\/Guide\(\)/);
    expect(await hanging('2')).toEqual([
      ['Bath', 'a', 'bath'],
      ['Kiel', null, null],
      ['Ulm', 'new', null],
    ]);
    expect((await read("Tours('2')/Stops/2/Sights")).value.map(({ ID }: { ID: string }) => ID)).toEqual(['a', 'b']);
    expect((await read("Tours('2')/Stops/2/Notes('n')/Notes")).value).toMatchObject([{ ID: 'deep' }]);
    expect((await read("Tours('2')/Stops/2/Halts/1/Guide")).ID).toBe('c');
    expect((await done('GET', "Tours('2')/Stops/2/Halts/1/Photo")).text).toBe('mill');
    expect((await read("Tours('2')/Stops/0/Cover")).Name).toBe('cover');
    expect((await read("Places('new')")).Name).toBe('made');
  });

  it('gives foreign keys to items, also of entities that come along', async () => {
    const region = (value: object) => ({ City: 'x', Halts: [], ...value });
    const Stops = [
      region({ 'Region@odata.bind': "Places('b')" }),
      region({ Region: { ID: 'r', Name: 'made' } }),
      region({ Region: { '@odata.id': "Places('a')" } }),
    ];
    await done('POST', 'Tours', { json: { ID: '2', Stops } });
    const stored = await read("Tours('2')?$expand=Stops/Region");
    expect(
      stored.Stops.map((each: { RegionID: string; Region: { ID: string } }) => [each.RegionID, each.Region.ID]),
    ).toEqual([
      ['b', 'b'],
      ['r', 'r'],
      ['a', 'a'],
    ]);
    await done('PATCH', "Tours('2')", {
      json: { Stops: [region({}), region({ 'Region@odata.bind': "Places('c')" })] },
    });
    const changed = await read("Tours('2')?$select=Stops");
    expect(changed.Stops.map((each: { RegionID: string }) => each.RegionID)).toEqual([null, 'c']);
  });

  it.each(['PATCH', 'PUT'])(
    'comes with a collection that %s writes; equal items keep what they have',
    async (method) => {
      await done('POST', 'Tours', {
        json: { ID: '2', Stops: [stop('Bath', { ...bind('a'), ...photo('bath') }), stop('Ulm', bind('b'))] },
      });
      const Stops = [stop('Kiel', { ...bind('c'), ...photo('kiel') }), stop('Bath'), stop('Ulm', { Guide: null })];
      await done(method, "Tours('2')", { json: { Stops } });
      expect(await hanging('2')).toEqual([
        ['Kiel', 'c', 'kiel'],
        ['Bath', 'a', 'bath'],
        ['Ulm', null, null],
      ]);
      await done(method, "Tours('2')", {
        json: { Stops: [stop('Bath', { ...photo('new'), Guide: { ID: 'b', Name: 'changed' }, Notes: [{ ID: 'n' }] })] },
      });
      expect(await hanging('2')).toEqual([['Bath', 'b', 'new']]);
      expect((await read("Places('b')")).Name).toBe('changed');
      expect((await read("Tours('2')/Stops/0/Notes")).value).toMatchObject([{ ID: 'n' }]);
    },
  );

  it.each<[string, object, RegExp]>([
    ['of a collection without order', { Loose: [stop('x', bind('a'))] }, /'Loose\/0\/Guide@odata.bind' stands inside/],
    [
      'new in a collection without order',
      { Loose: [stop('x', { Guide: { ID: 'z' } })] },
      /'Loose\/0\/Guide' stands inside/,
    ],
    ['to nothing', { Stops: [stop('x', bind('none'))] }, /none/],
    [
      'of a wrong form',
      { Stops: [stop('x', { 'Guide@odata.bind': 1 })] },
      /'Stops\/0\/Guide@odata.bind' must be a URL/,
    ],
    ['of another type', { Stops: [stop('x', { 'Guide@odata.bind': "Tours('1')" })] }, /leads to 'tours.Place'/],
    ['of unknown properties', { Stops: [stop('x', { Guide: { ID: 'z', Nope: 1 } })] }, /Nope/],
    [
      'that do not exist',
      { Stops: [stop('x', { 'Nope@odata.bind': "Places('a')" })] },
      /does not belong to a navigation/,
    ],
    ['to several', { Stops: [stop('x', { Guide: [{ ID: 'z' }] })] }, /must be an object/],
    ['null where there is a list', { Stops: [stop('x', { Sights: null })] }, /must be an array/],
  ])('links %s are refused, and nothing is written', async (_, body, message) => {
    for (const [method, path, json] of [
      ['POST', 'Tours', { ID: '2', ...body }],
      ['PATCH', "Tours('1')", body],
    ] as const) {
      const before = await read("Tours('1')");
      const answer = await send(method, path, { json });
      expect([answer.status, answer.json.error.message + JSON.stringify(answer.json.error.details ?? '')]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
      expect((await send('GET', "Tours('2')")).status).toBe(404);
      expect((await send('GET', "Places('z')")).status).toBe(404);
      expect(await read("Tours('1')")).toEqual(before);
    }
  });

  it('comes with an item that POST adds, before others too; what hangs on those goes with them', async () => {
    await done('POST', "Tours('1')/Stops", { json: stop('Kiel', { ...bind('a'), ...photo('kiel') }) });
    await done('POST', "Tours('1')/Stops?$index=0", {
      json: stop('Oslo', {
        ...bind('b'),
        Region: { ID: 'r', Name: 'made' },
        Notes: [{ ID: 'n', Notes: [{ ID: 'deep' }] }],
        Halts: [{ Name: 'inn', ...bind('c'), ...photo('inn') }],
      }),
    });
    expect(await hanging('1')).toEqual([
      ['Oslo', 'b', null],
      ['Bath', null, null],
      ['Ulm', null, null],
      ['Rome', null, null],
      ['Kiel', 'a', 'kiel'],
    ]);
    expect((await read("Tours('1')/Stops/0")).RegionID).toBe('r');
    expect((await read("Tours('1')/Stops/0/Region")).Name).toBe('made');
    expect((await read("Tours('1')/Stops/0/Notes('n')/Notes")).value).toMatchObject([{ ID: 'deep' }]);
    expect((await read("Tours('1')/Stops/0/Halts/0/Guide")).ID).toBe('c');
    await done('POST', "Tours('1')/Stops/0/Halts", { json: { Name: 'mill', ...bind('a'), ...photo('mill') } });
    const { Halts } = await read("Tours('1')/Stops/0?$expand=Halts/Guide,Halts/Photo");
    expect(Halts.map((each: { Guide: { ID: string }; Photo: string }) => [each.Guide.ID, each.Photo])).toEqual([
      ['c', 'inn'],
      ['a', 'mill'],
    ]);
  });

  it.each([
    ['a single value', 'Start'],
    ['an item', 'Stops/1'],
    ['an item from the end', 'Stops/-2'],
  ])('comes with %s that is written by its own path', async (_, path) => {
    const at = `Tours('1')/${path}`;
    await done('PUT', at, {
      json: stop('Kiel', { ...bind('a'), ...photo('kiel'), 'Region@odata.bind': "Places('b')", Cover: { ID: 'c' } }),
    });
    const shown = async () => {
      const { City, RegionID, Guide, Photo } = await read(`${at}?$expand=Guide,Photo`);
      return [City, RegionID, Guide?.ID ?? null, Photo];
    };
    expect(await shown()).toEqual(['Kiel', 'b', 'a', 'kiel']);
    expect((await read(`${at}/Cover`)).ID).toBe('c');
    await done('PATCH', at, { json: { Guide: null, Photo: 'new', 'Photo@odata.mediaContentType': 'text/plain' } });
    expect(await shown()).toEqual(['Kiel', 'b', null, 'new']);
    await done('PATCH', at, { json: { Guide: { ID: 'a', Name: 'changed' }, Cover: null } });
    expect(await shown()).toEqual(['Kiel', 'b', 'a', 'new']);
    expect((await read("Places('a')")).Name).toBe('changed');
    expect((await send('GET', `${at}/Cover`)).status).toBe(204);
    const answer = await done('PATCH', at, {
      json: { City: 'Bonn', ...bind('b') },
      headers: { prefer: 'return=representation' },
    });
    expect(answer.json.City).toBe('Bonn');
    expect(await shown()).toEqual(['Bonn', 'b', 'b', 'new']);
  });

  it.each<[string, object, RegExp]>([
    ['to nothing', bind('none'), /none/],
    ['of a wrong form', { 'Guide@odata.bind': 1 }, /must be a URL/],
    ['of another type', { 'Guide@odata.bind': "Tours('1')" }, /leads to 'tours.Place'/],
    ['of unknown properties', { Guide: { ID: 'z', Nope: 1 } }, /Nope/],
    ['null where there is a list', { Sights: null }, /must be an array/],
  ])('links %s are refused by paths of values too, and nothing is written', async (_, value, message) => {
    const before = await read("Tours('1')");
    for (const [method, path] of [
      ['POST', 'Stops'],
      ['PUT', 'Stops/0'],
      ['PATCH', 'Stops/0'],
      ['PUT', 'Start'],
    ] as const) {
      const json = { City: 'x', ...value };
      const answer = await send(method, `Tours('1')/${path}`, { json: method === 'PATCH' ? json : stop('x', json) });
      expect([answer.status, answer.json.error.message + JSON.stringify(answer.json.error.details ?? '')]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
    }
    expect((await send('GET', "Places('z')")).status).toBe(404);
    expect(await read("Tours('1')")).toEqual(before);
  });

  it('may not change what the schema says cannot be changed, by whatever path', async () => {
    const restricted = /'Fixed\/Region' cannot be changed/;
    const Fixed = [{ 'Region@odata.bind': "Places('b')" }];
    for (const [method, path, json] of [
      ['PATCH', "Tours('1')", { Fixed }],
      ['PUT', "Tours('1')/Fixed/0/Region/$ref", { '@odata.id': "Places('b')" }],
      ['PATCH', "Tours('1')/Fixed/0", Fixed[0]!],
      ['POST', "Tours('1')/Fixed", { RegionID: 'a', ...Fixed[0] }],
    ] as const) {
      const answer = await send(method, path, { json });
      expect([answer.status, answer.json.error.message]).toEqual([400, expect.stringMatching(restricted)]);
    }
    expect((await read("Tours('1')/Fixed/0/Region")).ID).toBe('a');
    await done('POST', 'Tours', { json: { ID: '2', Fixed } });
    expect((await read("Tours('2')/Fixed/0/Region")).ID).toBe('b');
  });

  it('is the same as what the paths of the items do', async () => {
    const places = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
    const texts = fc.option(fc.constantFrom('x', 'yy'), { nil: undefined });
    const stops = fc.array(fc.record({ City: fc.constantFrom('p', 'q'), guide: places, text: texts }), {
      maxLength: 4,
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(stops, stops, async (first, second) => {
        const body = (all: typeof first) =>
          all.map(({ City, guide, text }) =>
            stop(City, {
              ...(guide && bind(guide)),
              ...(text && photo(text)),
              ...(guide === undefined && { Guide: null }),
            }),
          );
        const id = `t${String(count++)}`;
        await done('POST', 'Tours', { json: { ID: id, Stops: body(first) } });
        const shown = (all: typeof first) => all.map(({ City, guide = null, text = null }) => [City, guide, text]);
        expect(await hanging(id)).toEqual(shown(first));
        await done('PATCH', `Tours('${id}')`, { json: { Stops: body(second) } });
        const guides = (await hanging(id)) as unknown[][];
        expect(guides.map(([City, guide]) => [City, guide])).toEqual(
          shown(second).map(([City, guide]) => [City, guide]),
        );
      }),
      { numRuns: 25 },
    );
  });
});
