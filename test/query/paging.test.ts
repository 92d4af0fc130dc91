// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url, type TechnicalService } from './technical-service.js';

interface Member {
  readonly Value: number;
}

const valuesOf = (json: { value: Member[] }): number[] => json.value.map(({ Value }) => Value);

/** Follows the next links; `between` may change the data before each of them. */
async function pages(
  service: TechnicalService,
  first: string,
  headers: Readonly<Record<string, string>> = {},
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<number[][]> {
  const found: number[][] = [];
  for (let next: string | undefined = first; next !== undefined;) {
    const { status, json } = await service.get(next, headers);
    expect([status, json.error]).toEqual([200, undefined]);
    found.push(valuesOf(json));
    const link = json['@odata.nextLink'] as string | undefined;
    next = link?.slice(ROOT.length + 1);
    if (next !== undefined) await between(found.length);
  }
  return found;
}

/** Five names, one of them null, shared by many: ties and nulls in every order. */
const NAMES = ['b', null, 'a', 'B', 'ä'];
const SIZE = 40;

onEachDatabase('paging [OData-Protocol 11.2.6.7]', (service) => {
  const bodyOf = (value: number) => JSON.stringify({ Value: value, Name: NAMES[value % 5] });
  beforeAll(() => service.create('Numbers', ...Array.from({ length: SIZE }, (_, index) => bodyOf(index + 1))));
  const all = async (orderby: string) =>
    valuesOf(
      (await service.get(url('Numbers', { ...(orderby === '' ? {} : { $orderby: orderby }), $top: '1000' }), {})).json,
    );

  const ORDERS = [
    '',
    'Name',
    'Name desc',
    'Name,Value desc',
    'Name desc,Value',
    'Value mod 3 desc,Name',
    'length(Name) desc,Name,Value mod 2',
  ];

  it.each(ORDERS)('shows every row once, in the order of one large page: %s', async (orderby) => {
    const options: Record<string, string> = orderby === '' ? {} : { $orderby: orderby };
    for (const size of ['1', '7', '39', '40']) {
      const found = await pages(service, url('Numbers', options), { prefer: `odata.maxpagesize=${size}` });
      expect(found.flat()).toEqual(await all(orderby));
      expect(found.slice(0, -1).every((page) => page.length === Number(size))).toBe(true);
    }
  });

  it.each(ORDERS)('is not disturbed by rows that come and go: %s', async (orderby) => {
    const stable = (await all(orderby)).filter((value) => value <= SIZE && value % 4 !== 0);
    const options: Record<string, string> = orderby === '' ? {} : { $orderby: orderby };
    let fresh = 1000;
    const found = await pages(service, url('Numbers', options), { prefer: 'maxpagesize=5' }, async (page) => {
      if (page > 8) return;
      await service.send('DELETE', `Numbers(${String(page * 4)})`);
      await service.create('Numbers', bodyOf(fresh++), bodyOf(-fresh));
    });
    const shown = found.flat();
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown.filter((value) => value >= 1 && value <= SIZE && value % 4 !== 0)).toEqual(stable);
    for (let value = 4; value <= SIZE; value += 4) {
      await service.send('DELETE', `Numbers(${String(value)})`);
      await service.create('Numbers', bodyOf(value));
    }
    await service.send('DELETE', 'Numbers/$filter(Value%20gt%2040)/$each');
    await service.send('DELETE', 'Numbers/$filter(Value%20lt%201)/$each');
  });

  it('goes on behind a last row that is gone', async () => {
    const found = await pages(service, 'Numbers?$orderby=Value', { prefer: 'maxpagesize=10' }, (page) =>
      service.send('DELETE', `Numbers(${String(page * 10)})`),
    );
    expect(found.flat()).toEqual(Array.from({ length: SIZE }, (_, index) => index + 1));
    for (const value of [10, 20, 30]) await service.create('Numbers', bodyOf(value));
  });

  it.each([
    [{ $top: '12' }, 12],
    [{ $top: '12', $skip: '35' }, 5],
    [{ $skip: '30' }, 10],
    [{ $skip: '40' }, 0],
    [{ $top: '0' }, 0],
    [{ $top: '5' }, 5],
    [{ $filter: "Name eq 'a'", $top: '6' }, 6],
  ])('counts all and shows what %j asks for', async (options, shown) => {
    const total = '$filter' in options ? 8 : SIZE;
    const { json } = await service.get(url('Numbers', { ...options, $count: 'true' }), { prefer: 'maxpagesize=100' });
    expect([json['@odata.count'], json.value.length, '@odata.nextLink' in json]).toEqual([total, shown, false]);
    const found = await pages(service, url('Numbers', { ...options, $count: 'true' }), { prefer: 'maxpagesize=5' });
    expect(found.flat()).toHaveLength(shown);
    for (const page of found) expect(page.length).toBeLessThanOrEqual(5);
  });

  it('counts on every page', async () => {
    const first = await service.get('Numbers?$count=true&$filter=Value%20gt%2020', { prefer: 'maxpagesize=15' });
    const second = await service.get(first.json['@odata.nextLink'].slice(ROOT.length + 1));
    expect([first.json['@odata.count'], second.json['@odata.count']]).toEqual([20, 20]);
  });

  it('honours maxpagesize up to the size of the service, and says so', async () => {
    const asked = async (prefer: string) => {
      const { headers, json } = await service.get('Numbers', { prefer });
      return [json.value.length, headers.get('Preference-Applied')];
    };
    expect(await asked('maxpagesize=3')).toEqual([3, expect.stringContaining('maxpagesize=3')]);
    expect(await asked('odata.maxpagesize=3')).toEqual([3, expect.stringContaining('maxpagesize=3')]);
    expect(await asked('maxpagesize="3"')).toEqual([3, expect.stringContaining('maxpagesize=3')]);
    expect(await asked('maxpagesize=1000000')).toEqual([SIZE, undefined]);
    for (const wrong of ['0', '-1', 'x', '1.5', '']) expect((await asked(`maxpagesize=${wrong}`))[0]).toBe(SIZE);
  });

  describe('a next link', () => {
    const OPTIONS = {
      $filter: "Value gt 0 and Name ne 'x&y=z'",
      $orderby: 'Name desc,Value',
      $select: 'Value,twice',
      $compute: 'Value mul @p as twice',
      $search: 'NOT zzz',
      $count: 'true',
      $format: 'application/json;odata.metadata=full',
      '@p': '2',
      custom: 'a b&c',
    };
    const linkOf = async (): Promise<string> => {
      const { status, json } = await service.get(url('Numbers', OPTIONS), { prefer: 'maxpagesize=3' });
      expect([status, json.error]).toEqual([200, undefined]);
      return json['@odata.nextLink'] as string;
    };

    it('carries all options', async () => {
      const link = new URL(await linkOf());
      for (const [name, value] of Object.entries(OPTIONS))
        expect([name, link.searchParams.get(name)]).toEqual([name, value]);
      expect([...link.searchParams.keys()].sort()).toEqual([...Object.keys(OPTIONS), '$skiptoken'].sort());
      expect(await linkOf()).toMatch(/^[\x21-\x7e]+$/);
      const next = await service.get((await linkOf()).slice(ROOT.length + 1));
      expect([next.status, next.json['@odata.count'], next.json.value[0].twice > 0]).toEqual([200, SIZE, true]);
    });

    it('is the same however the options are written', async () => {
      const first = await service.get('Numbers?$orderby=Name&$filter=Value%20gt%200', { prefer: 'maxpagesize=3' });
      const second = await service.get('Numbers?FILTER=Value%20gt%200&%24ORDERBY=Name', { prefer: 'maxpagesize=3' });
      expect(second.json['@odata.nextLink']).toBe(first.json['@odata.nextLink']);
    });

    it('cannot be changed in any character of its token', async () => {
      const link = (await linkOf()).slice(ROOT.length + 1);
      const start = link.indexOf('$skiptoken=') + '$skiptoken='.length;
      const accepted: number[] = [];
      for (let index = start; index < link.length; index++) {
        const flipped = link[index] === 'A' ? 'B' : 'A';
        const { status, json } = await service.get(`${link.slice(0, index)}${flipped}${link.slice(index + 1)}`);
        if (status !== 400 || json.error.target !== '$skiptoken') accepted.push(index);
      }
      expect(accepted).toEqual([]);
      for (const wrong of [
        link.slice(0, -1),
        `${link}A`,
        `${link}.A`,
        `${link.slice(0, start)}.`,
        `${link.slice(0, start)}x`,
      ])
        expect((await service.get(wrong)).status).toBe(400);
    });

    it.each([
      ['another filter', (link: string) => link.replace('gt%200', 'gt%201')],
      ['another order', (link: string) => link.replace('desc', 'asc')],
      ['another alias', (link: string) => link.replace(/(%40|@)p=2/, '@p=3')],
      ['another selection', (link: string) => link.replace('$select=Value', '$select=Name')],
      ['an option less', (link: string) => link.replace('$count=true&', '')],
      ['an option more', (link: string) => `${link}&$top=1`],
      ['another path', (link: string) => link.replace('Numbers?', 'Numbers/$filter(true)?')],
    ])('cannot be used with %s', async (_what, change) => {
      const link = (await linkOf()).slice(ROOT.length + 1);
      expect(change(link)).not.toBe(link);
      const { status, json } = await service.get(change(link));
      expect([status, json.error.target]).toEqual([400, '$skiptoken']);
    });
  });

  it('pages references, contained and related entities alike', async () => {
    await service.create('Things', '{"Id":1}', '{"Id":2}', '{"Id":3}', '{"Id":4}');
    await service.create('Things(1)/Parts', ...['a', 'b', 'c', 'd', 'e'].map((id) => `{"Id":"${id}","Size":1}`));
    for (const id of [2, 3, 4])
      await service.send('POST', 'Things(1)/Friends/$ref', { body: `{"@odata.id":"Things(${String(id)})"}` });
    const headers = { prefer: 'maxpagesize=2' };
    const follow = async (first: string): Promise<string[]> => {
      const texts: string[] = [];
      for (let next: string | undefined = first; next !== undefined;) {
        const { status, json } = await service.get(next, headers);
        expect(status).toBe(200);
        texts.push(json.value.map((each: Record<string, unknown>) => each['Id'] ?? each['@odata.id']).join());
        next = (json['@odata.nextLink'] as string | undefined)?.slice(ROOT.length + 1);
      }
      return texts;
    };
    expect(await follow('Things(1)/Parts?$orderby=Size,Id%20desc')).toEqual(['e,d', 'c,b', 'a']);
    expect(await follow('Things(1)/Friends')).toEqual(['2,3', '4']);
    expect(await follow('Things(1)/Friends/$ref?$orderby=Id%20desc')).toEqual([
      `${ROOT}/Things(4),${ROOT}/Things(3)`,
      `${ROOT}/Things(2)`,
    ]);
  });

  it('has a next link without metadata too [OData-JSON 3.1.3]', async () => {
    const { json } = await service.get('Numbers?$format=application/json;odata.metadata=none&$count=true', {
      prefer: 'maxpagesize=3',
    });
    expect(Object.keys(json)).toEqual(['@odata.count', 'value', '@odata.nextLink']);
  });

  it('follows the order of dynamic values, whatever they are', async () => {
    const values = [3, 'b', null, true, 10, 'a', false, -1, { x: 1 }];
    await service.create('Bags', ...values.map((any, index) => JSON.stringify({ Id: String(index), any })));
    const follow = async ($orderby: string) => {
      const found: unknown[] = [];
      for (let next: string | undefined = url('Bags', { $orderby }); next !== undefined;) {
        const { status, json } = await service.get(next, { prefer: 'maxpagesize=2' });
        expect([status, json.error]).toEqual([200, undefined]);
        found.push(...json.value.map(({ any }: { any?: unknown }) => any ?? null));
        next = (json['@odata.nextLink'] as string | undefined)?.slice(ROOT.length + 1);
      }
      return found;
    };
    const ascending = ['a', 'b', -1, 3, 10, false, true];
    expect(await follow('any')).toEqual([null, { x: 1 }, ...ascending]);
    expect(await follow('any desc')).toEqual([...ascending.toReversed(), null, { x: 1 }]);
  });
});

onEachDatabase(
  'paging where $top sizes the pages',
  (service) => {
    beforeAll(() =>
      service.create('Numbers', ...Array.from({ length: 7 }, (_, index) => `{"Value":${String(index)}}`)),
    );

    it('leads through all rows', async () => {
      expect(await pages(service, 'Numbers?$top=3')).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
      expect(await pages(service, 'Numbers?$top=3&$skip=2&$orderby=Value%20desc')).toEqual([
        [4, 3, 2],
        [1, 0],
      ]);
    });
  },
  { topIsPageSize: true },
);
