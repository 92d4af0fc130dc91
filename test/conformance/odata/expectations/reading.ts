import { beforeEach, describe, expect, it } from '@jest/globals';

import { NOBODY, type Client, type Row } from './client.js';

const TYPE = 'ComplianceService.SpecialProduct';

/** Section 4: resources and the options of reading them. */
export function reading(client: Client): void {
  describe('4 Reading', () => {
    let first: Row;
    beforeEach(async () => {
      first = await client.first();
    });
    /** `{id}` in a path is the key of the first product. */
    const get = (path: string, headers = {}) => client.get(path.replaceAll('{id}', first['ID'] as string), headers);

    it.each([
      ['/Products(1)', 404],
      ["/Products('x')", 404],
      ["/Products('it''s')/GetRelatedProducts()", 404],
      ["/Products('x_2026-03-20T19:30:00Z')/GetRelatedProducts()", 404],
      ["/Products('a%2Fb')", 404],
      [`/Products(${NOBODY})/Name`, 404],
      ["/Products('unclosed)", 400],
      ["/Products('unclosed)/GetRelatedProducts()", 400],
      ["/ProductDescriptions(ProductID={id},LanguageKey='XX')", 404],
      ["/ProductDescriptions(LanguageKey='EN',ProductID={id})", 200],
      ['/Products(ID={id})', 200],
      ['/Products({id})/Category/Products', 200],
      ['/Products({id})/Nothing', 404],
      ['/Products({id})/ShippingAddress/Nothing', 404],
      ['/Products//', 400],
      ['/Products/$value', 400],
      ['/Products({id})/ShippingAddress/$value', 400],
      ['/Products({id})?$top=1', 400],
      ['/Products({id})?$skip=1', 400],
      ['/$crossjoin(Products,Categories)', 200],
      [`/Products/${TYPE}/$count`, 200],
      [`/Products({id})/${TYPE}/SpecialProperty`, 200],
      ['/Products/ComplianceService.Nothing', 404],
      ['/$entity?$id=Products({id})', 200],
      [`/$entity?$id=Products(${NOBODY})`, 404],
      ['/Products?$schemaversion=*', 200],
      ['/Products?$schemaversion=1.0', 200],
      ['/Products?$schemaversion=99.0', 404],
    ])('%s is %i', async (path, status) => {
      expect((await get(path)).status).toBe(status);
    });

    it.each([undefined, '4.0', '4.01'])('takes keys as segments, of OData-MaxVersion %s', async (version) => {
      const headers = version === undefined ? {} : { 'OData-MaxVersion': version };
      expect((await get('/Products/{id}/Name', headers)).json.value).toBe(first['Name']);
      expect((await get('/Products/GetAveragePrice()', headers)).json.value).toBeGreaterThan(0);
      expect((await get(`/Products/${NOBODY}`, headers)).status).toBe(404);
    });

    it.each([
      ['Name', 'Laptop'],
      ['Status', 'InStock,Featured'],
      ['OpenTime', '09:30:00'],
      ['ReleaseDate', '2024-01-15'],
      ['Rating', '200'],
    ])('gives the bare value of %s', async (name, text) => {
      const answer = await get(`/Products({id})/${name}/$value`);
      expect([answer.text, answer.headers['content-type']]).toEqual([text, expect.stringMatching(/^text\/plain/)]);
    });

    it('finds an entity by absolute and relative ids', async () => {
      for (const id of ['/Products({id})', 'Products({id})', `${client.root}/Products({id})`])
        expect((await get(`/$entity?$id=${id}`)).json.ID).toBe(first['ID']);
    });

    it('gives null as such, or as nothing', async () => {
      expect((await get('/Products({id})/Description')).status).toBe(204);
      expect((await get('/Products({id})')).text).toContain('"Description":null');
      const bare = (await client.rows('/Products')).find(({ ShippingAddress }) => ShippingAddress === null)!;
      expect((await client.get(`/Products(${bare['ID']})/ShippingAddress/$value`)).status).toBe(400);
    });

    it.each([
      ['$select=Name', ['ID', 'Name']],
      ['$select=Name,Price', ['ID', 'Name', 'Price']],
      ['$select=Name&$expand=Category', ['Category', 'ID', 'Name']],
      ['$select=Name,Descriptions', ['ID', 'Name']],
    ])('shows no more than the key and what %s says', async (options, names) => {
      for (const row of await client.rows(`/Products?${options}`))
        expect(
          Object.keys(row)
            .filter((name) => !name.includes('@'))
            .toSorted(),
        ).toEqual(names);
    });

    it.each(['$top=1', '$top=3&$orderby=Price desc', '$count=true&$top=1', '$top=2&$filter=Price gt 100'])(
      'has a next link where %s cuts the result',
      async (options) => {
        const { json } = await client.get(`/Products?${options}`);
        expect(json['@odata.nextLink']).toMatch(/\$skip(token)?=/);
        const seen = json.value.map(({ ID }: Row) => ID as string);
        const next = await client.rows(json['@odata.nextLink']);
        expect(next.length).toBeGreaterThan(0);
        for (const { ID } of next) expect(seen).not.toContain(ID);
      },
    );

    it.each(['$top=10000', '$top=7', '$top=0', '$skip=3'])('has none where %s does not', async (options) => {
      expect((await client.get(`/Products?${options}`)).json['@odata.nextLink']).toBeUndefined();
    });

    it.each(['$top=2', '$skip=5', '$top=0', '$filter=Price gt 0&$top=1'])(
      'counts all, whatever %s',
      async (options) => {
        expect((await client.get(`/Products?$count=true&${options}`)).json['@odata.count']).toBe(7);
      },
    );

    it.each([
      ['Laptop', 2],
      ['laptop Pro', 1],
      ['Laptop AND Premium', 1],
      ['Laptop OR Mouse', 4],
      ['NOT Laptop', 5],
      ['Mouse NOT Gaming', 1],
      ['"Gaming Mouse"', 1],
    ])('finds by $search=%s', async (search, count) => {
      expect(await client.rows(`/Products?$search=${search}`)).toHaveLength(count);
    });

    it.each([
      ['Descriptions($levels=2)', 200],
      ['Descriptions($levels=max)', 200],
      ['Descriptions($levels=0)', 400],
      ['Descriptions($levels=-1)', 400],
      ['Descriptions($count=invalid)', 400],
      ['Descriptions($select=Nothing)', 400],
      ['Descriptions($filter=Nothing eq 1)', 400],
      ['Descriptions(top=1;count=true)', 200],
      ['Category($expand=Products($expand=Category))', 200],
      ['*', 200],
      ['Nothing', 400],
    ])('$expand=%s is %i', async (expand, status) => {
      expect((await client.get(`/Products?$expand=${encodeURIComponent(expand)}`)).status).toBe(status);
    });

    it('sorts null first, and last where the order is descending', async () => {
      const dates = async (order: string) =>
        (await client.rows(`/Products?$orderby=${order}`)).map((row) => row['ReleaseDate']);
      const ascending = await dates('ReleaseDate');
      expect([ascending[0], ascending.at(-1)]).toEqual([null, '2024-12-31']);
      const descending = await dates('ReleaseDate desc');
      expect([descending[0], descending.at(-1)]).toEqual(['2024-12-31', null]);
    });

    it('refers to entities', async () => {
      for (const [options, count] of [
        ['$filter=Price gt 100', 5],
        ['$top=2', 2],
        ['$skip=5', 2],
        ['$orderby=Name', 7],
      ] as const)
        expect(await client.rows(`/Products/$ref?${options}`)).toHaveLength(count);
      for (const options of ['$expand=Category', '$select=Name'])
        for (const path of ['/Products/$ref', '/Products({id})/$ref'])
          expect([path, (await get(`${path}?${options}`)).status]).toEqual([path, 400]);
    });

    it.each(['$index', '$INDEX', 'index=0'])('has nothing to index of one entity: %s', async (options) => {
      const { status, json } = await get(`/Products({id})?${options}`);
      expect(status).toBe(400);
      expect(json.error.message).toContain('$index query option is not applicable to individual entities');
    });

    it('refuses a token that it did not make', async () => {
      for (const option of ['$skiptoken=invalid', '$deltatoken=invalid'])
        expect((await client.get(`/Products?${option}`)).status).toBe(400);
    });

    it('keeps to what its set allows', async () => {
      for (const options of ['$filter=ID ne null', '$orderby=ID asc', '$expand=*', '$count=true', '$select=ID'])
        expect([options, (await client.get(`/ReadOnlyItems?${options}`)).status]).toEqual([options, 400]);
    });

    it('has the singleton in the service document, and its properties', async () => {
      expect((await client.get('/')).text).toContain('"kind":"Singleton"');
      expect((await client.get('/Company/Name')).json.value).toBe('TechStore Inc.');
    });
  });
}
