import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

const TREE = '$root/Units,Tree';
const US = `descendants(${TREE},ID,filter(ID eq 'US'),keep start)`;

describe('groupby with rolluprecursive [OData-Aggregation 6.3]', () => {
  const service = useService(csdl);
  beforeEach(() => sell(service));

  it.each<[string, string, object[]]>([
    [
      `Units?$apply=groupby((rolluprecursive(${TREE},ID)),aggregate($count as OrgCnt)/compute(OrgCnt sub 1 as SubOrgCnt))&$select=ID,Name,SubOrgCnt&$expand=Super($select=ID)`,
      'Units(ID,Name,Super(ID),SubOrgCnt)',
      [
        { ID: 'Sales', Name: 'Sales', SubOrgCnt: 5, Super: null },
        { ID: 'US', Name: 'US', SubOrgCnt: 2, Super: { ID: 'Sales' } },
        { ID: 'US West', SubOrgCnt: 0, Super: { ID: 'US' } },
        { ID: 'US East', SubOrgCnt: 0 },
        { ID: 'EMEA', SubOrgCnt: 1 },
        { ID: 'EMEA Central', SubOrgCnt: 0, Super: { ID: 'EMEA' } },
      ],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},Unit/ID,${US})),compute(case(Unit eq Aggregation.rollupnode():Amount) as Own)/aggregate(Amount with sum as Incl,Own with sum as Excl))`,
      'Sales(Unit(),Incl,Excl)',
      [
        { Unit: { ID: 'US', Name: 'US' }, Incl: 19, Excl: null },
        { Unit: { ID: 'US West' }, Incl: 7, Excl: 7 },
        { Unit: { ID: 'US East' }, Incl: 12, Excl: 12 },
      ],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID)),filter(Aggregation.excludingdescendants())/aggregate(Amount with sum as Total))`,
      'Sales(UnitID,Total)',
      [
        { UnitID: 'Sales', Total: null },
        { UnitID: 'US', Total: null },
        { UnitID: 'US West', Total: 7 },
        { UnitID: 'US East', Total: 12 },
        { UnitID: 'EMEA', Total: null },
        { UnitID: 'EMEA Central', Total: 5 },
      ],
    ],
    [
      `Sales?$apply=filter(ID lt 4)/groupby((rolluprecursive(${TREE},Unit/ID)),aggregate($count as N))&$select=N&$expand=Unit($select=ID)`,
      'Sales(Unit(ID),N)',
      [
        { Unit: { ID: 'Sales' }, N: 3 },
        { Unit: { ID: 'US' }, N: 3 },
        { Unit: { ID: 'US West' }, N: 3 },
        { Unit: { ID: 'US East' }, N: 0 },
        { Unit: { ID: 'EMEA' }, N: 0 },
        { Unit: { ID: 'EMEA Central' }, N: 0 },
      ],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},Unit/ID),Product/Color),aggregate(Amount with sum as Total))/filter(Total gt 4 and Unit/ID ne 'Sales')/orderby(Unit/Name,Product/Color)&$expand=Unit($select=ID),Product`,
      'Sales(Unit(ID),Product(Color),Total)',
      [
        { Unit: { ID: 'EMEA' }, Product: { Color: 'White' }, Total: 5 },
        { Unit: { ID: 'EMEA Central' }, Product: { Color: 'White' }, Total: 5 },
        { Unit: { ID: 'US' }, Product: { Color: 'Brown' }, Total: 12 },
        { Unit: { ID: 'US' }, Product: { Color: 'White' }, Total: 7 },
        { Unit: { ID: 'US East' }, Product: { Color: 'Brown' }, Total: 8 },
      ],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID,${US}),rollup(Paid)),aggregate($count as N))/orderby(UnitID,N)`,
      'Sales(UnitID,Paid,N)',
      [
        { UnitID: 'US', Paid: false, N: 1 },
        { UnitID: 'US', Paid: true, N: 2 },
        { UnitID: 'US', Paid: null, N: 2 },
        { UnitID: 'US East', Paid: null, N: 2 },
        { UnitID: 'US West', Paid: false, N: 1 },
        { UnitID: 'US West', Paid: true, N: 2 },
      ].toSorted((a, b) => (a.UnitID < b.UnitID ? -1 : a.UnitID > b.UnitID ? 1 : a.N - b.N)),
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID,filter(ID eq 'EMEA')),rolluprecursive(${TREE},Unit/ID,${US})),aggregate($count as N))&$expand=Unit($select=ID)`,
      'Sales(UnitID,Unit(ID),N)',
      ['US', 'US West', 'US East'].map((ID) => ({ UnitID: 'EMEA', Unit: { ID }, N: 0 })),
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID,${US}),rolluprecursive(${TREE},Unit/ID,${US})),filter(Aggregation.rollupnode(Position=2)/ID ne 'US')/aggregate($count as N))/filter(N gt 0)&$expand=Unit($select=ID)`,
      'Sales(UnitID,Unit(ID),N)',
      [
        { UnitID: 'US', Unit: { ID: 'US West' }, N: 3 },
        { UnitID: 'US', Unit: { ID: 'US East' }, N: 2 },
        { UnitID: 'US West', Unit: { ID: 'US West' }, N: 3 },
        { UnitID: 'US East', Unit: { ID: 'US East' }, N: 2 },
      ],
    ],
    [
      `Sales?$apply=groupby((CustomerID),groupby((rolluprecursive(${TREE},UnitID,${US})),aggregate($count as N)))/filter(CustomerID ne 'C3')/orderby(UnitID,CustomerID)`,
      'Sales(CustomerID,UnitID,N)',
      [
        { CustomerID: 'C1', UnitID: 'US', N: 3 },
        { CustomerID: 'C2', UnitID: 'US', N: 2 },
        { CustomerID: 'C1', UnitID: 'US East', N: 0 },
        { CustomerID: 'C2', UnitID: 'US East', N: 2 },
        { CustomerID: 'C1', UnitID: 'US West', N: 3 },
        { CustomerID: 'C2', UnitID: 'US West', N: 0 },
      ],
    ],
    [
      `Products?$apply=join(Sales as Sale,groupby((rolluprecursive(${TREE},UnitID,filter(ID eq 'EMEA Central'))),aggregate($count as N)))&$select=ID`,
      'Products(ID,Sale(UnitID,N))',
      [
        { ID: 'P1', Sale: { UnitID: 'EMEA Central', N: 1 } },
        { ID: 'P2', Sale: { UnitID: 'EMEA Central', N: 0 } },
        { ID: 'P3', Sale: { UnitID: 'EMEA Central', N: 2 } },
      ],
    ],
    [
      `Products?$apply=filter(ID eq 'P4')/addnested(Sales,groupby((rolluprecursive(${TREE},UnitID,filter(ID eq 'EMEA'))),aggregate($count as N)) as By)&$select=ID`,
      'Products(ID,By(UnitID,N))',
      [{ ID: 'P4', By: [{ UnitID: 'EMEA', N: 0 }] }],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID,${US})),topcount(1,Amount))&$select=ID,UnitID`,
      'Sales(ID,UnitID)',
      [
        { ID: 4, UnitID: 'US' },
        { ID: 3, UnitID: 'US West' },
        { ID: 4, UnitID: 'US East' },
      ],
    ],
    [
      `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID,filter(false))),aggregate($count as N))`,
      'Sales(UnitID,N)',
      [],
    ],
    [
      `Units?$apply=groupby((rolluprecursive(${TREE},ID,${US})))&$select=ID`,
      'Units(ID)',
      [{ ID: 'US' }, { ID: 'US West' }, { ID: 'US East' }],
    ],
  ])('%s', async (url, context, value) => {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect({ status, json }).toMatchObject({ status: 200, json: { value } });
    expect(json['@odata.context'].split('#')[1]).toBe(context);
  });

  it.each<[string, number, RegExp]>([
    ['groupby((rolluprecursive()))', 400, /./],
    [`groupby((rolluprecursive(${TREE})))`, 400, /third parameter/],
    ['groupby((rolluprecursive($root/Units,Nope,UnitID)))', 400, /no recursive hierarchy 'Nope'/],
    [`groupby((rolluprecursive(${TREE},Amount)))`, 400, /'Edm.String'/],
    [`groupby((rolluprecursive(${TREE},UnitID,aggregate($count as N))))`, 400, /only leave rows out/],
    [`groupby((rolluprecursive(${TREE},UnitID,keep start)))`, 400, /mean nothing/],
    [
      `groupby((rolluprecursive(${TREE},UnitID)),aggregate($count as N)/filter(Aggregation.excludingdescendants()))`,
      400,
      /no node/,
    ],
    ['filter(Aggregation.excludingdescendants())', 400, /no node/],
    [
      `groupby((rolluprecursive(${TREE},UnitID)),filter(Aggregation.rollupnode(Position=2)/ID eq 'US'))`,
      400,
      /no node/,
    ],
    [
      `groupby((rolluprecursive(${TREE},UnitID)),filter(Aggregation.rollupnode(Place=2)/ID eq 'US'))`,
      400,
      /Position alone/,
    ],
    [`groupby((rolluprecursive(${TREE},UnitID)),aggregate($count as N))/filter(Amount gt 1)`, 400, /'Amount'/],
    [
      `groupby((${Array.from({ length: 6 }).fill(`rolluprecursive(${TREE},UnitID)`).join(',')}))`,
      400,
      /more than 5 joins/,
    ],
  ])('%s: %d', async (text, status, message) => {
    const { status: answered, json } = await service.send('GET', encodeURI(`Sales?$apply=${text}`));
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });

  it('ends where parents lead in a circle, which no hierarchy has', async () => {
    expect((await service.send('PATCH', "Units('Sales')", { json: { SuperID: 'US West' } })).status).toBe(204);
    const url = `Sales?$apply=groupby((rolluprecursive(${TREE},UnitID)),aggregate($count as N))&$filter=UnitID eq 'US'`;
    const { json } = await service.send('GET', encodeURI(url));
    expect(json.value).toMatchObject([{ UnitID: 'US', N: 8 }]);
  });

  it('is the same as filtering for each node and transforming what is left', async () => {
    const nodes = ['Sales', 'US', 'US West', 'US East', 'EMEA', 'EMEA Central'];
    const transformations = fc.constantFrom(
      'aggregate($count as N,Amount with sum as Total)',
      'groupby((CustomerID),aggregate(Amount with max as Most))',
      'filter(Amount gt 2)/aggregate(Amount with average as Mean)',
      'topcount(2,Amount)/aggregate(Amount with min as Least)',
      'compute(Amount mul 2 as Twice)/groupby((Paid),aggregate(Twice with sum as Sum)/filter(Sum gt 3))',
      'concat(aggregate($count as N),aggregate(Pieces with sum as P))',
      'aggregate(Customer/Name with countdistinct as Names,$count from Product with max as Sold)',
      'nest(groupby((Status)) as States)',
    );
    const subset = fc.subarray(nodes, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(transformations, subset, fc.integer({ min: 0, max: 9 }), async (inner, taken, most) => {
        const isTaken = `ID in (${taken.map((each) => `'${each}'`).join(',')})`;
        const kept = `filter(${isTaken})`;
        const all = await service.send(
          'GET',
          encodeURI(`Sales?$apply=filter(ID le ${most})/groupby((rolluprecursive(${TREE},UnitID,${kept})),${inner})`),
        );
        expect(all.status).toBe(200);
        const expected: object[] = [];
        for (const node of nodes.filter((each) => taken.includes(each))) {
          const test = `Aggregation.isdescendant(HierarchyNodes=$root/Units,HierarchyQualifier='Tree',Node=UnitID,Ancestor='${node}',IncludeSelf=true)`;
          const { status, json } = await service.send(
            'GET',
            encodeURI(`Sales?$apply=filter(ID le ${most})/filter(${test})/${inner}`),
          );
          expect(status).toBe(200);
          expected.push(...json.value.map((row: object) => ({ UnitID: node, ...row })));
        }
        const sorted = (rows: readonly object[]): string[] =>
          rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();
        expect(sorted(all.json.value)).toEqual(sorted(expected));
      }),
      { numRuns: 40 },
    );
  });
});
