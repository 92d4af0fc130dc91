// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { COLLECTION_ALIASES, COLLECTIONS, WRONG_COLLECTIONS } from './collection-cases.js';
import { COMPUTED, FILTERS, ORDERS } from './expression-cases.js';
import { ANNOTATIONS, DYNAMIC, PATHS, REFUSED, TYPES, VALUES } from './path-cases.js';
import { onEachDatabase, url, type TechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

const seeded = (service: TechnicalService): void => {
  beforeAll(() => seedThings(service));
};

const idsOf = (json: { value: { Id: number }[] }): string => json.value.map(({ Id }) => String(Id)).join('');

onEachDatabase('$filter, $orderby and $compute [OData-URL 5.1.1]', (service) => {
  seeded(service);
  const aliases = { '@p': '1', '@list': '[1,-7]', '@text': "'%'", ...COLLECTION_ALIASES };
  const aliasesIn = (filter: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(aliases).filter(([name]) => new RegExp(`${name}\\b`).test(filter)));

  it.each([...FILTERS, ...PATHS, ...DYNAMIC, ...TYPES, ...VALUES, ...ANNOTATIONS, ...COLLECTIONS])(
    '%s is true for %s',
    async (filter, things) => {
      const used = aliasesIn(filter);
      const { status, json, text } = await service.get(url('Things', { $filter: filter, $select: 'Id', ...used }));
      expect([status, status === 200 ? idsOf(json) : text]).toEqual([200, things]);
      const { text: count } = await service.get(url('Things/$count', { $filter: filter, ...used }));
      expect(count).toBe(String(things.length));
    },
  );

  it.each([
    ['null', ''],
    ['Loose/flag', ''],
    ['Id lt 3', '12'],
  ])('Things/$filter(%s) is an operand of other conditions [OData-URL 4.12]', async (condition, things) => {
    const { status, json, text } = await service.get(
      `Things/$filter(${encodeURIComponent(condition)})?$filter=Id lt 9`,
    );
    expect([status, status === 200 ? idsOf(json) : text]).toEqual([200, things]);
  });

  it.each([...REFUSED, ...WRONG_COLLECTIONS])('%s is refused: %s', async (filter, message) => {
    const { status, text } = await service.get(url('Things', { $filter: filter, ...aliasesIn(filter) }));
    expect([status, JSON.parse(text)]).toEqual([400, { error: expect.objectContaining({ code: 'BadRequest' }) }]);
    expect(JSON.parse(text).error.message).toContain(message);
  });

  it.each([
    ['link', 501, "computes by '$UrlRef'"],
    ['loop', 400, 'nested more than 100 levels deep'],
  ])('an annotation may be more than an expression can say: %s', async (qualifier, code, message) => {
    const { status, json } = await service.get(url('Things', { $filter: `@technical.note#${qualifier} eq 'x'` }));
    expect([status, json.error.message]).toEqual([code, expect.stringContaining(message)]);
  });

  it.each(ORDERS)('%s orders %s', async (orderby, things) => {
    const { status, json, text } = await service.get(url('Things', { $orderby: orderby, $select: 'Id' }));
    expect([status, status === 200 ? idsOf(json) : text]).toEqual([200, things]);
  });

  it.each(COMPUTED)('%s is %s', async (expression, result) => {
    const { status, text } = await service.get(
      url('Things', { $compute: `${expression} as c`, $filter: 'Id eq 1', $select: 'c' }),
    );
    expect([status, /"c":(.*?)\}/.exec(text)?.[1] ?? text]).toEqual([200, result]);
    const one = await service.get(url('Things(1)', { $compute: `${expression} as c`, $select: 'c' }));
    expect(/"c":(.*?)\}/.exec(one.text)?.[1] ?? one.text).toBe(result);
  });
});

describe('the table', () => {
  it('has every function and operator of the language', () => {
    const used = [...FILTERS, ...PATHS, ...VALUES, ...ANNOTATIONS, ...COLLECTIONS]
      .map(([filter]) => filter)
      .join('\n')
      .toLowerCase();
    for (const name of LANGUAGE) expect([name, used.includes(name)]).toEqual([name, true]);
  });
});

/** [OData-URL 5.1.1.1 to 5.1.1.13] */
const LANGUAGE = [
  ...['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'and', 'or', 'has', 'in', 'add', 'sub', 'mul', 'div', 'divby', 'mod'].map(
    (operator) => ` ${operator} `,
  ),
  ...'not |-whole|/any(|/all(|/any()|/$count|/$filter(|$it/|$this|@p|cast(|isof(|case('.split('|'),
  ...['concat', 'contains', 'endswith', 'indexof', 'length', 'startswith', 'substring', 'matchespattern'].map(call),
  ...['tolower', 'toupper', 'trim', 'date', 'day', 'fractionalseconds', 'hour', 'maxdatetime', 'mindatetime'].map(call),
  ...['minute', 'month', 'now', 'second', 'time', 'totaloffsetminutes', 'totalseconds', 'year'].map(call),
  ...['ceiling', 'floor', 'round', 'geo.distance', 'geo.length', 'geo.intersects'].map(call),
  ...['hassubset', 'hassubsequence'].map(call),
  ...'$root/|$it in|/@|{"'.split('|'),
];

function call(name: string): string {
  return `${name}(`;
}
