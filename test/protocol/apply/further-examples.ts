import type { EXAMPLES } from './examples.js';

/** `$select` and `$expand` within rows within rows. [OData-Aggregation 3.4.3, 3.5.2] */
export const NESTED_EXAMPLES: typeof EXAMPLES = [
  [
    "Customers?$apply=filter(ID eq 'C2')/addnested(Sales,topcount(1,Amount) as Best,filter(false) as None)&$select=ID&$expand=Best($select=ID;$expand=Product($select=Name;$expand=Category($select=ID)))",
    'Customers(ID,Best(ID,Product(Name,Category(ID))))',
    [{ ID: 'C2', Best: [{ ID: 4, Product: { Name: 'Coffee', Category: { ID: 'PG1' } } }] }],
  ],
  [
    'Sales?$apply=nest(groupby((CustomerID),aggregate(Amount with sum as Total)/filter(Total gt 6)) as By,filter(ID lt 2) as Few)&$select=By/Total&$expand=Few($select=*,ID;$expand=Customer($select=Name))',
    'Sales(By(Total),Few(*,Customer(Name)))',
    [{ By: [{ Total: 7 }, { Total: 12 }], Few: [{ ID: 1, Amount: 1, Customer: { Name: 'Joe' } }] }],
  ],
  [
    'Sales?$apply=nest(filter(ID lt 2)/nest(identity as A,aggregate($count as N) as C) as B)&$expand=B($expand=A($select=ID))',
    'Sales(B(A(ID)))',
    [{ B: [{ A: [{ ID: 1 }] }] }],
  ],
  [
    'Sales?$apply=concat(filter(ID eq 1),nest(filter(ID eq 2)/compute(1 as One) as L))&$expand=L($select=ID,One;$expand=Unit($select=ID))&$select=Amount',
    'Sales(@Core.AnyStructure)',
    [{ Amount: 1 }, { L: [{ ID: 2, One: 1, Unit: { ID: 'US West' } }] }],
  ],
];

/** Options of rows within rows. */
export const ROWS_EXAMPLES: typeof EXAMPLES = [
  [
    'Sales?$apply=nest(identity as N)&$expand=N($filter=Amount ge 4;$orderby=Amount desc,ID desc;$skip=1;$top=1;$select=ID)',
    'Sales(N(ID))',
    [{ N: [{ ID: 5 }] }],
  ],
  [
    'Customers?$apply=addnested(Sales,filter(Amount gt 1) as Big)&$select=ID&$expand=Big($orderby=Amount desc;$top=1;$compute=Amount mul 2 as Twice;$select=Twice)',
    'Customers(ID,Big(Twice))',
    [
      { ID: 'C1', Big: [{ Twice: 8 }] },
      { ID: 'C2', Big: [{ Twice: 16 }] },
      { ID: 'C3', Big: [{ Twice: 4 }] },
      { ID: 'C4', Big: [] },
    ],
  ],
  [
    'Sales?$apply=groupby((CustomerID),nest(identity as N))&$expand=N($filter=Amount eq $these/aggregate(Amount with max);$select=ID)',
    'Sales(CustomerID,N(ID))',
    [
      { CustomerID: 'C1', N: [{ ID: 3 }] },
      { CustomerID: 'C2', N: [{ ID: 4 }] },
      { CustomerID: 'C3', N: [{ ID: 6 }, { ID: 8 }] },
    ],
  ],
  [
    'Sales?$apply=nest(groupby((CustomerID),aggregate(Amount with sum as T)) as N)&$expand=N($apply=filter(T gt 5);$orderby=T;$search=c)',
    'Sales(N(CustomerID,T))',
    [
      {
        N: [
          { CustomerID: 'C1', T: 7 },
          { CustomerID: 'C2', T: 12 },
        ],
      },
    ],
  ],
  [
    'Sales?$apply=nest(nest(identity as M) as N)&$expand=N($expand=M($top=2;$select=ID))',
    'Sales(N(M(ID)))',
    [{ N: [{ M: [{ ID: 1 }, { ID: 2 }] }] }],
  ],
];

/** Expressions that depend on no row. [OData-Aggregation 3.3.1] */
export const RANK_EXAMPLES: typeof EXAMPLES = [
  ['Sales?$apply=topcount(1 add 1,Amount)&$select=ID', 'Sales(ID)', [{ ID: 4 }, { ID: 3 }]],
  ['Sales?$apply=topcount($root/Customers/$count div @n,Amount)&$select=ID&@n=4', 'Sales(ID)', [{ ID: 4 }]],
  ['Sales?$apply=toppercent(10 mul 5,Amount)&$select=ID', 'Sales(ID)', [{ ID: 4 }, { ID: 3 }]],
  ['Sales?$apply=bottomsum(2 sub 1,Amount)&$select=ID', 'Sales(ID)', [{ ID: 1 }]],
  // The sum of nothing is 0, which is enough from the outset.
  ['Sales?$apply=topsum(0,Amount)&$select=ID', 'Sales(ID)', []],
  ['Sales?$apply=bottomsum(0,Amount)&$select=ID', 'Sales(ID)', []],
  ['Sales?$apply=topsum(-3,Amount)&$select=ID', 'Sales(ID)', []],
  ['Sales?$apply=bottomsum(-3,Amount mul -1)&$select=ID', 'Sales(ID)', []],
  ['Sales?$apply=bottomsum(1 sub 2,Amount)&$select=ID', 'Sales(ID)', []],
  [
    'Sales?$apply=groupby((CustomerID),topcount(3 sub 2,Amount))&$select=ID',
    'Sales(ID)',
    [{ ID: 4 }, { ID: 3 }, { ID: 6 }],
  ],
];

/** Joined rows of different structure. [OData-Aggregation 3.5.1] */
export const JOIN_EXAMPLES: typeof EXAMPLES = [
  [
    "Products?$apply=filter(ID eq 'P2')/join(Sales as S)/concat(groupby((S/Amount)),identity)/filter(S/Amount ge 8 and S ne null)&$select=ID,S&$expand=S($select=Amount)",
    'Products(S(Amount))',
    [{ S: { Amount: 8 } }, { ID: 'P2', S: { Amount: 8 } }],
  ],
  [
    'Sales?$apply=groupby((Customer/Home/City))&$filter=Customer/Home ne null&$select=Customer',
    'Sales(Customer(Home/City))',
    [{ Customer: { Home: { City: 'Boston' } } }],
  ],
  [
    "Products?$apply=filter(ID in ('P2','P4'))/outerjoin(Sales as Sale,concat(topcount(1,Amount),aggregate(Amount with sum as Total)))&$select=ID",
    'Products(ID)',
    [
      { ID: 'P2', Sale: { ID: 4, Amount: 8 } },
      { ID: 'P2', Sale: { Total: 12 } },
      { ID: 'P4', Sale: null },
    ],
  ],
  [
    'Products?$apply=join(Sales as Sale,concat(topcount(1,Amount),aggregate(Amount with sum as Total)))/filter(Sale/Total ge 8 or Sale/Amount ge 8)/compute(Sale/ID as Which)&$select=ID,Which',
    'Products(ID,Which)',
    [
      { ID: 'P2', Which: 4 },
      { ID: 'P2', Which: null },
      { ID: 'P3', Which: null },
    ],
  ],
  [
    "Customers?$apply=concat(filter(ID eq 'C1'),filter(ID eq 'C2')/compute(1 as One))/join(Sales as S,concat(aggregate($count as N),groupby((Day),aggregate($count as M))/top(1)))&$select=ID,One",
    'Customers(ID,S(@Core.AnyStructure))',
    [
      { ID: 'C1', S: { N: 3 } },
      { ID: 'C1', S: { M: 1 } },
      { ID: 'C2', One: 1, S: { N: 2 } },
      { ID: 'C2', One: 1, S: { M: 1 } },
    ],
  ],
  [
    'Products?$apply=join(Sales as Sale,concat(identity,aggregate($count as N)))/groupby((ID),aggregate($count as All,Sale/N with sum as Sum))/orderby(ID)',
    'Products(ID,All,Sum)',
    [
      { ID: 'P1', All: 3, Sum: 2 },
      { ID: 'P2', All: 3, Sum: 2 },
      { ID: 'P3', All: 5, Sum: 4 },
    ],
  ],
];

/** What is expanded in different ways, and in the rows of cross joins. */
export const EXPAND_EXAMPLES: typeof EXAMPLES = [
  [
    "Products?$apply=filter(ID eq 'P1')/concat(expand(Sales,filter(ID eq 2)),expand(Sales,filter(ID eq 6))/compute(1 as One),expand(Category))&$select=ID,One",
    'Products(ID)',
    [
      { ID: 'P1', Sales: [{ ID: 2 }] },
      { ID: 'P1', One: 1, Sales: [{ ID: 6 }] },
      { ID: 'P1', Category: { ID: 'PG1', Name: 'Food' } },
    ],
  ],
  [
    "Products?$apply=filter(ID eq 'P1')/concat(join(Sales as S,top(1)/expand(Customer)),join(Sales as S,top(1)/expand(Unit)))&$select=ID",
    'Products(ID,S())',
    [
      { ID: 'P1', S: { ID: 2, Customer: { ID: 'C1' } } },
      { ID: 'P1', S: { ID: 2, Unit: { ID: 'US West' } } },
    ],
  ],
  [
    "Products?$apply=filter(ID eq 'P1')/concat(nest(identity as L),nest(groupby((Name)) as L))",
    'Products(L())',
    [{ L: [{ ID: 'P1', Name: 'Sugar' }] }, { L: [{ Name: 'Sugar' }] }],
  ],
  [
    '$crossjoin(Sales,Customers)?$apply=filter(Sales/CustomerID eq Customers/ID and Sales/ID eq 1)/expand(Sales,expand(Product))',
    'Collection(Edm.ComplexType)',
    [{ Sales: { ID: 1, Product: { ID: 'P3' } } }],
  ],
  [
    '$crossjoin(Sales,Customers)?$apply=filter(Sales/CustomerID eq Customers/ID and Sales/ID eq 1)/expand(Sales)/expand(Customers)&$expand=Sales($select=ID)',
    'Collection(Edm.ComplexType)',
    [{ Sales: { ID: 1 } }],
  ],
];
