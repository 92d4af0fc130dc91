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
    Estate: { $Kind: 'ComplexType', Main: complex('d.Home'), Homes: collection('d.Home'), Part: complex('d.Estate') },
    Odd: { $Kind: 'ComplexType', Main: complex('d.Place'), Own: complex('d.Estate') },
    Thing: {
      $Kind: 'EntityType',
      $Key: ['Id'],
      Id: { $Type: 'Edm.Int32' },
      Main: complex('d.Home'),
      Other: complex('d.Home'),
      Place: complex('d.Place'),
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
  ];
  for (const json of things) expect((await service.send('POST', 'Things', { json })).status).toBe(201);
});

describe('complex values are compared as what they are declared [OData-URL 5.1.1.1.1]', () => {
  it.each([
    ['Main eq Other', [1, 3, 4, 5]],
    ['Main ne Other', [2, 6]],
    ['Homes eq Others', [1, 3, 4, 5, 6]],
    ['Estate eq Twin', [1, 2, 3, 4, 6]],
    ['Estate/Main eq Twin/Main', [1, 2, 3, 4, 6]],
    ['Estate/Homes eq Twin/Homes and Estate ne null', [4, 5]],
    ['Main eq $root/Things(1)/Main', [1, 6]],
    ['hassubset(Homes,Others)', [1, 3, 4, 5, 6]],
    ['hassubset(Homes,[Other])', [1, 3]],
    ['contains(Homes,[{"City":"Rome","Rooms":2}])', [1]],
    ['Main in Others', [1, 3]],
    ['Main eq {"City":"Rome","Rooms":2}', [1, 6]],
    ['Estate eq {"Main":{"City":"Rome","Rooms":2}}', [5]],
  ])('%s', async ($filter, ids) => {
    const { status, json } = await service.send('GET', `Things?$select=Id&$filter=${encodeURIComponent($filter)}`);
    expect([status, json.error ?? json.value.map(({ Id }: { Id: number }) => Id)]).toEqual([200, ids]);
  });

  it.each([
    ['Place eq Main', "declared as 'd.Place' and 'd.Home'"],
    ['Odd eq Odds', "'Main' is declared in different ways"],
  ])('but not where it differs: %s', async ($filter, reason) => {
    const { status, json } = await service.send('GET', `Things?$filter=${encodeURIComponent($filter)}`);
    expect([status, json.error.message]).toEqual([501, expect.stringContaining(reason)]);
  });
});
