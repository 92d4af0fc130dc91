// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import { BehaviorRegistry, defineBehavior, type Behavior } from '../../../src/behavior/index.js';
import { Model, type CsdlDocument } from '../../../src/edm/index.js';
import { odataProfile } from '../../../src/protocol/index.js';
import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

const TERM = '@Org.OData.Aggregation.V1.';
const shop = csdl['shop'] as Record<string, Record<string, object>>;

/** The shop with aggregates and methods of its own, at a type, a set and the container. */
const declaring: CsdlDocument = {
  ...csdl,
  shop: {
    ...shop,
    Sale: {
      ...shop['Sale'],
      [`${TERM}CustomAggregate#Amount`]: 'Edm.Decimal',
      [`${TERM}CustomAggregate#Share`]: 'Edm.Double',
      [`${TERM}CustomAggregate#Orphan`]: 'Edm.Decimal',
    },
    Container: {
      ...shop['Container'],
      [`${TERM}CustomAggregate#Pairs`]: 'Edm.Int32',
      [`${TERM}ApplySupportedDefaults`]: { CustomAggregationMethods: ['shop.spread', 'shop.unknown'] },
      Sales: {
        ...shop['Container']!['Sales'],
        [`${TERM}CustomAggregate#Forecast`]: 'Edm.Decimal',
        [`${TERM}ApplySupported`]: { CustomAggregationMethods: ['shop.first'] },
      },
    },
  },
};

const behavior = defineBehavior({
  aggregate: {
    'shop.Sale/Budget': 'aggregate(Amount with sum as Total)/compute(Total mul 2 as Twice)',
    'shop.Sale/Amount': 'aggregate(Amount with max as Most)',
    'shop.Sale/Share': 'aggregate(Amount with sum as A,Weight with sum as W)/compute(A as Share)',
    'shop.Container/Sales/Forecast':
      'filter(Amount gt 1)/aggregate(Budget as Planned)/compute(Planned add 1 as Forecast)',
    'shop.Container/Pairs': 'aggregate($count as Pairs)',
    'shop.spread': 'aggregate(value with max as high,value with min as low)/compute(high sub low as spread)',
    'shop.first': 'filter(value ne null)/orderby(value)/top(1)/aggregate(value with min as first)',
  },
});

describe('custom aggregates [OData-Aggregation 3.2.1.1, 5.2]', () => {
  const service = useService(declaring, { behaviors: [behavior] });
  const { send } = service;
  beforeEach(() => sell(service));

  it.each<[string, string, object[]]>([
    ['Sales?$apply=aggregate(Budget)', 'Sales(Budget)', [{ Budget: 48 }]],
    ['Sales?$apply=aggregate(Budget as B,Amount with sum as Total)', 'Sales(B,Total)', [{ B: 48, Total: 24 }]],
    ['Sales?$apply=aggregate(Amount)', 'Sales(Amount)', [{ Amount: 8 }]],
    ['Sales?$apply=aggregate(Forecast)', 'Sales(Forecast)', [{ Forecast: 45 }]],
    ['Sales?$apply=aggregate(Share)', 'Sales(Share)', [{ Share: 24 }]],
    ['Sales?$apply=aggregate(Pairs)', 'Sales(Pairs)', [{ Pairs: 8 }]],
    [
      'Sales?$apply=groupby((CustomerID),aggregate(Budget,Forecast))/orderby(CustomerID)',
      'Sales(CustomerID,Budget,Forecast)',
      [
        { CustomerID: 'C1', Budget: 14, Forecast: 13 },
        { CustomerID: 'C2', Budget: 24, Forecast: 25 },
        { CustomerID: 'C3', Budget: 10, Forecast: 9 },
      ],
    ],
    ['Sales?$apply=filter(ID gt 99)/aggregate(Budget,$count as N)', 'Sales(Budget,N)', [{ Budget: null, N: 0 }]],
    ['Sales?$apply=aggregate(Budget from CustomerID with max as Most)', 'Sales(Most)', [{ Most: 24 }]],
    ['Sales?$apply=aggregate(Amount from CustomerID as X)', 'Sales(X)', [{ X: 8 }]],
    ['Sales?$apply=aggregate(Amount from CustomerID,ProductID from CustomerID as X)', 'Sales(X)', [{ X: 8 }]],
    ['Sales?$apply=aggregate(Amount from CustomerID with min as X)', 'Sales(X)', [{ X: 2 }]],
    [
      'Sales?$apply=aggregate(Amount from CustomerID,ProductID with min from CustomerID with sum as X)',
      'Sales(X)',
      [{ X: 7 }],
    ],
    ['Sales?$apply=aggregate(Pairs from CustomerID as X)', 'Sales(X)', [{ X: 3 }]],
    ['Sales?$apply=aggregate(Pairs from Amount as X,Amount from Amount as Y)', 'Sales(X,Y)', [{ X: 4, Y: 8 }]],
    ['Sales?$apply=filter(false)/aggregate(Amount from CustomerID as X)', 'Sales(X)', [{ X: null }]],
    [
      'Sales?$apply=groupby((Product/Name),aggregate(Amount from CustomerID as X))/orderby(X)&$top=1',
      'Sales(Product(Name),X)',
      [{ Product: { Name: 'Sugar' }, X: 2 }],
    ],
    ['Products?$apply=aggregate(Sales/Budget as B)', 'Products(B)', [{ B: 48 }]],
    [
      "Products?$apply=filter(ID eq 'P1')/addnested(Sales,aggregate(Budget) as Sum)&$select=ID",
      'Products(ID,Sum(Budget))',
      [{ ID: 'P1', Sum: [{ Budget: 8 }] }],
    ],
    ['$crossjoin(Sales,Customers)?$apply=aggregate(Pairs)', 'Collection(Edm.ComplexType)', [{ Pairs: 32 }]],
    ['Sales?$apply=aggregate(Amount with shop.spread as S)', 'Sales(S)', [{ S: 7 }]],
    ['Sales?$apply=aggregate(Amount mul 2 with shop.spread as S)', 'Sales(S)', [{ S: 14 }]],
    ['Sales?$apply=aggregate(Product/TaxRate with shop.spread as S)', 'Sales(S)', [{ S: 0.08 }]],
    ['Products?$apply=aggregate(Sales/Amount with shop.spread as S)', 'Products(S)', [{ S: 7 }]],
    [
      'Sales?$apply=groupby((Paid),aggregate(Amount with shop.spread as S,CustomerID with shop.first as F))/orderby(F)',
      'Sales(Paid,S,F)',
      [{ F: 'C1' }, { F: 'C1' }, { F: 'C2' }],
    ],
    ['Sales?$apply=aggregate(Amount with shop.spread from CustomerID with sum as S)', 'Sales(S)', [{ S: 8 }]],
    ['Sales?$apply=aggregate(CustomerID with shop.first as F)', 'Sales(F)', [{ F: 'C1' }]],
  ])('%s', async (url, context, value) => {
    const { status, json } = await send('GET', encodeURI(url));
    expect({ status, json }).toMatchObject({ status: 200, json: { value } });
    expect(json.value).toHaveLength(value.length);
    expect(json['@odata.context'].split('#')[1]).toBe(context);
  });

  it.each<[string, number, RegExp]>([
    ['Sales?$apply=aggregate(Orphan)', 501, /no behaviour says what 'shop.Sale\/Orphan' means/],
    ['Sales?$apply=aggregate(Amount with shop.unknown as X)', 501, /no behaviour says what it means/],
    ['Sales?$apply=aggregate(Nothing)', 400, /needs an aggregation method/],
    ['Sales?$apply=aggregate(Weight)', 400, /needs an aggregation method/],
    ['Sales?$apply=aggregate(Amount with shop.nothing as X)', 400, /no custom aggregation method 'shop.nothing'/],
    ['Products?$apply=aggregate(Name with shop.first as X)', 400, /no custom aggregation method 'shop.first'/],
    ['Customers?$apply=aggregate(Forecast)', 400, /needs an aggregation method/],
    ['Products?$apply=aggregate(Sales/Budget)', 400, /needs an aggregation method and an alias/],
    ['Sales?$apply=aggregate(Budget,Budget)', 400, /used twice/],
    ['Sales?$apply=aggregate(Budget as Weight)', 400, /is a property/],
    ['Sales?$apply=aggregate(Budget from CustomerID as X)', 400, /'Budget' does not apply to these rows.*'Amount'/],
    ['Sales?$apply=aggregate(Budget from CustomerID)', 400, /needs an alias|aggregation method and an alias/],
    ['Sales?$apply=aggregate(Orphan from CustomerID as X)', 501, /no behaviour says what 'shop.Sale\/Orphan' means/],
    ['Products?$apply=aggregate(Sales/Amount from ID as X)', 400, /'Sales': the rows have 'ID'\./],
    ['Sales?$apply=aggregate(Weight from CustomerID as X)', 400, /needs an aggregation method/],
    ['Sales?$apply=aggregate(CustomerID with shop.spread as X)', 400, /does not apply to these rows/],
    ['Sales?$apply=groupby((CustomerID))/aggregate(Budget)', 400, /does not apply to these rows.*'Amount'/],
    [
      `Sales?$apply=aggregate(${Array.from({ length: 60 }, (_, at) => `Budget as B${String(at)}`).join(',')})`,
      400,
      /more than 100/,
    ],
  ])('%s: %d', async (url, status, message) => {
    const answer = await send('GET', encodeURI(url));
    expect(answer.json.error.message).toMatch(message);
    expect(answer.status).toBe(status);
  });
});

describe('a definition of an aggregate', () => {
  const model = new Model([declaring]);
  const registry = (aggregate: Behavior['aggregate']) =>
    new BehaviorRegistry(model, [defineBehavior({ aggregate: aggregate! })], odataProfile.path);

  it.each<[string, string, RegExp]>([
    ['shop.Sale/Nothing', 'aggregate($count as Nothing)', /'shop.Sale' does not declare/],
    ['shop.Nothing/Budget', 'aggregate($count as Budget)', /does not declare/],
    ['shop.nothing', 'aggregate($count as value)', /no ApplySupported annotation declares/],
    ['shop.Sale/Budget', 'aggregate(', /is wrong/],
    ['shop.Sale/Budget', 'filter(true)', /no single row/],
    ['shop.Sale/Budget', 'aggregate($count as Budget)/concat(identity,identity)', /no single row/],
    ['shop.Sale/Budget', 'aggregate(Amount with sum as Amount)', /is a property/],
    ['shop.Sale/Budget', 'aggregate(Nope with sum as Budget)', /is wrong/],
    ['shop.Sale/Budget', 'aggregate(CustomerID with max as Budget)', /makes 'Edm.String', not 'Edm.Decimal'/],
    ['shop.Sale/Budget', 'aggregate(Budget as B)/compute(B as Budget)', /more than 100 transformations|is wrong/],
  ])('%s: %s does not start', (name, text, problem) => {
    expect(() => registry({ [name]: text })).toThrow(problem);
  });

  it('stands once', () => {
    const behaviors = ['1', '2'].map((n) =>
      defineBehavior({ aggregate: { 'shop.spread': `aggregate(${n} with max as value)` } }),
    );
    expect(() => new BehaviorRegistry(model, behaviors, odataProfile.path)).toThrow(/defined twice/);
  });
});
