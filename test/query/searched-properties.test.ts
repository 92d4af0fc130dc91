// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { odataProfile } from '../../src/protocol/index.js';
import { onEachDatabase, url } from './technical-service.js';

/** [OData-Protocol 11.2.6.6] [OData-URL 5.1.8] */
onEachDatabase(
  '$search of the properties that the profile names',
  (service) => {
    beforeAll(async () => {
      await service.create(
        'Things',
        '{"Id":1,"Name":"Red Fox","Code":"bear"}',
        '{"Id":2,"Name":"red_bear","Code":"fox"}',
        '{"Id":3,"Name":null,"Code":"red"}',
      );
      const { status } = await service.send('POST', 'Things(1)/Friends/$ref', { body: '{"@odata.id":"Things(2)"}' });
      expect(status).toBe(204);
    });

    it.each([
      ['red', [1, 2]],
      ['RED fox', [1]],
      ['red NOT fox', [2]],
      ['NOT red', [3]],
      ['bear OR fox', [1, 2]],
      ['"d f"', [1]],
      ['"_"', [2]],
      ['"%"', []],
    ])('finds %s', async ($search, ids) => {
      const { json } = await service.get(url('Things', { $search, $orderby: 'Id' }));
      expect(json.value.map(({ Id }: { Id: number }) => Id)).toEqual(ids);
      expect((await service.get(url('Things/$count', { $search }))).text).toBe(String(ids.length));
      const { json: applied } = await service.get(
        url('Things', { $apply: `search(${$search})/aggregate($count as n)` }),
      );
      expect(applied.value).toMatchObject([{ n: ids.length }]);
    });

    it('within $expand too', async () => {
      const found = async (search: string) =>
        (await service.get(url('Things(1)', { $expand: `Friends($search=${search};$select=Id)` }))).json.Friends.length;
      expect([await found('bear'), await found('fox')]).toEqual([1, 0]);
    });

    it('elsewhere in whatever is a string', async () => {
      await service.create('Bags', '{"Id":"b1","Label":"fox"}');
      expect((await service.get(url('Bags/$count', { $search: 'fox' }))).text).toBe('1');
    });
  },
  { path: { ...odataProfile.path, searchedOf: ({ name }) => (name === 'Thing' ? ['Name'] : undefined) } },
);
