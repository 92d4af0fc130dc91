// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { describe, expect, it } from '@jest/globals';

import { useSales } from './sales.js';

const { service, read } = useSales();

describe('what is joined with, or added to, what transformations made [OData-Aggregation 3.4.3, 3.5.1]', () => {
  it.each<[string, object[]]>([
    [
      'Products?$apply=addnested(Sales,filter(Amount gt 1) as G)/addnested(G,filter(Amount gt 3)/compute(Amount mul 2 as T) as H)&$select=ID&$expand=G($select=ID),H($select=ID,T)',
      [
        { ID: 'P1', G: [{ ID: 2 }, { ID: 6 }], H: [] },
        {
          ID: 'P2',
          G: [{ ID: 3 }, { ID: 4 }],
          H: [
            { ID: 3, T: 8 },
            { ID: 4, T: 16 },
          ],
        },
        { ID: 'P3', G: [{ ID: 5 }, { ID: 8 }], H: [{ ID: 5, T: 8 }] },
        { ID: 'P4', G: [], H: [] },
      ],
    ],
    [
      'Products?$apply=addnested(Sales,compute(Amount mul 2 as T) as G)/join(G as A,filter(T gt 4))/outerjoin(G as B,filter(T gt 8))&$select=ID,A/T,B/ID',
      [
        { ID: 'P2', A: { T: 8 }, B: { ID: 4 } },
        { ID: 'P2', A: { T: 16 }, B: { ID: 4 } },
        { ID: 'P3', A: { T: 8 }, B: null },
      ],
    ],
    [
      'Products?$apply=addnested(Sales,groupby((Customer/Country),aggregate(Amount with sum as T)) as By)/join(By as X)/groupby((X/Customer/Country),aggregate(X/T with sum as S))',
      [
        { X: { Customer: { Country: 'USA' } }, S: 19 },
        { X: { Customer: { Country: 'Netherlands' } }, S: 5 },
      ],
    ],
    [
      "Sales?$apply=groupby((ProductID),nest(addnested(Customer,compute(1 as One) as C) as All))/join(All as A)/filter(A/C/One eq 1 and A/C/Country ne 'USA')/groupby((ProductID,A/C/ID))",
      [
        { ProductID: 'P3', A: { C: { ID: 'C3' } } },
        { ProductID: 'P1', A: { C: { ID: 'C3' } } },
      ],
    ],
    [
      'Products?$apply=addnested(Sales,concat(topcount(1,Amount),aggregate($count as N)) as M)/join(M as X)/filter(X/N gt 2 or X/Amount gt 3)&$select=ID&$expand=X($select=ID,N)',
      [
        { ID: 'P2', X: { ID: 4 } },
        { ID: 'P3', X: { ID: 5 } },
        { ID: 'P3', X: { N: 4 } },
      ],
    ],
    [
      'Products?$apply=addnested(Sales,addnested(Customer,addnested(Sales,top(1) as D) as C) as G)/join(G as A)/join(A/C/D as E)/filter(A/C/D/any(d:d/ID eq E/ID))/groupby((ID,E/ID))/filter(E/ID gt 1)',
      [
        { ID: 'P1', E: { ID: 6 } },
        { ID: 'P2', E: { ID: 4 } },
        { ID: 'P3', E: { ID: 4 } },
        { ID: 'P3', E: { ID: 6 } },
      ],
    ],
    [
      "Sales?$apply=filter(ID le 4)/addnested(Customer,compute(1 as One) as C)/addnested(C,compute(One add 1 as Two) as D,addnested(Sales,aggregate($count as N) as All) as E)/filter(D/Two eq 2 and D/Name eq 'Sue')&$select=ID&$expand=C($select=One),D($select=ID,One,Two),E($select=ID)",
      [{ ID: 4, C: { One: 1 }, D: { ID: 'C2', One: 1, Two: 2 }, E: { ID: 'C2', All: [{ N: 2 }] } }],
    ],
    [
      'Sales?$apply=groupby((Customer/ID,Customer/Name),aggregate(Amount with sum as T))/addnested(Customer,compute(length(Name) as L) as D)/filter(T lt 6)',
      [{ Customer: { ID: 'C3', Name: 'Sue' }, T: 5, D: { ID: 'C3', Name: 'Sue', L: 3 } }],
    ],
    [
      "Customers?$apply=concat(addnested(Home,identity as H),identity)/addnested(H,compute(1 as Y) as I)/filter(ID in ('C1','C3'))&$select=ID,H,I",
      [
        { ID: 'C1', H: { City: 'Boston' }, I: { City: 'Boston', Y: 1 } },
        { ID: 'C3', H: null, I: null },
        { ID: 'C1' },
        { ID: 'C3' },
      ],
    ],
    [
      "$crossjoin(Sales,Products)?$apply=filter(Sales/ID lt 3 and Products/ID eq 'P1')/nest(identity as N)/join(N as M,filter(Sales/ID eq 2))/compute(M/Sales/Amount as A)",
      [{ M: { 'Sales@odata.navigationLink': 'Sales(2)' }, A: 2 }],
    ],
    [
      'Products?$apply=traverse($root/Units,Tree,Sales/Unit/ID,preorder)/join(Sales as S)/groupby((S/Unit/Name),aggregate($count as N))',
      [
        { S: { Unit: { Name: 'US West' } }, N: 3 },
        { S: { Unit: { Name: 'US East' } }, N: 2 },
        { S: { Unit: { Name: 'EMEA Central' } }, N: 2 },
      ],
    ],
  ])('%s', async (url, expected) => {
    const answer = await read(url);
    expect(answer).toMatchObject(expected);
    expect(answer).toHaveLength(expected.length);
  });

  it.each<[string, number, RegExp]>([
    ['addnested(Customer,compute(1 as One) as C)/addnested(C,compute(2 as One) as D)', 400, /'One' is used twice/],
    ['addnested(Customer,identity as C)/addnested(C,identity as C)', 400, /'C' is used twice/],
    [
      'addnested(Customer,compute(1 as One) as C)/addnested(C,filter(true) as D)',
      400,
      /only identity, compute and addnested/,
    ],
    ['addnested(Customer,compute(1 as One) as C)/addnested(C/Sales,identity as D)', 400, /more than one navigation/],
    ['nest(identity as N)/join(N as M)/join(M/Nothing as X)', 400, /'Nothing'/],
    ['nest(identity as N)/join(N/Customer as M)', 400, /goes through a collection/],
    ['nest(expand(Customer) as N)/join(N as M)', 501, /something is expanded/],
    [
      `nest(identity as N)${['A', 'B', 'C', 'D', 'E', 'F'].map((each) => `/join(N as ${each})`).join('')}`,
      400,
      /more than 5 joins/,
    ],
  ])('Sales?$apply=%s: %d', async (apply, status, message) => {
    const answer = await service.send('GET', encodeURI(`Sales?$apply=${apply}`));
    expect(answer.json.error.message).toMatch(message);
    expect(answer.status).toBe(status);
  });
});

describe('what is asked of rows within rows [OData-Protocol 11.2.5, OData-Aggregation 3.5.2]', () => {
  const N = 'nest(filter(ID lt 6) as N)';

  it.each<[string, string, object[]]>([
    [
      `${N}&$expand=N($count=true;$top=1;$filter=Amount gt 1;$select=ID)`,
      'Sales(N(ID))',
      [{ 'N@odata.count': 4, N: [{ ID: 2 }] }],
    ],
    [`${N}&$expand=N($count=false;$select=ID;$skip=4)`, 'Sales(N(ID))', [{ N: [{ ID: 5 }] }]],
    [`${N}&$expand=N/$count`, 'Sales', [{ 'N@odata.count': 5 }]],
    [`${N}&$expand=N/$count($filter=Amount gt 3)`, 'Sales', [{ 'N@odata.count': 3 }]],
    [
      `${N}&$expand=N/$ref($top=1;$count=true)`,
      'Sales',
      [{ 'N@odata.count': 5, N: [{ '@odata.id': 'http://host/service/Sales(1)' }] }],
    ],
    [
      'filter(ID eq 1)/nest(identity as N)&$expand=*/$ref',
      'Sales',
      [{ N: [{ '@odata.id': 'http://host/service/Sales(1)' }] }],
    ],
    [
      'groupby((ProductID),nest(groupby((CustomerID)) as N))/top(1)&$expand=N($count=true;$top=0)',
      'Sales(ProductID,N(CustomerID))',
      [{ ProductID: 'P3', 'N@odata.count': 3, N: [] }],
    ],
    [
      'filter(ID eq 1)/nest(addnested(Customer,addnested(Sales,identity as D) as C) as N)&$expand=N($select=ID;$expand=C($select=ID;$expand=D($count=true;$top=1;$select=ID)))',
      'Sales(N(ID,C(ID,D(ID))))',
      [{ N: [{ ID: 1, C: { ID: 'C1', 'D@odata.count': 3, D: [{ ID: 1 }] } }] }],
    ],
    [
      'concat(nest(top(1) as N),nest(identity as N))&$expand=N($count=true;$top=1;$select=ID)',
      'Sales(N(ID))',
      [
        { 'N@odata.count': 1, N: [{ ID: 1 }] },
        { 'N@odata.count': 8, N: [{ ID: 1 }] },
      ],
    ],
    [
      `${N}/expand(N,filter(Amount gt 3))/expand(N,filter(ID gt 3))/compute(N/$count as C)&$expand=N($count=true;$top=1;$select=ID)`,
      'Sales(N(ID),C)',
      [{ 'N@odata.count': 2, N: [{ ID: 4 }], C: 5 }],
    ],
    [
      `${N}/expand(N,expand(Customer))&$expand=N($top=1;$select=ID)`,
      'Sales(N(ID,Customer()))',
      [{ N: [{ ID: 1, Customer: { ID: 'C1' } }] }],
    ],
    [
      `concat(${N}/expand(N,filter(Amount gt 3)),nest(top(1) as N))&$expand=N($select=ID)`,
      'Sales(N(ID))',
      [{ N: [{ ID: 3 }, { ID: 4 }, { ID: 5 }] }, { N: [{ ID: 1 }] }],
    ],
    [
      `${N}/concat(identity,compute(1 as X))/expand(N,filter(Amount gt 3))&$expand=N($select=ID;$top=1)`,
      'Sales(N(ID))',
      [{ N: [{ ID: 3 }] }, { N: [{ ID: 3 }], X: 1 }],
    ],
  ])('%s', async (apply, context, expected) => {
    const { status, json } = await service.send('GET', encodeURI(`Sales?$apply=${apply}`));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value).toMatchObject(expected);
    expect(json.value).toHaveLength(expected.length);
    expect(json['@odata.context'].split('#')[1]).toBe(context);
    if (apply.includes('$expand=N/$count')) expect(Object.keys(json.value[0])).not.toContain('N');
  });

  it.each<[string, number, RegExp]>([
    [`${N}&$select=N($filter=ID eq 1)`, 400, /takes \$filter in \$expand/],
    [`${N}&$expand=N($levels=2)`, 400, /\$levels/],
    [
      'groupby((ProductID),nest(groupby((CustomerID)) as N))&$expand=N/$ref',
      400,
      /no entity that could be referred to/,
    ],
    [`${N}/expand(N,filter(Nothing gt 3))`, 400, /'Nothing'/],
    [`${N}/concat(expand(N,filter(Amount gt 3)),identity)`, 501, /in one way in some rows/],
    [`${N}/concat(expand(N,filter(Amount gt 3)),expand(N,filter(Amount gt 2)))`, 501, /in one way in some rows/],
    ['addnested(Customer,identity as C)&$expand=C($count=true)', 400, /single entity/],
    ['addnested(Customer,identity as C)&$expand=C/$count', 400, /single entity/],
  ])('%s: %d', async (apply, status, message) => {
    const answer = await service.send('GET', encodeURI(`Sales?$apply=${apply}`));
    expect(answer.json.error.message).toMatch(message);
    expect(answer.status).toBe(status);
  });
});
