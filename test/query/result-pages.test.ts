// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from './technical-service.js';
import { seedThings } from './things.js';

onEachDatabase(
  'pages of what functions give [OData-Protocol 11.2.6.7, 11.5.4]',
  (service) => {
    beforeAll(() => seedThings(service));

    async function pages(first: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown[][]> {
      const found: unknown[][] = [];
      for (let next: string | undefined = encodeURI(first); next !== undefined;) {
        const { status, json } = await service.get(next, headers);
        expect([status, json.error]).toEqual([200, undefined]);
        found.push((json.value as unknown[]).map((each) => (each as { Id?: number }).Id ?? each));
        next = (json['@odata.nextLink'] as string | undefined)?.slice(ROOT.length + 1);
      }
      return found;
    }

    it.each([
      ['Dearest(count=7)?$select=Id', [[3, 1, 4], [5, 6, 7], [8]]],
      ['Dearest?count=4&$select=Id', [[3, 1, 4], [5]]],
      ['Dearest(count=3)?$select=Id', [[3, 1, 4]]],
      ['Dearest(count=@c)?@c=2 add 2&$select=Id', [[3, 1, 4], [5]]],
      ['Dearest(count=7)?$select=Id&$orderby=Id', [[1, 3, 4], [5, 6, 7], [8]]],
      [
        'Dearest(count=7)?$select=Id&$filter=Id gt 3&$orderby=Id desc',
        [
          [8, 7, 6],
          [5, 4],
        ],
      ],
      [
        'Dearest(count=7)?$select=Id&$skip=2',
        [
          [4, 5, 6],
          [7, 8],
        ],
      ],
      ['Dearest(count=7)?$select=Id&$skip=1&$top=4', [[1, 4, 5], [6]]],
      ['Dearest(count=7)?$select=Id&$expand=Friend($select=Id)', [[3, 1, 4], [5, 6, 7], [8]]],
      [
        'Dearest(count=7)/$filter(Id gt 3)?$select=Id',
        [
          [4, 5, 6],
          [7, 8],
        ],
      ],
      ['Dearest(count=7)?$apply=groupby((Id))', [[3, 1, 4], [5, 6, 7], [8]]],
      ["Words(text='a b c d e f g')", [['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]],
      ["Words(text='a b c d')?$top=4&$orderby=$it desc", [['d', 'c', 'b'], ['a']]],
      ["Words(text='a b c d e')?$skip=1&$filter=$it ne 'c'", [['b', 'd', 'e']]],
    ])('%s', async (address, expected) => {
      expect(await pages(address)).toEqual(expected);
    });

    it('have the size that the client prefers', async () => {
      const headers = { prefer: 'odata.maxpagesize=2' };
      expect(await pages('Dearest(count=5)?$select=Id', headers)).toEqual([[3, 1], [4, 5], [6]]);
      expect(await pages("Words(text='a b c')", headers)).toEqual([['a', 'b'], ['c']]);
      const { headers: answered } = await service.get("Words(text='a b c')", headers);
      expect(answered.get('Preference-Applied')).toBe('odata.maxpagesize=2');
    });

    it('go on where so many were shown, whatever has come or gone meanwhile', async () => {
      const first = await service.get('Dearest(count=9)?$select=Id');
      await service.send('PATCH', 'Things(8)', { body: '{"Cost":5}' });
      const next = (first.json['@odata.nextLink'] as string).slice(ROOT.length + 1);
      const { json } = await service.get(next);
      expect(json.value).toHaveLength(3);
      await service.send('PATCH', 'Things(8)', { body: '{"Cost":null}' });
    });

    it('count all', async () => {
      const { json } = await service.get('Dearest(count=7)?$select=Id&$count=true');
      expect([json['@odata.count'], json.value.length]).toEqual([7, 3]);
    });

    it.each([
      'Dearest(count=7)?$skiptoken=x',
      "Words(text='a b')?$skiptoken=WzNd.AAAAAAAAAAAAAAAA",
      'Headquarters()?$skiptoken=x',
      'Things(1)/Names?$skiptoken=x',
    ])('belong to their own links: %s', async (address) => {
      expect((await service.get(address)).status).toBe(400);
    });

    it('are refused to other calls', async () => {
      const { json } = await service.get('Dearest(count=7)?$select=Id');
      const link = (json['@odata.nextLink'] as string).slice(ROOT.length + 1);
      expect((await service.get(link.replace('count=7', 'count=6'))).status).toBe(400);
    });

    it('an action gives all at once', async () => {
      const headers = { prefer: 'odata.maxpagesize=2' };
      const {
        status,
        json,
        headers: answered,
      } = await service.send('POST', 'Things/technical.Paint?$select=Id&$expand=Friend', {
        body: '{"color":"red"}',
        headers,
      });
      expect([status, json.value.length, json['@odata.nextLink']]).toEqual([200, 8, undefined]);
      expect(answered.get('Preference-Applied')).toBeUndefined();
    });
  },
  { limits: { pageSize: 3 } },
);
