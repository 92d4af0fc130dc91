// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url, type TechnicalService } from './technical-service.js';
import { bare, seedThings } from './things.js';

async function seed(service: TechnicalService): Promise<void> {
  await seedThings(service);
  await service.create('Regions', '{"Zip":5,"Name":"Lazio"}', '{"Zip":9,"Name":"Viken"}', '{"Zip":7,"Name":"Avon"}');
  const put = async (path: string, id: string, method = 'PUT') => {
    const { status, text } = await service.send(method, `${path}/$ref`, { body: `{"@odata.id":"${id}"}` });
    if (status !== 204) throw new Error(`${path}: ${text}`);
  };
  await put('Things(1)/Place/Country', "Bags('b1')");
  await put('Things(1)/Place/Inner/Country', "Bags('b2')");
  await put('Things(1)/Place/Sights', 'Things(3)', 'POST');
  await put('Things(1)/Place/Sights', 'Things(2)', 'POST');
  await put('Things(3)/Place/technical.Home/Landlord', 'Things(1)');
  await service.create('Things(1)/Loose/Pieces', '{"Id":"l1","Size":4}', '{"Id":"l2","Size":6}');
}

/** Path, query options, and the members of the answer; in a collection too, where the path is a single thing. */
const EXPANDS: readonly (readonly [path: string, options: Readonly<Record<string, string>>, members: object])[] = [
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Country($select=Label)' },
    { Id: 1, Place: { Country: { Label: 'first' } } },
  ],
  [
    'Things(1)',
    { $select: 'Place/City', $expand: 'Place/Country($select=Label)' },
    { Place: { City: 'Rome', Country: { Label: 'first' } } },
  ],
  [
    'Things(1)',
    { $select: 'Place', $expand: 'Place/Country($select=Label),Place/Inner/Country($select=Id)' },
    {
      Place: {
        Street: 'Via',
        City: 'Rome',
        Zip: 5,
        Tags: ['a', 'b'],
        Inner: { Street: null, City: 'Bari', Zip: null, Tags: [], Inner: null, Country: { Id: 'b2' } },
        Country: { Label: 'first' },
      },
    },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Region($select=Name)' },
    { Id: 1, Place: { Region: { Name: 'Lazio' } } },
  ],
  [
    'Things(2)',
    { $select: 'Id', $expand: 'Place/Region,Place/Country' },
    { Id: 2, Place: { Region: null, Country: null } },
  ],
  ['Things(4)', { $select: 'Id', $expand: 'Place/Country' }, { Id: 4, Place: null }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Sights($select=Id;$orderby=Id;$count=true)' },
    { Id: 1, Place: { 'Sights@odata.count': 2, Sights: [{ Id: 2 }, { Id: 3 }] } },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Sights($select=Id;$filter=Id gt 2)' },
    { Id: 1, Place: { Sights: [{ Id: 3 }] } },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Place/Sights/$count' }, { Id: 1, Place: { 'Sights@odata.count': 2 } }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Country/$ref' },
    { Id: 1, Place: { Country: { '@odata.id': `${ROOT}/Bags('b1')` } } },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Sights/technical.Gadget($select=Volts)' },
    { Id: 1, Place: { Sights: [] } },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Loose/Pieces($select=Size;$orderby=Size desc;$top=1)' },
    { Id: 1, Loose: { Pieces: [{ Size: 6 }] } },
  ],
  [
    'Things(3)',
    { $select: 'Id', $expand: 'Place/technical.Home/Landlord($select=Name)' },
    { Id: 3, Place: { '@odata.type': '#technical.Home', Landlord: { Name: 'apple' } } },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Place/technical.Home/Landlord' }, { Id: 1, Place: {} }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Places/Region($select=Name)' },
    {
      Id: 1,
      Places: [{ Region: null }, { '@odata.type': '#technical.Home', Region: { Name: 'Viken' } }],
    },
  ],
  [
    'Things(1)',
    { $select: 'Places/City', $expand: 'Places/Region($select=Zip),Places/Sights/$count($filter=Id gt 1)' },
    {
      Places: [
        { City: 'Rome', Region: null, 'Sights@odata.count': 0 },
        { '@odata.type': '#technical.Home', City: 'Oslo', Region: { Zip: 9 }, 'Sights@odata.count': 0 },
      ],
    },
  ],
  ['Things(4)', { $select: 'Id', $expand: 'Places/Region' }, { Id: 4, Places: [] }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Place/Sights($select=Id;$filter=Id eq 3;$expand=Place/Region($select=Name))' },
    {
      Id: 1,
      Place: { Sights: [{ Id: 3, Place: { '@odata.type': '#technical.Home', Region: { Name: 'Avon' } } }] },
    },
  ],
  [
    'Things(3)',
    { $select: 'Id', $expand: 'Place/technical.Home/Landlord($levels=2;$select=Id)' },
    {
      Id: 3,
      Place: { '@odata.type': '#technical.Home', Landlord: { Id: 1, Place: {} } },
    },
  ],
  [
    'Things(2)',
    { $select: 'Id', $expand: 'Place/*,Place/Region($select=Name)' },
    { Id: 2, Place: { Country: null, Sights: [], Region: null } },
  ],
];

onEachDatabase('$expand through complex properties [OData-URL 5.1.3]', (service) => {
  beforeAll(() => seed(service));

  it.each(EXPANDS)('%s with %j', async (path, options, members) => {
    const { status, json } = await service.get(url(path, options));
    expect([status, bare(json)]).toEqual([200, members]);
    const list = await service.get(url('Things', { ...options, $filter: `Id eq ${path.slice(7, -1)}` }));
    expect([list.status, list.json.value.map(bare)]).toEqual([200, [members]]);
  });

  it.each([
    ['Place/Country', 'Things(Place/Country())'],
    ['Place/Country($select=Id)', 'Things(Place/Country(Id))'],
    ['Place/technical.Home/Landlord($levels=2;$select=Id)', 'Things(Place/technical.Home/Landlord+(Id))'],
  ])('names %s in the context URL [OData-Protocol 10.9]', async ($expand, context) => {
    const { json } = await service.get(url('Things(3)', { $expand }));
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#${context}/$entity`);
  });

  it('finds things by what their complex values lead to', async () => {
    const found = async ($filter: string) =>
      (await service.get(url('Things', { $filter, $select: 'Id' }))).json.value.map(({ Id }: { Id: number }) => Id);
    expect(await found("Place/Country/Label eq 'first'")).toEqual([1]);
    expect(await found("Place/Inner/Country/Label eq 'first'")).toEqual([]);
    expect(await found("Place/Region/Name eq 'Avon'")).toEqual([3]);
    expect(await found('Place/Sights/any(s:s/Id eq 3)')).toEqual([1]);
    expect(await found("Places/any(p:p/Region/Name eq 'Viken')")).toEqual([1]);
    expect(await found('Loose/Pieces/any(p:p/Size eq 6)')).toEqual([1]);
  });

  it('goes through as many complex values as a path may have', async () => {
    const deep = (steps: number) => `Place/${'Inner/'.repeat(steps)}Country`;
    const { status, json } = await service.get(url('Things(1)', { $select: 'Id', $expand: deep(500) }));
    expect([status, bare(json)]).toEqual([200, { Id: 1, Place: { Inner: { Inner: null } } }]);
    const refused = await service.get(`Things(1)?$expand=${deep(2500)}`);
    expect([refused.status, refused.json.error.message]).toEqual([400, expect.stringContaining('more than 2000')]);
    expect(service.faults).toEqual([]);
  });

  it.each([
    ['Place', 'names no navigation property'],
    ['Place/City', 'Expand is not allowed'],
    ['Place/Nothing', "Could not find a property named 'Nothing' on type 'technical.Address'"],
    ['Place/technical.Home', 'names no navigation property'],
    ['Place/technical.Gadget/Landlord', 'does not derive from'],
    ['Place/Country,Place/Country', 'expanded twice'],
    ['Place/Country($top=1)', 'leads to a single entity'],
    ['Place/Countri', "Did you mean 'Country'?"],
    ['Name/*', 'Expand is not allowed'],
    ['Friend/*', 'Nothing can be expanded behind'],
  ])('$expand=%s is refused', async ($expand, message) => {
    const { status, json } = await service.get(url('Things', { $expand }));
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
  });
});

onEachDatabase('paths through complex properties [OData-URL 4.6]', (service) => {
  beforeAll(() => seed(service));

  it.each([
    ['Things(1)/Place/Country', 'Bags/$entity', { Id: 'b1', Label: 'first', dyn: 1, text: 'free' }],
    ['Things(1)/Place/Region', 'Regions/$entity', { Zip: 5, Name: 'Lazio' }],
    ['Things(3)/Place/technical.Home/Landlord?$select=Id', 'Things(Id)/$entity', { Id: 1 }],
    ['Things(1)/Place/Sights(3)/Name', 'Things(3)/Name', { value: '100%_\\\'"' }],
    ["Things(1)/Loose/Pieces('l1')", 'Things(1)/Loose/Pieces/$entity', { Id: 'l1', Size: 4 }],
    ["Things(1)/Loose/Pieces('l1')/Size", "Things(1)/Loose/Pieces('l1')/Size", { value: 4 }],
    ['Things(1)/Place/Country/Label', 'Things(1)/Place/Country/Label', { value: 'first' }],
  ])('%s', async (path, context, members) => {
    const { status, json } = await service.get(path);
    expect([status, json['@odata.context'], bare(json)]).toEqual([200, `${ROOT}/$metadata#${context}`, members]);
  });

  it('lead to collections with their options, counts and references', async () => {
    const { json } = await service.get('Things(1)/Place/Sights?$filter=Id%20gt%202&$select=Id&$count=true');
    expect(json).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(Id)`,
      '@odata.count': 1,
      value: [{ '@odata.etag': 'W/"4"', Id: 3 }],
    });
    expect((await service.get('Things(1)/Place/Sights/$count')).text).toBe('2');
    expect((await service.get('Things(1)/Place/Country/$ref')).json['@odata.id']).toBe(`${ROOT}/Bags('b1')`);
  });

  it('end where nothing is related, or the complex value is null', async () => {
    expect((await service.get('Things(2)/Place/Country')).status).toBe(204);
    expect((await service.get('Things(4)/Place/Country')).status).toBe(404);
    expect((await service.get('Things(99)/Place/Country')).status).toBe(404);
    expect((await service.get('Things(1)/Places/Country')).status).toBe(404);
    expect((await service.get('Things(1)/Place/Country(1)')).status).toBe(400);
  });
});

onEachDatabase('writing what complex values lead to [OData-Protocol 11.4.2.2, 11.4.6]', (service) => {
  beforeAll(() => seed(service));

  it('sets and removes references', async () => {
    const body = `{"@odata.id":"Bags('b2')"}`;
    expect((await service.send('PUT', 'Things(2)/Place/Country/$ref', { body })).status).toBe(204);
    expect((await service.get('Things(2)/Place/Country')).json.Id).toBe('b2');
    expect((await service.get('Things(2)/Bag')).status).toBe(204);
    expect((await service.send('DELETE', 'Things(2)/Place/Country/$ref')).status).toBe(204);
    expect((await service.get('Things(2)/Place/Country')).status).toBe(204);
  });

  it('sets the property that a reference depends on', async () => {
    const set = await service.send('PUT', 'Things(8)/Place/Region/$ref', { body: '{"@odata.id":"Regions(7)"}' });
    expect(set.status).toBe(204);
    expect((await service.get('Things(8)/Place')).json).toMatchObject({ City: 'Rome', Zip: 7, Tags: ['a'] });
    expect((await service.send('DELETE', 'Things(8)/Place/Region/$ref')).status).toBe(204);
    expect((await service.get('Things(8)/Place')).json).toMatchObject({ City: 'Rome', Zip: null });
  });

  it('creates entities together with those that their complex values lead to', async () => {
    await service.create(
      'Things',
      `{"Id":20,"Place":{"City":"Turin","Country@odata.bind":"Bags('b1')","Region":{"Zip":10,"Name":"Piemonte"},
        "Sights":[{"Id":21,"Name":"tower"},{"@odata.id":"Things(1)"}]},"Loose":{"Pieces":[{"Id":"n1","Size":1}]}}`,
    );
    const $expand = 'Place/Country($select=Id),Place/Region,Place/Sights($select=Id;$orderby=Id),Loose/Pieces';
    const { json } = await service.get(url('Things(20)', { $select: 'Id,Place/Zip', $expand }));
    expect(bare(json)).toEqual({
      Id: 20,
      Place: { Zip: 10, Country: { Id: 'b1' }, Region: { Zip: 10, Name: 'Piemonte' }, Sights: [{ Id: 1 }, { Id: 21 }] },
      Loose: { Pieces: [{ Id: 'n1', Size: 1 }] },
    });
    expect((await service.get('Regions(10)')).json.Name).toBe('Piemonte');
  });

  it('changes references with the entity', async () => {
    const change = (body: string) => service.send('PATCH', 'Things(1)', { body });
    expect((await change(`{"Place":{"Country@odata.bind":"Bags('b2')"}}`)).status).toBe(204);
    expect((await service.get('Things(1)/Place/Country')).json.Id).toBe('b2');
    expect((await service.get('Things(1)/Place/City')).json.value).toBe('Rome');
    expect((await change('{"Place":{"Country":null}}')).status).toBe(204);
    expect((await service.get('Things(1)/Place/Country')).status).toBe(204);
  });

  it('changes what is related with the entity', async () => {
    const body =
      '{"Place":{"Sights":[{"@odata.id":"Things(4)"},{"Id":30,"Name":"new"}]},"Loose":{"Pieces":[{"Id":"l2","Size":7}]}}';
    const { status, text } = await service.send('PATCH', 'Things(1)', { body });
    expect([status, text]).toEqual([204, '']);
    const $expand = 'Place/Sights($select=Id,Name;$orderby=Id),Loose/Pieces';
    const { json } = await service.get(url('Things(1)', { $select: 'Id,Place/City', $expand }));
    expect(bare(json)).toEqual({
      Id: 1,
      Place: {
        City: 'Rome',
        Sights: [
          { Id: 4, Name: null },
          { Id: 30, Name: 'new' },
        ],
      },
      Loose: { Pieces: [{ Id: 'l2', Size: 7 }] },
    });
  });

  it('keeps contained entities below the complex value', async () => {
    await service.send('PATCH', 'Things(3)', { body: '{"Loose":{"Known":"z"}}' });
    const { headers } = await service.send('POST', 'Things(3)/Loose/Pieces', { body: '{"Id":"x","Size":9}' });
    expect(headers.get('Location')).toBe(`${ROOT}/Things/3/Loose/Pieces('x')`);
    expect((await service.get("Things/3/Loose/Pieces('x')")).json.Size).toBe(9);
    expect((await service.send('DELETE', "Things(3)/Loose/Pieces('x')")).status).toBe(204);
    expect((await service.get('Things(3)/Loose/Pieces/$count')).text).toBe('0');
  });

  it.each([
    ['PUT', `{"Country@odata.bind":"Bags('b1')"}`, 'b1'],
    ['PATCH', '{"Country":{"Id":"b9"}}', 'b9'],
  ])('comes with %s of the complex value itself', async (method, body, country) => {
    expect((await service.send(method, 'Things(2)/Place', { body })).status).toBe(204);
    expect((await service.get('Things(2)/Place/Country')).json.Id).toBe(country);
  });

  it('ends with the complex value', async () => {
    await service.send('PUT', 'Things(2)/Place/Country/$ref', { body: `{"@odata.id":"Bags('b1')"}` });
    await service.send('POST', 'Things(2)/Place/Sights/$ref', { body: '{"@odata.id":"Things(1)"}' });
    expect(
      (await service.get(`Things/$count?$filter=Id eq 2 and Place/Country/Label eq 'first'`.replaceAll(' ', '%20')))
        .text,
    ).toBe('1');
    await service.send('PATCH', 'Things(2)', { body: '{"Place":null}' });
    expect((await service.get('Things(2)/Place/Country')).status).toBe(404);
    expect((await service.get('Things(2)/Place/Sights/$count')).status).toBe(404);
    expect((await service.get(url('Things/$count', { $filter: 'Id eq 2 and Place/Sights/any()' }))).text).toBe('0');
    const { json } = await service.get(url('Things(2)', { $select: 'Id', $expand: 'Place/Country,Place/Sights' }));
    expect(bare(json)).toEqual({ Id: 2, Place: null });
  });

  it('is refused where the complex value is null', async () => {
    const body = '{"@odata.id":"Things(1)"}';
    expect((await service.send('POST', 'Things(4)/Place/Sights/$ref', { body })).status).toBe(404);
    expect(
      (await service.send('PUT', 'Things(4)/Place/Region/$ref', { body: '{"@odata.id":"Regions(7)"}' })).status,
    ).toBe(404);
    expect((await service.send('POST', 'Things(4)/Place/Sights', { body: '{"Id":40}' })).status).toBe(404);
    expect((await service.send('POST', 'Things(4)/Loose/Pieces', { body: '{"Id":"y"}' })).status).toBe(404);
    expect((await service.get('Things(40)')).status).toBe(404);
  });

  it.each([
    ['PATCH', 'Things(1)', `{"Places":[{"Country@odata.bind":"Bags('none')"}]}`],
    ['PATCH', 'Things(1)', '{"Places":[{"Region":{"Zip":77,"Nope":1}}]}'],
    ['PUT', 'Things(1)/Place', `{"Country@odata.bind":"Bags('none')"}`],
    ['PATCH', 'Things(1)/Place', '{"Region":{"Zip":77,"Nope":1}}'],
    ['PATCH', 'Things(1)', '{"Place":{"Country@odata.bind":"Bags(\'none\')"}}'],
    ['PATCH', 'Things(1)', '{"Place":{"Country@odata.bind":5}}'],
  ])('%s %s %s is refused, and nothing is changed', async (method, path, body) => {
    const before = (await service.get('Things(1)')).text;
    const { status, json } = await service.send(method, path, { body });
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(/Country|Region|none/)]);
    expect((await service.get('Things(1)')).text).toBe(before);
  });
});
