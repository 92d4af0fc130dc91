import { beforeEach, describe, expect, it } from '@jest/globals';

import { JSON_BODY, NOBODY, type Client, type Row } from './client.js';

/** Section 8: functions and actions, by their names without a namespace. */
export function operations(client: Client): void {
  describe('8 Operations', () => {
    let first: Row;
    let path: string;
    beforeEach(async () => {
      first = await client.first();
      path = `/Products(${first['ID']})`;
    });
    const at = (url: string) => url.replaceAll('{product}', path);

    it.each([
      ['/GetTopProducts()', 7],
      ['/GetTopProducts', 7],
      ['/GetTopProducts(count=3)', 3],
      ['/GetTopProducts?count=3', 3],
      ['/GetTopProducts()?count=2&category=Electronics', 2],
      ["/GetTopProducts(count=9,category='Kitchen')", 1],
      ["/FindProducts(name='Laptop',maxPrice=1000)", 1],
      ['{product}/GetRelatedProducts()', 4],
    ])('%s gives %i products', async (url, count) => {
      expect(await client.rows(at(url))).toHaveLength(count);
    });

    it('gives the dearest first', async () => {
      const names = (await client.rows('/GetTopProducts(count=3)')).map(({ Name }) => Name as string);
      expect(names).toEqual(['Premium Laptop Pro', 'Laptop', 'Smartphone']);
    });

    it.each([
      ['/Calculate(value=5)', 10],
      ['/Calculate(a=3,b=4)', 7],
      ["/Convert(input='hello')", 'String: hello'],
      ['/Convert(number=5)', 'Number: 5'],
      ['/Convert?input=hello', 'String: hello'],
      ['{product}/GetTotalPrice(taxRate=1)', 1999.98],
      ['{product}/ComplianceService.GetTotalPrice(taxRate=1)', 1999.98],
      ['{product}/CalculatePrice?discount=50', 499.995],
      ['{product}/CalculatePrice?discount=50&tax=100', 999.99],
    ])('%s is %j', async (url, value) => {
      const { status, json } = await client.get(at(url));
      expect([status, json.value]).toEqual([200, typeof value === 'number' ? expect.closeTo(value, 3) : value]);
    });

    it.each([
      ['GET', "/GetTopProducts(category='Electronics')"],
      ['GET', '/GetTopProducts()?count=5&category=Electronics&__invalid=1'],
      ['GET', '/Calculate(a=3)'],
      ['GET', "/Convert(input='hello',number=5)"],
      ['GET', '{product}/CalculatePrice(tax=5.0)'],
      ['GET', '{product}/CalculatePrice?tax=8'],
      ['GET', '{product}/GetTotalPrice()'],
      ['GET', "{product}/GetTotalPrice(taxRate='abc')"],
      ['GET', `/Products(${NOBODY})/GetTotalPrice(taxRate=1)`],
      ['POST', '/GetTopProducts()'],
      ['GET', '/ResetProducts'],
      ['GET', '{product}/ApplyDiscount'],
    ])('refuses %s %s', async (method, url) => {
      const { status, json } = await client.send(method, at(url), method === 'POST' ? {} : undefined);
      expect([status >= 400 && status < 500, typeof json.error.code]).toEqual([true, 'string']);
    });

    it.each([
      ['/ResetProducts', {}, 204],
      ['/Products/MarkAllAsReviewed', {}, 204],
      ['{product}/Activate', {}, 204],
      ['{product}/CalculateDiscount', { percentage: 10 }, 200],
      ['/Process', { percentage: 5 }, 204],
      ['/Process', { percentage: 5, minPrice: 100 }, 204],
      ['/Process', { minPrice: 100 }, 400],
      ['{product}/ApplyDiscount', {}, 400],
      ['{product}/ApplyDiscount', { percentage: 'invalid' }, 400],
    ])('POST %s with %j is %i', async (url, body, status) => {
      expect((await client.send('POST', at(url), body)).status).toBe(status);
    });

    it('takes no body where there are no parameters', async () => {
      expect((await client.send('POST', '/ResetProducts', '', JSON_BODY)).status).toBe(204);
    });

    it('stores what an action changes, as a change', async () => {
      const { headers } = await client.get(path);
      const { status, json } = await client.send('POST', `${path}/ApplyDiscount`, { percentage: 10 });
      expect([status, json.Price]).toEqual([200, expect.closeTo(899.991, 3)]);
      const after = await client.get(path);
      expect(after.json).toMatchObject({ Price: expect.closeTo(899.991, 3), Version: 2 });
      expect(after.headers.etag).not.toBe(headers.etag);
    });
  });
}
