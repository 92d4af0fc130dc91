// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, ROOT, url } from './technical-service.js';

interface Place {
  readonly '@odata.type'?: string;
  readonly City: string;
  readonly Rooms?: number;
}

const rome: Place = { City: 'Rome' };
const oslo: Place = { '@odata.type': '#technical.Home', City: 'Oslo', Rooms: 3 };
const bath: Place = { '@odata.type': '#technical.Home', City: 'Bath', Rooms: 5 };

/** A cast to a derived type: of a collection it leaves the items of the type, and a single value must be of it. [OData-URL 4.11] */
onEachDatabase('casts in paths of complex values', (service) => {
  const put = async (Place: Place | null, Places: readonly Place[]) => {
    const body = JSON.stringify({ Id: 950, Place, Places });
    expect((await service.send('PUT', 'Things(950)', { body })).status).toBeLessThan(300);
  };
  const cities = async (path: string, options: Readonly<Record<string, string>> = {}): Promise<string[]> => {
    const { json } = await service.get(url(`Things(950)/${path}`, options));
    return (json.value as Place[]).map(({ City }) => City);
  };
  const statusOf = async (method: string, path: string, body?: object) =>
    (await service.send(method, `Things(950)/${path}`, body && { body: JSON.stringify(body) })).status;

  beforeEach(() => put(rome, [rome, oslo, bath]));

  it('leave the items of a collection that are of the type', async () => {
    expect(await cities('Places/technical.Home')).toEqual(['Oslo', 'Bath']);
    expect(await cities('Places/technical.Home', { $filter: 'Rooms gt 3' })).toEqual(['Bath']);
    expect(await cities('Places/technical.Home', { $orderby: 'City', $top: '1' })).toEqual(['Bath']);
    expect(await cities('Places/technical.Home', { $skip: '1' })).toEqual(['Bath']);
    expect((await service.get('Things(950)/Places/technical.Home/$count')).text).toBe('2');
    const counted = url('Things(950)/Places/technical.Home', { $count: 'true', $top: '1', $select: 'Rooms' });
    expect((await service.get(counted)).json).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(950)/Places(Rooms)`,
      '@odata.count': 2,
      value: [{ '@odata.type': '#technical.Home', Rooms: 3 }],
    });
  });

  it('are no way to a single value of another type', async () => {
    for (const path of ['Place/technical.Home', 'Place/technical.Home/Rooms', 'Place/technical.Home/Rooms/$value'])
      expect([path, await statusOf('GET', path)]).toEqual([path, 404]);
    expect(await statusOf('PUT', 'Place/technical.Home/Rooms', { value: 2 })).toBe(404);
    expect(await statusOf('PATCH', 'Place/technical.Home', { Rooms: 2 })).toBe(404);
    expect(await statusOf('PUT', 'Place/technical.Home', oslo)).toBe(404);
    expect(await statusOf('DELETE', 'Place/technical.Home')).toBe(404);
    expect(await statusOf('GET', 'Place/technical.Home/Landlord')).toBe(404);
    expect((await service.get('Things(950)/Place')).json).toMatchObject({ City: 'Rome' });
  });

  it('lead to one of the type, which stays of it', async () => {
    await put(oslo, []);
    expect((await service.get('Things(950)/Place/technical.Home/Rooms')).json.value).toBe(3);
    expect(await statusOf('PUT', 'Place/technical.Home/Rooms', { value: 4 })).toBe(204);
    expect(await statusOf('PATCH', 'Place/technical.Home', { City: 'Bergen' })).toBe(204);
    expect((await service.get('Things(950)/Place')).json).toMatchObject({ City: 'Bergen', Rooms: 4 });
    expect(await statusOf('PUT', 'Place/technical.Home', { City: 'Kiel', Rooms: 1 })).toBe(204);
    const home = { '@odata.type': '#technical.Home', City: 'Kiel', Rooms: 1 };
    expect((await service.get('Things(950)/Place')).json).toMatchObject(home);
    expect(await statusOf('PUT', 'Place/technical.Home', { '@odata.type': '#technical.Address', City: 'x' })).toBe(400);
    expect((await service.get('Things(950)/Place')).json).toMatchObject(home);
    expect(await statusOf('DELETE', 'Place/technical.Home')).toBe(204);
    expect(await statusOf('PUT', 'Place/technical.Home', { City: 'Turin', Rooms: 2 })).toBe(204);
    expect((await service.get('Things(950)/Place')).json).toMatchObject({ '@odata.type': '#technical.Home', Rooms: 2 });
  });

  it('do not name items to be written, or by ordinals of their own', async () => {
    expect(await statusOf('PUT', 'Places/technical.Home', { value: [] })).toBe(501);
    expect(await statusOf('DELETE', 'Places/technical.Home')).toBe(501);
    expect(await statusOf('POST', 'Places/technical.Home', { City: 'x', Rooms: 1 })).toBe(501);
    expect(await statusOf('GET', 'Places/technical.Home/0')).toBe(501);
    expect(await statusOf('GET', 'Places/technical.Nope')).toBe(404);
    expect(await statusOf('GET', 'Places/technical.Thing')).toBe(400);
    expect(await cities('Places')).toEqual(['Rome', 'Oslo', 'Bath']);
  });

  it('leave what the items say, whatever they are', async () => {
    const places = fc.array(fc.constantFrom(rome, oslo, bath), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(places, fc.nat(3), async (all, skip) => {
        await put(null, all);
        const homes = all.filter((each) => each['@odata.type'] !== undefined).map(({ City }) => City);
        expect(await cities('Places/technical.Home')).toEqual(homes);
        expect(await cities('Places/technical.Home', { $skip: String(skip) })).toEqual(homes.slice(skip));
        expect((await service.get('Things(950)/Places/technical.Home/$count')).text).toBe(String(homes.length));
      }),
      { numRuns: 25 },
    );
  });
});
