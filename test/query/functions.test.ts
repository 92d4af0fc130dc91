// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { CALLS, DIRECT, WRONG_CALLS } from './function-cases.js';
import { onEachDatabase, url } from './technical-service.js';
import { seedThings } from './things.js';

const idsOf = (json: { value: { Id: number }[] }): string => json.value.map(({ Id }) => String(Id)).join('');

onEachDatabase('functions that behaviours define as expressions [OData-URL 5.1.1.14.4]', (service) => {
  beforeAll(() => seedThings(service));

  it.each(CALLS)('%s is true for %s', async (filter, things) => {
    const aliases = filter.includes('@p') ? { '@p': '1' } : {};
    const { status, json, text } = await service.get(url('Things', { $filter: filter, $select: 'Id', ...aliases }));
    expect([status, status === 200 ? idsOf(json) : text]).toEqual([200, things]);
  });

  it.each(WRONG_CALLS)('%s is %d: %s', async (filter, expected, message) => {
    const { status, json } = await service.get(url('Things', { $filter: filter }));
    expect([status, json.error.message]).toEqual([expected, expect.stringContaining(message)]);
  });

  it('may be ordered by, computed and used within $expand', async () => {
    const ordered = await service.get(url('Things', { $orderby: 'technical.Scaled(factor=-1)', $select: 'Id' }));
    expect(idsOf(ordered.json)).toBe('43861752');
    const computed = await service.get(
      url('Things(1)', {
        $compute: 'technical.Fourfold(x=Id) as four',
        $select: 'four,Id',
        $expand: 'Friends($select=Id;$filter=technical.Elders()/$count eq $it/Id)',
      }),
    );
    expect(computed.json).toMatchObject({ four: 4, Friends: [{ Id: 2 }] });
  });

  it.each(DIRECT)('%s is %j', async (call, answer) => {
    const { status, json } = await service.get(call);
    expect([status, json.value]).toEqual([200, answer]);
  });

  it('give entities and complex values when they are called', async () => {
    const elders = await service.get('Things(3)/technical.Elders()');
    expect([elders.status, idsOf(elders.json)]).toEqual([200, '12']);
    expect((await service.get('Things(1)/technical.Partner()')).json).toMatchObject({ Id: 2 });
    expect((await service.get('Things(4)/technical.Partner()')).status).toBe(204);
    expect((await service.get('Things(1)/technical.PartnerPlace()')).json).toMatchObject({ City: '', Tags: [] });
    expect((await service.get('Things(4)/technical.PartnerPlace()')).status).toBe(204);
  });

  it('are refused where they are put into each other too often', async () => {
    const nested = (depth: number) => `${'technical.Twice(x='.repeat(depth)}Id${')'.repeat(depth)} eq 1`;
    const shallow = await service.get(url('Things', { $filter: nested(5).replace('eq 1', 'eq 96'), $select: 'Id' }));
    expect(idsOf(shallow.json)).toBe('3');
    const deep = await service.get(url('Things', { $filter: nested(40) }));
    expect([deep.status, deep.json.error.message]).toEqual([400, expect.stringMatching(/more than 20000 parts/)]);
  });

  it('are 404 where there is nothing to call them on', async () => {
    for (const path of ['Things(99)/technical.Weight()', "Things(99)/Place/technical.InCity(city='x')"])
      expect((await service.get(path)).status).toBe(404);
  });
});
