// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url } from './technical-service.js';
import { seedThings } from './things.js';

/** [OData-URL 5.1.3, 5.1.4] [OData-Protocol 10.13, 10.14, 11.2.5] */
onEachDatabase('$select and $expand of complex properties as resources', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    const link = async (property: string, id: string, method = 'POST') => {
      const { status } = await service.send(method, `${property}/$ref`, { body: `{"@odata.id":"${id}"}` });
      expect(status).toBe(204);
    };
    await link('Things(1)/Place/Country', "Bags('b1')", 'PUT');
    for (const id of [2, 3]) await link('Things(1)/Place/Sights', `Things(${String(id)})`);
    await link('Things(3)/Place/technical.Home/Landlord', 'Things(1)', 'PUT');
    await service.create('Regions', '{"Zip":1,"Name":"one"}', '{"Zip":9,"Name":"nine"}');
  });

  const read = async (path: string, options: Readonly<Record<string, string>>, headers?: Record<string, string>) => {
    const { status, json } = await service.get(url(path, options), headers);
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  };

  it('both work together, and are in the context URL', async () => {
    expect(await read('Things(1)/Place', { $select: 'City', $expand: 'Country($select=Label)' })).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(1)/Place(City,Country(Label))`,
      City: 'Rome',
      Country: { '@odata.etag': expect.any(String), Label: 'first' },
    });
    const all = await read('Things(1)/Place', { $expand: 'Country' });
    expect(all).toMatchObject({
      '@odata.context': `${ROOT}/$metadata#Things(1)/Place(Country())`,
      City: 'Rome',
      Country: { Id: 'b1' },
    });
    expect(await read('Things(1)/Place', { $select: 'City' })).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(1)/Place(City)`,
      City: 'Rome',
    });
  });

  it.each([
    [
      'options',
      'Sights($select=Id;$filter=Id gt 1;$orderby=Id desc;$top=1;$count=true)',
      { 'Sights@odata.count': 2, Sights: [{ Id: 3 }] },
    ],
    [
      'references',
      'Sights/$ref',
      { Sights: [{ '@odata.id': `${ROOT}/Things(2)` }, { '@odata.id': `${ROOT}/Things(3)` }] },
    ],
    ['numbers', 'Sights/$count', { 'Sights@odata.count': 2 }],
    [
      'what is nested',
      'Sights($select=Id;$orderby=Id;$expand=Friend($select=Id))',
      {
        Sights: [
          { Id: 2, Friend: { Id: 3 } },
          { Id: 3, Friend: null },
        ],
      },
    ],
    ['$apply', 'Sights($apply=aggregate($count as Count))', { Sights: [{ Count: 2 }] }],
    ['everything', '*', { Country: { Id: 'b1' }, Sights: [{ Id: 2 }, { Id: 3 }], Region: null }],
  ])('with %s', async (_what, $expand, expected) => {
    expect(await read('Things(1)/Place', { $select: 'City', $expand })).toMatchObject({ City: 'Rome', ...expected });
  });

  it('of a value within a value, and behind a cast', async () => {
    expect(await read('Things(1)/Place/Inner', { $expand: 'Country' })).toMatchObject({ City: 'Bari', Country: null });
    const home = await read('Things(3)/Place/technical.Home', { $select: 'Rooms', $expand: 'Landlord($select=Id)' });
    expect(home).toMatchObject({ Rooms: 2, Landlord: { Id: 1 } });
    expect(
      await read('Things(3)/Place', { $select: 'City', $expand: 'technical.Home/Landlord($select=Id)' }),
    ).toMatchObject({
      City: 'Bath',
      Landlord: { Id: 1 },
    });
  });

  it('what is further within is written around, though $select does not name it', async () => {
    expect(await read('Things(1)/Place', { $select: 'Zip', $expand: 'Inner/Country' })).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(1)/Place(Zip,Inner/Country())`,
      Zip: 5,
      Inner: { Country: null },
    });
  });

  it('of collections, whatever items are asked for', async () => {
    expect(await read('Things(1)/Places', { $select: 'City', $expand: 'Region($select=Name)' })).toMatchObject({
      '@odata.context': `${ROOT}/$metadata#Things(1)/Places(City,Region(Name))`,
      value: [
        { City: 'Rome', Region: { Name: 'one' } },
        { City: 'Oslo', Region: { Name: 'nine' } },
      ],
    });
    const options = { $select: 'City', $expand: 'Region($select=Name)', $orderby: 'City', $top: '1', $count: 'true' };
    expect(await read('Things(1)/Places', options)).toMatchObject({
      '@odata.count': 2,
      value: [{ City: 'Oslo', Region: { Name: 'nine' } }],
    });
    expect((await read('Things(1)/Places', { $expand: 'Region', $filter: 'Zip eq 9' })).value).toMatchObject([
      { City: 'Oslo', Region: { Name: 'nine' } },
    ]);
    expect((await read('Things(4)/Places', { $expand: 'Region' })).value).toEqual([]);
  });

  it.each([
    ['Things(1)/Place', 'Sights($select=Id;$filter=Id lt $it/Zip sub 2)', { Sights: [{ Id: 2 }] }],
    ['Things(1)/Place', "Sights($select=Id;$filter=$it/City eq 'Bari')", { Sights: [] }],
    [
      'Things(1)/Place',
      "Sights($select=Id;$filter='a' in $it/Tags;$orderby=Id sub $it/Zip desc)",
      { Sights: [{ Id: 3 }, { Id: 2 }] },
    ],
    [
      'Things(1)/Place',
      'Sights($select=Id,over;$compute=Id add $it/Zip as over)',
      {
        Sights: [
          { Id: 2, over: 7 },
          { Id: 3, over: 8 },
        ],
      },
    ],
    [
      'Things(1)/Place',
      'Sights($select=Id;$filter=Id eq 2;$expand=Friend($select=Id,z;$compute=$it/Zip as z))',
      { Sights: [{ Id: 2, Friend: { Id: 3, z: 5 } }] },
    ],
    ['Things(1)/Place', 'Sights($select=Id;$filter=Id in $it/Sights/$filter(Id gt 2))', 400],
    ['Things(1)/Place', 'Sights($select=Id;$filter=$it/Sights/any(s:s/Id gt Id))', { Sights: [{ Id: 2 }] }],
    ['Things(1)/Place', "Sights($select=Id;$filter=$it/Country/Label eq 'first')", { Sights: [{ Id: 2 }, { Id: 3 }] }],
    ['Things(1)/Place', 'Inner/Country($select=Id,c;$compute=$it/City as c)', { Inner: { Country: null } }],
    ['Things(3)/Place/technical.Home', 'Landlord($select=Id,r;$compute=$it/Rooms as r)', { Landlord: { Id: 1, r: 2 } }],
    [
      'Things(1)/Places',
      'Region($select=Name,z;$compute=$it/Zip add 1 as z)',
      { value: [{ Region: { z: 2 } }, { Region: { z: 10 } }] },
    ],
    [
      'Things(1)/Places',
      'Region($select=Name,n;$compute=$it/Region/Name as n)',
      { value: [{ Region: { n: 'one' } }, { Region: { n: 'nine' } }] },
    ],
    [
      'Things(1)/Places',
      'Inner/Region($select=Name,c;$compute=$it/City as c)',
      { value: [{ City: 'Rome' }, { City: 'Oslo' }] },
    ],
    ['Things(1)/Places/1', 'Region($select=Name,c;$compute=$it/City as c)', { Region: { c: 'Oslo' } }],
  ])('$it is the value, or the item: %s with %s [OData-URL 5.1.1.14.4]', async (path, $expand, expected) => {
    if (typeof expected === 'number') {
      expect((await service.get(url(path, { $expand }))).status).toBe(expected);
      return;
    }
    expect(await read(path, { $expand })).toMatchObject(expected);
  });

  it('at all levels of metadata', async () => {
    const ask = (metadata: string) =>
      read(
        'Things(1)/Place',
        { $select: 'City', $expand: 'Country($select=Id)' },
        { accept: `application/json;odata.metadata=${metadata}` },
      );
    expect(await ask('none')).toEqual({ City: 'Rome', Country: { Id: 'b1' } });
    expect(await ask('full')).toMatchObject({
      '@odata.type': '#technical.Address',
      'Country@odata.navigationLink': `${ROOT}/Things(1)/Place/Country`,
      Country: { '@odata.id': `${ROOT}/Bags('b1')` },
    });
  });

  it('have the ETag of their entity, and nothing where there is nothing', async () => {
    const { status, headers } = await service.get(url('Things(1)/Place', { $expand: 'Country' }));
    expect([status, headers.get('ETag')]).toEqual([200, expect.any(String)]);
    const unchanged = await service.get(url('Things(1)/Place', { $expand: 'Country' }), {
      'if-none-match': headers.get('ETag')!,
    });
    expect(unchanged.status).toBe(304);
    expect((await service.get(url('Things(4)/Place', { $expand: 'Country' }))).status).toBe(204);
    expect((await service.get(url('Things(99)/Place', { $expand: 'Country' }))).status).toBe(404);
    expect(await read('Settings/Place', { $expand: 'Country' })).toMatchObject({ Zip: 7, Country: null });
  });

  const deeper = (depth: number): string => (depth === 0 ? 'Friend' : `Friend($expand=${deeper(depth - 1)})`);
  it.each([
    [
      'Things(1)/Place',
      { $expand: 'Nothing' },
      400,
      /Could not find a property named 'Nothing' on type 'technical.Address'/,
    ],
    ['Things(1)/Place', { $expand: 'City' }, 400, /not allowed for property 'City'/],
    ['Things(4)/Place', { $expand: 'Nothing' }, 400, /Nothing/],
    ['Things(1)/Place', { $expand: 'Country,Country' }, 400, /expanded twice/],
    ['Things(1)/Place', { $expand: 'Country($top=1)' }, 400, /single entity/],
    ['Things(1)/Place', { $expand: `Sights($expand=${deeper(10)})` }, 400, /at most 10 levels/],
    ['Things(1)/Place', { $select: 'Nothing', $expand: 'Country' }, 400, /Nothing/],
    ['Things(1)/Name', { $expand: 'Country' }, 400, /\$expand query option is not applicable/],
    ['Things(1)/Names', { $expand: 'Country' }, 400, /\$expand query option is not applicable/],
    ['Headquarters()', { $expand: 'Country' }, 400, /\$expand query option is not applicable/],
    ['Things(1)/Place/$count', { $expand: 'Country' }, 400, /./],
    ['Things(1)/Place', { $expand: 'Sights($filter=Zip eq $it/Zip)' }, 400, /Zip/],
    ['Things(1)/Place', { $expand: 'Sights($filter=Id eq $it/Code)' }, 400, /'Code' on type 'technical.Address'/],
    ['Things(1)/Places', { $expand: 'Region($expand=Capital($filter=Id eq $it/Id))' }, 400, /./],
  ] as const)('%s with %j is refused', async (path, options, expected, problem) => {
    const { status, json } = await service.get(url(path, options as Record<string, string>));
    expect([status, json.error?.message]).toEqual([expected, expect.stringMatching(problem)]);
  });

  it('has no faults', () => expect(service.faults).toEqual([]));
});
