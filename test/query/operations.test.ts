// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase('operations [OData-Protocol 11.5]', (service) => {
  beforeAll(() => seedThings(service));

  describe('refused before an action does anything', () => {
    it.each([
      ['an unknown property', 'Things(8)/technical.Rename?$select=Nmae', "Did you mean 'Name'?"],
      ['an unknown navigation property', 'Things(8)/technical.Rename?$expand=Nothing', "'Nothing'"],
      ['an option for collections', 'Things(8)/technical.Rename?$filter=true', '$filter'],
      ['an option for a primitive value', 'Things(8)/technical.Touch?$select=Name', '$select'],
      ['an option for no result', 'Reset?$expand=Friend', '$expand'],
    ])('%s: %s', async (_, address, message) => {
      const { status, json } = await service.send('POST', address, { body: '{"name":"changed"}' });
      expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
      expect((await service.get('Things(8)?$select=Name')).json.Name).toBe('a_b  ');
    });
  });

  it.each([
    ['GET', 'Dearest(count=1)/Nope', 404],
    ['GET', 'Dearest(count=1)/$filter(Nope eq 1)', 400],
    ['GET', 'Dearest(nope=1)/Name', 400],
    ['GET', 'Dearest(count=1)(1)(2)', 400],
    ['GET', 'Dearest(count=1)()', 400],
    ['GET', "Dearest(count=1)('x')", 404],
    ['GET', 'Dearest(count=1)/$metadata', 400],
    ['GET', 'Dearest(count=1)/$count/Name', 400],
    ['GET', 'Dearest?count=1&$filter=Nope eq 1', 400],
    ['GET', 'Dearest(count=1)?$skiptoken=x', 400],
    ['GET', 'Dearest(count=1)?$top=9007199254740992', 400],
    ['GET', "Words(text='a')?$top=9007199254740992", 400],
    ['GET', "Words(text='a')/0", 404],
    ['GET', "Words(text='a')/$value", 400],
    ['GET', 'Offices()/$count?$top=1', 400],
    ['GET', 'Offices()?$orderby=$it', 400],
    ['GET', 'Offices()?$filter=Friend/Name eq 1', 400],
    ['GET', 'Headquarters()/City/$value?$filter=true', 400],
    ['GET', 'Headquarters()/Inner/City', 404],
    ['GET', 'Headquarters()/$count', 400],
    ['GET', 'Envelope(address={"Street":1})', 400],
    ['GET', 'Envelope(address={"Nope":"x"})', 400],
    ['GET', 'Envelope(address=@a)?@a=[1]', 400],
    ['GET', 'Envelope(address=@a)?@a=@b&@b=@a', 400],
    ['GET', 'Sum(numbers=["x"])', 400],
    ['GET', 'Sum(numbers=1)', 400],
    ['GET', 'Sum(numbers=[1,null])', 400],
    ['GET', 'Sum(numbers=[2147483648])', 400],
    ['POST', 'Dearest(count=1)', 405],
    ['PUT', 'Dearest(count=1)/$count', 405],
    ['DELETE', 'Headquarters()/City', 405],
    ['GET', 'Things/$each/technical.Rename', 405],
    ['GET', 'Things/$each', 405],
    ['GET', 'Things/$each/$count', 400],
    ['PATCH', 'Things/$each/1', 400],
    ['GET', 'Things/$each/$filter(true)', 400],
    ['GET', 'Add(a=1,b=2)/technical.Thing', 400],
  ])('%s %s is refused with %d', async (method, address, expected) => {
    const encoded = address.replaceAll(' ', '%20');
    const { status, json } = await service.send(method, encoded, method === 'GET' ? {} : { body: '{}' });
    expect([status, json.error.message]).toEqual([expected, expect.stringMatching(/\w/)]);
    expect(service.faults).toEqual([]);
  });

  it('changes all members or none', async () => {
    const before = await service.get('Things?$select=Id,Name');
    const { status } = await service.send('POST', 'Things/$each/technical.Paint', { body: '{"color":"red"}' });
    expect(status).toBe(400);
    const wrong = await service.send('POST', 'Things/$each/technical.Rename', { body: '{"name":5}' });
    expect(wrong.status).toBe(400);
    expect((await service.get('Things?$select=Id,Name')).text).toBe(before.text);
  });

  it('gives the same by its own order as by the options of the collection it comes from', async () => {
    const own = await service.get('Dearest(count=8)?$select=Id');
    const asked = await service.get('Things?$select=Id&$orderby=Cost desc&$top=8'.replaceAll(' ', '%20'));
    const ids = ({ json }: typeof own): number[] => json.value.map(({ Id }: { Id: number }) => Id);
    expect(ids(own).slice(0, 2)).toEqual(ids(asked).slice(0, 2));
    expect([...ids(own)].sort()).toEqual([...ids(asked)].sort());
  });

  it('is counted whatever the page', async () => {
    const { json } = await service.get('Dearest(count=8)?$count=true&$select=Id', { prefer: 'maxpagesize=2' });
    expect([json['@odata.count'], json.value.length]).toEqual([8, 2]);
  });

  it('lists many entities in their order', async () => {
    const bodies = Array.from(
      { length: 450 },
      (_, index) => `{"Id":${String(1000 + index)},"Cost":${String(index % 7)}}`,
    );
    await service.create('Things', ...bodies);
    const plain = await service.get('Dearest(count=400)?$select=Id');
    const asked = await service.get(url('Dearest(count=400)', { $select: 'Id', $filter: 'Id gt 0', $count: 'true' }));
    expect(plain.json.value).toHaveLength(400);
    expect(asked.json.value).toEqual(plain.json.value);
    expect(asked.json['@odata.count']).toBe(400);
    for (const { Id } of plain.json.value.filter(({ Id: id }: { Id: number }) => id >= 1000).slice(0, 3))
      expect((await service.get(`Dearest(count=400)(${String(Id)})/Id/$value`)).text).toBe(String(Id));
    await service.send('DELETE', 'Things/$filter(Id%20ge%201000)/$each');
  });
});
