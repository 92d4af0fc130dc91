// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import { useService } from '../protocol/service-in-test.js';

const complex = (type: string) => ({ $Type: type, $Nullable: true });
const collection = (type: string) => ({ $Collection: true, $Type: type });

const service = useService({
  $Version: '4.01',
  $EntityContainer: 'd.C',
  d: {
    Place: { $Kind: 'ComplexType', City: { $Nullable: true } },
    Home: { $Kind: 'ComplexType', $BaseType: 'd.Place', Rooms: { $Type: 'Edm.Int32', $Nullable: true } },
    Villa: { $Kind: 'ComplexType', $BaseType: 'd.Home', Cellar: complex('d.Home') },
    Castle: { $Kind: 'ComplexType', $BaseType: 'd.Place', Towers: { $Type: 'Edm.Int32', $Nullable: true } },
    Loose: { $Kind: 'ComplexType', $OpenType: true },
    Estate: { $Kind: 'ComplexType', Main: complex('d.Home'), Homes: collection('d.Home'), Part: complex('d.Estate') },
    Odd: { $Kind: 'ComplexType', Main: complex('d.Place'), Own: complex('d.Estate') },
    Thing: {
      $Kind: 'EntityType',
      $Key: ['Id'],
      Id: { $Type: 'Edm.Int32' },
      Main: complex('d.Home'),
      Other: complex('d.Home'),
      Place: complex('d.Place'),
      Places: collection('d.Place'),
      Castle: complex('d.Castle'),
      Loose: complex('d.Loose'),
      Homes: collection('d.Home'),
      Others: collection('d.Home'),
      Estate: complex('d.Estate'),
      Twin: complex('d.Estate'),
      Odd: complex('d.Odd'),
      Odds: complex('d.Odd'),
    },
    C: { $Kind: 'EntityContainer', Things: { $Collection: true, $Type: 'd.Thing' } },
  },
});

const named = (value: object, type = 'd.Home') => ({ '@odata.type': `#${type}`, ...value });

/** Each thing has the same value twice, written with or without the names of types that go without saying; or it has not. */
beforeEach(async () => {
  const home = { City: 'Rome', Rooms: 2 };
  const villa = named({ ...home, Cellar: { City: 'Rome' } }, 'd.Villa');
  const things = [
    { Id: 1, Main: home, Other: named(home), Homes: [home, named(home)], Others: [named(home), home] },
    { Id: 2, Main: villa, Other: home, Homes: [villa], Others: [home] },
    { Id: 3, Main: villa, Other: { ...villa, Cellar: named({ City: 'Rome' }) }, Homes: [villa], Others: [villa] },
    {
      Id: 4,
      Estate: { Main: home, Homes: [named(home)], Part: { Main: named(home) } },
      Twin: { Main: named(home), Homes: [home], Part: named({ Main: home }, 'd.Estate') },
    },
    { Id: 5, Estate: { Main: home, Homes: [] }, Twin: { Main: villa, Homes: [] } },
    { Id: 6, Place: named(home), Main: home },
    { Id: 7, Places: [named(home), { City: 'Oslo' }, named({ City: 'York' }, 'd.Castle')], Homes: [home], Main: home },
    {
      Id: 8,
      Place: named({ City: 'York', Towers: 3 }, 'd.Castle'),
      Castle: { City: 'York', Towers: 3 },
      Odd: { Main: { City: 'Rome' }, Own: { Main: home } },
      Odds: { Main: named({ City: 'Rome' }, 'd.Place'), Own: { Main: named(home) } },
    },
    {
      Id: 9,
      Odd: { Main: named(home) },
      Odds: { Main: { City: 'Rome' } },
      Place: { City: 'Rome' },
      Main: { City: 'Rome' },
    },
    { Id: 10, Loose: { any: named(home), all: [named(home), villa] }, Main: villa, Homes: [home, villa] },
  ];
  for (const json of things) expect((await service.send('POST', 'Things', { json })).status).toBe(201);
});

describe('complex values are compared as what they are declared [OData-URL 5.1.1.1.1]', () => {
  it.each([
    ['Main eq Other', [1, 3, 4, 5, 8]],
    ['Main ne Other', [2, 6, 7, 9, 10]],
    ['Homes eq Others', [1, 3, 4, 5, 6, 8, 9]],
    ['Estate eq Twin', [1, 2, 3, 4, 6, 7, 8, 9, 10]],
    ['Estate/Main eq Twin/Main', [1, 2, 3, 4, 6, 7, 8, 9, 10]],
    ['Estate/Homes eq Twin/Homes and Estate ne null', [4, 5]],
    ['Main eq $root/Things(1)/Main', [1, 6, 7]],
    ['hassubset(Homes,Others)', [1, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['hassubset(Homes,[Other])', [1, 3]],
    ['contains(Homes,[{"City":"Rome","Rooms":2}])', [1, 7, 10]],
    ['Main in Others', [1, 3]],
    ['Main eq {"City":"Rome","Rooms":2}', [1, 6, 7]],
    ['Estate eq {"Main":{"City":"Rome","Rooms":2}}', [5]],
    ['Place eq Main', [4, 5, 6]],
    ['Main eq Place and Main ne null', [6]],
    ['Main ne Place', [1, 2, 3, 7, 8, 9, 10]],
    ['Castle eq Place and Castle ne null', [8]],
    ['Place/d.Castle eq Castle and Castle ne null', [8]],
    ['Place/d.Home eq Main and Place ne null', [6, 8]],
    ['Place in [Main,Other] and Place ne null', [6]],
    ['Main in Places', [7]],
    ['$root/Things(6)/Place in Homes', [1, 7, 10]],
    ['Places eq Homes and Homes eq []', [4, 5, 6, 8, 9]],
    ['Places/d.Home eq Homes and Homes ne []', [7]],
    ['hassubset(Places,Homes) and Homes ne []', [7]],
    ['hassubset(Homes,Places/d.Home) and Places ne []', [7]],
    ['contains(Places,[Main,{"City":"Oslo"}])', [7]],
    ['hassubset(concat(Homes,Places),[$root/Things(6)/Place,$root/Things(6)/Place])', [1, 7]],
    ['hassubset(concat(Places,Homes),[Main,$root/Things(6)/Place])', [1, 7, 10]],
    ['concat(Places,Homes) eq concat(concat(Places,[]),Homes) and Places ne []', [7]],
    ['length(concat(Homes,Places)) eq 4', [7]],
    ['Odd eq Odds and Odd ne null', [8]],
    ['Odd/Main eq Odds/Main and Odd ne null', [8]],
    ['Odd/Own/Main eq Main', [4, 5]],
    ['Odd/Main eq $root/Things(6)/Main', [9]],
    ['Odd eq {"Main":{"City":"Rome"},"Own":{"Main":{"City":"Rome","Rooms":2}}}', [8]],
    ['Odd in [{"Main":{"@odata.type":"#d.Home","City":"Rome","Rooms":2}}]', [9]],
    ['hassubset([Odd],[{"Main":$root/Things(6)/Main}])', [9]],
    ['Loose/any/d.Home eq $root/Things(1)/Main', [10]],
    ['$root/Things(6)/Place eq Loose/any/d.Home', [10]],
    ['hassubset(Loose/all/d.Home,Homes) and Homes ne []', [10]],
  ])('%s', async ($filter, ids) => {
    const { status, json } = await service.send('GET', `Things?$select=Id&$filter=${encodeURIComponent($filter)}`);
    expect([status, json.error ?? json.value.map(({ Id }: { Id: number }) => Id)]).toEqual([200, ids]);
  });

  it.each([['Castle eq Main', "'d.Castle'"]])('but not where it never can be equal: %s', async ($filter, reason) => {
    const { status, json } = await service.send('GET', `Things?$filter=${encodeURIComponent($filter)}`);
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(reason)]);
  });
});
