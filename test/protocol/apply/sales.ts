import { beforeEach, expect } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';

import { useService, type ServiceInTest } from '../service-in-test.js';

const value = (type: string, more: Record<string, string | number | boolean> = {}) => ({
  $Type: type,
  $Nullable: true,
  ...more,
});
const navigation = (type: string, more: Record<string, string | boolean | object> = {}) => ({
  $Kind: 'NavigationProperty',
  $Type: type,
  ...more,
});

const boundFunction = (type: string, parameters: readonly Readonly<Record<string, string>>[], result = type) => ({
  $Kind: 'Function',
  $IsBound: true,
  $Parameter: [{ $Name: 'it', $Type: type, $Collection: true }, ...parameters],
  $ReturnType: { $Type: result, $Collection: true },
});

/** The model of the examples in the specification, with a little of every kind of property. [OData-Aggregation 2.1] */
export const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'shop.Container',
  $Reference: {
    'https://docs.oasis-open.org/odata/vocabularies/Org.OData.Aggregation.V1.json': {
      $Include: [{ $Namespace: 'Org.OData.Aggregation.V1', $Alias: 'Aggregation' }],
    },
  },
  shop: {
    Status: { $Kind: 'EnumType', Open: 2, Paid: 1, Void: 0 },
    Place: { $Kind: 'ComplexType', City: value('Edm.String'), Zip: value('Edm.Int32') },
    Category: { $Kind: 'EntityType', $Key: ['ID'], ID: {}, Name: value('Edm.String') },
    Product: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Name: value('Edm.String'),
      Color: value('Edm.String'),
      TaxRate: value('Edm.Decimal', { $Scale: 'variable' }),
      Category: navigation('shop.Category', { $Nullable: true, $Partner: 'Products' }),
      Sales: navigation('shop.Sale', { $Collection: true, $Partner: 'Product' }),
    },
    Food: { $Kind: 'EntityType', $BaseType: 'shop.Product', Rating: value('Edm.Byte') },
    Customer: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Name: value('Edm.String'),
      Country: value('Edm.String'),
      Home: value('shop.Place'),
      Sales: navigation('shop.Sale', { $Collection: true, $Partner: 'Customer' }),
    },
    Sale: {
      $Kind: 'EntityType',
      '@Org.OData.Aggregation.V1.CustomAggregate#Budget': 'Edm.Decimal',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Amount: value('Edm.Decimal', { $Scale: 'variable' }),
      Weight: value('Edm.Double'),
      Pieces: value('Edm.Int32'),
      Serial: value('Edm.Int64'),
      Day: value('Edm.Date'),
      At: value('Edm.DateTimeOffset', { $Precision: 7 }),
      Took: value('Edm.Duration'),
      Status: value('shop.Status'),
      Paid: value('Edm.Boolean'),
      Tags: { $Type: 'Edm.String', $Collection: true },
      CustomerID: value('Edm.String'),
      ProductID: value('Edm.String'),
      UnitID: value('Edm.String'),
      Customer: navigation('shop.Customer', {
        $Nullable: true,
        $Partner: 'Sales',
        $ReferentialConstraint: { CustomerID: 'ID' },
      }),
      Product: navigation('shop.Product', {
        $Nullable: true,
        $Partner: 'Sales',
        $ReferentialConstraint: { ProductID: 'ID' },
      }),
      Unit: navigation('shop.Unit', { $Nullable: true, $ReferentialConstraint: { UnitID: 'ID' } }),
    },
    Unit: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Name: value('Edm.String'),
      SuperID: value('Edm.String'),
      Super: navigation('shop.Unit', { $Nullable: true, $ReferentialConstraint: { SuperID: 'ID' } }),
      '@Org.OData.Aggregation.V1.RecursiveHierarchy#Tree': { NodeProperty: 'ID', ParentNavigationProperty: 'Super' },
    },
    topSales: [boundFunction('shop.Sale', [])],
    dear: [
      boundFunction('shop.Sale', [{ $Name: 'least', $Type: 'Edm.Decimal', $Scale: 'variable' }]),
      boundFunction('shop.Product', []),
    ],
    foods: [boundFunction('shop.Product', [], 'shop.Food')],
    others: [boundFunction('shop.Sale', [])],
    count: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [{ $Name: 'it', $Type: 'shop.Sale', $Collection: true }],
        $ReturnType: { $Type: 'Edm.Int64' },
      },
    ],
    Container: {
      $Kind: 'EntityContainer',
      Categories: {
        $Collection: true,
        $Type: 'shop.Category',
        $NavigationPropertyBinding: { Products: 'Products' },
      },
      Products: {
        $Collection: true,
        $Type: 'shop.Product',
        $NavigationPropertyBinding: { Category: 'Categories', Sales: 'Sales' },
      },
      Customers: { $Collection: true, $Type: 'shop.Customer', $NavigationPropertyBinding: { Sales: 'Sales' } },
      Sales: {
        $Collection: true,
        $Type: 'shop.Sale',
        $NavigationPropertyBinding: { Customer: 'Customers', Product: 'Products', Unit: 'Units' },
      },
      Units: { $Collection: true, $Type: 'shop.Unit', $NavigationPropertyBinding: { Super: 'Units' } },
    },
  },
};

/** Rows of the examples, as they are posted; sets that others refer to come first. */
export const rows: readonly (readonly [set: string, row: object])[] = [
  ['Categories', { ID: 'PG1', Name: 'Food' }],
  ['Categories', { ID: 'PG2', Name: 'Non-Food' }],
  [
    'Products',
    {
      '@odata.type': '#shop.Food',
      ID: 'P1',
      Name: 'Sugar',
      Color: 'White',
      TaxRate: 0.06,
      Rating: 5,
      'Category@odata.bind': "Categories('PG1')",
    },
  ],
  [
    'Products',
    {
      '@odata.type': '#shop.Food',
      ID: 'P2',
      Name: 'Coffee',
      Color: 'Brown',
      TaxRate: 0.06,
      'Category@odata.bind': "Categories('PG1')",
    },
  ],
  ['Products', { ID: 'P3', Name: 'Paper', Color: 'White', TaxRate: 0.14, 'Category@odata.bind': "Categories('PG2')" }],
  ['Products', { ID: 'P4', Name: 'Pencil', Color: 'Black', TaxRate: 0.14 }],
  ['Customers', { ID: 'C1', Name: 'Joe', Country: 'USA', Home: { City: 'Boston', Zip: 1 } }],
  ['Customers', { ID: 'C2', Name: 'Sue', Country: 'USA', Home: { City: 'Boston', Zip: 2 } }],
  ['Customers', { ID: 'C3', Name: 'Sue', Country: 'Netherlands', Home: null }],
  ['Customers', { ID: 'C4', Name: 'Luc', Country: 'France' }],
  ['Units', { ID: 'Sales', Name: 'Sales' }],
  ['Units', { ID: 'US', Name: 'US', SuperID: 'Sales' }],
  ['Units', { ID: 'US West', Name: 'US West', SuperID: 'US' }],
  ['Units', { ID: 'US East', Name: 'US East', SuperID: 'US' }],
  ['Units', { ID: 'EMEA', Name: 'EMEA', SuperID: 'Sales' }],
  ['Units', { ID: 'EMEA Central', Name: 'EMEA Central', SuperID: 'EMEA' }],
  [
    'Sales',
    {
      ID: 1,
      Amount: 1,
      Weight: 0.5,
      Pieces: 3,
      Day: '2022-01-03',
      At: '2022-01-03T10:00:00Z',
      Took: 'PT1M',
      Status: 'Open',
      Paid: true,
      Tags: ['a', 'b'],
      CustomerID: 'C1',
      ProductID: 'P3',
      UnitID: 'US West',
    },
  ],
  [
    'Sales',
    {
      ID: 2,
      Amount: 2,
      Weight: 1.5,
      Pieces: 4,
      Day: '2022-04-10',
      At: '2022-04-10T10:00:00.5Z',
      Took: 'PT2M',
      Status: 'Paid',
      Paid: false,
      Tags: ['b'],
      CustomerID: 'C1',
      ProductID: 'P1',
      UnitID: 'US West',
    },
  ],
  [
    'Sales',
    {
      ID: 3,
      Amount: 4,
      Pieces: 5,
      Day: '2022-08-07',
      Took: 'PT30S',
      Status: 'Void',
      Paid: true,
      CustomerID: 'C1',
      ProductID: 'P2',
      UnitID: 'US West',
    },
  ],
  [
    'Sales',
    {
      ID: 4,
      Amount: 8,
      Weight: 2,
      Day: '2022-01-03',
      Status: 'Open',
      CustomerID: 'C2',
      ProductID: 'P2',
      UnitID: 'US East',
    },
  ],
  ['Sales', { ID: 5, Amount: 4, Weight: 1, Day: '2022-11-09', CustomerID: 'C2', ProductID: 'P3', UnitID: 'US East' }],
  [
    'Sales',
    { ID: 6, Amount: 2, Weight: 1, Day: '2022-04-01', CustomerID: 'C3', ProductID: 'P1', UnitID: 'EMEA Central' },
  ],
  [
    'Sales',
    { ID: 7, Amount: 1, Weight: 1, Day: '2022-08-06', CustomerID: 'C3', ProductID: 'P3', UnitID: 'EMEA Central' },
  ],
  [
    'Sales',
    { ID: 8, Amount: 2, Weight: 1, Day: '2022-11-22', CustomerID: 'C3', ProductID: 'P3', UnitID: 'EMEA Central' },
  ],
];

export async function sell(service: ServiceInTest): Promise<void> {
  for (const [set, json] of rows) {
    const { status, text } = await service.send('POST', set, { json });
    if (status !== 201) throw new Error(`${set}: ${text}`);
  }
}

/** A service that has sold what there is anew before each test, and what it answers to a URL. */
export function useSales() {
  const service = useService(csdl);
  beforeEach(() => sell(service));
  const read = async (url: string): Promise<Record<string, unknown>[]> => {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect([url, status, json.error]).toEqual([url, 200, undefined]);
    return json.value;
  };
  return { service, read };
}
