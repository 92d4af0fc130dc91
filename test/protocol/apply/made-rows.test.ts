// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useService } from '../service-in-test.js';
import { rows, useSales } from './sales.js';

const { service, read } = useSales();

describe('rows that nest and addnested make, within expressions [OData-Aggregation 3.4.3, 3.5.2]', () => {
  it.each<[string, object[]]>([
    ['Products?$apply=addnested(Sales,filter(Amount gt 1) as G)/filter(G/any(g:g/Amount gt 4))', [{ ID: 'P2' }]],
    [
      'Products?$apply=addnested(Sales,filter(Amount gt 1) as G)/filter(G/all(g:g/Amount lt 3))',
      [{ ID: 'P1' }, { ID: 'P4' }],
    ],
    [
      'Products?$apply=addnested(Sales,compute(Amount mul 2 as Twice) as G)/compute(G/$count as N,G/$count($filter=Twice gt 4) as M,G/aggregate(Twice with sum) as S)',
      [
        { ID: 'P1', N: 2, M: 0, S: 8 },
        { ID: 'P2', N: 2, M: 2, S: 24 },
        { ID: 'P3', N: 4, M: 1, S: 16 },
        { ID: 'P4', N: 0, M: 0, S: null },
      ],
    ],
    [
      "Products?$apply=addnested(Sales,groupby((Customer/Country),aggregate(Amount with sum as T)) as By)/filter(By/any(b:b/Customer/Country eq 'USA' and b/T gt 3))&$select=ID",
      [
        { ID: 'P2', By: [{ Customer: { Country: 'USA' }, T: 12 }] },
        { ID: 'P3', By: [{ T: 5 }, { T: 3 }] },
      ],
    ],
    [
      "Products?$apply=addnested(Sales,groupby((Customer/Country)) as By)/filter(By/any(b:b/Customer ne null and b/Customer/Country eq 'Netherlands'))&$select=ID",
      [{ ID: 'P1' }, { ID: 'P3' }],
    ],
    [
      "Products?$apply=addnested(Sales,identity as G)/filter(G/any(g:g/Customer/Country eq 'USA' and g/Product/ID eq $it/ID and g/Tags/any(t:t eq 'a')))",
      [{ ID: 'P3' }],
    ],
    [
      'Products?$apply=addnested(Sales,identity as G)/filter(G/$filter(Amount gt 3)/any(g:g/Amount lt 8))',
      [{ ID: 'P2' }, { ID: 'P3' }],
    ],
    ['Products?$apply=addnested(Sales,identity as G)/filter(hassubset(Sales,G))', [{}, {}, {}, {}]],
    [
      "Products?$apply=addnested(Sales,addnested(Customer,compute(1 as One) as C) as S)/filter(S/any(s:s/C/Country eq 'Netherlands' and s/C/One eq 1 and s/C ne null))",
      [{ ID: 'P1' }, { ID: 'P3' }],
    ],
    [
      'Customers?$apply=addnested(Sales,addnested(Product,addnested(Sales,filter(Amount gt 3) as Great) as P) as S)/filter(S/any(s:s/P/Great/any(g:g/Customer/ID eq $it/ID and g/Amount ge s/Amount)))',
      [{ ID: 'C1' }, { ID: 'C2' }],
    ],
    [
      'Sales?$apply=groupby((ProductID),nest(topcount(1,Amount) as Top,identity as All))/compute(Top/any(t:t/Amount gt 3) as Big,All/$count as N)/orderby(N desc,ProductID)',
      [
        { ProductID: 'P3', Big: true, N: 4 },
        { ProductID: 'P1', Big: false, N: 2 },
        { ProductID: 'P2', Big: true, N: 2 },
      ],
    ],
    ['Sales?$apply=nest(filter(Amount gt 3) as All)/compute(All/aggregate(Amount with max) as Max)', [{ Max: 8 }]],
    ['Sales?$apply=nest(filter(Amount gt 9) as All)/filter(All/any())', []],
    [
      "Products?$apply=filter(ID eq 'P1')/addnested(Sales,identity as G)&$filter=G/any(g:g/Amount eq 2)&$orderby=G/$count&$expand=G($top=0)",
      [{ ID: 'P1', G: [] }],
    ],
    [
      "Products?$apply=traverse($root/Units,Tree,Sales/Unit/ID,preorder)/filter(Sales/any(s:s/Unit/ID eq 'US East'))",
      [{ ID: 'P2' }, { ID: 'P3' }],
    ],
  ])('%s', async (url, expected) => {
    const answer = await read(url);
    expect(answer).toMatchObject(expected);
    expect(answer).toHaveLength(expected.length);
  });

  it.each<[string, object[]]>([
    [
      'Products?$apply=addnested(Sales,filter(Amount gt 1) as G)/groupby((Color),aggregate(G/Amount with sum as S,G/$count as N,G with countdistinct as D,G/Customer/Name with max as M))',
      [
        { Color: 'White', S: 10, N: 4, D: 4, M: 'Sue' },
        { Color: 'Brown', S: 12, N: 2, D: 2, M: 'Sue' },
        { Color: 'Black', S: null, N: 0, D: 0, M: null },
      ],
    ],
    [
      'Products?$apply=addnested(Sales,groupby((Customer/Country),aggregate(Amount with sum as T)) as By)/aggregate(By/T with max as M,By/$count as N,By/Customer/Country with countdistinct as C)',
      [{ M: 12, N: 5, C: 2 }],
    ],
    [
      'Customers?$apply=addnested(Sales,addnested(Product,compute(Name as Also) as A) as B)/aggregate(B/A/Also with max as M)',
      [{ M: 'Sugar' }],
    ],
    // An entity that several rows lead to counts once.
    [
      'Sales?$apply=addnested(Product,addnested(Sales,compute(Amount mul 2 as Twice) as Same) as P)/aggregate(P/Same/Twice with sum as S,P/Same/$count as N)',
      [{ S: 48, N: 8 }],
    ],
    [
      'Sales?$apply=groupby((ProductID),nest(identity as All))/aggregate(All/Amount with sum as S,All/Customer/$count as C)',
      [{ S: 24, C: 3 }],
    ],
    [
      'Products?$apply=traverse($root/Units,Tree,Sales/Unit/ID,preorder)/aggregate(Sales/Unit/Name with min as M,Sales/$count as N)',
      [{ M: 'EMEA Central', N: 7 }],
    ],
  ])('aggregated: %s', async (url, expected) => {
    expect(await read(url)).toMatchObject(expected);
  });

  it.each<[string, number, RegExp]>([
    [
      'Products?$apply=addnested(Sales,aggregate(Amount with sum as T) as G)/filter(G/any(g:g/Amount gt 1))',
      400,
      /'Amount'/,
    ],
    ['Products?$apply=addnested(Sales,aggregate(Amount with sum as T) as G)/filter(G eq Sales)', 501, /no entity/],
    [
      'Products?$apply=concat(addnested(Sales,identity as G),addnested(Sales,top(1) as G))/filter(G/any())',
      501,
      /several transformations/,
    ],
    [
      'Sales?$apply=nest(identity as A)/filter(A/any(a:$these/$count gt 1 or A/any(b:A/any(c:c/Amount gt b/Amount))))',
      400,
      /at most 2 deep/,
    ],
  ])('%s: %d', async (url, status, message) => {
    const answer = await service.send('GET', encodeURI(url));
    expect(answer.json.error.message).toMatch(message);
    expect(answer.status).toBe(status);
  });
});

interface Sale {
  readonly ID: number;
  readonly Amount: number;
  readonly Pieces?: number;
  readonly ProductID: string;
  readonly CustomerID: string;
}

describe('made rows and those that they were made of', () => {
  const sales = rows.filter(([set]) => set === 'Sales').map(([, row]) => row as Sale);
  const products = ['P1', 'P2', 'P3', 'P4'];
  const condition = fc.constantFrom<[string, (sale: Sale) => boolean]>(
    ['Amount gt 1', ({ Amount }) => Amount > 1],
    ['Amount le 2', ({ Amount }) => Amount <= 2],
    ["Customer/ID eq 'C1'", ({ CustomerID }) => CustomerID === 'C1'],
    ['Pieces eq null', ({ Pieces }) => Pieces === undefined],
    ['ID mod 2 eq 0', ({ ID }) => ID % 2 === 0],
    ["Customer/Country ne 'USA' or Amount eq 8", ({ CustomerID, Amount }) => CustomerID === 'C3' || Amount === 8],
  );
  const ofItem = (text: string): string => text.replaceAll(/[A-Z]\w*(?=[/ ])/g, 'x/$&').replaceAll('/x/', '/');
  const sumOf = (some: readonly Sale[]): number | null =>
    some.length === 0 ? null : some.reduce((sum, { Amount }) => sum + Amount, 0);

  it('are asked alike', async () => {
    await fc.assert(
      fc.asyncProperty(condition, condition, async ([made, isMade], [asked, isAsked]) => {
        const of = (product: string): Sale[] => sales.filter((sale) => sale.ProductID === product && isMade(sale));
        const added = `Products?$apply=addnested(Sales,filter(${made})/compute(Amount add 1 as More) as M)`;
        const ids = async (url: string) => (await read(url)).map((row) => row['ID']);
        expect(await ids(`${added}/filter(M/any(x:${ofItem(asked)}))`)).toEqual(
          products.filter((product) => of(product).some(isAsked)),
        );
        expect(await ids(`${added}/filter(M/all(x:${ofItem(asked)}))`)).toEqual(
          products.filter((product) => of(product).every(isAsked)),
        );
        const counts = await read(
          `${added}/compute(M/$count($filter=${asked}) as N,M/aggregate(Amount with sum) as S)`,
        );
        expect(counts.map((row) => [row['N'], row['S']])).toEqual(
          products.map((product) => [of(product).filter(isAsked).length, sumOf(of(product))]),
        );
        const total = await read(
          `${added}/filter(M/any(x:${ofItem(asked)}))/aggregate(M/More with sum as S,M/$count as N)`,
        );
        const all = products.flatMap((product) => (of(product).some(isAsked) ? of(product) : []));
        const more = all.length === 0 ? null : sumOf(all)! + all.length;
        expect(total).toMatchObject([{ S: more, N: all.length }]);
        const nested = await read(
          `Sales?$apply=groupby((ProductID),nest(filter(${made}) as M))/filter(M/any(x:${ofItem(asked)}))/compute(M/aggregate(Amount with sum) as S)`,
        );
        expect(Object.fromEntries(nested.map((row) => [row['ProductID'], row['S']]))).toEqual(
          Object.fromEntries(
            products.flatMap((product) => (of(product).some(isAsked) ? [[product, sumOf(of(product))]] : [])),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });
});

const link = (type: string) => ({ $Kind: 'NavigationProperty', $Type: type, $Collection: true });

describe('an entity that several rows lead to', () => {
  const { send } = useService({
    $Version: '4.01',
    $EntityContainer: 'library.Container',
    library: {
      Topic: { $Kind: 'EntityType', $Key: ['ID'], ID: { $Type: 'Edm.Int32' }, Size: { $Type: 'Edm.Int32' } },
      Book: { $Kind: 'EntityType', $Key: ['ID'], ID: { $Type: 'Edm.Int32' }, Topics: link('library.Topic') },
      Container: {
        $Kind: 'EntityContainer',
        Topics: { $Collection: true, $Type: 'library.Topic' },
        Books: { $Collection: true, $Type: 'library.Book', $NavigationPropertyBinding: { Topics: 'Topics' } },
      },
    },
  });

  it.each<[string, number, object]>([
    ['addnested(Topics,filter(Size gt 1) as T)/aggregate(T/Size with sum as S,T/$count as N)', 200, { S: 50, N: 2 }],
    [
      'addnested(Topics,compute(Size add 1 as More) as T)/aggregate(T/More with sum as S,T/$count as N)',
      200,
      { S: 54, N: 3 },
    ],
    [
      'addnested(Topics,compute(Size add 1 as More) as T)/groupby((ID),aggregate(T/More with sum as U))/aggregate(U with sum as S)',
      200,
      { S: 85 },
    ],
    [
      'addnested(Topics,aggregate(Size with sum as Sum) as T)/aggregate(T/Sum with sum as S,T/$count as N)',
      200,
      { S: 81, N: 2 },
    ],
    [
      'addnested(Topics,compute($these/$count as Others) as T)/groupby((ID),aggregate(T/Others with sum as U))/aggregate(U with sum as S)',
      200,
      { S: 10 },
    ],
    [
      'addnested(Topics,compute($these/$count as Others) as T)/aggregate(T/Others with sum as S)',
      400,
      { message: expect.stringMatching(/different values/) },
    ],
  ])('counts once, if they say the same of it: %s', async (apply, status, expected) => {
    for (const [ID, Size] of [1, 20, 30].entries()) await send('POST', 'Topics', { json: { ID, Size } });
    for (const [ID, topics] of [[0, 1, 2], [2]].entries()) {
      await send('POST', 'Books', { json: { ID } });
      const value = topics.map((topic) => ({ '@odata.id': `Topics(${String(topic)})` }));
      await send('PUT', `Books(${String(ID)})/Topics/$ref`, { json: { value } });
    }
    const answer = await send('GET', encodeURI(`Books?$apply=${apply}`));
    expect([answer.status, answer.json.error ?? answer.json.value[0]]).toMatchObject([status, expected]);
  });
});
