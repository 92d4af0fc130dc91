/** Request, context and rows; names as the examples of the specification have them. */
export const EXAMPLES: readonly (readonly [url: string, context: string, value: readonly unknown[]])[] = [
  [
    'Sales?$apply=aggregate(Amount with sum as Total,Amount with max as MxA)',
    'Sales(Total,MxA)',
    [{ Total: 24, MxA: 8 }],
  ],
  ['Sales?$apply=aggregate(Amount mul Product/TaxRate with sum as Tax)', 'Sales(Tax)', [{ Tax: 2.08 }]],
  ['Sales?$apply=aggregate(Amount with average as AverageAmount)', 'Sales(AverageAmount)', [{ AverageAmount: 3 }]],
  [
    'Sales?$apply=aggregate(Product with countdistinct as DistinctProducts)',
    'Sales(DistinctProducts)',
    [{ DistinctProducts: 3 }],
  ],
  ['Sales?$apply=aggregate($count as SalesCount)', 'Sales(SalesCount)', [{ SalesCount: 8 }]],
  ['Sales?$apply=aggregate(Product/TaxRate with sum as Rates)', 'Sales(Rates)', [{ Rates: 0.26 }]],
  [
    'Sales?$apply=aggregate(Amount with sum from Day with average as DailyAverage)',
    'Sales(DailyAverage)',
    [{ DailyAverage: 24 / 7 }],
  ],
  [
    'Sales?$apply=groupby((Day),aggregate(Amount with sum as Total))/aggregate(Total with average as DailyAverage)',
    'Sales(DailyAverage)',
    [{ DailyAverage: 24 / 7 }],
  ],
  [
    'Sales?$apply=aggregate(Amount with sum from Day with average from Customer/Country with max as Most)',
    'Sales(Most)',
    [{ Most: 4.75 }],
  ],
  [
    'Sales?$apply=groupby((Customer/Country,Product/Name),aggregate(Amount with sum as Total))&$orderby=Customer/Country,Product/Name',
    'Sales(Customer(Country),Product(Name),Total)',
    [
      { Customer: { Country: 'Netherlands' }, Product: { Name: 'Paper' }, Total: 3 },
      { Customer: { Country: 'Netherlands' }, Product: { Name: 'Sugar' }, Total: 2 },
      { Customer: { Country: 'USA' }, Product: { Name: 'Coffee' }, Total: 12 },
      { Customer: { Country: 'USA' }, Product: { Name: 'Paper' }, Total: 5 },
      { Customer: { Country: 'USA' }, Product: { Name: 'Sugar' }, Total: 2 },
    ],
  ],
  [
    'Sales?$apply=groupby((Product/Name,Amount))&$orderby=Product/Name,Amount',
    'Sales(Product(Name),Amount)',
    [
      { Product: { Name: 'Coffee' }, Amount: 4 },
      { Product: { Name: 'Coffee' }, Amount: 8 },
      { Product: { Name: 'Paper' }, Amount: 1 },
      { Product: { Name: 'Paper' }, Amount: 2 },
      { Product: { Name: 'Paper' }, Amount: 4 },
      { Product: { Name: 'Sugar' }, Amount: 2 },
    ],
  ],
  [
    'Sales?$apply=groupby((rollup(Customer/Country,Customer/Name),rollup(Product/Category/Name,Product/Name)),aggregate(Amount with sum as Total))/aggregate($count as N)',
    'Sales(N)',
    [{ N: 7 + 15 }],
  ],
  [
    'Sales?$apply=groupby((rollup(Customer/Country,Customer/Name)),aggregate(Amount with sum as Total))',
    'Sales(Customer(Country),Total)',
    [
      { Customer: { Country: 'USA', Name: 'Joe' }, Total: 7 },
      { Customer: { Country: 'USA', Name: 'Sue' }, Total: 12 },
      { Customer: { Country: 'Netherlands', Name: 'Sue' }, Total: 5 },
      { Customer: { Country: 'USA' }, Total: 19 },
      { Customer: { Country: 'Netherlands' }, Total: 5 },
    ],
  ],
  [
    'Sales?$apply=groupby((rollup(null,CustomerID)),aggregate(Amount with sum as Total))',
    'Sales(CustomerID,Total)',
    [
      { CustomerID: 'C1', Total: 7 },
      { CustomerID: 'C2', Total: 12 },
      { CustomerID: 'C3', Total: 5 },
      { CustomerID: null, Total: 24 },
    ],
  ],
  [
    'Sales?$apply=groupby((rollup($all,CustomerID)),aggregate($count as N))/filter(CustomerID eq null)',
    'Sales(CustomerID,N)',
    [{ CustomerID: null, N: 8 }],
  ],
  [
    'Sales?$apply=groupby((rollup(CustomerID)))',
    'Sales(CustomerID)',
    [{ CustomerID: 'C1' }, { CustomerID: 'C2' }, { CustomerID: 'C3' }],
  ],
  ['Sales?$apply=topcount(2,Amount)&$select=ID', 'Sales(ID)', [{ ID: 4 }, { ID: 3 }]],
  ['Sales?$apply=bottomcount(2,Amount)&$select=ID', 'Sales(ID)', [{ ID: 1 }, { ID: 7 }]],
  ['Sales?$apply=toppercent(50,Amount)&$select=ID', 'Sales(ID)', [{ ID: 4 }, { ID: 3 }]],
  [
    'Sales?$apply=bottompercent(50,Amount)&$select=ID',
    'Sales(ID)',
    [{ ID: 1 }, { ID: 7 }, { ID: 2 }, { ID: 6 }, { ID: 8 }, { ID: 3 }],
  ],
  ['Sales?$apply=topsum(15,Amount)&$select=ID', 'Sales(ID)', [{ ID: 4 }, { ID: 3 }, { ID: 5 }]],
  ['Sales?$apply=bottomsum(7,Amount)&$select=ID', 'Sales(ID)', [{ ID: 1 }, { ID: 7 }, { ID: 2 }, { ID: 6 }, { ID: 8 }]],
  ['Sales?$apply=filter(Amount gt 3)&$select=ID', 'Sales(ID)', [{ ID: 3 }, { ID: 4 }, { ID: 5 }]],
  ['Sales?$apply=orderby(Customer/Name desc,ID)/skip(2)/top(2)&$select=ID', 'Sales(ID)', [{ ID: 6 }, { ID: 7 }]],
  ['Sales?$apply=search(west)/identity&$select=ID', 'Sales(ID)', [{ ID: 1 }, { ID: 2 }, { ID: 3 }]],
  [
    'Sales?$apply=compute(Amount mul Product/TaxRate as Tax)/filter(Tax gt 0.4)&$select=ID,Tax',
    'Sales(ID,Tax)',
    [
      { ID: 4, Tax: 0.48 },
      { ID: 5, Tax: 0.56 },
    ],
  ],
  ['Customers?$apply=groupby((Name))', 'Customers(Name)', [{ Name: 'Joe' }, { Name: 'Sue' }, { Name: 'Luc' }]],
  [
    'Sales?$apply=groupby((Customer/Name,Customer/ID))',
    'Sales(Customer(Name,ID))',
    [
      { Customer: { Name: 'Joe', ID: 'C1' } },
      { Customer: { Name: 'Sue', ID: 'C2' } },
      { Customer: { Name: 'Sue', ID: 'C3' } },
    ],
  ],
  [
    'Sales?$apply=groupby((Customer),aggregate(Amount with sum as Total))&$expand=Customer($select=ID,Country)',
    'Sales(Customer(ID,Country),Total)',
    [
      { Customer: { ID: 'C1', Country: 'USA' }, Total: 7 },
      { Customer: { ID: 'C2', Country: 'USA' }, Total: 12 },
      { Customer: { ID: 'C3', Country: 'Netherlands' }, Total: 5 },
    ],
  ],
  ['Customers?$apply=groupby((Home/City))', 'Customers(Home/City)', [{ Home: { City: 'Boston' } }, { Home: null }]],
  [
    'Products?$apply=groupby((Category/Name))',
    'Products(Category(Name))',
    [{ Category: { Name: 'Food' } }, { Category: { Name: 'Non-Food' } }, { Category: null }],
  ],
  [
    'Products?$apply=groupby((Category/Name))/groupby((Category/Name),aggregate($count as N))/filter(N eq 1)/aggregate($count as N2)',
    'Products(N2)',
    [{ N2: 3 }],
  ],
  [
    'Products?$apply=groupby((Name),aggregate(Sales/Amount with sum as Total,Sales/$count as N))',
    'Products(Name,Total,N)',
    [
      { Name: 'Sugar', Total: 4, N: 2 },
      { Name: 'Coffee', Total: 12, N: 2 },
      { Name: 'Paper', Total: 8, N: 4 },
      { Name: 'Pencil', Total: null, N: 0 },
    ],
  ],
  [
    'Products?$apply=join(Sales as Sale,aggregate(Amount with sum as Total))/groupby((Name,Sale/Total))',
    'Products(Name,Sale(Total))',
    [
      { Name: 'Sugar', Sale: { Total: 4 } },
      { Name: 'Coffee', Sale: { Total: 12 } },
      { Name: 'Paper', Sale: { Total: 8 } },
    ],
  ],
  [
    'Customers?$apply=outerjoin(Sales as ProductSales)/groupby((Country,ProductSales/Product/Name))',
    'Customers(Country,ProductSales(Product(Name)))',
    [
      { Country: 'USA', ProductSales: { Product: { Name: 'Paper' } } },
      { Country: 'USA', ProductSales: { Product: { Name: 'Sugar' } } },
      { Country: 'USA', ProductSales: { Product: { Name: 'Coffee' } } },
      { Country: 'Netherlands', ProductSales: { Product: { Name: 'Sugar' } } },
      { Country: 'Netherlands', ProductSales: { Product: { Name: 'Paper' } } },
      { Country: 'France', ProductSales: null },
    ],
  ],
  [
    'Products?$apply=outerjoin(Sales as Sale)/filter(Sale ne null)/groupby((ID),aggregate(Sale/Amount with max as Most))',
    'Products(ID,Most)',
    [
      { ID: 'P1', Most: 2 },
      { ID: 'P2', Most: 8 },
      { ID: 'P3', Most: 4 },
    ],
  ],
  [
    "Products?$apply=filter(ID eq 'P2')/join(Sales as Sale)&$select=ID&$expand=Sale($select=ID,Amount)",
    'Products(ID,Sale(ID,Amount))',
    [
      { ID: 'P2', Sale: { ID: 3, Amount: 4 } },
      { ID: 'P2', Sale: { ID: 4, Amount: 8 } },
    ],
  ],
  [
    'Sales?$apply=nest(groupby((Customer/ID)) as Customers)',
    'Sales(Customers(Customer(ID)))',
    [{ Customers: [{ Customer: { ID: 'C1' } }, { Customer: { ID: 'C2' } }, { Customer: { ID: 'C3' } }] }],
  ],
  [
    'Sales?$apply=concat(groupby((Customer/Country,Product/Name),aggregate(Amount with sum as Total))/groupby((Customer/Country),topcount(1,Total)),groupby((Customer/Country),aggregate(Amount with sum as Total)))',
    'Sales(Customer(Country),Total)',
    [
      { Customer: { Country: 'USA' }, Product: { Name: 'Coffee' }, Total: 12 },
      { Customer: { Country: 'Netherlands' }, Product: { Name: 'Paper' }, Total: 3 },
      { Customer: { Country: 'USA' }, Total: 19 },
      { Customer: { Country: 'Netherlands' }, Total: 5 },
    ],
  ],
  [
    'Sales?$apply=concat(topcount(1,Amount),aggregate(Amount with sum as Total))&$select=ID,Total',
    'Sales(@Core.AnyStructure)',
    [{ ID: 4 }, { Total: 24 }],
  ],
  [
    "Sales?$apply=concat(groupby((Customer),topcount(1,Amount))/compute('Customer' as per),groupby((Product),topcount(1,Amount))/compute('Product' as per))&$select=ID,per",
    'Sales(ID,per)',
    [
      { ID: 4, per: 'Customer' },
      { ID: 3, per: 'Customer' },
      { ID: 6, per: 'Customer' },
      { ID: 4, per: 'Product' },
      { ID: 5, per: 'Product' },
      { ID: 2, per: 'Product' },
    ],
  ],
  [
    'Sales?$apply=groupby((Customer/Country,Product/Name),topcount(2,Amount)/aggregate(Amount with sum as Total))/aggregate(Total with sum as All)',
    'Sales(All)',
    [{ All: 24 }],
  ],
  [
    'Sales?$apply=expand(Customer)/filter(ID eq 8)&$select=ID',
    'Sales(ID,Customer())',
    [{ ID: 8, Customer: { ID: 'C3', Name: 'Sue', Country: 'Netherlands', Home: null } }],
  ],
  [
    "Customers?$apply=expand(Sales,filter(Amount gt 3))/filter(ID eq 'C1')&$select=ID&$expand=Sales($select=ID)",
    'Customers(ID,Sales(ID))',
    [{ ID: 'C1', Sales: [{ ID: 1 }, { ID: 2 }, { ID: 3 }] }],
  ],
  [
    "Units?$apply=ancestors($root/Units,Tree,ID,filter(contains(Name,'East') or contains(Name,'Central')))&$select=ID",
    'Units(ID)',
    [{ ID: 'Sales' }, { ID: 'US' }, { ID: 'EMEA' }],
  ],
  [
    "Units?$apply=descendants($root/Units,Tree,ID,filter(Name eq 'US'),keep start)&$select=ID",
    'Units(ID)',
    [{ ID: 'US' }, { ID: 'US West' }, { ID: 'US East' }],
  ],
  [
    "Units?$apply=descendants($root/Units,Tree,ID,filter(Name eq 'Sales'),1)&$select=ID",
    'Units(ID)',
    [{ ID: 'US' }, { ID: 'EMEA' }],
  ],
  [
    "Units?$apply=descendants($root/Units,Tree,ID,filter(Name eq 'Sales'),filter(Name ne 'US'))&$select=ID",
    'Units(ID)',
    [{ ID: 'EMEA' }, { ID: 'EMEA Central' }],
  ],
  [
    "Units?$apply=descendants($root/Units,Tree,ID,Name eq 'US',keep start)/ancestors($root/Units,Tree,ID,contains(Name,'East'),keep start)/traverse($root/Units,Tree,ID,preorder)&$select=ID",
    'Units(ID)',
    [{ ID: 'US' }, { ID: 'US East' }],
  ],
  [
    'Units?$apply=traverse($root/Units,Tree,ID,preorder,Name desc)&$select=ID',
    'Units(ID)',
    ['Sales', 'US', 'US West', 'US East', 'EMEA', 'EMEA Central'].map((ID) => ({ ID })),
  ],
  [
    'Units?$apply=traverse($root/Units,Tree,ID,postorder,Name)&$select=ID',
    'Units(ID)',
    ['EMEA Central', 'EMEA', 'US East', 'US West', 'US', 'Sales'].map((ID) => ({ ID })),
  ],
  [
    "Sales?$apply=descendants($root/Units,Tree,UnitID,filter(UnitID eq 'US East'),keep start)/aggregate(Amount with sum as Total)",
    'Sales(Total)',
    [{ Total: 12 }],
  ],
  [
    'Customers?$apply=addnested(Sales,filter(Amount gt 3)/orderby(Amount desc) as FilteredSales)&$select=ID,FilteredSales',
    'Customers(ID,FilteredSales())',
    [
      { ID: 'C1', FilteredSales: [{ ID: 3, Amount: 4 }] },
      { ID: 'C2', FilteredSales: [{ ID: 4, Amount: 8 }, { ID: 5 }] },
      { ID: 'C3', FilteredSales: [] },
      { ID: 'C4', FilteredSales: [] },
    ],
  ],
  [
    "Customers?$apply=orderby(ID desc)/addnested(Sales,topcount(1,Amount) as Best,groupby((Product/Name),aggregate(Amount with sum as Total))/orderby(Total) as By)/filter(Country eq 'USA')&$select=ID",
    'Customers(ID,Best(),By(Product(Name),Total))',
    [
      {
        ID: 'C2',
        Best: [{ ID: 4 }],
        By: [
          { Product: { Name: 'Paper' }, Total: 4 },
          { Product: { Name: 'Coffee' }, Total: 8 },
        ],
      },
      {
        ID: 'C1',
        Best: [{ ID: 3 }],
        By: [
          { Product: { Name: 'Paper' }, Total: 1 },
          { Product: { Name: 'Sugar' }, Total: 2 },
          { Product: { Name: 'Coffee' }, Total: 4 },
        ],
      },
    ],
  ],
  [
    'Sales?$apply=addnested(Customer,compute(length(Name) as Size) as Buyer,addnested(Sales,aggregate($count as N) as All) as Shop)/filter(ID in (3,8) and Buyer/Size eq 3)&$select=ID',
    'Sales(ID,Buyer(*,Size),Shop(All(N)))',
    [
      { ID: 3, Buyer: { ID: 'C1', Name: 'Joe', Size: 3 }, Shop: { ID: 'C1', All: [{ N: 3 }] } },
      { ID: 8, Buyer: { ID: 'C3', Size: 3 }, Shop: { ID: 'C3', All: [{ N: 3 }] } },
    ],
  ],
  [
    'Sales?$apply=addnested(Product/shop.Food,addnested(Category,identity as Shelf) as Food)/top(2)&$select=ID',
    'Sales(ID,Food(Shelf()))',
    [
      { ID: 1, Food: null },
      { ID: 2, Food: { ID: 'P1', Rating: 5, Shelf: { ID: 'PG1' } } },
    ],
  ],
  [
    'Products?$apply=addnested(Category,identity as Shelf)/filter(Shelf eq null)&$select=ID',
    'Products(ID,Shelf())',
    [{ ID: 'P4', Shelf: null }],
  ],
  [
    'Sales?$apply=groupby((Customer),addnested(Product,identity as What)/topcount(1,Amount))&$select=ID&$expand=What($select=ID)',
    'Sales(ID,What(ID))',
    [
      { ID: 4, What: { ID: 'P2' } },
      { ID: 3, What: { ID: 'P2' } },
      { ID: 6, What: { ID: 'P1' } },
    ],
  ],
  [
    'Sales?$apply=nest(groupby((Customer/ID)) as Customers,aggregate($count as N) as Whole)',
    'Sales(Customers(Customer(ID)),Whole(N))',
    [
      {
        Customers: [{ Customer: { ID: 'C1' } }, { Customer: { ID: 'C2' } }, { Customer: { ID: 'C3' } }],
        Whole: [{ N: 8 }],
      },
    ],
  ],
  [
    'Sales?$apply=aggregate(Amount with sum from Day,CustomerID with max as Most,$count from CustomerID with average as Each)',
    'Sales(Most,Each)',
    [{ Most: 8, Each: 2.6666666666666665 }],
  ],
  [
    'Sales?$apply=aggregate(Amount with sum from CustomerID,Product/Color with max from CustomerID with min as Least)',
    'Sales(Least)',
    [{ Least: 4 }],
  ],
  [
    'Products?$apply=addnested(Sales,aggregate(Amount with sum as Total) as AggregatedSales)&$select=ID',
    'Products(ID,AggregatedSales(Total))',
    [
      { ID: 'P1', AggregatedSales: [{ Total: 4 }] },
      { ID: 'P2', AggregatedSales: [{ Total: 12 }] },
      { ID: 'P3', AggregatedSales: [{ Total: 8 }] },
      { ID: 'P4', AggregatedSales: [{ Total: null }] },
    ],
  ],
  [
    'Products?$apply=groupby((Color),filter(TaxRate gt 0.1)/aggregate($count as N,TaxRate with average as Mean,Sales with countdistinct as Sold,ID with max as Last))',
    'Products(Color,N,Mean,Sold,Last)',
    [
      { Color: 'Brown', N: 0, Mean: null, Sold: 0, Last: null },
      { Color: 'White', N: 1, Mean: 0.14, Sold: 4, Last: 'P3' },
      { Color: 'Black', N: 1, Mean: 0.14, Sold: 0, Last: 'P4' },
    ],
  ],
  [
    "Products?$apply=groupby((Color),topcount(1,TaxRate)/filter(Color ne 'Black')/nest(groupby((Name)) as Names,aggregate($count as N) as Number))",
    'Products(Color,Names(Name),Number(N))',
    [
      { Color: 'White', Names: [{ Name: 'Paper' }], Number: [{ N: 1 }] },
      { Color: 'Brown', Names: [{ Name: 'Coffee' }], Number: [{ N: 1 }] },
      { Color: 'Black', Names: [], Number: [{ N: 0 }] },
    ],
  ],
  [
    "Products?$apply=groupby((Color),filter(Name eq 'Coffee')/groupby((Name),aggregate($count as N))/aggregate(N with sum as Total))",
    'Products(Color,Total)',
    [
      { Color: 'White', Total: null },
      { Color: 'Brown', Total: 1 },
      { Color: 'Black', Total: null },
    ],
  ],
  ['Products?$apply=groupby((shop.Food/Rating))', 'Products(Rating)', [{ Rating: 5 }, { Rating: null }]],
];
