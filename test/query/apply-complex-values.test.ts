// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, ROOT, type TechnicalService } from './technical-service.js';
import { bare, seedThings } from './things.js';

const OSLO = { City: 'Oslo', Zip: 9, Rooms: 3 };

async function seedPlaces(service: TechnicalService): Promise<void> {
  await seedThings(service);
  await service.create('Regions', '{"Zip":1,"Name":"one"}', '{"Zip":9,"Name":"nine"}', '{"Zip":5,"Name":"five"}');
  await service.create(
    'Things',
    `{"Id":20,"Code":"twenty","Places":[{"City":"Bath","Zip":5,"Tags":["q"],"Inner":{"City":"In"}},
      {"@odata.type":"#technical.Home","City":"Oslo","Since":"2024-03-01T01:59:58.1234567+02:00","Rooms":4}]}`,
  );
  for (const [path, id] of [
    ['Things(20)/Places/0/Country', "Bags('b2')"],
    ['Things(1)/Place/Country', "Bags('b1')"],
  ])
    expect((await service.send('PUT', `${path}/$ref`, { body: `{"@odata.id":"${id}"}` })).status).toBe(204);
}

/** [OData-Aggregation 3.4.3, 3.5.1] */
onEachDatabase('transformations of complex values', (service) => {
  beforeAll(() => seedPlaces(service));

  it.each<[string, string, unknown[]]>([
    [
      'join(Places as P)&$select=Id,P/City&$orderby=Id desc,P/City',
      'Things(Id,P/City)',
      [
        { Id: 20, P: { City: 'Bath' } },
        { Id: 20, P: { '@odata.type': '#technical.Home', City: 'Oslo' } },
        { Id: 1, P: { '@odata.type': '#technical.Home', City: 'Oslo' } },
        { Id: 1, P: { City: 'Rome' } },
      ],
    ],
    [
      'filter(Id in (1,4))/outerjoin(Places as P)&$select=Id,P/Zip',
      'Things(Id,P/Zip)',
      [
        { Id: 1, P: { Zip: 1 } },
        { Id: 1, P: { Zip: 9 } },
        { Id: 4, P: null },
      ],
    ],
    [
      'join(Places as P)/groupby((P/City),aggregate(P/Zip with sum as Z,$count as N))/orderby(P/City)',
      'Things(P/City,Z,N)',
      [
        { P: { City: 'Bath' }, Z: 5, N: 1 },
        { P: { City: 'Oslo' }, Z: 9, N: 2 },
        { P: { City: 'Rome' }, Z: 1, N: 1 },
      ],
    ],
    [
      'join(Places as P)/groupby((P/Region/Name,P/Country/Id))/orderby(P/Region/Name)',
      'Things(P/Region(Name),P/Country(Id))',
      [
        { P: { Region: null, Country: null } },
        { P: { Region: { Name: 'five' }, Country: { Id: 'b2' } } },
        { P: { Region: { Name: 'nine' }, Country: null } },
        { P: { Region: { Name: 'one' }, Country: null } },
      ],
    ],
    [
      'join(Places as P,filter(Zip gt 1)/compute(Zip add 1 as Next))&$select=Id,P/City,P/Next',
      'Things(Id,P/City,P/Next)',
      [
        { Id: 1, P: { City: 'Oslo', Next: 10 } },
        { Id: 20, P: { City: 'Bath', Next: 6 } },
      ],
    ],
    [
      'join(Places/technical.Home as P)/compute(day(P/technical.Home/Since) as D)&$select=D,P/Since',
      'Things(P/Since,D)',
      [
        { P: { Since: null }, D: null },
        { P: { Since: '2024-03-01T01:59:58.1234567+02:00' }, D: 1 },
      ],
    ],
    [
      'join(Places as P,groupby((City),aggregate($count as N)))&$select=Id,P&$top=1',
      'Things(Id,P/City,P/N)',
      [{ Id: 1, P: { City: 'Rome', N: 1 } }],
    ],
    [
      'join(Places as P,concat(top(1),aggregate(Zip with sum as Z)))&$select=P/City,P/Z',
      'Things(@Core.AnyStructure)',
      [{ P: { City: 'Rome' } }, { P: { Z: 10 } }, { P: { City: 'Bath' } }, { P: { Z: 5 } }],
    ],
    [
      'join(Places as P,search(oslo))&$select=P/technical.Home/Rooms',
      'Things(P/technical.Home/Rooms)',
      [{ P: { Rooms: 3 } }, { P: { Rooms: 4 } }],
    ],
    [
      "join(Places as P,filter(Region/Name eq 'nine')/expand(Region))&$select=P/Zip",
      'Things(P/Zip,P/Region())',
      [{ P: { Zip: 9, Region: { Zip: 9, Name: 'nine' } } }],
    ],
    [
      'filter(Id eq 20)/join(Places as P)&$select=P/Zip&$expand=P/Region($select=Name),P/Country($select=Id)',
      'Things(P/Zip,P/Region(Name),P/Country(Id))',
      [
        { P: { Zip: 5, Region: { Name: 'five' }, Country: { Id: 'b2' } } },
        { P: { Zip: null, Region: null, Country: null } },
      ],
    ],
    ['join(Places as P)/expand(P/Region)/top(1)&$select=Id', 'Things(Id)', [{ Id: 1 }]],
    [
      'join(Places as P)/filter(P/Inner ne null)&$select=P/Inner',
      'Things(P/Inner)',
      [{ P: { Inner: { City: 'In' } } }],
    ],
    ['join(Places as P)/join(P/Sights as S)', 'Things(P,S())', []],
    ['join(Places as P)/aggregate(P/Region/Name with max as M)', 'Things(M)', [{ M: 'one' }]],
    [
      'aggregate(Places with countdistinct as N,Place/Inner with countdistinct as O,Places/Inner with countdistinct as I)',
      'Things(N,O,I)',
      [{ N: 4, O: 1, I: 1 }],
    ],
    ['concat(identity,identity)/aggregate(Places with countdistinct as N)', 'Things(N)', [{ N: 4 }]],
    [
      'filter(Id eq 1)/addnested(Places,filter(Zip gt 1) as Far,aggregate($count as N) as Counts)&$select=Far/Zip,Counts',
      'Things(Far(Zip),Counts(N))',
      [{ Far: [{ Zip: 9 }], Counts: [{ N: 2 }] }],
    ],
    [
      'filter(Id in (1,4))/addnested(Place,compute(Zip add 1 as Next) as X)&$select=Id,X/Zip,X/Next',
      'Things(Id,X/Zip,X/Next)',
      [
        { Id: 1, X: { Zip: 5, Next: 6 } },
        { Id: 4, X: null },
      ],
    ],
    [
      'filter(Id in (1,4))/addnested(Place/Country,compute(length(Label) as L) as X)&$select=Id,Place/City&$expand=Place/X($select=L)',
      'Things(Id,Place/City,Place/X(L))',
      [
        { Id: 1, Place: { City: 'Rome', X: { L: 5 } } },
        { Id: 4, Place: null },
      ],
    ],
    [
      'filter(Id eq 1)/addnested(Place/Sights,aggregate($count as N) as X)&$select=Place/City',
      'Things(Place/City,Place/X(N))',
      [{ Place: { City: 'Rome', X: [{ N: 0 }] } }],
    ],
    [
      'filter(Id eq 1)/addnested(Places/Region,identity as R)&$select=Places/City&$expand=Places/R($select=Name)',
      'Things(Places(City,R(Name)))',
      [
        {
          Places: [
            { City: 'Rome', R: { Name: 'one' } },
            { City: 'Oslo', R: { Name: 'nine' } },
          ],
        },
      ],
    ],
    [
      'filter(Id eq 1)/addnested(Place/Inner,compute(length(City) as L) as X)&$select=Place/X/L,Place/X/City',
      'Things(Place/X/City,Place/X/L)',
      [{ Place: { X: { City: 'Bari', L: 4 } } }],
    ],
    [
      "join(Places as P)/concat(aggregate(P/Zip with sum as Z),groupby((P/City)),filter(P/City eq 'Bath'))&$filter=Z eq 15 or P/City le 'Oslo'&$select=P/City,Z",
      'Things(@Core.AnyStructure)',
      [{ Z: 15 }, { P: { City: 'Oslo' } }, { P: { City: 'Bath' } }, { P: { City: 'Bath' } }],
    ],
    [
      "join(Places as P)/concat(groupby((P/City)),filter(P/City eq 'Bath'))&$filter=P ne null&$select=P/City",
      'Things(P/City)',
      [{ P: { City: 'Rome' } }, { P: { City: 'Oslo' } }, { P: { City: 'Bath' } }, { P: { City: 'Bath' } }],
    ],
    [
      'filter(Id eq 1)/addnested(Places,identity as X)&$select=X($filter=Zip gt 1;$select=City)',
      'Things(X(City))',
      [{ X: [{ City: 'Oslo' }] }],
    ],
    [
      'filter(Id eq 1)/addnested(Places,identity as X)/join(X as Y,filter(Zip gt 1))/outerjoin(X as Z,filter(Zip gt Zip))&$select=Y/City,Z',
      'Things(Y/City,Z)',
      [{ Y: { City: 'Oslo' }, Z: null }],
    ],
    [
      'addnested(Places,compute(Zip add 1 as Next) as X)/filter(X/any(x:x/Next eq 10 and x/Region/Name eq $it/Code))/aggregate(X/Next with sum as N,X/$count as C)',
      'Things(N,C)',
      [{ N: null, C: 0 }],
    ],
    [
      'addnested(Places,compute(Zip add 1 as Next) as X)/filter(X/any(x:x/Next eq 10))/aggregate(X/Next with sum as N,X/$count as C)',
      'Things(N,C)',
      [{ N: 12, C: 2 }],
    ],
    [
      'filter(Id in (1,4))/addnested(Place/Region,identity as A)/addnested(Place/Region,compute(length(Name) as L) as B)/addnested(Place/A,compute(1 as One) as C)&$select=Id,Place/City&$expand=Place/A($select=Name),Place/B($select=L),Place/C($select=One)',
      'Things(Id,Place/City,Place/A(Name),Place/B(L),Place/C(One))',
      [
        { Id: 1, Place: { City: 'Rome', A: { Name: 'five' }, B: { L: 4 }, C: { One: 1 } } },
        { Id: 4, Place: null },
      ],
    ],
    [
      'filter(Id eq 1)/addnested(Places/Region,identity as A)/addnested(Places/Region,compute(length(Name) as L) as B)&$select=Places/City&$expand=Places/A($select=Name),Places/B($select=L)',
      'Things(Places(City,A(Name),B(L)))',
      [
        {
          Places: [
            { City: 'Rome', A: { Name: 'one' }, B: { L: 3 } },
            { City: 'Oslo', A: { Name: 'nine' }, B: { L: 4 } },
          ],
        },
      ],
    ],
    [
      'nest(join(Places as P,top(1))/groupby((P/City)) as L)',
      'Things(L(P/City))',
      [{ L: [{ P: { City: 'Rome' } }, { P: { City: 'Bath' } }] }],
    ],
  ])('%s', async (apply, context, value) => {
    const { status, json } = await service.get(encodeURI(`Things?$apply=${apply}`));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(bare(json.value)).toMatchObject(value);
    expect(json.value).toHaveLength(value.length);
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#${context}`);
  });

  it('are written as the entity has them, with contexts of their own', async () => {
    const { json } = await service.get(encodeURI('Things?$apply=filter(Id eq 1)/join(Places as P)&$select=P'));
    const plain = await service.get('Things(1)/Places');
    const context = { '@odata.context': `${ROOT}/$metadata#technical.Address` };
    expect(json.value.map((row: { P: object }) => row.P)).toEqual(
      plain.json.value.map((item: object) => ({ ...context, ...item })),
    );
    const nested = await service.get(
      encodeURI('Things?$apply=filter(Id eq 1)/addnested(Places,identity as X)&$select=X'),
    );
    expect(nested.json.value[0]).toMatchObject({
      'X@odata.context': `${ROOT}/$metadata#Collection(technical.Address)`,
      X: plain.json.value,
    });
    const format = '$format=application/json;odata.metadata=full';
    const full = await service.get(
      encodeURI(`Things?$apply=filter(Id eq 1)/join(Places as P)/skip(1)&$select=P&${format}`),
    );
    const item = (await service.get(`Things(1)?$select=Places&${format}`)).json.Places[1];
    expect(full.json.value[0].P).toEqual({ ...context, ...item });
    expect(item).toMatchObject({ 'Zip@odata.type': '#Int32' });
    const none = await service.get(
      encodeURI(
        'Things?$apply=filter(Id eq 1)/join(Places as P)/skip(1)&$select=P&$format=application/json;odata.metadata=none',
      ),
    );
    expect(none.json.value[0].P).toMatchObject(OSLO);
    expect(Object.keys(none.json.value[0].P)).not.toContain('@odata.context');
  });

  it.each<[string, number, RegExp]>([
    ['join(Names as P)', 400, /simple values/],
    ['join(Place as P)', 400, /no collection that could be joined/],
    ['join(Places as P,join(Tags as T))', 400, /simple values/],
    ['join(Places as Code)', 400, /'Code' is a property/],
    ['join(Places as P)&$expand=P', 400, /no navigation property/],
    ['join(Places as P)&$expand=P/City', 400, /City/],
    ['join(Places as P)&$expand=P/Region($top=1)', 400, /top/],
    ['join(Places as P)&$select=P/Nothing', 400, /Nothing/],
    ['join(Places as P)/groupby((P))', 400, /'Tags' in it is a collection/],
    ['addnested(Place,filter(true) as X)', 400, /single value/],
    ['addnested(Place/Country,filter(true) as X)', 400, /single value/],
    ['addnested(Place/Country/Label,identity as X)', 400, /more than one navigation|leads to no collection/],
    ['addnested(Place/Region,identity as City)', 400, /'City' is a property/],
    ['addnested(Places/Region/Capital,identity as X)', 400, /more than one navigation/],
    ['concat(join(Places as P),join(Place/Sights as P))', 400, /different types/],
    ['aggregate(Places with sum as N)', 400, /no value/],
    ['addnested(Place/Region,identity as A)/addnested(Place/Region,identity as A)', 400, /used twice/],
  ])('%s: %d', async (apply, status, message) => {
    const { status: answered, json } = await service.get(encodeURI(`Things?$apply=${apply}`));
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });

  it('has no faults', () => expect(service.faults).toEqual([]));
});

interface Place {
  readonly City: string | null;
  readonly Zip: number | null;
}

onEachDatabase('any places of any things', (service) => {
  const place: fc.Arbitrary<Place> = fc.record({
    City: fc.constantFrom('a', 'b', null),
    Zip: fc.option(fc.integer({ min: -3, max: 3 }), { freq: 4 }),
  });
  const things = fc.sample(fc.array(place, { maxLength: 4 }), { numRuns: 8, seed: 3 });

  beforeEach(async () => {
    for (const [Id, Places] of things.entries()) await service.create('Things', JSON.stringify({ Id, Places }));
  });

  const steps: fc.Arbitrary<readonly [string, (places: readonly Place[]) => readonly Place[]]> = fc.oneof(
    fc.constant(['', (places: readonly Place[]) => places] as const),
    fc.integer({ min: -2, max: 3 }).map((least) => {
      return [
        `,filter(Zip ge ${String(least)})`,
        (places: readonly Place[]) => places.filter(({ Zip }) => Zip !== null && Zip >= least),
      ] as const;
    }),
    fc.nat(3).map((count) => [`,top(${String(count)})`, (places: readonly Place[]) => places.slice(0, count)] as const),
    fc
      .nat(2)
      .map(
        (count) =>
          [`,orderby(Zip)/skip(${String(count)})`, (places: readonly Place[]) => sorted(places).slice(count)] as const,
      ),
  );

  const sorted = (places: readonly Place[]) => places.toSorted((a, b) => (a.Zip ?? -9) - (b.Zip ?? -9));

  it('are joined, added and counted as they stand there', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async ([text, choose], isOuter) => {
        const joined = things.flatMap((places, Id): { readonly Id: number; readonly P: Place | null }[] => {
          const chosen = choose(places);
          return chosen.length === 0 && isOuter ? [{ Id, P: null }] : chosen.map((P) => ({ Id, P }));
        });
        const join = `${isOuter ? 'outerjoin' : 'join'}(Places as P${text})`;
        const get = async (url: string): Promise<any> => (await service.get(encodeURI(url))).json; // oxlint-disable-line typescript/no-explicit-any
        const rows = await get(`Things?$apply=${join}&$select=Id,P/City,P/Zip`);
        expect([join, bare(rows.value)]).toEqual([join, joined]);
        const sums = await get(`Things?$apply=${join}/groupby((P/City),aggregate(P/Zip with sum as Z,$count as N))`);
        const groups = new Map<string, (Place | null)[]>();
        for (const { P } of joined) {
          const key = JSON.stringify(P && { City: P.City });
          groups.set(key, [...(groups.get(key) ?? []), P]);
        }
        const expected = [...groups].map(([key, group]) => {
          const zips = group.flatMap((P) => P?.Zip ?? []);
          return [key, zips.length === 0 ? null : zips.reduce((sum, zip) => sum + zip), group.length];
        });
        expect(
          sums.value.map(({ P, Z, N }: { P: unknown; Z: unknown; N: unknown }) => [JSON.stringify(P), Z, N]).toSorted(),
        ).toEqual(expected.toSorted());
        const nested = await get(
          `Things?$apply=addnested(Places${text === '' ? ',identity' : text} as X)&$select=X/City,X/Zip`,
        );
        expect(nested.value.map((row: { X: unknown }) => bare(row.X))).toEqual(things.map(choose));
        const distinct = await get(`Things?$apply=${join}/aggregate(P with countdistinct as N)`);
        expect(distinct.value).toMatchObject([
          { N: new Set(joined.flatMap(({ P }) => (P === null ? [] : JSON.stringify(P)))).size },
        ]);
      }),
      { numRuns: 40, seed: 2 },
    );
  });
});
