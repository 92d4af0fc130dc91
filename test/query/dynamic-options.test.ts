// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { optionsOfPlaces } from './arbitrary-options.js';
import { onEachDatabase, url } from './technical-service.js';
import { bare, seedThings } from './things.js';

const PLACES = [
  { City: 'Rome', Zip: 1, Tags: ['b', 'a', 'c'] },
  { '@odata.type': '#technical.Home', City: 'Oslo', Zip: 9, Rooms: 3, Since: '2024-05-01T00:00:00+02:00', Tags: [] },
  { City: 'Bari', Zip: 1, Tags: ['a'], Inner: { City: 'Rome', Tags: ['z', 'y'] } },
  { City: 'Bath', Zip: null, Tags: ['c', 'd'] },
];

const MIXED = [2, 'b', null, true, { City: 'Rome', list: [1, [2]] }, 10, 'a', [3], false, -1.5];

/** Dynamic values are written with the control information that they were sent with. */
function withoutTypes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) => {
    if (typeof each === 'object' && each !== null && !Array.isArray(each)) Reflect.deleteProperty(each, '@odata.type');
    return each;
  });
}

/** [OData-URL 5.1.4] [OData-Protocol 11.2.5.1] */
onEachDatabase('options within $select of dynamic properties', (service) => {
  beforeAll(async () => {
    await seedThings(service);
    await service.create('Things', JSON.stringify({ Id: 20, Places: PLACES, Loose: { copy: PLACES, mixed: MIXED } }));
  });

  const read = async (path: string, options: Readonly<Record<string, string>>, headers?: Record<string, string>) => {
    const { status, json } = await service.get(url(path, options), headers);
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  };
  const selected = async ($select: string) => bare(await read('Things(20)', { $select }));
  const loose = async ($select: string) =>
    bare(await read('Things(5)', { $select }, { accept: 'application/json;odata.metadata=none' }));

  it.each<[string, object]>([
    ['list($top=1;$orderby=$this desc)', { list: ['b'] }],
    ["list($filter=$this ne 'a')", { list: ['b', null] }],
    ['list($search=a)', { list: ['a'] }],
    ['list($skip=3)', { list: [] }],
    ['deep/x($orderby=$this desc)', { deep: { x: [2.5, 1] } }],
    ['deep($select=x($skip=1),y)', { deep: { x: [2.5], y: { z: 'deep' } } }],
    ["homes($filter=City eq 'Rome';$select=City)", { homes: [{ City: 'Rome' }] }],
    ['homes($search=Oslo;$select=City)', { homes: [{ City: 'Oslo' }] }],
    ['homes($filter=Inner/City ne null;$select=Inner/City)', { homes: [{ Inner: { City: 'Bari' } }] }],
    ['homes($filter=City gt $it/Code;$select=City)', { homes: [] }],
    ['homes/technical.Home($filter=Rooms eq 2;$select=City,Rooms)', { homes: [{ City: 'Rome', Rooms: 2 }] }],
    [
      "homes($compute=concat(City,'!') as Loud;$filter=Loud ne 'Oslo!';$select=Loud;$orderby=Loud)",
      {
        homes: [
          { '@odata.type': '#technical.Address', Loud: 'Bath!' },
          { '@odata.type': '#technical.Home', Loud: 'Rome!' },
        ],
      },
    ],
    ['homes/technical.Home($compute=Rooms add 1 as More;$select=More)', { homes: [{ More: 3 }, {}, {}] }],
    ['homes/technical.Home/Inner($compute=City as C;$select=C)', { homes: [{ Inner: { C: 'Bari' } }, {}, {}] }],
    ['home($compute=City as C;$select=C)', { home: { C: 'Rome' } }],
    ['deep($compute=y/z as z,1 as y)', { deep: { x: [1, 2.5], z: 'deep', y: 1 } }],
    ['when,list/x', { when: '2024-01-01', list: [null] }],
  ])('%s', async ($select, expected) => {
    const inner = await loose(`Loose($select=${$select})`);
    expect(withoutTypes(inner)).toEqual({ Loose: withoutTypes(expected) });
  });

  it('say how many items there are', async () => {
    const json = await read('Things(5)/Loose', { $select: 'list($filter=$this ne null;$count=true;$top=1)' });
    expect(bare(json)).toEqual({ 'list@odata.count': 2, list: ['a'] });
  });

  it.each(['when($top=1)', 'when/x', 'when($compute=1 as x;$select=x)', 'nothing($top=1)', 'list/x/y($count=true)'])(
    'leave out what is no collection, or has no members: %s',
    async (select) => {
      const { Loose } = (await read('Things(5)', { $select: `Loose/${select}` })) as { Loose: object };
      expect(Object.keys(Loose).filter((name) => name !== 'list')).toEqual([]);
    },
  );

  it.each<[string, unknown[]]>([
    ['mixed($orderby=$this)', [null, MIXED[4], [3], 'a', 'b', -1.5, 2, 10, false, true]],
    ['mixed($filter=$this gt 1)', [2, 10]],
    ["mixed($filter=$this ge 'a')", ['b', 'a']],
    ['mixed($filter=$this eq true)', [true]],
    ['mixed($search=b)', ['b']],
    ['mixed($search=Rome;$select=list($top=1))', [{ list: [1] }]],
    ['mixed($filter=list/any(x:x eq 1);$select=City)', [{ City: 'Rome' }]],
    ['mixed($skip=4;$top=1)', [MIXED[4]]],
  ])('take items for what they are: %s', async ($select, expected) => {
    expect(await selected(`Loose/${$select}`)).toEqual({ Loose: { mixed: expected } });
  });

  it('choose what the same options choose of what is declared', async () => {
    const option = fc.record(optionsOfPlaces);
    await fc.assert(
      fc.asyncProperty(option, async (all) => {
        const chosen = Object.entries(all).filter(([, each]) => each !== undefined);
        const nested = [...chosen, ['$select', 'City,Tags']].map(([name, each]) => `${name}=${each}`).join(';');
        const json = (await selected(`Places(${nested}),Loose/copy(${nested})`)) as Record<string, unknown>;
        const { copy, 'copy@odata.count': count } = json['Loose'] as Record<string, unknown>;
        expect([copy, count]).toEqual([json['Places'], json['Places@odata.count']]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['Bags', { $compute: '1 as dyn', $select: 'dyn($top=1)' }, "'dyn' is computed, so that it takes no options"],
    ['Bags', { $compute: '1 as dyn', $select: 'dyn/x' }, "has no property 'x' in the path 'dyn/x'"],
    ['Bags', { $select: 'dyn($expand=x)' }, 'to which $expand cannot be applied'],
    ['Bags', { $select: 'dyn/technical.Nope' }, "Could not find a type named 'technical.Nope'"],
    ['Bags', { $select: 'dyn/technical.Color/x' }, "'technical.Color'"],
    ['Bags', { $select: 'dyn($top=1),dyn($top=2)' }, "'dyn' has options in two places of $select."],
    ['Bags', { $select: 'dyn($filter=a eq)' }, ''],
  ])('are refused where they cannot mean anything: %s %j', async (path, options, message) => {
    const { status, json } = await service.get(url(path, options as unknown as Record<string, string>));
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('and what $compute makes hides what has its name', async () => {
    const { text } = await service.get(url("Bags('b1')", { $compute: "'new' as dyn" }));
    expect([...text.matchAll(/"dyn":[^,}]+/g)].map(([member]) => member)).toEqual(['"dyn":"new"']);
  });
});
