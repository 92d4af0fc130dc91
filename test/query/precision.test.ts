// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, url } from './technical-service.js';

/** Values that a double, a millisecond clock or a 16-digit decimal cannot hold, each with its neighbours. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  Big: [
    '-9223372036854775808',
    '-9223372036854775807',
    '-9007199254740993',
    '-9007199254740992',
    '0',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '9223372036854775806',
    '9223372036854775807',
  ],
  Exact: [
    '-9999999999999999999999999999.999999',
    '-1234567890123456789012345678.5',
    '-0.1000000000000000000000000002',
    '-0.1000000000000000000000000001',
    '-0.1',
    '0',
    '0.000001',
    '0.1',
    '0.1000000000000000000000000001',
    '1234567890123456789012345678',
    '1234567890123456789012345678.25',
    '1234567890123456789012345678.5',
    '9999999999999999999999999999.999999',
  ],
  Instant: [
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.0000001Z',
    '1969-12-31T23:59:59.9999999Z',
    '1970-01-01T00:00:00Z',
    '2024-02-29T23:59:58Z',
    '2024-02-29T23:59:58.1234567Z',
    '2024-02-29T23:59:58.1234568Z',
    '2024-02-29T23:59:58.124Z',
    '9999-12-31T23:59:59.9999998Z',
    '9999-12-31T23:59:59.9999999Z',
  ],
  Clock: ['00:00:00', '00:00:00.0000001', '12:00:00', '12:00:00.0000001', '23:59:59.9999998', '23:59:59.9999999'],
  Span: [
    '-P10675199DT2H48M5.4775807S',
    '-PT0.0000002S',
    '-PT0.0000001S',
    'PT0S',
    'PT0.0000001S',
    'PT1H',
    'PT1H0.0000001S',
    'P1D',
    'P10675199DT2H48M5.4775806S',
    'P10675199DT2H48M5.4775807S',
  ],
  Day: ['0001-01-01', '0001-01-02', '1582-10-10', '1969-12-31', '1970-01-01', '2024-02-29', '2024-03-01', '9999-12-31'],
};

/** The same value written in another way. */
const SPELLINGS: readonly (readonly [property: string, sent: string, equal: string])[] = [
  ['Exact', '0.10', '0.1'],
  ['Exact', '100', '1e2'],
  ['Exact', '1.5', '15e-1'],
  ['Instant', '2024-03-01T01:59:58.1234567+02:00', '2024-02-29T23:59:58.1234567Z'],
  ['Instant', '2024-02-29T23:59:58.1Z', '2024-02-29T23:59:58.1000000Z'],
  ['Instant', '2024-02-29T09:59:58-14:00', '2024-02-29T23:59:58Z'],
  ['Clock', '12:30', '12:30:00.0000000'],
  ['Span', 'PT90M', 'PT1H30M'],
  ['Span', 'P1D', 'PT24H'],
  ['Span', 'PT0.10S', 'PT0.1S'],
  ['Token', 'ABCDEF01-2345-6789-ABCD-EF0123456789', 'abcdef01-2345-6789-abcd-ef0123456789'],
];

const isNumber = (property: string): boolean => property === 'Big' || property === 'Exact';
const jsonOf = (property: string, value: string): string => (isNumber(property) ? value : `"${value}"`);
const literalOf = (property: string, value: string): string => (property === 'Span' ? `duration'${value}'` : value);

onEachDatabase('values [OData-URL 5.1.1.1]', (service) => {
  beforeAll(async () => {
    const count = Math.max(...Object.values(VALUES).map((each) => each.length));
    for (let index = 0; index < count; index++) {
      const members = Object.entries(VALUES).flatMap(([name, values]) =>
        index < values.length ? [`"${name}":${jsonOf(name, values[index]!)}`] : [],
      );
      await service.create('Things', `{"Id":${String(index)},${members.join()}}`);
    }
  });

  const ids = async (options: Readonly<Record<string, string>>): Promise<number[]> => {
    const { status, json, text } = await service.get(url('Things', { ...options, $select: 'Id' }));
    expect([status, text.slice(0, 200)]).toEqual([200, expect.anything()]);
    return json.value.map(({ Id }: { Id: number }) => Id);
  };

  describe.each(Object.entries(VALUES))('of %s', (name, values) => {
    const indexes = values.map((_, index) => index);

    it('are equal to themselves alone, and lie between their neighbours', async () => {
      for (const [index, value] of values.entries()) {
        const literal = literalOf(name, value);
        expect([value, await ids({ $filter: `${name} eq ${literal}` })]).toEqual([value, [index]]);
        expect([value, await ids({ $filter: `${name} lt ${literal}` })]).toEqual([value, indexes.slice(0, index)]);
        expect([value, await ids({ $filter: `${name} ge ${literal}` })]).toEqual([value, indexes.slice(index)]);
        expect([value, await ids({ $filter: `${name} in (${literal})` })]).toEqual([value, [index]]);
      }
    });

    it('are ordered by value', async () => {
      const $filter = `${name} ne null`;
      expect(await ids({ $orderby: name, $filter })).toEqual(indexes);
      expect(await ids({ $orderby: `${name} desc`, $filter })).toEqual([...indexes].reverse());
    });

    it('keep every digit in entities, properties, expands and computed properties', async () => {
      const texts = [
        (await service.get(url('Things', { $select: name, $filter: `${name} ne null` }))).text,
        (await service.get(url('Things', { $compute: `${name} as ${name}2`, $select: `${name}2` }))).text,
      ];
      for (const [index, value] of values.entries()) {
        const json = jsonOf(name, value);
        for (const text of texts)
          expect(text).toMatch(new RegExp(`"${name}2?":${json.replaceAll(/[.+]/g, '\\$&')}[,}]`));
        expect((await service.get(`Things(${String(index)})/${name}`)).text).toContain(`"value":${json}}`);
        expect((await service.get(`Things(${String(index)})/${name}/$value`)).text).toBe(value);
      }
    });

    it('are strings in JSON where the client wants no more than doubles [OData-JSON 3.2]', async () => {
      const headers = { accept: 'application/json;IEEE754Compatible=true' };
      const { json, headers: answered } = await service.get(
        url('Things', { $select: name, $filter: `${name} ne null` }),
        headers,
      );
      expect(json.value.map((each: Record<string, unknown>) => each[name])).toEqual(values);
      expect(answered.get('Content-Type')).toContain('IEEE754Compatible=true');
      const { json: one } = await service.get(`Things(1)/${name}`, headers);
      expect(one.value).toBe(values[1]);
    });
  });

  it.each(SPELLINGS)('of %s are the same as %s and %s', async (name, sent, equal) => {
    await service.create('Things', `{"Id":100,"${name}":${jsonOf(name, sent)}}`);
    const found = await ids({ $filter: `${name} eq ${literalOf(name, equal)} and Id eq 100` });
    await service.send('DELETE', 'Things(100)');
    expect(found).toEqual([100]);
  });

  it('beyond a type are refused in payloads and literals', async () => {
    for (const [name, value] of [
      ['Big', '9223372036854775808'],
      ['Big', '1.5'],
      ['Instant', '2024-02-30T00:00:00Z'],
      ['Instant', '2024-01-01T00:00:00'],
      ['Day', '2023-02-29'],
      ['Clock', '24:00:00'],
      ['Span', 'P1Y'],
    ] as const) {
      const { status } = await service.send('POST', 'Things', { body: `{"Id":200,"${name}":${jsonOf(name, value)}}` });
      expect([name, value, status]).toEqual([name, value, 400]);
    }
    for (const literal of ['2024-02-30T00:00:00Z', '2023-02-29', '25:00:00', "duration'P1Y'"])
      expect([literal, (await service.get(url('Things', { $filter: `Id eq ${literal}` }))).status]).toEqual([
        literal,
        400,
      ]);
  });

  it('in collections keep every digit too', async () => {
    const body = '{"Id":300,"Bigs":[9007199254740993,-9223372036854775808],"Exacts":[0.1000000000000000000000000001]}';
    await service.create('Things', body);
    const { text } = await service.get('Things(300)?$select=Bigs,Exacts');
    expect(text).toContain('"Bigs":[9007199254740993,-9223372036854775808],"Exacts":[0.1000000000000000000000000001]');
    const { json } = await service.get('Things(300)?$select=Bigs,Exacts', {
      accept: 'application/json;IEEE754Compatible=true',
    });
    expect([json.Bigs, json.Exacts]).toEqual([
      ['9007199254740993', '-9223372036854775808'],
      ['0.1000000000000000000000000001'],
    ]);
    expect(await ids({ $filter: 'Bigs/any(b:b eq 9007199254740993)' })).toEqual([300]);
    expect(await ids({ $filter: 'Exacts/any(e:e gt 0.1 and e lt 0.1000000000000000000000000002)' })).toEqual([300]);
    await service.send('DELETE', 'Things(300)');
  });

  it('as keys', async () => {
    await service.create(
      'Numbers',
      '{"Value":9007199254740993,"Name":"odd"}',
      '{"Value":9007199254740992,"Name":"even"}',
    );
    expect((await service.get('Numbers(9007199254740993)')).text).toContain('"Value":9007199254740993,"Name":"odd"');
    expect((await service.get('Numbers/9007199254740992')).text).toContain('"Value":9007199254740992,"Name":"even"');
    const { json } = await service.get('Numbers(9007199254740993)', {
      accept: 'application/json;IEEE754Compatible=true',
    });
    expect(json.Value).toBe('9007199254740993');
  });

  it('through a page that ends between neighbours', async () => {
    for (const [name, values] of Object.entries(VALUES)) {
      const found: number[] = [];
      let next: string | undefined = url('Things', {
        $orderby: `${name} desc`,
        $filter: `${name} ne null`,
        $select: 'Id',
      });
      while (next !== undefined) {
        const { json } = await service.get(next, { prefer: 'maxpagesize=1' });
        found.push(...json.value.map(({ Id }: { Id: number }) => Id));
        next = (json['@odata.nextLink'] as string | undefined)?.slice('http://host/technical/'.length);
      }
      expect([name, found]).toEqual([name, values.map((_, index) => index).reverse()]);
    }
  });

  it('small decimals have no exponent [OData-JSON 3.3]', async () => {
    await service.send('PUT', 'Things(400)', { body: '{"Exact":0.0000001}' });
    expect((await service.get('Things(400)/Exact')).text).toContain('"value":0.0000001}');
  });

  it.each([
    ['Things?$count=true', /"@odata\.count":("?\d+"?)/],
    ['Things/$ref?$count=true', /"@odata\.count":("?\d+"?)/],
    ['Things?$apply=identity&$count=true', /"@odata\.count":("?\d+"?)/],
    ['$crossjoin(Things)?$count=true', /"@odata\.count":("?\d+"?)/],
    ['Things?$expand=Friends($count=true)', /"Friends@odata\.count":("?\d+"?)/],
    ['Things?$expand=Friends/$count', /"Friends@odata\.count":("?\d+"?)/],
    ['Things?$select=Names($count=true)', /"Names@odata\.count":("?\d+"?)/],
    ['Things(1)/Names?$count=true', /"@odata\.count":("?\d+"?)/],
    ["Words(text='a b')?$count=true", /"@odata\.count":("?\d+"?)/],
  ])('the count of %s is a string where numbers are [OData-JSON 3.2]', async (address, pattern) => {
    const counts: (string | undefined)[] = [];
    for (const compatible of ['false', 'true']) {
      const accept = `application/json;IEEE754Compatible=${compatible}`;
      counts.push(pattern.exec((await service.get(encodeURI(address), { accept })).text)?.[1]);
    }
    expect(counts).toEqual([expect.stringMatching(/^\d+$/), `"${counts[0]!}"`]);
  });

  describe('of $compute', () => {
    it('computed numbers are strings for IEEE754Compatible=true', async () => {
      const { json } = await service.get(url('Things(1)', { $compute: 'Big as b', $select: 'b' }), {
        accept: 'application/json;IEEE754Compatible=true',
      });
      expect(json.b).toBe('-9223372036854775807');
    });
  });
});
