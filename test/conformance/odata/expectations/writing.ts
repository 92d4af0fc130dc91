import { beforeEach, describe, expect, it } from '@jest/globals';

import { JSON_BODY, NOBODY, type Client, type Row } from './client.js';

const OTHER = '11111111-2222-4333-8444-555555555555';

/** Section 7: creating, changing and deleting. */
export function writing(client: Client): void {
  describe('7 Writing', () => {
    let first: Row;
    let path: string;
    let categories: readonly Row[];
    beforeEach(async () => {
      first = await client.first();
      path = `/Products(${first['ID']})`;
      categories = await client.rows('/Categories');
    });
    const statusOf = async (method: string, url: string, body?: unknown, headers = {}) =>
      (await client.send(method, url, body, headers)).status;
    const current = async (): Promise<Row> => (await client.get(path)).json as Row;

    it('creates with the number of an enumeration member, and without what has a default', async () => {
      const CategoryID = categories[0]!['ID'];
      expect(await client.created({ CategoryID, Status: 3 })).toMatchObject({ CategoryID, Status: 'InStock,OnSale' });
      const { status, json } = await client.send('POST', '/Products', { Name: 'a', Price: 1 });
      expect([status, json.Status, json.Rating, json.CategoryID]).toEqual([201, 'None', 0, null]);
    });

    it('takes no key and no computed value from a client', async () => {
      const made = await client.created({ ID: OTHER, Version: 7, CreatedAt: '2000-01-01T00:00:00.0+01:00' });
      expect(made['ID']).not.toBe(OTHER);
      expect(made).toMatchObject({ Version: 1, CreatedAt: expect.not.stringMatching(/^(2000|1999)/) });
      expect(await statusOf('PATCH', path, { CreatedAt: '2000-01-01T00:00:00.0+01:00' })).toBe(204);
      expect(await current()).toMatchObject({ CreatedAt: first['CreatedAt'] });
    });

    it('changes no serial number', async () => {
      const { ID } = await client.created({ SerialNumber: 'S1' });
      expect(await statusOf('PATCH', `/Products(${ID})`, { SerialNumber: 'S2' })).toBe(400);
      expect((await client.get(`/Products(${ID})`)).json.SerialNumber).toBe('S1');
    });

    it('changes no key: an update says so, a replacement ignores another one', async () => {
      expect(await statusOf('PATCH', path, { ID: OTHER, Name: 'a' })).toBe(400);
      expect(await statusOf('PATCH', path, { ID: first['ID'], Name: 'a' })).toBe(204);
      expect(await statusOf('PUT', path, { ID: OTHER, Name: 'b' })).toBe(204);
      expect(await current()).toMatchObject({ Name: 'b' });
      expect((await client.get(`/Products(${OTHER})`)).status).toBe(404);
    });

    it('resets what a replacement leaves out', async () => {
      expect(await statusOf('PUT', path, { Name: 'Incomplete' })).toBe(204);
      expect(await current()).toMatchObject({ Name: 'Incomplete', Price: 0, Status: 'None', ShippingAddress: null });
    });

    it.each(['PATCH', 'PUT'])('takes the whole of what was read back: %s', async (method) => {
      for (const Accept of ['application/json', 'application/json;odata.metadata=full'])
        for (const url of [path, '/Company']) {
          const { json } = await client.get(url, { Accept });
          expect([url, Accept, await statusOf(method, url, json)]).toEqual([url, Accept, 204]);
        }
    });

    it('replaces the singleton without what may be null', async () => {
      const company = { Name: 'N', CEO: 'C', Founded: 2000, HeadQuarter: 'H' };
      expect(await statusOf('PUT', '/Company', company)).toBe(204);
      expect((await client.get('/Company')).json).toMatchObject({ ...company, Website: null, Logo: null });
    });

    it.each([
      ['no name', { Price: 1 }],
      ['an empty name', { Name: '', Price: 1 }],
      ['null for a name', { Name: null, Price: 1 }],
      ['a name that is too long', { Name: 'x'.repeat(101) }],
      ['text for a number', { Name: 'a', Price: 'abc' }],
      ['an unknown property', { Name: 'a', Nothing: 1 }],
      ['an unknown member', { Name: 'a', Status: 'Nothing' }],
      ['a text within an address that is too long', { Name: 'a', ShippingAddress: { State: 'long' } }],
      ['a structure for a text within', { Name: 'a', Descriptions: [{ LanguageKey: 'EN', Description: { a: 1 } }] }],
      ['a category that is not there', { Name: 'a', 'Category@odata.bind': `Categories(${NOBODY})` }],
      ['a bad link', { Name: 'a', 'Category@odata.bind': 'garbage' }],
      ['malformed JSON', '{"Name":'],
    ])('refuses %s, and stores nothing', async (_, body) => {
      const { status, json } = await client.send('POST', '/Products', body, JSON_BODY);
      expect([status, typeof json.error.message]).toEqual([400, 'string']);
      expect(await client.rows('/Products')).toHaveLength(7);
    });

    it.each([
      ['PATCH', undefined, 415],
      ['POST', '', 415],
      ['POST', 'text/plain', 415],
      ['PATCH', 'application/xml', 415],
    ])('refuses %s of the Content-Type %j', async (method, type, status) => {
      const headers = type === undefined ? {} : { 'Content-Type': type };
      const answer = await client.send(method, method === 'POST' ? '/Products' : path, '{"Name":"a"}', headers);
      expect([answer.status, answer.json.error.message]).toEqual([status, expect.stringContaining('Content-Type')]);
    });

    it('says which preference it has applied', async () => {
      for (const [method, url, body] of [
        ['POST', '/Products', { Name: 'a', Price: 1 }],
        ['PATCH', path, { Price: 2 }],
      ] as const)
        for (const preference of ['return=minimal', 'return=representation']) {
          const { status, headers, text } = await client.send(method, url, body, { Prefer: preference });
          const whole = method === 'POST' ? 201 : 200;
          expect([status, headers['preference-applied']]).toEqual([
            preference === 'return=minimal' ? 204 : whole,
            preference,
          ]);
          expect(text === '').toBe(preference === 'return=minimal');
        }
    });

    it('has an ETag that changes, and holds writers to it, but only those that name one', async () => {
      const before = String((await client.get(path)).headers.etag);
      expect(await statusOf('PATCH', path, { Price: 1 })).toBe(204);
      for (const stale of [before, 'W/"wrong"', '"wrong"'])
        for (const method of ['PATCH', 'DELETE']) {
          const body = method === 'PATCH' ? { Price: 2 } : undefined;
          expect([method, await statusOf(method, path, body, { 'If-Match': stale })]).toEqual([method, 412]);
        }
      expect(await statusOf('PATCH', path, { Price: 3 }, { 'If-None-Match': '*' })).toBe(412);
      const now = String((await client.get(path)).headers.etag);
      expect(now).not.toBe(before);
      expect(await statusOf('DELETE', path, undefined, { 'If-Match': now })).toBe(204);
    });

    it('changes and deletes nothing that is not there', async () => {
      for (const method of ['PATCH', 'PUT', 'DELETE'])
        expect([
          method,
          await statusOf(method, `/Products(${NOBODY})`, method === 'DELETE' ? undefined : { Name: 'a' }),
        ]).toEqual([method, 404]);
    });

    it('deletes a product with its descriptions', async () => {
      expect(await statusOf('DELETE', path)).toBe(204);
      expect(await client.rows(`/ProductDescriptions?$filter=ProductID eq ${first['ID']}`)).toEqual([]);
    });

    it('binds by relative and absolute links, and by references', async () => {
      const [one, other] = categories.map(({ ID }) => `Categories(${ID})`);
      const linked = async () => `Categories(${(await client.get(`${path}/Category`)).json.ID})`;
      expect(await statusOf('PATCH', path, { 'Category@odata.bind': other })).toBe(204);
      expect(await linked()).toBe(other);
      expect(await statusOf('PUT', `${path}/Category/$ref`, { '@odata.id': `${client.root}/${one}` })).toBe(204);
      expect(await linked()).toBe(one);
      expect(await statusOf('DELETE', `${path}/Category/$ref`)).toBe(204);
      expect([204, 404]).toContain((await client.get(`${path}/Category/$ref`)).status);
      for (const id of ['garbage', `${client.root}/Categories(${NOBODY})`, `${client.root}/Products(${first['ID']})`])
        expect([id, await statusOf('PUT', `${path}/Category/$ref`, { '@odata.id': id })]).toEqual([id, 400]);
      expect(await statusOf('PUT', `${path}/Nothing/$ref`, { '@odata.id': `${client.root}/${one}` })).toBe(404);
    });

    it('relates and unrelates, in one direction', async () => {
      const other = (await client.rows('/Products'))[1]!;
      const id = `${client.root}/Products(${other['ID']})`;
      expect(await statusOf('POST', `${path}/RelatedProducts/$ref`, { '@odata.id': id })).toBe(204);
      expect(await client.rows(`${path}/RelatedProducts`)).toMatchObject([{ ID: other['ID'] }]);
      expect(await client.rows(`/Products(${other['ID']})/RelatedProducts`)).toEqual([]);
      expect(await statusOf('DELETE', `${path}/RelatedProducts/$ref?$id=${id}`)).toBe(204);
      expect(await client.rows(`${path}/RelatedProducts`)).toEqual([]);
    });

    it('creates descriptions within, and changes them so, by the language alone', async () => {
      const { ID } = await client.created({ Descriptions: [{ LanguageKey: 'EN', Description: 'a' }] });
      const url = `/Products(${ID})`;
      const Descriptions = [
        { LanguageKey: 'EN', Description: 'b' },
        { LanguageKey: 'DE', Description: 'c' },
      ];
      expect(await statusOf('PATCH', url, { Descriptions })).toBe(204);
      const stored = await client.rows(`${url}/Descriptions?$orderby=LanguageKey desc`);
      expect(stored).toMatchObject(Descriptions.map((each) => ({ ProductID: ID, ...each })));
      const duplicate = { ProductID: ID, LanguageKey: 'EN', Description: 'd' };
      expect(await statusOf('POST', '/ProductDescriptions', duplicate)).toBe(409);
    });

    it('keeps the read-only set as it is', async () => {
      const [item] = await client.rows('/ReadOnlyItems');
      for (const method of ['PATCH', 'PUT', 'DELETE']) {
        const body = method === 'DELETE' ? undefined : { Name: 'a' };
        expect([method, await statusOf(method, `/ReadOnlyItems(${item!['ID']})`, body)]).toEqual([method, 405]);
      }
    });
  });
}
