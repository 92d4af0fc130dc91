// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';

import { image, ref, stop, TOUR, useTours } from './tours.js';

const { send, done, read, statusOf } = useTours();

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
