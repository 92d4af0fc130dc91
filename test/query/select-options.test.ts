// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { optionsOfPlaces } from './arbitrary-options.js';
import { onEachDatabase, ROOT, url } from './technical-service.js';
import { bare, seedThings } from './things.js';

const PLACES = [
  { City: 'Rome', Zip: 1, Tags: ['b', 'a', 'c'] },
  { '@odata.type': '#technical.Home', City: 'Oslo', Zip: 9, Rooms: 3, Since: '2024-05-01T00:00:00+02:00', Tags: [] },
  { City: 'Bari', Zip: 1, Tags: ['a'], Inner: { City: 'Rome', Tags: ['z', 'y'] } },
  { City: 'Bath', Zip: null, Tags: ['c', 'd'] },
];

/** [OData-URL 5.1.4] [OData-Protocol 11.2.5.1] */
onEachDatabase('options within $select', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    await service.create('Things', JSON.stringify({ Id: 20, Whole: 2, Names: ['x', 'yy', 'y', 'x'], Places: PLACES }));
    await service.create('Regions', '{"Zip":1,"Name":"one"}', '{"Zip":9,"Name":"nine"}');
    const link = await service.send('PUT', 'Things(20)/Friend/$ref', { body: '{"@odata.id":"Things(1)"}' });
    expect(link.status).toBe(204);
  });

  const read = async (path: string, options: Readonly<Record<string, string>>, headers?: Record<string, string>) => {
    const { status, json } = await service.get(url(path, options), headers);
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  };
  const selected = async ($select: string) => bare(await read('Things(20)', { $select }));

  describe('choose items', () => {
    it.each<[string, object]>([
      ['Names($filter=length($this) eq 1)', { Names: ['x', 'y', 'x'] }],
      ['Names($orderby=$this desc;$top=2)', { Names: ['yy', 'y'] }],
      ['Names($skip=1;$top=2)', { Names: ['yy', 'y'] }],
      ['Names($top=0;$count=true)', { 'Names@odata.count': 4, Names: [] }],
      ['Names($search=yy;$count=true)', { 'Names@odata.count': 1, Names: ['yy'] }],
      ['Names($count=true)', { 'Names@odata.count': 4, Names: ['x', 'yy', 'y', 'x'] }],
      ['Names($filter=length($this) eq $it/Whole)', { Names: ['yy'] }],
      ['Names($filter=$these/$count($filter=$this eq $this) eq 4;$top=1)', { Names: ['x'] }],
      [
        'Places($filter=Zip eq $these/aggregate(Zip with max);$select=City)',
        { Places: [{ '@odata.type': '#technical.Home', City: 'Oslo' }] },
      ],
      [
        "Places($filter=City ne 'Oslo';$orderby=Zip mul $these/aggregate(Zip with max) desc,$these/$count,City;$select=City)",
        { Places: [{ City: 'Bari' }, { City: 'Rome' }, { City: 'Bath' }] },
      ],
      [
        "Places($filter=startswith(City,'B');$select=City;$orderby=City)",
        { Places: [{ City: 'Bari' }, { City: 'Bath' }] },
      ],
      ['Places($filter=Zip eq 1;$count=true;$top=1;$select=Zip)', { 'Places@odata.count': 2, Places: [{ Zip: 1 }] }],
      [
        'Places($orderby=Zip desc,City;$select=City)',
        {
          Places: [
            { '@odata.type': '#technical.Home', City: 'Oslo' },
            { City: 'Bari' },
            { City: 'Rome' },
            { City: 'Bath' },
          ],
        },
      ],
      ['Places($search=Rome;$select=City)', { Places: [{ City: 'Rome' }] }],
      [
        "Places($filter=Region/Name eq 'nine';$select=City)",
        { Places: [{ '@odata.type': '#technical.Home', City: 'Oslo' }] },
      ],
      ["Places($filter=Tags/any(t:t eq 'c');$select=City)", { Places: [{ City: 'Rome' }, { City: 'Bath' }] }],
      ['Places($filter=$it/Friend/Id eq Zip;$select=City)', { Places: [{ City: 'Rome' }, { City: 'Bari' }] }],
    ])('%s', async ($select, expected) => {
      expect(await selected($select)).toEqual(expected);
    });

    it.each<[string, object]>([
      [
        'Places/Tags($orderby=$this;$top=1;$count=true)',
        {
          Places: [
            { 'Tags@odata.count': 3, Tags: ['a'] },
            { '@odata.type': '#technical.Home', 'Tags@odata.count': 0, Tags: [] },
            { 'Tags@odata.count': 1, Tags: ['a'] },
            { 'Tags@odata.count': 2, Tags: ['c'] },
          ],
        },
      ],
      [
        "Places($orderby=City desc;$top=2;$select=City,Tags($filter=$this ne 'b';$orderby=$this))",
        {
          Places: [
            { City: 'Rome', Tags: ['a', 'c'] },
            { '@odata.type': '#technical.Home', City: 'Oslo', Tags: [] },
          ],
        },
      ],
      ["Places($filter=City eq 'Bari';$select=Inner/Tags($top=1))", { Places: [{ Inner: { Tags: ['z'] } }] }],
      ["Places($filter=City eq 'Bari';$select=Inner($select=Tags($skip=1)))", { Places: [{ Inner: { Tags: ['y'] } }] }],
      [
        'Places($skip=1;$top=1;$select=technical.Home/Rooms)',
        { Places: [{ '@odata.type': '#technical.Home', Rooms: 3 }] },
      ],
      ['Place/Tags($top=1)', { Place: null }],
      [
        'Places/technical.Home($filter=Rooms eq 3;$count=true;$select=Rooms)',
        { 'Places@odata.count': 1, Places: [{ '@odata.type': '#technical.Home', Rooms: 3 }] },
      ],
      ['Places/technical.Home($filter=Rooms eq 4)', { Places: [] }],
    ])('within others: %s', async ($select, expected) => {
      expect(await selected($select)).toEqual(expected);
    });

    it('and leave all others as they are, with their own digits and time zones', async () => {
      const all = await selected('*,Places($filter=Zip eq 9)');
      expect(all).toMatchObject({ Id: 20, Names: ['x', 'yy', 'y', 'x'] });
      expect(await selected('Places($filter=Zip eq 9)')).toEqual({
        Places: [expect.objectContaining({ City: 'Oslo', Rooms: 3, Since: '2024-05-01T00:00:00+02:00' })],
      });
      expect(all).toMatchObject({ Places: [{ City: 'Oslo', Since: '2024-05-01T00:00:00+02:00' }] });
    });

    it('of every member of a collection, and of what is expanded', async () => {
      const { value } = await read('Things', { $filter: 'Id le 3', $select: 'Wholes($orderby=$this desc;$top=2)' });
      expect(bare(value)).toEqual([{ Wholes: [3, 2] }, { Wholes: [] }, { Wholes: [2147483647] }]);
      expect(
        bare(
          await read('Things(20)', {
            $select: 'Id',
            $expand: 'Friend($select=Id,Places($filter=Zip eq $it/Id sub 11;$select=City),Wholes($top=1;$count=true))',
          }),
        ),
      ).toEqual({
        Id: 20,
        Friend: {
          Id: 1,
          'Wholes@odata.count': 3,
          Wholes: [1],
          Places: [{ '@odata.type': '#technical.Home', City: 'Oslo' }],
        },
      });
    });

    it('of pages and of what was just written', async () => {
      const first = await read(
        'Things',
        { $filter: 'Id ge 1', $select: 'Names($top=1)', $top: '2' },
        { prefer: 'maxpagesize=1' },
      );
      expect(bare(first.value)).toEqual([{ Names: ['x'] }]);
      const { json: second } = await service.get(first['@odata.nextLink'].slice(ROOT.length + 1));
      expect(bare(second.value)).toEqual([{ Names: [''] }]);
      const { status, json } = await service.send(
        'POST',
        url('Things', { $select: 'Names($orderby=$this desc;$top=1)' }),
        {
          body: '{"Id":21,"Names":["a","b"]}',
        },
      );
      expect([status, bare(json)]).toEqual([201, { Names: ['b'] }]);
      expect((await service.send('DELETE', 'Things(21)')).status).toBe(204);
    });
  });

  describe('compute', () => {
    it.each<[string, object]>([
      ["Place($compute=concat(City,'!') as Loud;$select=Loud)", { Place: { Loud: 'Rome!' } }],
      [
        "Place($compute=concat(City,'!') as Loud)",
        { Place: expect.objectContaining({ City: 'Rome', Zip: 5, Loud: 'Rome!' }) },
      ],
      ["Place($compute=concat(City,'!') as Loud;$select=City)", { Place: { City: 'Rome' } }],
      [
        "Place($compute=concat(City,'!') as Loud;$select=*)",
        { Place: expect.objectContaining({ City: 'Rome', Loud: 'Rome!' }) },
      ],
      [
        'Place($compute=Zip mul 2 as Double,Region/Name as Region2;$select=Double,Region2)',
        { Place: { Double: 10, Region2: null } },
      ],
      [
        'Places($compute=Zip add $it/Id as Sum,Region/Name as Name;$filter=Sum gt 5;$orderby=Sum desc;$select=City,Sum,Name)',
        { Places: [{ City: 'Oslo', Sum: 10, Name: 'nine' }] },
      ],
      ['Places($compute=Zip as Same;$select=Same;$orderby=City)', { Places: [{ Same: 9 }, { Same: 1 }] }],
      ['Place/Inner($compute=length(City) as Size;$select=Size)', { Place: { Inner: { Size: 4 } } }],
      ['Places/technical.Home($compute=Rooms mul 2 as Beds;$select=Beds)', { Places: [{}, { Beds: 6 }] }],
      [
        'Place($compute=Zip as A;$select=A,Inner($compute=City as A;$select=A))',
        { Place: { A: 5, Inner: { A: 'Bari' } } },
      ],
    ])('%s', async ($select, expected) => {
      expect(await read('Things(1)', { $select }, { accept: 'application/json;odata.metadata=none' })).toEqual(
        expected,
      );
    });

    it('with the types of their values at full metadata', async () => {
      const $select = 'Place($compute=Zip mul 2 as Double,9007199254740993 as Long;$select=Double,Long)';
      const json = await read(
        'Things(1)',
        { $select },
        { accept: 'application/json;odata.metadata=full;IEEE754Compatible=true' },
      );
      expect(json.Place).toMatchObject({
        'Double@odata.type': '#Int32',
        Double: 10,
        'Long@odata.type': '#Int64',
        Long: '9007199254740993',
      });
    });
  });

  it('work on complex properties as resources', async () => {
    expect(
      await read('Things(20)/Places', {
        $filter: 'Zip eq 1',
        $orderby: 'City desc',
        $select: 'City,Tags($orderby=$this;$top=1)',
      }),
    ).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(20)/Places(City,Tags)`,
      value: [
        { City: 'Rome', Tags: ['a'] },
        { City: 'Bari', Tags: ['a'] },
      ],
    });
    expect(
      bare(await read('Things(20)/Places/2', { $select: 'Inner($select=Tags($top=1);$compute=City as C)' })),
    ).toEqual({
      Inner: { Tags: ['z'] },
    });
    expect(
      bare(await read('Things(20)/Places/2/Inner', { $select: "Tags($filter=$this gt $it/City and $this ne 'y')" })),
    ).toEqual({ Tags: ['z'] });
    expect(bare(await read('Things(1)/Place', { $select: 'Tags($top=1)', $expand: 'Region' }))).toEqual({
      Tags: ['a'],
      Region: null,
    });
  });

  it('work wherever entities are shown', async () => {
    const $select = 'Names($top=1;$orderby=$this desc)';
    const names = async (path: string, options: Readonly<Record<string, string>> = {}) => {
      const { value, ...single } = await read(path, { $select, ...options });
      return bare(value ?? single);
    };
    expect(await names("Coloured(color='red')")).toEqual([{ Names: ['yy'] }]);
    expect(await names('Biggest()')).toEqual({ Names: ['yy'] });
    expect(await names('Things', { $apply: 'filter(Id eq 1)' })).toEqual([{ Names: ['yy'] }]);
    expect(
      bare(
        (
          await read('$crossjoin(Things,Regions)', {
            $filter: 'Things/Id eq 1',
            $top: '1',
            $expand: `Things($select=${$select})`,
          })
        ).value,
      ),
    ).toEqual([expect.objectContaining({ Things: { Names: ['yy'] } })]);
    expect(
      await names('Things', {
        $apply: 'groupby((Friend/Code,Friend/Id))',
        $select: 'Friend($select=Code)',
        $filter: 'Friend/Id eq 3',
      }),
    ).toEqual([{ Friend: { Code: 'three' } }]);
    const { status, json } = await service.get(url('$all', { $select }));
    expect([status, json.error.message]).toEqual([400, expect.any(String)]);
    const tracked = await service.get(url('Things', { $filter: 'Id eq 20', $select }), { prefer: 'track-changes' });
    expect(bare(tracked.json.value)).toEqual([{ Id: 20, Names: ['yy'] }]);
    expect((await service.send('PATCH', 'Things(20)', { body: '{"Whole":3}' })).status).toBeLessThan(300);
    const { json: delta } = await service.get(tracked.json['@odata.deltaLink'].slice(ROOT.length + 1));
    expect(bare(delta.value)).toEqual([expect.objectContaining({ Names: ['yy'] })]);
    await service.send('PATCH', 'Things(20)', { body: '{"Whole":2}' });
  });

  it.each([
    ['groupby((Code))', 'Code($top=1)', [400, "'Code' is a single value, which takes no options in $select."]],
    [
      'aggregate(Whole with sum as Sum)',
      'Sum($select=Code)',
      [400, expect.stringContaining("'Sum' is a single value")],
    ],
    [
      'groupby((Friend/Code))',
      'Friend($select=Code($top=1))',
      [400, expect.stringContaining("'Code' is a single value")],
    ],
    ['groupby((Friend/Code))', 'Friend($top=1)', [400, expect.stringContaining('takes $top in $expand')]],
    ['nest(groupby((Code)) as Rows)', 'Rows($top=1)', [400, expect.stringContaining('takes $top in $expand')]],
  ])('are refused for what $apply made: %s', async ($apply, $select, expected) => {
    const { status, json } = await service.get(url('Things', { $apply, $select }));
    expect([status, json.error?.message]).toEqual(expected);
  });

  describe('of values that functions give, which belong to no entity', () => {
    it.each<[string, Readonly<Record<string, string>>, object]>([
      [
        'Offices()',
        { $select: 'City,Tags($top=1;$count=true;$orderby=$this desc)' },
        {
          value: [
            { City: 'Bath', 'Tags@odata.count': 1, Tags: ['head'] },
            { '@odata.type': '#technical.Home', City: 'Rome', 'Tags@odata.count': 0, Tags: [] },
            { City: 'Oslo', 'Tags@odata.count': 2, Tags: ['north'] },
          ],
        },
      ],
      [
        'Offices()',
        { $select: "Tags($filter=$this ge 'n' and $it/City eq 'Oslo')", $orderby: 'City desc', $filter: 'Tags/any()' },
        { value: [{ Tags: ['new', 'north'] }, { Tags: [] }] },
      ],
      [
        'Offices()',
        { $select: 'technical.Home/Tags($count=true)', $skip: '1', $top: '1' },
        { value: [{ '@odata.type': '#technical.Home', 'Tags@odata.count': 0, Tags: [] }] },
      ],
      ['Headquarters()', { $select: 'City,Inner($compute=City as A;$select=A)' }, { City: 'Bath', Inner: null }],
      ['Headquarters()', { $select: "Tags($filter=$it/Region/Name eq 'one')" }, { Tags: [] }],
    ])('%s %j', async (path, options, expected) => {
      expect(bare(await read(path, options))).toEqual(expected);
    });

    it('on every page', async () => {
      const options = { $select: 'Tags($orderby=$this desc;$top=1)', $filter: "City ne 'Rome'" };
      const first = await read('Offices()', options, { prefer: 'maxpagesize=1' });
      expect(bare(first.value)).toEqual([{ Tags: ['head'] }]);
      const { json: second } = await service.get(first['@odata.nextLink'].slice(ROOT.length + 1));
      expect(bare(second.value)).toEqual([{ Tags: ['north'] }]);
    });

    it('and what the values lead to by their properties', async () => {
      const { value } = await read('Offices()', { $filter: "Region/Name eq 'one'", $select: 'City' });
      expect(bare(value)).toEqual([{ City: 'Bath' }]);
      const linked = await service.get(url('Offices()', { $filter: 'Country ne null' }));
      expect([linked.status, linked.json.error.message]).toEqual([501, expect.stringContaining("'Country' leads on")]);
    });
  });

  it('take aliases, of the request and their own', async () => {
    expect(bare(await read('Things(20)', { $select: 'Names($filter=$this eq @n)', '@n': "'yy'" }))).toEqual({
      Names: ['yy'],
    });
    expect(await selected("Names($filter=$this eq @n;@n='y')")).toEqual({ Names: ['y'] });
    expect(
      bare(
        await read('Things(20)', {
          $select: 'Id',
          $expand: 'Friend($select=Id;$expand=Friends($filter=Id eq @n;$select=Id;@n=3))',
        }),
      ),
    ).toEqual({ Id: 20, Friend: { Id: 1, Friends: [{ Id: 3 }] } });
  });

  it.each([
    ['Name($top=1)', "'Name' is a single primitive value, to which $top cannot be applied."],
    ['Names($select=X)', "'Names' is a collection of primitive values, to which $select cannot be applied."],
    ['Place($filter=Zip eq 1)', "'Place' is a single complex value, to which $filter cannot be applied."],
    ['Places($filter=Nope eq 1)', "Could not find a property named 'Nope' on type 'technical.Address'."],
    [
      'Places($orderby=Zip;$expand=Country)',
      "'Places' is a collection of complex values, to which $expand cannot be applied.",
    ],
    ['Friend($select=Id)', 'use $expand'],
    ['Names($top=1),Names($top=2)', "'Names' has options in two places of $select."],
    ['Places($compute=Zip as City)', "The alias 'City' of $compute is a property of type 'technical.Address'."],
    ['Names($top=-1)', ''],
    ['Names($levels=2)', ''],
    ['Photo($top=1)', 'cannot be applied'],
  ])('are refused where they mean nothing: %s', async ($select, message) => {
    const { status, json } = await service.get(url('Things', { $select }));
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('choose what the same options choose of the collection as a resource', async () => {
    const option = fc.record({
      ...optionsOfPlaces,
      $select: fc.constantFrom(undefined, 'City', 'Zip,Inner/City'),
    });
    await fc.assert(
      fc.asyncProperty(option, async (all) => {
        const options = Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)) as Record<
          string,
          string
        >;
        const { value, '@odata.count': count } = await read('Things(20)/Places', options);
        const nested = Object.entries(options).map(([name, each]) => `${name}=${each}`);
        const json = await read('Things(20)', {
          $select: nested.length === 0 ? 'Places' : `Places(${nested.join(';')})`,
        });
        expect([json.Places, json['Places@odata.count']]).toEqual([value, count]);
      }),
      { numRuns: 60 },
    );
  });
});
