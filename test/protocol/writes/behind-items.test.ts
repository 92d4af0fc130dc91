// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';

import { defineBehavior } from '../../../src/behavior/index.js';
import type { CsdlDocument, JsonValue } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const nullable = { $Nullable: true };
const ordered = { $Collection: true, '@Org.OData.Core.V1.Ordered': true };
const one = (type: string, more: object = {}) => ({
  $Kind: 'NavigationProperty',
  $Type: `tours.${type}`,
  ...nullable,
  ...more,
});
const id = { $Kind: 'EntityType', $Key: ['ID'], ID: { $Type: 'Edm.String' }, Name: nullable };

const tours: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'tours.Container',
  tours: {
    Stop: {
      $Kind: 'ComplexType',
      City: nullable,
      RegionID: nullable,
      Region: one('Place', { $ReferentialConstraint: { RegionID: 'ID' } }),
      Guide: one('Place'),
      Sights: one('Place', { $Collection: true }),
      Notes: one('Note', { $Collection: true, $ContainsTarget: true }),
      Cover: one('Note', { $ContainsTarget: true }),
      Photo: { $Type: 'Edm.Stream', ...nullable },
      Halts: { $Type: 'tours.Halt', ...ordered },
    },
    Halt: { $Kind: 'ComplexType', Name: nullable, Guide: one('Place'), Photo: { $Type: 'Edm.Stream', ...nullable } },
    Fixed: { $Kind: 'ComplexType', RegionID: {}, Region: one('Place', { $ReferentialConstraint: { RegionID: 'ID' } }) },
    Tour: {
      ...id,
      Stops: { $Type: 'tours.Stop', ...ordered, '@Org.OData.Core.V1.PositionalInsert': true },
      Frozen: { $Type: 'tours.Stop', ...ordered },
      Fixed: { $Type: 'tours.Fixed', ...ordered },
      Start: { $Type: 'tours.Stop', ...nullable },
      Loose: { $Type: 'tours.Stop', $Collection: true },
    },
    Turn: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [{ $Name: 'it', $Type: 'tours.Tour' }],
      },
    ],
    Place: id,
    Note: { ...id, Notes: one('Note', { $Collection: true, $ContainsTarget: true }) },
    Container: {
      $Kind: 'EntityContainer',
      Tours: {
        $Collection: true,
        $Type: 'tours.Tour',
        $NavigationPropertyBinding: {
          'Stops/Region': 'Places',
          'Stops/Guide': 'Places',
          'Stops/Sights': 'Places',
          'Stops/Halts/Guide': 'Places',
          'Fixed/Region': 'Places',
          'Frozen/Guide': 'Places',
        },
        '@Org.OData.Capabilities.V1.UpdateRestrictions': { NonUpdatableNavigationProperties: ['Fixed/Region'] },
      },
      Guarded: {
        $Collection: true,
        $Type: 'tours.Tour',
        '@Org.OData.Core.V1.OptimisticConcurrency': [],
      },
      Places: { $Collection: true, $Type: 'tours.Place' },
    },
  },
};

const { send } = useService(tours, {
  behaviors: [
    defineBehavior({
      action: {
        'tours.Turn': ({ entities, binding }) =>
          entities.update(binding!, { Stops: (binding!.document['Stops'] as JsonValue[]).slice(1) }),
      },
    }),
  ],
});
const TOUR = "Tours('1')";
const ref = (place: string) => ({ json: { '@odata.id': `Places('${place}')` } });
const image = (text: string) => ({ headers: { 'content-type': 'text/plain' }, body: text });
const stop = (City: string, more: object = {}) => ({ City, RegionID: null, Halts: [], ...more });

async function done(method: string, path: string, sent?: Parameters<typeof send>[2]) {
  const answer = await send(method, path, sent);
  expect([answer.status < 300, answer.text]).toEqual([true, answer.text]);
  return answer;
}

const read = async (path: string) =>
  (await done('GET', path, { headers: { accept: 'application/json;odata.metadata=none' } })).json;
const statusOf = async (method: string, path: string, sent?: Parameters<typeof send>[2]) =>
  (await send(method, path, sent)).status;
const etagOf = async () => (await send('GET', TOUR)).headers.get('ETag');

beforeEach(async () => {
  for (const ID of ['a', 'b', 'c']) await done('POST', 'Places', { json: { ID, Name: ID.toUpperCase() } });
  const Stops = [stop('Bath', { Halts: [{ Name: 'inn' }, { Name: 'mill' }] }), stop('Ulm'), stop('Rome')];
  await done('POST', 'Tours', { json: { ID: '1', Stops, Fixed: [{ RegionID: 'a' }], Frozen: [stop('x')] } });
});

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

/** [OData-Protocol 11.4.9.4, 11.4.10] */
describe('what hangs on items', () => {
  beforeEach(async () => {
    for (const [ordinal, place] of ['a', 'b', 'c'].entries()) {
      await done('PUT', `${TOUR}/Stops/${String(ordinal)}/Guide/$ref`, ref(place));
      await done('PUT', `${TOUR}/Stops/${String(ordinal)}/Photo`, image(place));
    }
    await done('PUT', `${TOUR}/Stops/0/Halts/1/Guide/$ref`, ref('c'));
  });

  const hanging = async () => {
    const { Stops } = await read(`${TOUR}?$expand=Stops/Guide,Stops/Photo`);
    return (Stops as { City: string; Guide: { ID: string } | null; Photo: string | null }[]).map(
      ({ City, Guide, Photo }) => [City, Guide?.ID ?? null, Photo],
    );
  };

  it('stays when the item is changed by its ordinal', async () => {
    await done('PATCH', `${TOUR}/Stops/0`, { json: { City: 'York' } });
    await done('PUT', `${TOUR}/Stops/-1`, { json: { City: 'Oslo' } });
    await done('PUT', `${TOUR}/Stops/1/City`, { json: { value: 'Bonn' } });
    expect(await hanging()).toEqual([
      ['York', 'a', 'a'],
      ['Bonn', 'b', 'b'],
      ['Oslo', 'c', 'c'],
    ]);
    await done('PUT', `${TOUR}/Stops/0/Halts/0/Name`, { json: { value: 'pub' } });
    expect((await read(`${TOUR}/Stops/0/Halts/1/Guide`)).ID).toBe('c');
    await done('DELETE', `${TOUR}/Stops/0/Halts/0`);
    expect((await read(`${TOUR}/Stops/0/Halts/0/Guide`)).ID).toBe('c');
  });

  it('goes with the item, wherever that goes', async () => {
    await done('POST', `${TOUR}/Stops?$index=1`, { json: stop('Kiel') });
    expect(await hanging()).toEqual([
      ['Bath', 'a', 'a'],
      ['Kiel', null, null],
      ['Ulm', 'b', 'b'],
      ['Rome', 'c', 'c'],
    ]);
    await done('DELETE', `${TOUR}/Stops/0`);
    await done('DELETE', `${TOUR}/Stops/0`);
    expect(await hanging()).toEqual([
      ['Ulm', 'b', 'b'],
      ['Rome', 'c', 'c'],
    ]);
    await done('POST', `${TOUR}/Stops`, { json: stop('Bath') });
    expect((await hanging())[2]).toEqual(['Bath', null, null]);
  });

  it('stays on those items of a new collection that were in the earlier one, and goes with the others', async () => {
    const { value } = await read(`${TOUR}/Stops`);
    await done('PATCH', TOUR, { json: { Stops: [stop('New'), value[0], value[2]] } });
    expect(await hanging()).toEqual([
      ['New', null, null],
      ['Bath', 'a', 'a'],
      ['Rome', 'c', 'c'],
    ]);
    await done('PUT', `${TOUR}/Stops`, { json: { value: [value[2], value[0]] } });
    expect(await hanging()).toEqual([
      ['Rome', null, null],
      ['Bath', 'a', 'a'],
    ]);
    await done('DELETE', `${TOUR}/Stops`);
    await done('PUT', `${TOUR}/Stops`, { json: { value } });
    expect(await hanging()).toEqual([
      ['Bath', null, null],
      ['Ulm', null, null],
      ['Rome', null, null],
    ]);
    expect(await statusOf('GET', `${TOUR}/Stops/0/Halts/1/Guide`)).toBe(204);
  });

  it('goes where a behaviour puts the item', async () => {
    await done('POST', `${TOUR}/tours.Turn`);
    expect(await hanging()).toEqual([
      ['Ulm', 'b', 'b'],
      ['Rome', 'c', 'c'],
    ]);
  });

  it('is what options within $select and paths of expressions find', async () => {
    const { Stops } = await read(`${TOUR}?$select=Stops($filter=Guide/ID eq 'c' or City eq 'Bath';$orderby=City desc)`);
    expect(Stops.map((each: { City: string }) => each.City)).toEqual(['Rome', 'Bath']);
    const shown = await read(
      `${TOUR}?$select=Stops($filter=City eq 'Rome')&$expand=Stops/Guide($select=ID),Stops/Photo`,
    );
    expect(shown.Stops).toMatchObject([{ City: 'Rome', Guide: { ID: 'c' }, Photo: 'c' }]);
    expect((await read(`Tours?$filter=Stops/any(s:s/Halts/any(h:h/Guide/ID eq 'c'))`)).value).toHaveLength(1);
    expect((await read(`Tours?$filter=Stops/any(s:s/Halts/any(h:h/Guide/ID eq 'a'))`)).value).toEqual([]);
    expect((await read(`${TOUR}?$expand=Stops/Halts/Guide($select=ID)`)).Stops[0].Halts).toMatchObject([
      { Guide: null },
      { Guide: { ID: 'c' } },
    ]);
  });

  it('goes with the entity', async () => {
    await done('DELETE', TOUR);
    await done('DELETE', "Places('a')");
  });

  it('is as it would be in a list, whatever is done to it', async () => {
    const step = record({
      verb: constantFrom('DELETE', 'POST', 'PUT', 'photo', 'whole'),
      at: integer({ min: 0, max: 3 }),
    });
    let number = 0;
    await assert(
      asyncProperty(array(step, { maxLength: 7 }), async (steps) => {
        await done('PUT', `${TOUR}/Stops`, { json: { value: [] } });
        const list: { City: string; photo: string | null }[] = [];
        for (const { verb, at } of steps) {
          const City = `c${String(number++)}`;
          const path = `${TOUR}/Stops/${String(at)}`;
          if (verb === 'POST' && at <= list.length) {
            await done('POST', `${TOUR}/Stops?$index=${String(at)}`, { json: stop(City) });
            list.splice(at, 0, { City, photo: null });
          }
          if (verb === 'whole') {
            const kept = list.filter((_, index) => index !== at);
            await done('PUT', `${TOUR}/Stops`, {
              json: { value: [stop(City), ...kept.map((each) => stop(each.City))] },
            });
            list.splice(0, list.length, { City, photo: null }, ...kept);
          }
          const item = list[at];
          if (item === undefined) continue;
          if (verb === 'DELETE') {
            await done('DELETE', path);
            list.splice(at, 1);
          } else if (verb === 'PUT') {
            await done('PUT', path, { json: stop(City) });
            item.City = City;
          } else if (verb === 'photo') {
            await done('PUT', `${path}/Photo`, image(City));
            item.photo = City;
          }
        }
        expect((await hanging()).map(([City, , photo]) => ({ City, photo }))).toEqual(list);
      }),
      { numRuns: 30 },
    );
  });

  it('is not mixed up by writers at the same time', async () => {
    const answers = await Promise.all([
      ...[1, 2].map(() => send('DELETE', `${TOUR}/Stops/0`, { headers: { 'If-Match': 'W/"5"' } })),
      send('PUT', `${TOUR}/Stops/-1/Photo`, image('new')),
      send('PUT', `${TOUR}/Stops/-1/Guide/$ref`, ref('a')),
      send('POST', `${TOUR}/Stops/-1/Notes`, { json: { ID: 'n' } }),
    ]);
    expect(answers.map(({ status }) => status).every((status) => status < 500)).toBe(true);
    expect((await hanging()).at(-1)).toEqual(['Rome', 'a', 'new']);
    expect((await read(`${TOUR}/Stops/-1/Notes`)).value).toMatchObject([{ ID: 'n' }]);
  });
});
