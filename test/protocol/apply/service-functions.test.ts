import { beforeEach, describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../../src/behavior/index.js';
import { useService } from '../service-in-test.js';
import { csdl, sell } from './sales.js';

describe('functions of the service as transformations [OData-Aggregation 3]', () => {
  const service = useService(csdl, {
    behaviors: [
      defineBehavior({
        expression: {
          'shop.dear(Collection(shop.Sale),Edm.Decimal)':
            "$it/$filter(Amount ge @least)/$filter(Customer/Country eq 'USA')",
          'shop.dear(Collection(shop.Product))': '$it/$filter(Sales/any(s:s/Amount gt 3))',
          'shop.foods': '$it/shop.Food',
          'shop.others': '$root/Sales/$filter(Amount lt 2)',
          'shop.count': '$it/$count',
        },
      }),
    ],
  });
  beforeEach(() => sell(service));

  it.each<[string, object[]]>([
    ['Sales?$apply=shop.dear(least=4)&$select=ID', [{ ID: 3 }, { ID: 4 }, { ID: 5 }]],
    ['Sales?$apply=shop.dear(least=@l)&$select=ID&@l=8', [{ ID: 4 }]],
    ['Sales?$apply=filter(ID ne 3)/shop.dear(least=4)/aggregate(Amount with sum as Total)', [{ Total: 12 }]],
    ['Sales?$apply=compute(Amount mul 2 as Twice)/shop.dear(least=8)&$select=ID,Twice', [{ ID: 4, Twice: 16 }]],
    [
      'Sales?$apply=groupby((CustomerID),shop.dear(least=2)/aggregate($count as N))',
      [
        { CustomerID: 'C1', N: 2 },
        { CustomerID: 'C2', N: 2 },
        { CustomerID: 'C3', N: 0 },
      ],
    ],
    ['Sales?$apply=concat(shop.dear(least=8),shop.dear(least=8))&$select=ID', [{ ID: 4 }, { ID: 4 }]],
    ['Products?$apply=shop.foods()/shop.dear()/compute(shop.Food/Rating as R)&$select=ID,R', [{ ID: 'P2', R: null }]],
    [
      "Customers?$apply=filter(ID eq 'C2')/addnested(Sales,shop.dear(least=5) as Dear)&$select=ID",
      [{ ID: 'C2', Dear: [{ ID: 4 }] }],
    ],
  ])('%s', async (url, expected) => {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect({ status, json }).toMatchObject({ status: 200, json: { value: expected } });
  });

  it.each<[string, number, RegExp]>([
    ['shop.dear()', 400, /does not take these parameters/],
    ["shop.dear(least='x')", 400, /'least'/],
    ['shop.foods()', 400, /no function that could be called here/],
    ['shop.topSales()', 501, /'expression'/],
    ['shop.others()', 501, /gives more than some of the rows/],
    ['shop.count()', 400, /gives no collection/],
    ['groupby((CustomerID))/shop.dear(least=1)', 400, /no entities any more/],
    [`${'shop.dear(least=1)/'.repeat(100)}identity`, 400, /more than 100 transformations/],
  ])('%s: %d', async (text, status, message) => {
    const { status: answered, json } = await service.send('GET', encodeURI(`Sales?$apply=${text}`));
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });
});
