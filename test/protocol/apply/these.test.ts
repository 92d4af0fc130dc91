// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

const service = useService(csdl);
beforeEach(() => sell(service));

const get = (url: string) => service.send('GET', encodeURI(url));

describe('expressions about a collection [OData-Aggregation 3.6]', () => {
  it.each<[string, unknown[]]>([
    ['Sales?$filter=Amount mul 3 ge $these/aggregate(Amount with sum)&$select=ID', [{ ID: 4 }]],
    ['Products?$filter=Sales/aggregate(Amount mul $it/TaxRate with sum) gt 1&$select=ID', [{ ID: 'P3' }]],
    ['Products?$filter=Sales/any(s:s/Amount ge Sales/aggregate(Amount with average) mul 2)&$select=ID', [{ ID: 'P3' }]],
    [
      'Products?$filter=Sales/any(s:s/Customer/Sales/aggregate(Amount with sum) eq 12)&$select=ID',
      [{ ID: 'P2' }, { ID: 'P3' }],
    ],
    ['Sales?$apply=topcount($these/$count div 3,Amount)&$select=ID', [{ ID: 4 }, { ID: 3 }]],
    [
      'Sales?$apply=groupby((CustomerID),topcount($these/$count div 2,Amount))&$select=ID',
      [{ ID: 4 }, { ID: 3 }, { ID: 6 }],
    ],
    [
      'Sales?$apply=groupby((CustomerID),filter(Amount eq $these/aggregate(Amount with max)))&$select=ID',
      [{ ID: 3 }, { ID: 4 }, { ID: 6 }, { ID: 8 }],
    ],
    [
      'Sales?$apply=groupby((CustomerID),topsum($these/aggregate(Amount with max),Amount))&$select=ID',
      [{ ID: 4 }, { ID: 3 }, { ID: 6 }],
    ],
    [
      'Sales?$apply=groupby((CustomerID),aggregate(Amount with sum as T))/compute(T mul 12 div $these/aggregate(T with sum) as Share)&$select=Share',
      [{ Share: 3.5 }, { Share: 6 }, { Share: 2.5 }],
    ],
    [
      'Sales?$apply=groupby((CustomerID),aggregate(Amount with sum as T))&$filter=T gt $these/aggregate(T with average)',
      [{ CustomerID: 'C2', T: 12 }],
    ],
    [
      'Sales?$apply=concat(filter(Amount eq $these/aggregate(Amount with max)),filter(ID eq 1)/compute($these/$count as N))&$select=ID,N',
      [{ ID: 4 }, { ID: 1, N: 1 }],
    ],
    [
      'Sales?$apply=groupby((rolluprecursive($root/Units,Tree,UnitID)),filter(Amount eq $these/aggregate(Amount with max))/aggregate($count as N))&$select=N',
      [1, 1, 1, 1, 2, 2].map((N) => ({ N })),
    ],
    ['Sales?$apply=filter(false)/topcount($these/$count,Amount)', []],
    [
      'Sales?$select=ID,Tags($filter=$these/$count gt 1)&$top=2',
      [
        { ID: 1, Tags: ['a', 'b'] },
        { ID: 2, Tags: [] },
      ],
    ],
    ["Sales?$select=Tags($filter=$this ne 'a';$orderby=$these/$count)&$top=1", [{ Tags: ['b'] }]],
    [
      '$crossjoin(Sales,Customers)?$filter=Sales/Amount eq $these/aggregate(Sales/Amount with max)&$orderby=Customers/ID desc&$top=1&$expand=Sales($select=ID)',
      [{ Sales: { ID: 4 }, 'Customers@odata.navigationLink': "Customers('C4')" }],
    ],
    [
      '$crossjoin(Sales,Customers)?$filter=@a and Sales/ID eq 1&$top=1&@a=$these/$count eq 32',
      [{ 'Sales@odata.navigationLink': 'Sales(1)' }],
    ],
    [
      '$crossjoin(Sales,Customers)?$filter=Sales/ID eq 1&$orderby=$these/$count sub Sales/ID,Customers/ID desc&$top=1',
      [{ 'Customers@odata.navigationLink': "Customers('C4')" }],
    ],
    ['Sales?$filter=Amount ge $these/aggregate(Amount with sum from CustomerID with average)&$select=ID', [{ ID: 4 }]],
    ['Sales?$orderby=Amount div $these/aggregate(Amount with sum) desc&$top=2&$select=ID', [{ ID: 4 }, { ID: 3 }]],
    [
      'Sales?$filter=ID le 2&$compute=Amount mul 12 div $these/aggregate(Amount with sum) as Share&$select=Share',
      [{ Share: 0.5 }, { Share: 1 }],
    ],
    [
      'Sales?$filter=ID le 2&$orderby=Amount eq $these/aggregate(Amount with max) desc&$select=ID',
      [{ ID: 2 }, { ID: 1 }],
    ],
    [
      'Products?$expand=Sales($filter=Amount eq $these/aggregate(Amount with max);$select=ID)&$select=ID',
      [{ Sales: [{ ID: 2 }, { ID: 6 }] }, { Sales: [{ ID: 4 }] }, { Sales: [{ ID: 5 }] }, { Sales: [] }],
    ],
    [
      'Products?$select=Total,N&$compute=Sales/aggregate(Amount with sum) as Total,Sales/$filter(Amount eq $these/aggregate(Amount with max))/$count as N',
      [
        { Total: 4, N: 2 },
        { Total: 12, N: 1 },
        { Total: 8, N: 1 },
        { Total: null, N: 0 },
      ],
    ],
    ['Products?$filter=Sales/aggregate($count) eq 2&$select=ID', [{ ID: 'P1' }, { ID: 'P2' }]],
    ['Sales/$filter(Amount eq $these/aggregate(Amount with max))?$select=ID', [{ ID: 4 }]],
    ['Sales?$filter=Amount eq $root/Sales/aggregate(Amount with max)&$select=ID', [{ ID: 4 }]],
    ['Customers?$filter=Sales/aggregate(Product/TaxRate with max) lt @t&@t=0.1&$select=ID', []],
    [
      '$crossjoin(Sales,Customers)?$apply=filter(Sales/Amount eq $these/aggregate(Sales/Amount with max) and Sales/CustomerID eq Customers/ID)/aggregate($count as N)',
      [{ N: 1 }],
    ],
  ])('%s', async (url, value) => {
    const { status, json } = await get(url);
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value).toMatchObject(value);
    expect(json.value).toHaveLength(value.length);
  });

  it('count and are counted', async () => {
    expect((await get('Sales/$count?$filter=Amount ge $these/aggregate(Amount with average)')).text).toBe('3');
    const { json } = await get('Sales?$filter=Amount ge $these/aggregate(Amount with average)&$count=true&$top=1');
    expect(json).toMatchObject({ '@odata.count': 3, value: [{ ID: 3 }] });
  });

  it.each<[string, number, RegExp]>([
    ['$these eq 1', 400, /behind \$these/],
    ['$these/ID eq 1', 400, /goes through a collection/],
    ['$these/Nope eq 1', 400, /'Nope'/],
    ['$these/aggregate(Nope with sum) eq 1', 400, /'Nope'/],
    ['$these/aggregate(Amount with sum as X) eq 1', 400, /closing parenthesis/],
    ['$these/aggregate(Amount) eq 1', 400, /needs an aggregation method/],
    ['$these/aggregate() eq 1', 400, /expression/],
    ['$these/aggregate(UnitID with sum) eq 1', 400, /cannot be aggregated/],
    ['Amount/aggregate(ID with sum) eq 1', 400, /needs a collection/],
    ['Tags/aggregate(ID with sum) eq 1', 400, /collections of entities/],
    ['Customer/aggregate(ID with max) eq 1', 400, /needs a collection/],
    ["$these/aggregate(Amount with sum) eq 'a'", 400, /./],
  ])('%s: %d', async (filter, status, message) => {
    const { status: answered, json } = await get(`Sales?$filter=${filter}`);
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });

  it.each<[string, number, RegExp]>([
    ['Sales?$apply=topcount($these/$count sub 8,Amount)', 400, /must be a positive integer/],
    ['Sales?$apply=topcount($these/aggregate(Amount with average),Amount)', 400, /positive integer/],
    ['Sales?$apply=filter($these/ID eq 1)', 400, /followed by \$count or aggregate/],
    ['$crossjoin(Sales,Customers)?$filter=$these/Nope eq 1', 400, /followed by \$count or aggregate/],
    ["Customers?$filter=ID eq 'C1'&$expand=Sales($select=Tags($filter=$these/$count gt 1))", 501, /'\$these' here/],
    ['Sales?$apply=groupby((ID,Tags))&$select=Tags($filter=$these/$count gt 1)', 400, /./],
  ])('%s: %d', async (url, status, message) => {
    const { status: answered, json } = await get(url);
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });
});
