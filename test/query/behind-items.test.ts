// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url } from './technical-service.js';
import { seedThings } from './things.js';

/** [OData-URL 4.10] */
onEachDatabase('paths that lead on from an item of a collection', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    await service.create('Regions', '{"Zip":1,"Name":"one"}', '{"Zip":9,"Name":"nine"}');
    await service.create('Things', '{"Id":20,"Places":[{"City":"Bonn"},{"City":"Bari"},{"City":"Rome"}]}');
    const links = [
      ['PUT', 'Regions(9)/Capital', "Bags('b1')"],
      ['POST', 'Things(20)/Places/1/Sights', 'Things(1)'],
      ['PUT', 'Things(20)/Places/2/Country', "Bags('b1')"],
      ['PUT', 'Things(8)/Friend', 'Things(20)'],
    ] as const;
    for (const [method, path, id] of links) {
      const { status } = await service.send(method, `${path}/$ref`, { body: `{"@odata.id":"${id}"}` });
      expect(status).toBe(204);
    }
  });

  it.each([
    ['Things(1)/Places/0/Region', { Zip: 1, Name: 'one' }],
    ['Things(1)/Places/1/Region', { Zip: 9, Name: 'nine' }],
    ['Things(1)/Places/-1/Region', { Zip: 9, Name: 'nine' }],
    ['Things(1)/Places/-2/Region', { Zip: 1 }],
    ['Things(1)/Places/1/technical.Home/Region', { Zip: 9 }],
    ['Things(1)/Places/1/Region/$ref', { '@odata.id': `${ROOT}/Regions(9)` }],
    ['Things(1)/Places/1/Region/Name', { value: 'nine' }],
    ['Things(1)/Places/1/Region/Capital', { Id: 'b1' }],
    ['Things(1)/Places/1/Region/Capital/Label', { value: 'first' }],
    ['Things(1)/Places/1/Region?$select=Name&$expand=Capital($select=Id)', { Name: 'nine', Capital: { Id: 'b1' } }],
    ['Things(1)/Places/0/Sights', { value: [] }],
    ['Things(1)/Places/0/Sights?$filter=Id gt 1&$count=true', { '@odata.count': 0, value: [] }],
    ['Things(1)/Places/0/Sights/$ref', { value: [] }],
    ["Things(1)/Places/0/technical.InCity(city='Rome')", { value: true }],
    ["Things(1)/Places/1/technical.InCity(city='Rome')", { value: false }],
    ["Things(1)/Places/-1/technical.InCity(city='Oslo')", { value: true }],
    ['Things(1)/Places/0/technical.InCity(city=@c)?@c=City', { value: true }],
    ['Things(1)/Places/-1/technical.InCity(city=@c)?@c=City', { value: true }],
    ['Things(20)/Places/-1/technical.InCity(city=@c)?@c=Country/Label', { value: false }],
    ['Things(20)/Places/-1/technical.InCity(city=@c)?@c=concat(substring(Country/Id,1,0),City)', { value: true }],
    ['Things(1)/Names/1/technical.Initial()', { value: 'y' }],
  ])('%s is read', async (path, expected) => {
    const { status, json } = await service.get(path);
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json).toMatchObject(expected);
  });

  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['Things(1)/Places', { $filter: "Region/Name eq 'nine'" }, ['Oslo']],
    ['Things(1)/Places', { $orderby: 'Region/Name' }, ['Oslo', 'Rome']],
    ['Things(1)/Places', { $filter: "Region/Capital/Label eq 'first'" }, ['Oslo']],
    ['Things(20)/Places', { $filter: 'Sights/any(s:s/Id eq 1)' }, ['Bari']],
    ['Things(20)/Places', { $filter: 'Sights/$count eq 0', $orderby: 'City desc' }, ['Rome', 'Bonn']],
    ['Things(20)/Places', { $filter: "Country/Label eq 'first'" }, ['Rome']],
    ['Things(8)/Friend/Places', { $filter: 'Sights/any()', $orderby: 'Country/Id' }, ['Bari']],
  ])('%s %j chooses items by what they lead to', async (path, options, expected) => {
    const { status, json } = await service.get(url(path, options));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value.map(({ City }: { City: string }) => City)).toEqual(expected);
    const { text } = await service.get(url(`${path}/$count`, options.$filter ? { $filter: options.$filter } : {}));
    expect(text).toBe(String((expected as unknown[]).length));
  });

  it.each(['Things(1)/Places/0/Country', 'Things(1)/Places/1/technical.Home/Landlord'])(
    '%s is null, since nothing can be related to it',
    async (path) => {
      expect((await service.get(path)).status).toBe(204);
    },
  );

  it('the numbers and values behind them are texts', async () => {
    expect((await service.get('Things(1)/Places/1/Region/Name/$value')).text).toBe('nine');
    expect((await service.get('Things(1)/Places/0/Sights/$count')).text).toBe('0');
  });

  it.each([
    ['GET', 'Things(1)/Places/2/Region', 404],
    ['GET', 'Things(1)/Places/-3/Region', 404],
    ['GET', 'Things(1)/Places/0/Country/$ref', 404],
    ['GET', 'Things(1)/Places/2/Sights', 404],
    ['GET', 'Things(1)/Places/2/Sights/$ref', 404],
    ['GET', 'Things(4)/Places/0/Region', 404],
    ['GET', 'Things(99)/Places/0/Region', 404],
    ['GET', 'Things(1)/Places/0/Sights(2)', 404],
    ['GET', "Things(1)/Places/2/technical.InCity(city='Rome')", 404],
    ['GET', 'Things(1)/Places/0/Nothing', 404],
    ['PUT', 'Things(1)/Places/2/Country/$ref', 404],
    ['PUT', 'Things(1)/Places/0/Region/$ref', 400],
    ['DELETE', 'Things(1)/Places/2/Region/$ref', 404],
    ['POST', 'Things(1)/Places/0/Sights/$ref', 400],
    ['POST', 'Things(1)/Places/0/Sights', 400],
    ['PATCH', 'Things(1)/Places/2/Region', 404],
    ['DELETE', 'Things(1)/Places/2/Region', 404],
    ['PUT', 'Things(1)/Places/0/Region/Name', 400],
  ])('%s %s is refused', async (method, path, status) => {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: `{"@odata.id":"Bags('b1')"}` };
    expect((await service.send(method, path, body)).status).toBe(status);
    expect((await service.get('Things(1)/Places/0/Region')).status).toBe(200);
  });

  it('changes of what stands behind them are not told', async () => {
    const { status, headers } = await service.get('Things(1)/Places/0/Sights', { prefer: 'odata.track-changes' });
    expect([status, headers.get('Preference-Applied')]).toEqual([200, undefined]);
  });

  it('has no faults', () => expect(service.faults).toEqual([]));

  it('links behind functions that give collections of values lead on from items too', async () => {
    const { status } = await service.get(url('Offices()/0/Region', {}));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).not.toBe(500);
  });
});
