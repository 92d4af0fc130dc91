import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

const NODES = "HierarchyNodes=$root/Units,HierarchyQualifier='Tree'";

describe('hierarchy functions [OData-Aggregation 5.5.2.1]', () => {
  const service = useService(csdl);
  beforeEach(() => sell(service));

  async function ids(url: string): Promise<unknown[]> {
    const { status, json } = await service.send('GET', encodeURI(url));
    if (status !== 200) throw new Error(json.error.message);
    return json.value.map((row: { ID: unknown }) => row.ID);
  }

  it.each<[string, string[]]>([
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US')`, ['US West', 'US East']],
    [`Org.OData.Aggregation.V1.isdescendant(${NODES},Node=ID,Ancestor='US')`, ['US West', 'US East']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='Sales',MaxDistance=1)`, ['US', 'EMEA']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',IncludeSelf=true)`, ['US', 'US West', 'US East']],
    [`Aggregation.isancestor(${NODES},Node=ID,Descendant='US East')`, ['Sales', 'US']],
    [`Aggregation.isancestor(${NODES},Node=ID,Descendant='US East',MaxDistance=1,IncludeSelf=true)`, ['US', 'US East']],
    [
      `Aggregation.isancestor(${NODES},Node='Sales',Descendant=ID)`,
      ['US', 'US West', 'US East', 'EMEA', 'EMEA Central'],
    ],
    [`Aggregation.isroot(${NODES},Node=ID)`, ['Sales']],
    [`Aggregation.isleaf(${NODES},Node=ID)`, ['US West', 'US East', 'EMEA Central']],
    [`Aggregation.issibling(${NODES},Node=ID,Other='US')`, ['EMEA']],
    [`Aggregation.issibling(${NODES},Node=ID,Other='Sales')`, []],
    [`not Aggregation.isroot(${NODES},Node=SuperID)`, ['US West', 'US East', 'EMEA Central']],
    [`Aggregation.isroot(${NODES},Node=SuperID) eq null`, ['Sales']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor=null) eq null and Name eq 'US'`, ['US']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor=@a)&@a='EMEA'`, ['EMEA Central']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='Nowhere',IncludeSelf=true)`, []],
    [
      `Aggregation.isroot(HierarchyNodes=$root/Units/$filter(ID ne 'Sales'),HierarchyQualifier='Tree',Node=ID)`,
      ['US', 'EMEA'],
    ],
    [
      `Aggregation.issibling(HierarchyNodes=$root/Units/$filter(ID ne 'Sales'),HierarchyQualifier='Tree',Node=ID,Other='US')`,
      ['EMEA'],
    ],
    [
      `Aggregation.isleaf(HierarchyNodes=$root/Units/$filter(not Aggregation.isleaf(${NODES},Node=ID)),HierarchyQualifier='Tree',Node=ID)`,
      ['US', 'EMEA'],
    ],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='Sales',MaxDistance=length(Name) sub 6)`, ['EMEA Central']],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',IncludeSelf=Name eq 'US')`, ['US', 'US West', 'US East']],
    [
      `Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',MaxDistance=case(Name eq 'US West':1)) eq null`,
      ['Sales', 'US', 'US East', 'EMEA', 'EMEA Central'],
    ],
    [
      `Aggregation.isroot(HierarchyNodes=$root/Units,HierarchyQualifier=case(Name eq 'EMEA':'None',true:concat('Tr','ee')),Node=ID)`,
      ['Sales'],
    ],
    [`Aggregation.isroot(HierarchyNodes=$root/Units,HierarchyQualifier=Name,Node=ID) eq null and ID eq 'US'`, ['US']],
    [`Super/ID eq 'US' and Aggregation.isleaf(${NODES},Node=Super/ID)`, []],
  ])('$filter=%s', async (filter, expected) => {
    expect(await ids(`Units?$filter=${filter}`)).toEqual(expected);
  });

  it('ask about nodes that rows of other sets name', async () => {
    expect(await ids(`Sales?$filter=Aggregation.isdescendant(${NODES},Node=UnitID,Ancestor='EMEA')`)).toEqual([
      6, 7, 8,
    ]);
    const { json } = await service.send(
      'GET',
      encodeURI(
        `Sales?$apply=compute(Aggregation.isancestor(${NODES},Node='US',Descendant=UnitID) as American)/groupby((American),aggregate(Amount with sum as Total))`,
      ),
    );
    expect(json.value).toMatchObject([
      { American: true, Total: 19 },
      { American: false, Total: 5 },
    ]);
  });

  it('order and are computed', async () => {
    expect(await ids(`Units?$orderby=Aggregation.isleaf(${NODES},Node=ID) desc,ID&$top=1`)).toEqual(['EMEA Central']);
    const { json } = await service.send(
      'GET',
      encodeURI(`Units?$compute=Aggregation.isleaf(${NODES},Node=ID) as Leaf&$select=ID,Leaf&$filter=ID eq 'US'`),
    );
    expect(json.value).toMatchObject([{ ID: 'US', Leaf: false }]);
  });

  it.each<[string, number, RegExp]>([
    ['Aggregation.isroot()', 400, /takes the parameters HierarchyNodes, HierarchyQualifier, Node/],
    [`Aggregation.isroot(${NODES},Node=ID,Other='US')`, 400, /takes the parameters/],
    [`Aggregation.issibling(${NODES},Node=ID,Othr='US')`, 400, /Did you mean 'Other'\?/],
    [`Aggregation.isroot(HierarchyNodes=$root/Units,HierarchyQualifier='Nope',Node=ID)`, 400, /no recursive hierarchy/],
    [`Aggregation.isroot(HierarchyNodes=$root/Units,HierarchyQualifier=null,Node=ID)`, 400, /not null/],
    [`Aggregation.isroot(HierarchyNodes=$root/Sales,HierarchyQualifier=Name,Node=ID)`, 400, /no recursive hierarchy/],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',MaxDistance=Name)`, 400, /'MaxDistance' is of type/],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',IncludeSelf=null)`, 400, /not null/],
    [`Aggregation.isroot(HierarchyNodes=$root/Sales,HierarchyQualifier='Tree',Node=ID)`, 400, /no recursive hierarchy/],
    [`Aggregation.isroot(HierarchyNodes=$root/Units('US'),HierarchyQualifier='Tree',Node=ID)`, 400, /\$root/],
    [`Aggregation.isroot(HierarchyNodes=Super,HierarchyQualifier='Tree',Node=ID)`, 400, /\$root/],
    [`Aggregation.isroot(${NODES},Node=5)`, 400, /'Edm.String'/],
    [`Aggregation.isroot(${NODES},Node=Super)`, 400, /primitive/],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',MaxDistance=0)`, 400, /from 1 to 32767/],
    [`Aggregation.isdescendant(${NODES},Node=ID,Ancestor='US',MaxDistance=99999)`, 400, /from 1 to 32767/],
    [`Aggregation.isnothing(${NODES},Node=ID)`, 400, /isnothing/],
    [
      `Aggregation.isroot(HierarchyNodes=$root/Units/$filter(Aggregation.isroot(HierarchyNodes=$root/Units/$filter(Aggregation.isroot(${NODES},Node=ID)),HierarchyQualifier='Tree',Node=ID)),HierarchyQualifier='Tree',Node=ID)`,
      400,
      /at most 2 deep/,
    ],
  ])('%s: %d', async (filter, status, message) => {
    const { status: answered, json } = await service.send('GET', encodeURI(`Units?$filter=${filter}`));
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });
});

/** Node `i` is named `String(i)`; its parent is one of the nodes, itself and those below it included, or none. */
describe('in any hierarchy', () => {
  const service = useService(csdl);
  const parents: readonly (number | undefined)[] = [undefined, 0, 0, 1, 1, 4, undefined, 6, 9, 8, 9, 11];

  beforeEach(async () => {
    for (const index of parents.keys())
      expect((await service.send('POST', 'Units', { json: { ID: String(index) } })).status).toBe(201);
    for (const [index, parent] of parents.entries()) {
      if (parent === undefined) continue;
      const json = { SuperID: String(parent) };
      expect((await service.send('PATCH', `Units('${index}')`, { json })).status).toBe(204);
    }
  });

  const above = (node: number): number | undefined => parents[node];
  /** Those above a node that are at most so far away. */
  function ancestors(node: number, distance: number): Set<number> {
    const found = new Set<number>();
    for (
      let [at, steps] = [above(node), 1];
      at !== undefined && steps <= distance && steps < 50;
      at = above(at), steps++
    )
      found.add(at);
    return found;
  }

  const holds: Readonly<Record<string, (node: number, other: number, distance: number, self: boolean) => boolean>> = {
    isroot: (node) => above(node) === undefined,
    isleaf: (node) => !parents.some((_, each) => above(each) === node),
    issibling: (node, other) => node !== other && above(node) === above(other),
    isdescendant: (node, other, distance, self) => ancestors(node, distance).has(other) || (self && node === other),
    isancestor: (node, other, distance, self) => ancestors(other, distance).has(node) || (self && node === other),
  };
  const otherName: Readonly<Record<string, string>> = {
    issibling: 'Other',
    isdescendant: 'Ancestor',
    isancestor: 'Descendant',
  };

  it('the functions say what following the parents does', async () => {
    const node = fc.integer({ min: 0, max: parents.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(holds)),
        node,
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (test, other, distance, self, isOtherTheRow, isTold) => {
          const far = test === 'isdescendant' || test === 'isancestor';
          const named = otherName[test];
          const [asked, given] = isOtherTheRow && named !== undefined ? [`'${other}'`, 'ID'] : ['ID', `'${other}'`];
          const parts = [`Aggregation.${test}(${NODES}`, `Node=${asked}`];
          if (named !== undefined) parts.push(`${named}=${given}`);
          const told = isTold ? ' add length(ID) sub 1' : '';
          if (far && distance !== undefined) parts.push(`MaxDistance=${distance}${told}`);
          if (far) parts.push(`IncludeSelf=${isTold ? `length(ID) eq ${self ? 1 : 2}` : self}`);
          const { json } = await service.send('GET', encodeURI(`Units?$filter=${parts.join(',')})&$select=ID`));
          const got = json.value.map((row: { ID: string }) => Number(row.ID));
          const expected = [...parents.keys()].filter((each) => {
            const [left, right] = asked === 'ID' ? [each, other] : [other, each];
            const digits = String(each).length;
            const isSelf = isTold ? (digits === 1) === self : self;
            return holds[test]!(left, right, (distance ?? 50) + (isTold ? digits - 1 : 0), isSelf);
          });
          expect(got).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});
