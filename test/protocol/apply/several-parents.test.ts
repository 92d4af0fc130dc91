// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const nullable = { $Nullable: true };
const hierarchy = (parent: string) => ({ NodeProperty: 'ID', ParentNavigationProperty: parent });

const plant: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'plant.Container',
  plant: {
    Part: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Name: nullable,
      MainID: { $Type: 'Edm.Int32', ...nullable },
      Parents: { $Kind: 'NavigationProperty', $Type: 'plant.Part', $Collection: true, $Partner: 'Children' },
      Children: { $Kind: 'NavigationProperty', $Type: 'plant.Part', $Collection: true, $Partner: 'Parents' },
      Main: {
        $Kind: 'NavigationProperty',
        $Type: 'plant.Part',
        ...nullable,
        $ReferentialConstraint: { MainID: 'ID' },
      },
      '@Org.OData.Aggregation.V1.RecursiveHierarchy#Web': hierarchy('Parents'),
      '@Org.OData.Aggregation.V1.RecursiveHierarchy#Tree': hierarchy('Main'),
    },
    Stock: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Amount: { $Type: 'Edm.Int32', ...nullable },
      Group: nullable,
      PartID: { $Type: 'Edm.Int32', ...nullable },
      Part: { $Kind: 'NavigationProperty', $Type: 'plant.Part', ...nullable, $ReferentialConstraint: { PartID: 'ID' } },
    },
    Container: {
      $Kind: 'EntityContainer',
      Parts: { $Collection: true, $Type: 'plant.Part' },
      Stocks: { $Collection: true, $Type: 'plant.Stock' },
    },
  },
};

const { send } = useService(plant);
const UP = '@Org.OData.Aggregation.V1.UpPath#Web';
const WEB = '$root/Parts,Web';

async function read(url: string) {
  const { status, json } = await send('GET', encodeURI(url));
  expect([status, json.error]).toEqual([200, undefined]);
  return json;
}

const idsOf = async (url: string): Promise<number[]> => (await read(url)).value.map((row: { ID: number }) => row.ID);

async function post(set: string, json: object): Promise<void> {
  const { status, text } = await send('POST', set, { json });
  if (status !== 201) throw new Error(text);
}

async function above(child: number, ...parents: number[]): Promise<void> {
  const value = parents.map((parent) => ({ '@odata.id': `Parts(${String(parent)})` }));
  const { status, text } = await send('PUT', `Parts(${String(child)})/Parents/$ref`, { json: { value } });
  if (status !== 204) throw new Error(text);
}

/** 1 is above 2 and 3, both of these above 4, that above 5; 6 is alone. */
async function diamond(): Promise<void> {
  for (const ID of [1, 2, 3, 4, 5, 6]) await post('Parts', { ID, Name: `p${String(ID)}`, MainID: ID === 1 ? null : 1 });
  await above(2, 1);
  await above(3, 1);
  await above(4, 2, 3);
  await above(5, 4);
  for (const [ID, PartID] of [2, 4, 5, 5, 6].entries()) await post('Stocks', { ID, PartID, Amount: 10 ** ID });
}

describe('traverse where nodes have several parents [OData-Aggregation 6.2.2.2]', () => {
  beforeEach(diamond);

  it('gives a node for each way to it, and says which that is', async () => {
    const { value, '@odata.context': context } = await read(`Parts?$apply=traverse(${WEB},ID,preorder)&$select=ID`);
    expect(context).toMatch(/#Parts\(ID\)$/);
    expect(value).toEqual([
      { '@odata.etag': expect.anything(), ID: 1, [UP]: [] },
      { '@odata.etag': expect.anything(), ID: 2, [UP]: ['1'] },
      { '@odata.etag': expect.anything(), ID: 4, [UP]: ['2', '1'] },
      { '@odata.etag': expect.anything(), ID: 5, [UP]: ['4', '2', '1'] },
      { '@odata.etag': expect.anything(), ID: 3, [UP]: ['1'] },
      { '@odata.etag': expect.anything(), ID: 4, [UP]: ['3', '1'] },
      { '@odata.etag': expect.anything(), ID: 5, [UP]: ['4', '3', '1'] },
      { '@odata.etag': expect.anything(), ID: 6, [UP]: [] },
    ]);
    const whole = await read(`Parts?$apply=traverse(${WEB},ID,preorder)&$top=1`);
    expect(whole.value[0]).toMatchObject({ ID: 1, Name: 'p1', [UP]: [] });
    expect(whole['@odata.context']).toMatch(/#Parts$/);
  });

  it.each([
    [`Parts?$apply=traverse(${WEB},ID,postorder)`, [5, 4, 2, 5, 4, 3, 1, 6]],
    [`Parts?$apply=traverse(${WEB},ID,preorder,Name desc)`, [6, 1, 3, 4, 5, 2, 4, 5]],
    [`Parts?$apply=traverse(${WEB},ID,preorder,filter(ID eq 4 or ID eq 2))`, [2, 4, 5, 4, 5]],
    [`Parts?$apply=traverse(${WEB},ID,preorder,filter(ID eq 4 or ID eq 2),ID desc)`, [4, 5, 2, 4, 5]],
    [`Parts?$apply=traverse(${WEB},ID,preorder,orderby(ID desc)/top(2))`, [6, 5]],
    [`Parts?$apply=filter(ID ne 4)/traverse(${WEB},ID,preorder)`, [1, 2, 5, 3, 5, 6]],
    [`Parts?$apply=traverse(${WEB},ID,preorder)/skip(2)/top(2)`, [4, 5]],
    [`Parts?$apply=traverse($root/Parts,Tree,ID,preorder,filter(ID gt 4))`, [5, 6]],
  ])('%s', async (url, expected) => {
    expect(await idsOf(url)).toEqual(expected);
  });

  it('says it of the related node, or of the identifier where rows have no more', async () => {
    const related = await read(`Stocks?$apply=traverse(${WEB},Part/ID,preorder)&$select=ID`);
    expect(related.value).toMatchObject([
      { ID: 0, Part: { ID: 2, Name: 'p2', [UP]: ['1'] } },
      { ID: 1, Part: { ID: 4, [UP]: ['2', '1'] } },
      { ID: 2, Part: { ID: 5, [UP]: ['4', '2', '1'] } },
      { ID: 3, Part: { ID: 5, [UP]: ['4', '2', '1'] } },
      { ID: 1, Part: { ID: 4, [UP]: ['3', '1'] } },
      { ID: 2, Part: { ID: 5 } },
      { ID: 3, Part: { ID: 5, [UP]: ['4', '3', '1'] } },
      { ID: 4, Part: { ID: 6, [UP]: [] } },
    ]);
    expect((await read(`Stocks?$apply=traverse(${WEB},PartID,preorder)&$top=1`)).value).toMatchObject([
      { ID: 0, PartID: 2, [`PartID${UP}`]: ['1'] },
    ]);
    const sum = await read(`Stocks?$apply=traverse(${WEB},Part/ID,preorder)/aggregate(Amount with sum as Sum)`);
    expect(sum.value).toMatchObject([{ Sum: 12221 }]);
    const nested = await read(`Parts?$apply=filter(ID eq 4)/addnested(Children,traverse(${WEB},ID,preorder) as Below)`);
    expect(nested.value).toMatchObject([{ ID: 4, Below: [{ ID: 5, [UP]: ['4', '2', '1'] }, { ID: 5 }] }]);
  });

  it('goes through the rows of each group', async () => {
    const apply = `groupby((Part/Name),traverse(${WEB},PartID,preorder)/compute(1 as One)/top(3))`;
    const { value } = await read(`Stocks?$apply=${apply}&$select=ID`);
    expect(value.map((row: { ID: number }) => row.ID).toSorted()).toEqual([0, 1, 1, 2, 2, 3, 4]);
  });

  it('is told once where one traversal follows another', async () => {
    const url = `Parts?$apply=traverse(${WEB},ID,preorder)/filter(ID eq 5)/traverse(${WEB},ID,preorder,filter(ID eq 5))`;
    const { text } = await send('GET', encodeURI(url));
    expect(text.match(/UpPath/g)).toHaveLength(2);
  });

  it.each([
    [`ancestors(${WEB},ID,filter(ID eq 5))`, [1, 2, 3, 4]],
    [`ancestors(${WEB},ID,filter(ID eq 5),1,keep start)`, [4, 5]],
    [`ancestors(${WEB},ID,filter(ID eq 5),2)`, [2, 3, 4]],
    [`descendants(${WEB},ID,filter(ID eq 1))`, [2, 3, 4, 5]],
    [`descendants(${WEB},ID,filter(ID eq 1),1)`, [2, 3]],
    [`descendants(${WEB},ID,filter(ID eq 3),keep start)`, [3, 4, 5]],
  ])('%s', async (apply, expected) => {
    expect((await idsOf(`Parts?$apply=${apply}`)).toSorted()).toEqual(expected);
  });

  it('rolls each row up into all nodes above it, once', async () => {
    const { value } = await read(
      `Stocks?$apply=groupby((rolluprecursive(${WEB},PartID)),aggregate(Amount with sum as Sum))`,
    );
    expect(value.map(({ PartID, Sum }: { PartID: number; Sum: number }) => [PartID, Sum])).toEqual([
      [1, 1111],
      [2, 1111],
      [3, 1110],
      [4, 1110],
      [5, 1100],
      [6, 10000],
    ]);
    const some = `groupby((rolluprecursive(${WEB},Part/ID,filter(ID in (1,3)))),aggregate(Amount with sum as Sum))`;
    expect((await read(`Stocks?$apply=${some}`)).value).toMatchObject([
      { Part: { ID: 1 }, Sum: 1111 },
      { Part: { ID: 3 }, Sum: 1110 },
    ]);
  });

  it.each<[string, readonly number[]]>([
    [`ancestors(${WEB},Part/ID,traverse(${WEB},Part/ID,preorder)/filter(Amount ge 100),keep start)`, [0, 1, 2, 3, 4]],
    [`ancestors(${WEB},PartID,traverse(${WEB},PartID,postorder)/top(1))`, [0, 1]],
    [`descendants(${WEB},PartID,traverse(${WEB},PartID,preorder,filter(ID eq 2))/top(1))`, [1, 2, 3]],
    [`groupby((Amount),descendants(${WEB},PartID,filter(PartID eq 2)))`, []],
    [`groupby((Amount),descendants(${WEB},PartID,filter(PartID eq 2),keep start))`, [0]],
    [`groupby((Amount),traverse(${WEB},PartID,preorder,top(1)/filter(true)))`, [0, 1, 1, 2, 2, 3, 3]],
    [`groupby((Part/Name),ancestors(${WEB},PartID,top(1),keep start)/skip(1))`, [3]],
    [`concat(filter(false),groupby((Amount),ancestors(${WEB},PartID,identity,1,keep start)))`, [0, 1, 2, 3, 4]],
  ])('the rows to start from: %s', async (apply, expected) => {
    expect((await idsOf(`Stocks?$apply=${apply}`)).toSorted()).toEqual(expected);
  });

  it('functions are about the hierarchy that a row names', async () => {
    const nodes = "HierarchyNodes=$root/Parts,HierarchyQualifier=case(ID eq 5:'Tree',ID eq 6:'None',true:'Web')";
    const call = `Org.OData.Aggregation.V1.isdescendant(${nodes},Node=ID,Ancestor=2)`;
    expect(await idsOf(`Parts?$filter=${call}`)).toEqual([4]);
    expect(await idsOf(`Parts?$filter=${call} eq null`)).toEqual([6]);
    const web = "Org.OData.Aggregation.V1.isdescendant(HierarchyNodes=$root/Parts,HierarchyQualifier='Web'";
    await above(1, 5);
    expect(await idsOf(`Parts?$filter=${web},Node=ID,Ancestor=4,MaxDistance=ID)`)).toEqual([3, 4, 5]);
  });

  it('counts nothing in groups of which no row is left', async () => {
    const apply = `groupby((Amount),descendants(${WEB},PartID,filter(PartID eq 2),keep start)/aggregate($count as N))`;
    const { value } = await read(`Stocks?$apply=${apply}&$orderby=Amount`);
    expect(value.map((row: { N: number }) => row.N)).toEqual([1, 0, 0, 0, 0]);
  });

  it.each<[string, number, RegExp]>([
    [`groupby((rolluprecursive(${WEB},PartID,traverse(${WEB},ID,preorder))))`, 400, /there once.*traverse/],
    [`descendants(${WEB},PartID,identity,traverse(${WEB},ID,preorder))`, 400, /there once.*traverse/],
    [`ancestors(${WEB},PartID,compute(1 as One)/traverse(${WEB},PartID,preorder))`, 400, /only leave rows out/],
    [`ancestors(${WEB},PartID,traverse(${WEB},PartID,preorder)/filter(UpPath eq 1))`, 400, /UpPath/],
    [`traverse(${WEB},PartID,preorder)/filter(UpPath eq 1)`, 400, /UpPath/],
  ])('%s: %d', async (apply, status, message) => {
    const answer = await send('GET', encodeURI(`Stocks?$apply=${apply}`));
    expect(answer.json.error.message).toMatch(message);
    expect(answer.status).toBe(status);
  });

  it('ends where parents lead in a circle, which no hierarchy has', async () => {
    await above(2, 1, 5);
    expect(await idsOf(`Parts?$apply=traverse(${WEB},ID,preorder)`)).toEqual([1, 2, 4, 5, 3, 4, 5, 2, 6]);
    expect(await idsOf(`Parts?$apply=traverse(${WEB},ID,preorder,filter(ID eq 5))`)).toEqual([5, 2, 4]);
    await above(1, 1);
    expect(await idsOf(`Parts?$apply=traverse(${WEB},ID,preorder)`)).toEqual([6]);
    expect((await idsOf(`Parts?$apply=ancestors(${WEB},ID,filter(ID eq 4))`)).toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses more ways than anyone can go, however many there are', async () => {
    for (let ID = 10; ID < 110; ID++) {
      await post('Parts', { ID });
      if (ID >= 12) await above(ID, ...(ID % 2 === 0 ? [ID - 2, ID - 1] : [ID - 3, ID - 2]));
    }
    const { status, json } = await send('GET', encodeURI(`Parts?$apply=traverse(${WEB},ID,preorder)`));
    expect([status, json.error.message]).toEqual([400, expect.stringMatching(/more than 20000 ways/)]);
    expect(await idsOf(`Parts?$apply=descendants(${WEB},ID,filter(ID eq 10))`)).toHaveLength(98);
  });
});

describe('in any web of nodes', () => {
  const nodes = [0, 1, 2, 3, 4, 5, 6];
  const web = fc.array(fc.subarray(nodes, { maxLength: 3 }), { minLength: nodes.length, maxLength: nodes.length });
  const rows = nodes.flatMap((node) => ['a', 'b'].map((group, at) => ({ ID: 2 * node + at, node, group })));
  const choices = fc.subarray(
    rows.map(({ ID }) => ID),
    { maxLength: 4 },
  );
  const FUNCTION = "HierarchyNodes=$root/Parts,HierarchyQualifier='Web'";

  /** What following the parents leads to, step by step. */
  function reached(from: number, next: (node: number) => readonly number[], most = Infinity): Set<number> {
    const found = new Set<number>();
    let last = [from];
    for (let distance = 1; distance <= most && last.length > 0; distance++) {
      last = [...new Set(last.flatMap(next))].filter((node) => !found.has(node));
      for (const node of last) found.add(node);
    }
    return found;
  }

  it('functions and transformations say what following the parents does', async () => {
    for (const ID of nodes) await post('Parts', { ID });
    for (const { ID, node, group } of rows) await post('Stocks', { ID, PartID: node, Group: group });
    await fc.assert(
      fc.asyncProperty(
        web,
        fc.nat(6),
        fc.integer({ min: 1, max: 3 }),
        choices,
        async (parents, other, distance, chosen) => {
          for (const node of nodes) await above(node, ...parents[node]!);
          const up = (node: number) => parents[node]!;
          const down = (node: number) => nodes.filter((each) => up(each).includes(node));
          const isRoot = (node: number) => up(node).length === 0;
          const isSibling = (node: number) =>
            node !== other && (up(node).some((each) => up(other).includes(each)) || (isRoot(node) && isRoot(other)));
          const expected: Record<string, readonly number[]> = {
            [`isnode(${FUNCTION},Node=ID)`]: nodes,
            [`isroot(${FUNCTION},Node=ID)`]: nodes.filter(isRoot),
            [`isleaf(${FUNCTION},Node=ID)`]: nodes.filter((node) => down(node).length === 0),
            [`issibling(${FUNCTION},Node=ID,Other=${String(other)})`]: nodes.filter(isSibling),
            [`isdescendant(${FUNCTION},Node=ID,Ancestor=${String(other)})`]: [...reached(other, down)],
            [`isancestor(${FUNCTION},Node=ID,Descendant=${String(other)},MaxDistance=${String(distance)})`]: [
              ...reached(other, up, distance),
            ],
          };
          for (const [call, ids] of Object.entries(expected))
            expect([call, (await idsOf(`Parts?$filter=Org.OData.Aggregation.V1.${call}`)).toSorted()]).toEqual([
              call,
              ids.toSorted(),
            ]);
          const start = `filter(ID eq ${String(other)})`;
          expect((await idsOf(`Parts?$apply=descendants(${WEB},ID,${start},${String(distance)})`)).toSorted()).toEqual(
            [...reached(other, down, distance)].toSorted(),
          );
          const inGroups = ['a', 'b'].flatMap((group) => {
            const starts = rows.filter((row) => row.group === group && chosen.includes(row.ID)).map(({ node }) => node);
            const above = new Set(starts.flatMap((node) => [...reached(node, up, distance)]));
            return rows.filter((row) => row.group === group && above.has(row.node)).map(({ ID }) => ID);
          });
          const choice = `filter(ID in (${['-1', ...chosen.map(String)].join(',')}))`;
          const grouped = `groupby((Group),ancestors(${WEB},PartID,${choice},${String(distance)}))`;
          expect([grouped, (await idsOf(`Stocks?$apply=${grouped}`)).toSorted((a, b) => a - b)]).toEqual([
            grouped,
            inGroups.toSorted((a, b) => a - b),
          ]);
          const walked: unknown[] = [];
          const walk = (node: number, way: readonly number[]): void => {
            walked.push([node, way.map(String)]);
            for (const child of down(node)) if (child !== node && !way.includes(child)) walk(child, [node, ...way]);
          };
          for (const node of nodes.filter(isRoot)) walk(node, []);
          const { value } = await read(`Parts?$apply=traverse(${WEB},ID,preorder)`);
          expect(value.map((row: Record<string, unknown>) => [row['ID'], row[UP]])).toEqual(walked);
        },
      ),
      { numRuns: 25 },
    );
  });
});
