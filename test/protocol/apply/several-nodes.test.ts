// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

const UNITS = '$root/Units,Tree';
const UP = '@Org.OData.Aggregation.V1.UpPath#Tree';

describe('rows that belong to several nodes [OData-Aggregation 6.1]', () => {
  const service = useService(csdl);
  beforeEach(() => sell(service));

  async function read(url: string) {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect([status, json.error]).toEqual([200, undefined]);
    return json;
  }

  it('traverse gives them for each of their nodes, once, and says which that is', async () => {
    const { value, '@odata.context': context } = await read(
      `Products?$apply=traverse(${UNITS},Sales/Unit/ID,preorder,Name asc)&$select=ID&$expand=Sales($expand=Unit($select=ID))`,
    );
    expect(context).toMatch(/#Products\(ID,Sales\(Unit\(ID\)\)\)$/);
    const sold = (ID: string, unit: string) => ({ ID, Sales: [{ Unit: { ID: unit } }] });
    expect(value).toMatchObject([
      sold('P1', 'EMEA Central'),
      sold('P3', 'EMEA Central'),
      sold('P2', 'US East'),
      sold('P3', 'US East'),
      sold('P1', 'US West'),
      sold('P2', 'US West'),
      sold('P3', 'US West'),
    ]);
  });

  it('groupby with rolluprecursive has them once in each node that one of theirs is below', async () => {
    const apply = `groupby((rolluprecursive(${UNITS},Sales/Unit/ID)),aggregate($count as Incl)/compute(Incl add 1 as More))`;
    const { value, '@odata.context': context } = await read(`Products?$apply=${apply}`);
    expect(context).toMatch(/#Products\(Sales\(Unit\(\)\),Incl,More\)$/);
    expect(value).toMatchObject(
      Object.entries({ Sales: 3, US: 3, 'US West': 3, 'US East': 2, EMEA: 2, 'EMEA Central': 2 }).map(([ID, Incl]) => ({
        Sales: [{ Unit: { ID, Name: ID } }],
        Incl,
        More: Incl + 1,
      })),
    );
  });

  it.each<[string, object[]]>([
    [
      `Products?$apply=groupby((rolluprecursive(${UNITS},Sales/UnitID,filter(ID in ('US','US East')))),filter(Aggregation.excludingdescendants())/aggregate($count as N))`,
      [
        { Sales: [{ UnitID: 'US' }], N: 0 },
        { Sales: [{ UnitID: 'US East' }], N: 2 },
      ],
    ],
    [
      `Products?$apply=groupby((rolluprecursive(${UNITS},Sales/Unit/ID,filter(ID eq 'EMEA')),Color),aggregate($count as N))`,
      [{ Sales: [{ Unit: { ID: 'EMEA' } }], Color: 'White', N: 2 }],
    ],
    [
      `Products?$apply=groupby((rolluprecursive(${UNITS},Sales/Unit/ID,filter(ID eq 'EMEA')),rolluprecursive(${UNITS},Sales/UnitID,filter(ID eq 'US East'))),aggregate($count as N))`,
      [{ Sales: [{ Unit: { ID: 'EMEA' } }], N: 1 }],
    ],
    [
      `Products?$apply=groupby((rolluprecursive(${UNITS},Sales/Unit/ID,filter(ID eq 'US East'))),identity)/concat(identity,aggregate($count as N))&$select=ID,N`,
      [{ ID: 'P2' }, { ID: 'P3' }, { N: 2 }],
    ],
    [
      `Customers?$apply=traverse(${UNITS},Sales/Product/Sales/Unit/ID,preorder,filter(ID eq 'US East'))&$select=ID`,
      ['C1', 'C2', 'C3'].map((ID) => ({
        ID,
        Sales: [{ Product: { Sales: [{ Unit: { ID: 'US East', Name: 'US East', [UP]: [] } }] } }],
      })),
    ],
    [
      `Products?$apply=traverse(${UNITS},Sales/UnitID,postorder,filter(ID eq 'US'))/filter(ID eq 'P1')&$select=ID`,
      [{ ID: 'P1', Sales: [{ UnitID: 'US West', [`UnitID${UP}`]: ['US'] }] }],
    ],
    [
      `Products?$apply=filter(ID eq 'P1')/expand(Sales)/traverse(${UNITS},Sales/UnitID,preorder)`,
      [
        { ID: 'P1', Name: 'Sugar', Sales: [{ UnitID: 'US West' }] },
        { ID: 'P1', Name: 'Sugar', Sales: [{ UnitID: 'EMEA Central' }] },
      ],
    ],
    [
      `Products?$apply=ancestors(${UNITS},Sales/Unit/ID,filter(ID eq 'P2'),keep start)&$select=ID`,
      [{ ID: 'P1' }, { ID: 'P2' }, { ID: 'P3' }],
    ],
    [`Products?$apply=ancestors(${UNITS},Sales/Unit/ID,filter(ID eq 'P2'))`, []],
    [
      `Products?$apply=groupby((Color),descendants(${UNITS},Sales/Unit/ID,filter(ID eq 'P1'),keep start))&$select=ID&$orderby=ID`,
      [{ ID: 'P1' }, { ID: 'P3' }],
    ],
    [`Products?$apply=descendants(${UNITS},Sales/UnitID,traverse(${UNITS},Sales/UnitID,preorder),2)`, []],
  ])('%s', async (url, expected) => {
    expect((await read(url)).value).toMatchObject(expected);
  });

  it.each<[string, RegExp]>([
    [`traverse(${UNITS},Sales,preorder)`, /path of a property/],
    [`traverse(${UNITS},Sales/Unit,preorder)`, /path of a property/],
    [`ancestors(${UNITS},Sales/Nothing,identity)`, /'Nothing'/],
    [`ancestors(${UNITS},Sales/ID/ID,identity)`, /no property 'ID'/],
    [`groupby((rolluprecursive(${UNITS},Sales/Amount)))`, /identified by values of type 'Edm.String'/],
    [
      `groupby((rolluprecursive(${UNITS},Sales/UnitID,traverse(${UNITS},ID,preorder)/top(1)/traverse(${UNITS},Super/Tags,preorder))))`,
      /Tags/,
    ],
  ])('Products?$apply=%s: 400', async (apply, message) => {
    const { status, json } = await service.send('GET', encodeURI(`Products?$apply=${apply}`));
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(message)]);
  });
});

const nullable = { $Nullable: true };
const link = (type: string, more: object = {}) => ({ $Kind: 'NavigationProperty', $Type: type, ...more });

const library: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'library.Container',
  library: {
    Place: { $Kind: 'ComplexType', TopicID: { $Type: 'Edm.Int32', ...nullable } },
    Topic: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      UpID: { $Type: 'Edm.Int32', ...nullable },
      Up: link('library.Topic', { ...nullable, $ReferentialConstraint: { UpID: 'ID' } }),
      Above: link('library.Topic', { $Collection: true }),
      '@Org.OData.Aggregation.V1.RecursiveHierarchy#Tree': { NodeProperty: 'ID', ParentNavigationProperty: 'Up' },
      '@Org.OData.Aggregation.V1.RecursiveHierarchy#Web': { NodeProperty: 'ID', ParentNavigationProperty: 'Above' },
    },
    Book: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Group: nullable,
      Numbers: { $Type: 'Edm.Int32', $Collection: true },
      Places: { $Type: 'library.Place', $Collection: true },
      Topics: link('library.Topic', { $Collection: true }),
    },
    Container: {
      $Kind: 'EntityContainer',
      Topics: { $Collection: true, $Type: 'library.Topic' },
      Books: { $Collection: true, $Type: 'library.Book', $NavigationPropertyBinding: { Topics: 'Topics' } },
    },
  },
};

describe('in any hierarchy, by any kind of collection', () => {
  const { send } = useService(library);
  const topics = [0, 1, 2, 3, 4, 5];
  const books = [10, 11, 12, 13];
  const PATHS = ['Topics/ID', 'Places/TopicID', 'Numbers'] as const;

  async function read(url: string): Promise<Record<string, unknown>[]> {
    const { status, json } = await send('GET', encodeURI(url));
    expect([url, status, json.error]).toEqual([url, 200, undefined]);
    return json.value;
  }

  async function write(method: string, url: string, json: object): Promise<void> {
    const { status, text } = await send(method, url, { json });
    if (status >= 300) throw new Error(text);
  }

  const links = (of: readonly number[]) => ({ value: of.map((ID) => ({ '@odata.id': `Topics(${String(ID)})` })) });

  async function shelve(above: readonly (readonly number[])[], about: readonly (readonly number[])[]): Promise<void> {
    for (const ID of topics) {
      await write('PATCH', `Topics(${String(ID)})`, { UpID: above[ID]![0] ?? null });
      await write('PUT', `Topics(${String(ID)})/Above/$ref`, links(above[ID]!));
    }
    for (const [index, ID] of books.entries()) {
      const own = about[index]!;
      const Group = index % 2 === 0 ? 'a' : 'b';
      await write('PATCH', `Books(${String(ID)})`, {
        Group,
        Numbers: [...own, ...own],
        Places: [...own.map((TopicID) => ({ TopicID })), { TopicID: null }],
      });
      await write('PUT', `Books(${String(ID)})/Topics/$ref`, links(own));
    }
  }

  /** What a row says of its node under the property that leads there. */
  function nodeOf(row: Record<string, unknown>, path: string): unknown {
    const own = row[path.split('/')[0]!] as (number & { ID?: number; TopicID?: number })[];
    expect(own).toHaveLength(1);
    return own[0]!.ID ?? own[0]!.TopicID ?? own[0];
  }

  const ids = (rows: Record<string, unknown>[]) => rows.map((row) => row['ID'] as number).toSorted((a, b) => a - b);

  it('rows are taken as following the parents says', async () => {
    for (const ID of topics) await write('POST', 'Topics', { ID });
    for (const ID of books) await write('POST', 'Books', { ID });
    // Parents have lower numbers, so that there are no circles.
    const above = fc.tuple(...topics.map((ID) => fc.subarray(topics.slice(0, ID), { maxLength: Math.min(2, ID) })));
    const about = fc.tuple(...books.map(() => fc.subarray(topics, { maxLength: 3 })));
    await fc.assert(
      fc.asyncProperty(
        above,
        about,
        fc.constantFrom(...PATHS),
        fc.constantFrom('Tree', 'Web'),
        fc.constantFrom(...books),
        async (parents, about, path, name, chosen) => {
          await shelve(parents, about);
          const up = (node: number): readonly number[] =>
            name === 'Tree' ? parents[node]!.slice(0, 1) : parents[node]!;
          const down = (node: number): readonly number[] => topics.filter((each) => up(each).includes(node));
          const beyond = (node: number, next: (of: number) => readonly number[]): Set<number> =>
            new Set(next(node).flatMap((each) => [each, ...beyond(each, next)]));
          const of = (book: number): readonly number[] => about[books.indexOf(book)]!;
          const HIERARCHY = `$root/Topics,${name},${path}`;

          for (const [call, next] of [
            ['ancestors', up],
            ['descendants', down],
          ] as const) {
            const found = new Set(of(chosen).flatMap((node) => [...beyond(node, next)]));
            const start = `filter(ID eq ${String(chosen)})`;
            const taken = books.filter((book) => of(book).some((node) => found.has(node)));
            expect(ids(await read(`Books?$apply=${call}(${HIERARCHY},${start})`))).toEqual(taken);
            const kept = books.filter((book) => of(book).some((node) => found.has(node) || of(chosen).includes(node)));
            expect(ids(await read(`Books?$apply=${call}(${HIERARCHY},${start},keep start)`))).toEqual(kept);
            const grouped = `groupby((Group),${call}(${HIERARCHY},${start}))`;
            const isInGroup = (book: number): boolean => (books.indexOf(book) - books.indexOf(chosen)) % 2 === 0;
            expect(ids(await read(`Books?$apply=${grouped}`))).toEqual(taken.filter(isInGroup));
          }

          const walked: [number, number][] = [];
          const walk = (node: number): void => {
            walked.push(
              ...books.filter((book) => of(book).includes(node)).map((book): [number, number] => [book, node]),
            );
            for (const child of down(node)) walk(child);
          };
          for (const node of topics.filter((each) => up(each).length === 0)) walk(node);
          const rows = await read(`Books?$apply=traverse(${HIERARCHY},preorder)`);
          expect(rows.map((row) => [row['ID'], nodeOf(row, path)])).toEqual(walked);

          const T = 'aggregate($count as N,ID with sum as Sum)';
          const sums = topics.map((node) => {
            const covered = new Set([node, ...beyond(node, down)]);
            const within = books.filter((book) => of(book).some((each) => covered.has(each)));
            return [node, within.length, within.length === 0 ? null : within.reduce((sum, book) => sum + book, 0)];
          });
          const rolled = await read(`Books?$apply=groupby((rolluprecursive(${HIERARCHY})),${T})`);
          expect(rolled.map((row) => [nodeOf(row, path), row['N'], row['Sum']])).toEqual(sums);
          const own = topics.map((node) => [node, books.filter((book) => of(book).includes(node)).length]);
          const excluding = `filter(Org.OData.Aggregation.V1.excludingdescendants())/aggregate($count as N)`;
          const alone = await read(`Books?$apply=groupby((rolluprecursive(${HIERARCHY})),${excluding})`);
          expect(alone.map((row) => [nodeOf(row, path), row['N']])).toEqual(own);
        },
      ),
      { numRuns: 20 },
    );
  });
});
