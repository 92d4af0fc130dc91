import { beforeEach, describe, expect, it } from '@jest/globals';

import { ROOT, useService, type Answered } from '../service-in-test.js';
import { EXAMPLES } from './examples.js';
import { EXPAND_EXAMPLES, JOIN_EXAMPLES, NESTED_EXAMPLES, RANK_EXAMPLES, ROWS_EXAMPLES } from './further-examples.js';
import { csdl, sell } from './sales.js';

const service = useService(csdl);
beforeEach(() => sell(service));

interface Got {
  readonly status: number;
  readonly context: string;
  readonly value: unknown;
  readonly json: Answered['json'];
}

async function get(url: string): Promise<Got> {
  const { status, json } = await service.send('GET', encodeURI(url).replaceAll('+', '%2B'));
  const context = String(json['@odata.context']).replace(`${ROOT}/$metadata#`, '');
  return { status, context, value: withoutControl(json.value), json };
}

/** Control information apart, to compare rows with those of the specification. */
function withoutControl(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutControl);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes('@'))
      .map(([name, member]) => [name, withoutControl(member)]),
  );
}

describe('$apply [OData-Aggregation 3]', () => {
  it.each([...EXAMPLES, ...NESTED_EXAMPLES, ...RANK_EXAMPLES, ...JOIN_EXAMPLES, ...EXPAND_EXAMPLES, ...ROWS_EXAMPLES])(
    '%s',
    async (url, context, value) => {
      expect(await get(url)).toMatchObject({ status: 200, context, value });
    },
  );

  it('keeps entities whole where transformations only choose rows', async () => {
    const { json } = await get('Sales?$apply=filter(Amount gt 2)/orderby(Amount)/top(2)');
    const plain = await get('Sales?$filter=Amount gt 2&$orderby=Amount&$top=2');
    expect(json).toEqual(plain.json);
  });

  it('counts its result as a path does', async () => {
    const { text } = await service.send('GET', encodeURI('Sales/$count?$apply=groupby((Customer/Country))'));
    expect(text).toBe('2');
  });
});

describe('options behind $apply [OData-Aggregation 3]', () => {
  const totals = 'Sales?$apply=groupby((CustomerID),aggregate(Amount with sum as Total))';

  it.each<[string, unknown[]]>([
    [
      '$filter=Total gt 6',
      [
        { CustomerID: 'C1', Total: 7 },
        { CustomerID: 'C2', Total: 12 },
      ],
    ],
    [
      '$orderby=Total',
      [
        { CustomerID: 'C3', Total: 5 },
        { CustomerID: 'C1', Total: 7 },
        { CustomerID: 'C2', Total: 12 },
      ],
    ],
    ['$orderby=Total desc&$top=1', [{ CustomerID: 'C2', Total: 12 }]],
    ['$orderby=Total desc&$skip=1&$top=1', [{ CustomerID: 'C1', Total: 7 }]],
    ["$select=Total&$filter=CustomerID eq 'C1'", [{ Total: 7 }]],
    ['$select=*&$filter=Total eq 7', [{ CustomerID: 'C1', Total: 7 }]],
    ['$compute=Total mul 2 as Twice&$filter=Twice eq 14', [{ CustomerID: 'C1', Total: 7, Twice: 14 }]],
    ['$search=c3', [{ CustomerID: 'C3', Total: 5 }]],
    ['$search=NOT c3 AND NOT c1', [{ CustomerID: 'C2', Total: 12 }]],
    ['$top=0', []],
  ])('%s', async (options, value) => {
    expect(await get(`${totals}&${options}`)).toMatchObject({ status: 200, value });
  });

  it('$count is the number of rows whatever the page', async () => {
    const { json } = await get(`${totals}&$filter=Total gt 6&$top=1&$count=true`);
    expect(json['@odata.count']).toBe(2);
  });

  it('pages follow each other without keys', async () => {
    const seen: unknown[] = [];
    let url: string | undefined = encodeURI(`${totals}&$orderby=Total desc`);
    while (url !== undefined) {
      const { json, status } = await service.send('GET', url, { headers: { Prefer: 'odata.maxpagesize=2' } });
      expect(status).toBe(200);
      seen.push(...json.value.map((row: { CustomerID: string }) => row.CustomerID));
      url = json['@odata.nextLink'];
    }
    expect(seen).toEqual(['C2', 'C1', 'C3']);
    const { json } = await service.send('GET', encodeURI(totals), { headers: { Prefer: 'odata.maxpagesize=2' } });
    const forged = String(json['@odata.nextLink']).replace(/skiptoken=...../, 'skiptoken=AAAAA');
    expect((await service.send('GET', forged)).status).toBe(400);
  });
});

describe('types of made values [OData-JSON 4.6.3]', () => {
  it('are written where JSON does not tell', async () => {
    const text =
      'aggregate(Amount with sum as D,Weight with average as W,Pieces with sum as P,Day with min as Day1,At with max as A,Took with sum as T,Status with max as S,Paid with max as B,UnitID with min as U)';
    const { json } = await get(`Sales?$apply=${text}`);
    expect(json.value[0]).toEqual({
      'D@odata.type': '#Decimal',
      D: 24,
      W: 1.1428571428571428,
      'P@odata.type': '#Int64',
      P: 12,
      'Day1@odata.type': '#Date',
      Day1: '2022-01-03',
      'A@odata.type': '#DateTimeOffset',
      A: '2022-04-10T10:00:00.5Z',
      'T@odata.type': '#Duration',
      T: 'PT3M30S',
      'S@odata.type': '#shop.Status',
      S: 'Open',
      B: true,
      U: 'EMEA Central',
    });
  });

  it.each([
    ['application/json;odata.metadata=none', { value: [{ Pieces: 3, N: 1 }] }],
    [
      'application/json;odata.metadata=full;IEEE754Compatible=true',
      {
        '@odata.context': `${ROOT}/$metadata#Sales(Pieces,N)`,
        value: [{ 'Pieces@odata.type': '#Int32', Pieces: 3, 'N@odata.type': '#Decimal', N: '1' }],
      },
    ],
  ])('%s', async (Accept, expected) => {
    const url = encodeURI('Sales?$apply=filter(Pieces eq 3)/groupby((Pieces),aggregate($count as N))');
    const { json } = await service.send('GET', url, { headers: { Accept } });
    expect(json).toEqual(expected);
  });

  it('joined entities carry their context', async () => {
    const { json } = await get(
      "Products?$apply=filter(ID eq 'P1')/join(Sales as Sale,top(1))&$select=ID&$expand=Sale($select=ID)",
    );
    expect(json.value[0].Sale).toEqual({
      '@odata.context': `${ROOT}/$metadata#Sales(ID)/$entity`,
      '@odata.etag': expect.any(String),
      ID: 2,
    });
  });
});

describe('what $apply refuses', () => {
  it.each<[string, number, RegExp]>([
    ['groupby((Nope))', 400, /'Nope' on type 'shop.Sale'/],
    ['groupby((CustomerID))/filter(Amount gt 1)', 400, /'Amount': the rows have 'CustomerID'/],
    ['groupby((CustomerID),aggregate(Amount with sum as Total))&$filter=Totl gt 5', 400, /Did you mean 'Total'\?/],
    ['groupby((CustomerID))&$select=Amount', 400, /'Amount'/],
    ['groupby((Customer/Country))&$select=Customer/Name', 400, /'Name' in the path 'Customer\/Name'/],
    ['groupby((CustomerID))&$expand=Product', 400, /'Product'/],
    ['groupby((Tags))', 400, /leads to a collection/],
    ['groupby((Customer/Sales/Amount))', 400, /leads to a collection/],
    ['aggregate(Amount with median as M)', 400, /no aggregation method 'median'/],
    ['aggregate(Amount with my.median as M)', 400, /no custom aggregation method/],
    ['aggregate(Amount with sum)', 400, /alias/],
    ['aggregate(Forecast)', 400, /aggregation method and an alias/],
    ['aggregate(Customer with sum as M)', 400, /no value/],
    ['aggregate(Day with sum as M)', 400, /'Edm.Date' cannot be aggregated with 'sum'/],
    ['aggregate(Amount with sum as Amount)', 400, /is a property/],
    ['aggregate(Amount with sum as A,Amount with max as A)', 400, /used twice/],
    ['aggregate(Amount/Foo with sum as A)', 400, /has no property 'Foo'/],
    ['compute(Amount as Amount)', 400, /is a property/],
    ['topcount(0,Amount)', 400, /positive integer/],
    ['bottomcount(-1,Amount)', 400, /positive integer/],
    ['toppercent(0,Amount)', 400, /above 0/],
    ['topcount(1.5,Amount)', 400, /positive integer/],
    ['toppercent(101,Amount)', 400, /up to 100/],
    ['topsum(5,UnitID)', 400, /no measure/],
    ['topcount(Pieces,Amount)', 400, /must not depend on a row/],
    ['topcount(Pieces add 1,Amount)', 400, /must not depend on a row/],
    ['topcount(1 sub 1,Amount)', 400, /must be a positive integer/],
    ['topcount(null add 1,Amount)', 400, /must be a number/],
    ['topcount(1 divby 2,Amount)', 400, /must be a positive integer/],
    ['bottompercent(99 add 2,Amount)', 400, /above 0 and up to 100/],
    ['top(1 add 1)', 400, /non-negative/],
    ['topcount($count,Amount)', 400, /\$count/],
    ['top(-1)', 400, /non-negative/],
    ['join(Customer as C)', 400, /no collection/],
    ['addnested(Sales,identity as C)', 400, /'Sales'/],
    ['addnested(Amount,identity as C)', 400, /no collection or entity/],
    ['addnested(Tags,identity as C)', 400, /simple values/],
    ['addnested(Customer,filter(true) as C)', 400, /only identity, compute and addnested/],
    ['addnested(Customer,identity as C,identity as C)', 400, /used twice/],
    ['addnested(Customer,identity as Amount)', 400, /is a property/],
    ['addnested(Customer/Sales,identity as C)', 400, /more than one navigation/],
    ['nest(identity as N,identity as N)', 400, /used twice/],
    ['nest(identity as N)&$expand=N($select=Nope)', 400, /Nope/],
    ['nest(groupby((Status)) as N)&$expand=N($select=Nope)', 400, /Nope/],
    ['nest(groupby((Status)) as N)&$expand=N($expand=Nope)', 400, /Nope/],
    ['nest(identity as N)&$expand=N($filter=Nope eq 1)', 400, /Nope/],
    ['nest(groupby((Status)) as N)&$expand=N($orderby=Amount)', 400, /Amount/],
    [`${'addnested(Customer,addnested(Sales,'.repeat(3)}identity${' as A) as B)'.repeat(3)}`, 400, /more than 5 joins/],
    ['shop.topSales()', 501, /not supported/],
    ['shop.nothing()', 400, /no transformation or function/],
    ['ancestors()', 400, /./],
    ['descendants($root/Sales,Tree,ID,filter(true))', 400, /no recursive hierarchy 'Tree'/],
    ['traverse($root/Units,Tree,UnitID,sideways)', 400, /preorder or postorder/],
    ['ancestors($root/Units,Tree,UnitID,aggregate($count as N))', 400, /only leave rows out/],
    ["concat(compute(1 as X),compute('a' as X))", 400, /different types/],
    ['join(Tags as T)', 400, /simple values/],
    ['aggregate(Amount with sum from Day as X)', 400, /'from' needs a method/],
    ['aggregate($count from Day as X)', 400, /'from' needs a method/],
    ['aggregate(Amount from Day as X)', 400, /needs an aggregation method/],
    ['aggregate(Amount with sum from Day with max)', 400, /alias/],
    ['aggregate(Budget from Day,Status as X)', 501, /custom aggregate 'Budget'/],
    ['aggregate(Budget from Day with max as X)', 501, /custom aggregate 'Budget'/],
    ['aggregate(Amount with sum from Tags with max as X)', 400, /leads to a collection/],
    ['filter($count gt 1)', 400, /\$count/],
  ])('%s: %d', async (text, status, message) => {
    const { status: answered, json } = await service.send('GET', encodeURI(`Sales?$apply=${text}`));
    expect(json.error.message).toMatch(message);
    expect(answered).toBe(status);
  });

  it('a single entity', async () => {
    expect((await service.send('GET', 'Sales(1)?$apply=identity')).status).toBe(400);
  });
});
