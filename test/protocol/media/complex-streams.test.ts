import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const nullable = { $Nullable: true };
const PIXEL = 'iVBORw0KGgo';

/** Streams in complex values, in derived ones, nested ones and those of collections. */
const atlas: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'atlas.Container',
  atlas: {
    Place: {
      $Kind: 'ComplexType',
      City: nullable,
      Photo: {
        $Type: 'Edm.Stream',
        ...nullable,
        '@Org.OData.Core.V1.AcceptableMediaTypes': ['image/png', 'text/plain'],
      },
      Inner: { $Type: 'atlas.Place', ...nullable },
    },
    Home: { $Kind: 'ComplexType', $BaseType: 'atlas.Place', Plan: { $Type: 'Edm.Stream', ...nullable } },
    Person: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Place: { $Type: 'atlas.Place', ...nullable },
      Places: { $Collection: true, $Type: 'atlas.Place', '@Org.OData.Core.V1.Ordered': true },
      Friend: { $Kind: 'NavigationProperty', $Type: 'atlas.Person', ...nullable },
    },
    Container: {
      $Kind: 'EntityContainer',
      People: { $Collection: true, $Type: 'atlas.Person', $NavigationPropertyBinding: { Friend: 'People' } },
    },
  },
};

/** [OData-Protocol 11.2.5.2] [OData-JSON 9] */
describe('streams in complex values by $expand', () => {
  const service = useService(atlas);
  const { send } = service;
  const photo = { 'Photo@odata.mediaContentType': 'image/png', Photo: PIXEL };

  const read = async (path: string, metadata = 'minimal') => {
    const headers = { accept: `application/json;odata.metadata=${metadata}` };
    const { status, json } = await send('GET', path, { headers });
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  };

  beforeEach(async () => {
    const home = {
      '@odata.type': '#atlas.Home',
      City: 'Bath',
      'Plan@odata.mediaContentType': 'text/plain',
      Plan: 'Pläne',
    };
    const people = [
      { ID: 1, Place: { City: 'Rome', ...photo, Inner: { City: 'Bari' } }, Places: [{ City: 'Oslo' }] },
      { ID: 2, Place: home, 'Friend@odata.bind': 'People(1)' },
      { ID: 3 },
    ];
    for (const json of people) {
      const { status, text } = await send('POST', 'People', { json });
      expect([status, text]).toEqual([201, text]);
    }
    const sent = { headers: { 'content-type': 'text/plain' }, body: 'within' };
    expect((await send('PUT', 'People(1)/Place/Inner/Photo', sent)).status).toBe(204);
  });

  it('stand in their value with what it takes to read them', async () => {
    const { Place } = await read('People(1)?$expand=Place/Photo,Place/Inner/Photo');
    expect(Place).toEqual({
      City: 'Rome',
      Inner: {
        City: 'Bari',
        Inner: null,
        'Photo@odata.mediaContentType': 'text/plain',
        'Photo@odata.mediaEtag': 'W/"1"',
        Photo: 'within',
      },
      'Photo@odata.mediaContentType': 'image/png',
      'Photo@odata.mediaEtag': 'W/"1"',
      Photo: PIXEL,
    });
    expect((await read('People(1)?$expand=Place/Photo', 'none')).Place).toMatchObject({
      'Photo@odata.mediaContentType': 'image/png',
      Photo: PIXEL,
    });
    expect((await read('People(1)?$expand=Place/Photo', 'full')).Place).toMatchObject({
      'Photo@odata.mediaReadLink': expect.stringMatching(/People\(1\)\/Place\/Photo$/),
      Photo: PIXEL,
    });
    expect((await read('People(1)')).Place).not.toHaveProperty('Photo');
    expect((await read('People(1)')).Place['Photo@odata.mediaContentType']).toBe('image/png');
  });

  it('stand in collections, in what is expanded, behind casts, and where $select names other things', async () => {
    const { value } = await read(
      'People?$select=ID&$expand=Place/Photo,Place/atlas.Home/Plan,Friend($select=ID;$expand=Place/Photo)&$orderby=ID',
    );
    expect(value).toMatchObject([
      { ID: 1, Place: { Photo: PIXEL }, Friend: null },
      { ID: 2, Place: { Photo: null, Plan: 'Pläne' }, Friend: { ID: 1, Place: { Photo: PIXEL } } },
      { ID: 3, Place: null },
    ]);
    expect(value[0].Place).not.toHaveProperty('City');
    expect(value[0].Place).not.toHaveProperty('Plan');
    const cast = await read('People?$expand=Place/atlas.Home/Photo&$orderby=ID');
    expect(cast.value[0].Place).not.toHaveProperty('Photo');
    expect(cast.value[1].Place).toHaveProperty('Photo', null);
  });

  it('stand in the value as a resource', async () => {
    expect(await read('People(1)/Place?$expand=Photo')).toMatchObject({ City: 'Rome', Photo: PIXEL });
    expect(await read('People(1)/Place?$select=City&$expand=Inner/Photo')).toMatchObject({
      Inner: { Photo: 'within' },
    });
    expect(await read('People(2)/Place/atlas.Home?$expand=Plan')).toMatchObject({ Plan: 'Pläne' });
    expect((await read('People(1)/Places?$expand=Photo')).value).toMatchObject([{ City: 'Oslo', Photo: null }]);
  });

  it('of items are null where they have none', async () => {
    expect((await read('People(1)?$expand=Places/Photo')).Places).toEqual([{ City: 'Oslo', Inner: null, Photo: null }]);
  });

  it.each([
    ['Place/Photo ne null', [1]],
    ['Place/Inner/Photo ne null', [1]],
    ['Place/atlas.Home/Plan ne null', [2]],
    ['Friend/Place/Photo ne null', [2]],
    ['Places/any(p:p/Photo ne null)', []],
    ['Places/any(p:p/Photo eq null)', [1]],
  ])('are there or not, as conditions say: %s', async ($filter, ids) => {
    const { value } = await read(`People?$select=ID&$filter=${encodeURIComponent($filter)}`);
    expect(value.map(({ ID }: { ID: number }) => ID)).toEqual(ids);
  });

  it('of items are found by conditions once they are there', async () => {
    const sent = { headers: { 'content-type': 'text/plain' }, body: 'x' };
    expect((await send('PUT', 'People(1)/Places/0/Photo', sent)).status).toBe(204);
    for (const $filter of ['Places/any(p:p/Photo ne null)', 'Places/$count($filter=Photo ne null) eq 1']) {
      const { value } = await read(`People?$select=ID&$filter=${encodeURIComponent($filter)}`);
      expect(value).toEqual([expect.objectContaining({ ID: 1 })]);
    }
    const { Places } = await read('People(1)?$select=Places($filter=Photo ne null;$count=true;$top=0)');
    expect(Places).toEqual([]);
  });

  it('of items are read and written by their ordinals, and within payloads', async () => {
    expect((await send('GET', 'People(1)/Places/0/Photo')).status).toBe(204);
    expect((await send('GET', 'People(1)/Places/-1/Photo')).status).toBe(204);
    expect((await send('GET', 'People(1)/Places/1/Photo')).status).toBe(404);
    const sent = { headers: { 'content-type': 'text/plain' }, body: 'x' };
    expect((await send('PUT', 'People(1)/Places/0/Photo', sent)).status).toBe(204);
    expect((await send('GET', 'People(1)/Places/-1/Photo')).text).toBe('x');
    const gif = { ...sent, headers: { 'content-type': 'image/gif' } };
    expect((await send('PUT', 'People(1)/Places/0/Photo', gif)).status).toBe(415);
    expect((await send('DELETE', 'People(1)/Places/0/Photo')).status).toBe(204);
    expect((await send('GET', 'People(1)/Places/0/Photo')).status).toBe(204);
    const place = (type: string) => ({ City: 'Kiel', 'Photo@odata.mediaContentType': type, Photo: PIXEL });
    expect((await send('PATCH', 'People(1)', { json: { Places: [place('image/gif')] } })).status).toBe(415);
    expect((await send('GET', 'People(1)/Places/0/City')).json.value).not.toBe('Kiel');
    expect((await send('PATCH', 'People(1)', { json: { Places: [place('image/png')] } })).status).toBe(204);
    expect((await send('GET', 'People(1)/Places/0/Photo')).bytes.toString('base64url')).toBe(PIXEL);
  });

  it('come back as they were when they are sent again', async () => {
    const { Place } = await read('People(1)?$expand=Place/Photo,Place/Inner/Photo');
    expect((await send('PATCH', 'People(3)', { json: { Place } })).status).toBe(204);
    expect((await send('GET', 'People(3)/Place/Inner/Photo')).text).toBe('within');
    expect((await send('GET', 'People(3)/Place/Photo')).bytes.toString('base64url')).toBe(PIXEL);
    expect((await read('People(3)?$expand=Place/Photo')).Place).toMatchObject({ City: 'Rome', Photo: PIXEL });
  });

  it.each([
    ['People?$expand=Place/Photo,Place/Photo', 400, /expanded twice/],
    ['People?$expand=Place/Photo($select=City)', 400, /takes no options/],
    ['People?$expand=Place/Photo/$ref', 400, /no \$ref or \$count/],
    ['People?$expand=Place/Foto', 400, /Could not find/],
    ['People?$expand=Place/Plan', 400, /Could not find/],
    ['People?$expand=Place/atlas.Person/Photo', 400, /does not derive/],
    ['People?$expand=Place/Photo/City', 400, /./],
    ['People(3)/Place?$expand=Foto', 400, /Could not find/],
  ])('%s is refused', async (path, status, problem) => {
    const answer = await send('GET', path);
    expect([answer.status, answer.json.error?.message]).toEqual([status, expect.stringMatching(problem)]);
  });

  it.each([
    [{ City: 'x', 'Photo@odata.mediaContentType': 'image/gif', Photo: PIXEL }, 415],
    [{ City: 'x', Photo: 'not base64!' }, 400],
    [{ City: 'x', Photo: 5 }, 400],
  ])('%j is refused in a payload', async (Place, status) => {
    expect((await send('PATCH', 'People(1)', { json: { Place } })).status).toBe(status);
    expect((await read('People(1)?$expand=Place/Photo')).Place).toMatchObject({ City: 'Rome', Photo: PIXEL });
  });
});
