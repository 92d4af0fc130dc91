// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, url } from './technical-service.js';
import { bare, seedThings } from './things.js';

/** Query options of thing 1 (or another path) and its members besides the context URL and the ETag. */
const SHAPES: readonly (readonly [path: string, options: Readonly<Record<string, string>>, members: object])[] = [
  ['Things(1)', { $select: 'Name,Id' }, { Id: 1, Name: 'apple' }],
  ['Things(1)', { $select: 'Id,Id' }, { Id: 1 }],
  ['Things(1)', { $select: 'Place/City' }, { Place: { City: 'Rome' } }],
  ['Things(1)', { $select: 'Place/City,Place/Inner/City' }, { Place: { City: 'Rome', Inner: { City: 'Bari' } } }],
  ['Things(1)', { $select: 'Place($select=City,Zip)' }, { Place: { City: 'Rome', Zip: 5 } }],
  ['Things(1)', { $select: 'Place($select=Inner($select=City))' }, { Place: { Inner: { City: 'Bari' } } }],
  [
    'Things(1)',
    { $select: 'Places/City' },
    { Places: [{ City: 'Rome' }, { '@odata.type': '#technical.Home', City: 'Oslo' }] },
  ],
  ['Things(3)', { $select: 'Place/technical.Home/Rooms' }, { Place: { '@odata.type': '#technical.Home', Rooms: 2 } }],
  ['Things(1)', { $select: 'Loose/Known,Loose/more' }, { Loose: { Known: 'k', more: 5 } }],
  ['Things(1)', { $select: 'Loose' }, { Loose: { Known: 'k', more: 5 } }],
  ['Things(4)', { $select: 'Name,Place,Names,Style' }, { Name: null, Style: null, Place: null, Names: [] }],
  ['Things(6)', { $select: 'technical.Gadget/Volts' }, { '@odata.type': '#technical.Gadget', Volts: 12 }],
  ['Things(1)', { $select: 'technical.Gadget/Volts' }, {}],
  ['Things(6)/technical.Gadget', { $select: 'Volts' }, { Volts: 12 }],
  ['Things(7)/technical.Gadget', { $select: 'Volts' }, { '@odata.type': '#technical.Robot', Volts: 24 }],
  ["Bags('b1')", { $select: 'dyn' }, { dyn: 1 }],
  ["Bags('b1')", { $select: '*' }, { Id: 'b1', Label: 'first', dyn: 1, text: 'free' }],
  ["Bags('b2')", { $select: 'Label,text' }, { Label: null }],
  ['Things(1)', { $compute: 'Id mul 2 as twice', $select: 'twice' }, { 'twice@odata.type': '#Int32', twice: 2 }],
  ['Things(1)', { $compute: 'Whole gt 0 as yes,null as none', $select: 'yes,none' }, { yes: true, none: null }],
  ['Things(1)', { $select: 'Id', $expand: 'Friend($select=Id)' }, { Id: 1, Friend: { Id: 2 } }],
  ['Things(3)', { $select: 'Id', $expand: 'Friend($select=Id)' }, { Id: 3, Friend: null }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$orderby=Id desc)' },
    { Id: 1, Friends: [{ Id: 3 }, { Id: 2 }] },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Friends($select=Id;$filter=Id gt 2)' }, { Id: 1, Friends: [{ Id: 3 }] }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$filter=Id gt $it/Friend/Id)' },
    { Id: 1, Friends: [{ Id: 3 }] },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$orderby=$it/Id sub $this/Id)' },
    { Id: 1, Friends: [{ Id: 3 }, { Id: 2 }] },
  ],
  [
    'Things(1)',
    {
      $select: 'Id',
      $expand:
        'Friend($select=Id;$compute=concat($it/Name,Name) as both;$expand=Friend($select=Id,s;$compute=$it/Id add $this/Id as s))',
    },
    { Id: 1, Friend: { Id: 2, Friend: { Id: 3, 's@odata.type': '#Int32', s: 4 } } },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$filter=$it/Parts/any(p:p/Size eq $this/Id))' },
    { Id: 1, Friends: [{ Id: 2 }] },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends/$count($filter=$it/Friend/Id eq Id)' },
    { Id: 1, 'Friends@odata.count': 1 },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$filter=$root/Things(3)/Id eq Id)' },
    { Id: 1, Friends: [{ Id: 3 }] },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Friends($select=Id;$skip=1)' }, { Id: 1, Friends: [{ Id: 3 }] }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends($select=Id;$top=1;$count=true)' },
    { Id: 1, 'Friends@odata.count': 2, Friends: [{ Id: 2 }] },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Friends/$count' }, { Id: 1, 'Friends@odata.count': 2 }],
  ['Things(1)', { $select: 'Id', $expand: 'Friends/$count($filter=Id eq 2)' }, { Id: 1, 'Friends@odata.count': 1 }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friends/$ref($top=1)' },
    { Id: 1, Friends: [{ '@odata.id': `${ROOT}/Things(2)` }] },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Friend/$ref' }, { Id: 1, Friend: { '@odata.id': `${ROOT}/Things(2)` } }],
  ['Things(1)', { $select: 'Id', $expand: 'Parts($select=Id;$filter=Size gt 1)' }, { Id: 1, Parts: [{ Id: 'p2' }] }],
  ['Things(1)', { $select: 'Id', $expand: 'Parts($select=Id;$search=p3)' }, { Id: 1, Parts: [{ Id: 'p3' }] }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Parts($select=Id;$top=1;$expand=Parts)' },
    { Id: 1, Parts: [{ Id: 'p1', Parts: [{ Id: 'q1', Size: 10 }] }] },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Parts($compute=Size mul 2 as twice;$select=twice;$orderby=twice desc;$top=1)' },
    { Id: 1, Parts: [{ 'twice@odata.type': '#Int32', twice: 4 }] },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friend($levels=2;$select=Id)' },
    { Id: 1, Friend: { Id: 2, Friend: { Id: 3 } } },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Bag($levels=max;$select=Label)' }, { Id: 1, Bag: { Label: 'first' } }],
  [
    "Things(1)/Parts('p1')",
    { $select: 'Id', $expand: '*($levels=2)' },
    { Id: 'p1', Parts: [{ Id: 'q1', Size: 10, Parts: [], Maker: null }], Maker: null },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'Friends/technical.Gadget($select=Volts)' }, { Id: 1, Friends: [] }],
  [
    'Things(6)',
    { $select: 'Id', $expand: 'technical.Gadget/Charger' },
    { '@odata.type': '#technical.Gadget', Id: 6, Charger: null },
  ],
  ['Things(1)', { $select: 'Id', $expand: 'technical.Gadget/Charger' }, { Id: 1 }],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Bag($select=Label),Cover($select=Size)' },
    { Id: 1, Bag: { Label: 'first' }, Cover: { Size: 3 } },
  ],
  [
    'Things(1)',
    { $select: 'Id', $expand: 'Friend($select=Id;$expand=Friend($select=Id;$expand=Friend))' },
    { Id: 1, Friend: { Id: 2, Friend: { Id: 3, Friend: null } } },
  ],
];

onEachDatabase('what is written [OData-URL 5.1.3, 5.1.4]', (service) => {
  beforeAll(() => seedThings(service));

  it.each(SHAPES)('%s with %j', async (path, options, members) => {
    const { status, json } = await service.get(url(path, options));
    expect([status, bare(json)]).toEqual([200, members]);
    expect(JSON.stringify(bare(json))).toBe(JSON.stringify(members));
  });

  it.each(SHAPES.filter(([path]) => /^Things\(\d\)$/.test(path)))(
    '%s with %j is the same in a collection',
    async (path, options, members) => {
      const $filter = `Id eq ${path.slice(7, -1)}`;
      const { status, json } = await service.get(url('Things', { ...options, $filter }));
      expect([status, json.value.map(bare)]).toEqual([200, [members]]);
    },
  );

  it('has all structural properties and computed ones with a star', async () => {
    const { json: all } = await service.get('Things(1)');
    const { json: star } = await service.get(url('Things(1)', { $select: '*' }));
    expect(bare(star)).toEqual(bare(all));
    const { json: computed } = await service.get(url('Things(1)', { $select: '*', $compute: '1 as one' }));
    expect(bare(computed)).toEqual({ ...(bare(all) as object), 'one@odata.type': '#Int32', one: 1 });
  });
});

/** Everything that is bound to a thing, in the order of the schema. */
const OF_THINGS = [
  'Weight',
  'Describe',
  'Similar',
  'Rename',
  'Scaled',
  'Elders',
  'Partner',
  'Size',
  'PartnerPlace',
  'PlaceTags',
  'AtPlace',
  'InOneOf',
  'Touch',
].map((name) => `#technical.${name}`);

onEachDatabase('control information [OData-JSON 3.1]', (service) => {
  beforeAll(() => seedThings(service));
  const read = (path: string, metadata: string, options: Readonly<Record<string, string>> = {}) =>
    service.get(url(path, { ...options, $format: `application/json;odata.metadata=${metadata}` }));

  it('is none of it at none', async () => {
    const { json, headers } = await read('Things(7)', 'none', { $select: 'Id', $expand: 'Friends,Parts($count=true)' });
    expect(json).toEqual({ Id: 7, Friends: [], 'Parts@odata.count': 0, Parts: [] });
    expect(headers.get('Content-Type')).toContain('odata.metadata=none');
    const { json: list } = await read('Things', 'none', { $top: '1', $select: 'Id', $count: 'true' });
    expect(list).toEqual({ '@odata.count': 8, value: [{ Id: 1 }] });
    const first = await service.get(
      url('Things', { $apply: 'groupby((Id))', $format: 'application/json;odata.metadata=none' }),
      {
        prefer: 'maxpagesize=1',
      },
    );
    expect(first.json).toEqual({ value: [{ Id: 1 }], '@odata.nextLink': expect.stringContaining('$skiptoken') });
  });

  it('is what cannot be computed at minimal', async () => {
    const { json } = await read('Things(7)', 'minimal', { $select: 'Id' });
    expect(json).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(Id)/$entity`,
      '@odata.type': '#technical.Robot',
      '@odata.etag': 'W/"1"',
      Id: 7,
    });
    const { json: made } = await read('Things(1)', 'minimal', {
      $compute: 'Instant as at,Name as text,Flag as yes,Real as half,null as none,Whole as whole',
      $select: 'at,text,yes,half,none,whole',
    });
    expect(bare(made)).toEqual({
      'at@odata.type': '#DateTimeOffset',
      at: '2024-02-29T23:59:58.1234567Z',
      text: 'apple',
      yes: true,
      half: 0.5,
      none: null,
      'whole@odata.type': '#Int32',
      whole: 1,
    });
    const { json: place } = await read('Things(3)', 'minimal', { $select: 'Place/City' });
    expect(place.Place).toEqual({ '@odata.type': '#technical.Home', City: 'Bath' });
  });

  it('is all of it at full', async () => {
    const { json } = await read('Things(1)', 'full', {
      $select: 'Id,Name,Flag,Real,Big,Exact,Instant,Color,Style,Names,Bigs,Colors,Places/Zip',
    });
    expect(json).toEqual({
      '@odata.context': `${ROOT}/$metadata#Things(Id,Name,Flag,Real,Big,Exact,Instant,Color,Style,Names,Bigs,Colors,Places/Zip)/$entity`,
      '@odata.type': '#technical.Thing',
      '@odata.id': `${ROOT}/Things(1)`,
      '@odata.editLink': 'Things(1)',
      '@odata.etag': 'W/"5"',
      'Id@odata.type': '#Int32',
      Id: 1,
      Flag: true,
      'Big@odata.type': '#Int64',
      Big: 1,
      'Exact@odata.type': '#Decimal',
      Exact: 0.1,
      Real: 0.5,
      Name: 'apple',
      'Instant@odata.type': '#DateTimeOffset',
      Instant: '2024-02-29T23:59:58.1234567Z',
      'Color@odata.type': '#technical.Color',
      Color: 'red',
      'Style@odata.type': '#technical.Style',
      Style: 'bold',
      'Bigs@odata.type': '#Collection(Int64)',
      Bigs: [1, 9007199254740992],
      'Names@odata.type': '#Collection(String)',
      Names: ['x', 'yy'],
      'Colors@odata.type': '#Collection(technical.Color)',
      Colors: ['red', 'blue'],
      'Places@odata.type': '#Collection(technical.Address)',
      Places: [
        { '@odata.type': '#technical.Address', 'Zip@odata.type': '#Int32', Zip: 1 },
        { '@odata.type': '#technical.Home', 'Zip@odata.type': '#Int32', Zip: 9 },
      ],
    });
  });

  it('may be asked for by the header, by $format, with short names and in any case', async () => {
    const accepted = async (accept: string) =>
      Object.keys((await service.get('Things(7)?$select=Id', { accept })).json);
    expect(await accepted('application/json;odata.metadata=none')).toEqual(['Id']);
    expect(await accepted('application/json;metadata=none')).toEqual(['Id']);
    expect(await accepted('text/html,application/json;odata.metadata=none;q=0.5')).toEqual(['Id']);
    expect(await accepted('*/*')).toHaveLength(4);
    const { json } = await service.get('Things(7)?$select=Id&$format=json', {
      accept: 'application/json;metadata=none',
    });
    expect(Object.keys(json)).toHaveLength(4);
    expect((await service.get('Things', { accept: 'application/json;odata.metadata=some' })).status).toBe(400);
    expect((await service.get('Things', { accept: 'text/html' })).status).toBe(406);
  });

  describe('at full', () => {
    it('links to what navigation properties lead to [OData-JSON 8.1, 8.2]', async () => {
      const { json } = await read('Things(1)', 'full');
      expect(json['Friend@odata.navigationLink']).toBe(`${ROOT}/Things(1)/Friend`);
      expect(json['Friend@odata.associationLink']).toBe(`${ROOT}/Things(1)/Friend/$ref`);
      expect(json.Place['Country@odata.navigationLink']).toBe(`${ROOT}/Things(1)/Place/Country`);
      expect(json.Place.Inner['Region@odata.associationLink']).toBe(`${ROOT}/Things(1)/Place/Inner/Region/$ref`);
      expect(JSON.stringify(json.Places)).not.toContain('navigationLink');
    });

    it('links that can be followed, all of them', async () => {
      for (const path of ['Things(1)', 'Things(7)', 'Things(3)', "Things(1)/Parts('p1')", 'Settings']) {
        const { json } = await read(path, 'full');
        const followed = links(json);
        expect(followed.length).toBeGreaterThan(0);
        for (const [name, link] of followed)
          expect([path, name, [200, 204].includes((await service.get(link)).status)]).toEqual([path, name, true]);
      }
    });

    it('links of selected and expanded properties alone', async () => {
      const { json } = await read('Things(1)', 'full', { $select: 'Id,Bag', $expand: 'Friend($select=Id)' });
      expect(Object.keys(json).filter((name) => name.endsWith('navigationLink'))).toEqual([
        'Bag@odata.navigationLink',
        'Friend@odata.navigationLink',
      ]);
      const names = Object.keys(json);
      expect(names.indexOf('Friend@odata.navigationLink')).toBe(names.indexOf('Friend') - 1);
      expect(Object.keys(json.Friend).filter((name) => name.endsWith('Link'))).toEqual(['@odata.editLink']);
    });

    it('an edit link with a cast where the type derives from that of the set [OData-JSON 4.6.9]', async () => {
      const { json } = await read('Things(7)', 'full', { $select: 'Id,technical.Gadget/Charger' });
      expect(json).toMatchObject({
        '@odata.id': `${ROOT}/Things(7)`,
        '@odata.editLink': 'Things(7)/technical.Robot',
        'Charger@odata.navigationLink': `${ROOT}/Things(7)/technical.Robot/Charger`,
      });
      expect((await service.get('Things(7)/technical.Robot/Charger')).status).toBe(204);
    });

    it('actions and functions, with what they take [OData-JSON 16, 17]', async () => {
      const { json } = await read('Things(1)', 'full');
      expect(json['#technical.Touch']).toEqual({
        title: 'technical.Touch',
        target: `${ROOT}/Things(1)/technical.Touch`,
      });
      expect(json['#technical.Scaled'].target).toMatch(/Things\(1\)\/technical\.Scaled\(\w+=@\w+\)$/);
      expect(json['#technical.Weight'].target).toBe(`${ROOT}/Things(1)/technical.Weight()`);
      expect((await service.get('Things(1)/technical.Weight()')).status).toBe(200);
      const { json: list } = await read('Things', 'full', { $top: '1' });
      expect(list['#technical.Smallest'].target).toBe(`${ROOT}/Things/technical.Smallest()`);
      expect(Object.keys(list).indexOf('#technical.Smallest')).toBeLessThan(Object.keys(list).indexOf('value'));
    });

    it('none of the operations where $select names none', async () => {
      const { text } = await read('Things', 'full', { $select: 'Id' });
      expect(text).not.toContain('#technical.Touch');
    });

    it('types of computed properties [OData-JSON 4.6.3]', async () => {
      const { json } = await read('Things(1)', 'full', { $compute: 'Big add 1 as more', $select: 'more' });
      expect(json['more@odata.type']).toBe('#Int64');
    });
  });

  it.each([
    ['technical.*', OF_THINGS],
    ['self.*', OF_THINGS],
    ['technical.Touch', ['#technical.Touch']],
    ['self.Weight', ['#technical.Weight']],
  ])('has the operations of $select=%s at minimal, whose URLs can be computed', async ($select, names) => {
    const { json } = await read('Things(1)', 'minimal', { $select: `Id,${$select}` });
    expect(Object.keys(json).filter((name) => name.startsWith('#'))).toEqual(names);
    expect(json[names[0]!]).toEqual({});
    const { json: full } = await read('Things(1)', 'full', { $select: `Id,${$select}` });
    expect(Object.keys(full).filter((name) => name.startsWith('#'))).toEqual(names);
    const { json: none } = await read('Things(1)', 'none', { $select: `Id,${$select}` });
    expect(none).toEqual({ Id: 1 });
  });
});

/** All navigation links of an object and its complex values, below the service root. */
function links(json: object): [name: string, url: string][] {
  return Object.entries(json).flatMap(([name, value]): [string, string][] => {
    if (name.endsWith('@odata.navigationLink')) return [[name, String(value).slice(ROOT.length + 1)]];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !name.startsWith('#');
    return isObject ? links(value) : [];
  });
}
