import { describe, expect, it } from '@jest/globals';

import { JSON_BODY, NOBODY, type Client } from './client.js';

const NAMED_TWICE = 'must not appear more than once';

/** Sections 1 and 3: what the suite's client sends, headers and formats. */
export function requests(client: Client): void {
  describe('1 Runner and client', () => {
    it('starts anew with the seed, whatever was there', async () => {
      const { ID } = await client.created();
      await client.send('DELETE', `/Products(${(await client.first())['ID']})`);
      await client.reseed();
      expect((await client.get(`/Products(${ID})`)).status).toBe(404);
      expect((await client.rows('/Products')).map(({ Name }) => Name)).toEqual([
        'Laptop',
        'Wireless Mouse',
        'Coffee Mug',
        'Office Chair',
        'Smartphone',
        'Premium Laptop Pro',
        'Gaming Mouse Ultra',
      ]);
    });

    it('is served at the root of the host, where links can be followed by their paths', async () => {
      const { json } = await client.get('/Products?$top=3');
      const next = new URL(json['@odata.nextLink']);
      expect(next.origin).toBe(client.root);
      expect((await client.get(next.pathname + next.search)).json.value).toHaveLength(3);
    });

    it.each(['location', 'odata-entityid'])('has absolute URLs in %s', async (name) => {
      const made = await client.send('POST', '/Products', { Name: 'a', Price: 1 });
      expect(made.status).toBe(201);
      expect(made.headers[name]).toMatch(new RegExp(`^${client.root}/Products\\(`));
      expect((await client.get(String(made.headers[name]))).json.Name).toBe('a');
    });
  });

  describe('3 Requests, headers, formats', () => {
    describe.each(['/', '/$metadata', '/Products', '/Nowhere', '/Products?$filter=bad filter', '/Products/$count'])(
      'the version of %s',
      (path) => {
        it.each([
          ['4.0', '4.0'],
          ['4.01', '4.01'],
          ['5.0', '4.01'],
        ])('is at most %s', async (asked, version) => {
          expect((await client.get(path, { 'OData-MaxVersion': asked })).headers['odata-version']).toBe(version);
        });

        it('is told even where it is refused', async () => {
          expect((await client.get(path)).headers['odata-version']).toMatch(/^4\.01?$/);
          const old = await client.get(path, { 'OData-MaxVersion': '3.0' });
          expect([old.status, old.headers['odata-version']]).toEqual([406, expect.stringMatching(/^4/)]);
          expect(old.json.error.message).toMatch(/\w/);
          expect((await client.get(path, { 'OData-MaxVersion': 'invalid' })).status).toBe(406);
        });
      },
    );

    it.each([
      "$filter=Name in ('Laptop')",
      '$filter=Price divby 2 gt 100',
      "$filter=matchesPattern(Name,'^L')",
      '$compute=Price mul 2 as Twice',
      '$select=*',
      '$expand=*',
      'top=2',
      '$TOP=2',
    ])('takes the syntax of 4.01 from clients of 4.0: %s', async (options) => {
      expect((await client.get(`/Products?${options}`, { 'OData-MaxVersion': '4.0' })).status).toBe(200);
    });

    it('has control information with its long names, and the id of an entity', async () => {
      const { json } = await client.get(`/Products(${(await client.first())['ID']})`);
      for (const name of Object.keys(json)) if (name.includes('@')) expect(name).toMatch(/^\w*@odata\./);
      expect(json['@odata.id']).toContain(json.ID);
      const [item] = await client.rows('/MediaItems');
      expect(item).toMatchObject({ '@odata.mediaContentType': 'image/png' });
    });

    it.each([
      ['none', []],
      ['full', ['@odata.id', '@odata.type']],
    ])('has as much control information as odata.metadata=%s says', async (level, names) => {
      const { json, headers } = await client.get('/Products', { Accept: `application/json;odata.metadata=${level}` });
      expect(headers['content-type']).toContain(`odata.metadata=${level}`);
      expect('@odata.context' in json).toBe(level === 'full');
      for (const product of json.value)
        expect(
          Object.keys(product)
            .filter((name) => ['@odata.id', '@odata.type'].includes(name))
            .toSorted(),
        ).toEqual(names);
    });

    it('has decimals as numbers, or as strings where that is asked for', async () => {
      const Accept = 'application/json;IEEE754Compatible=true';
      const exact = await client.get('/DecimalSamples', { Accept });
      expect(exact.headers['content-type']).toContain('IEEE754Compatible=true');
      expect(exact.json.value[0].Amount).toMatch(/^123\.450*$/);
      expect((await client.rows('/DecimalSamples'))[0]!['Amount']).toBe(123.45);
    });

    it.each([
      ['/Products?$format=xml', {}],
      ['/Products?$format=atom', {}],
      ['/Products?$format=invalid', {}],
      ['/Products', { Accept: 'application/atom+xml' }],
      ['/Products', { Accept: 'application/xml' }],
    ])('refuses a format that it does not have: %s %j', async (path, headers) => {
      const { status, json } = await client.get(path, headers);
      expect([status, json.error.message]).toEqual([406, expect.stringMatching(/requested format/i)]);
    });

    it.each([
      ['$unknown=1', 'unknown query option'],
      ['$top=1&$top=2', NAMED_TWICE],
      ['$TOP=1&top=2', NAMED_TWICE],
      ['$filter=Price gt 1&filter=Price gt 1', NAMED_TWICE],
    ])('refuses %s', async (options, message) => {
      const { status, json } = await client.get(`/Products?${options}`);
      expect([status, json.error.message]).toEqual([400, expect.stringContaining(message)]);
    });

    it.each([
      ['$top=2', '$TOP=2', 'top=2'],
      ['$filter=Price gt 100', '$Filter=Price gt 100', 'filter=Price gt 100'],
      ['$apply=aggregate($count as N)', '$APPLY=AGGREGATE($count as N)', 'apply=Aggregate($count as N)'],
      ['$orderby=Price&$select=Name&$top=2&$count=true', '$ORDERBY=Price&select=Name&TOP=2&Count=true'],
    ])('gives the same whichever way %s is written', async (options, ...variants) => {
      const { json } = await client.get(`/Products?${options}`);
      for (const variant of variants) expect((await client.get(`/Products?${variant}`)).json).toEqual(json);
    });

    it('ignores options of others', async () => {
      expect(await client.rows('/Products?unknown=1&debug')).toHaveLength(7);
    });

    it.each(['/', '/$metadata', '/Products', '/Products?$top=2', '/Company', '/Products/$count', '/Nowhere'])(
      'has the same head for HEAD %s',
      async (path) => {
        const [head, got] = [await client.send('HEAD', path), await client.get(path)];
        expect([head.status, head.text]).toEqual([got.status, '']);
        for (const name of ['content-type', 'etag', 'odata-version', 'content-length'])
          expect([name, head.headers[name]]).toEqual([name, got.headers[name]]);
        expect(head.headers['content-length']).toMatch(/^\d+$/);
      },
    );

    it.each([
      ['PUT', '/Products'],
      ['PATCH', '/Products'],
      ['POST', '/'],
      ['PUT', '/'],
      ['DELETE', '/'],
      ['POST', '/$metadata'],
      ['DELETE', '/$metadata'],
      ['POST', '/Company'],
      ['DELETE', '/Company'],
      ['POST', '/ReadOnlyItems'],
    ])('does not allow %s %s, and says what it allows', async (method, path) => {
      const { status, headers, json } = await client.send(method, path, method === 'DELETE' ? undefined : {});
      expect([status, typeof json.error.code]).toEqual([405, 'string']);
      expect(String(headers['allow']).split(/, */)).not.toContain(method);
    });

    it.each([
      ['odata.include-annotations="*"', /include-annotations/],
      ['odata.track-changes', /track-changes/],
      ['track-changes', /track-changes/],
      ['omit-values=nulls', /omit-values=nulls/],
      ['odata.omit-values=nulls', /omit-values=nulls/],
      ['odata.maxpagesize=2', /maxpagesize=2/],
    ])('applies Prefer: %s', async (Prefer, applied) => {
      const path = Prefer.includes('annotations') ? `/Products(${(await client.first())['ID']})` : '/Products';
      const { status, headers, json } = await client.get(path, { Prefer });
      expect([status, headers['preference-applied']]).toEqual([200, expect.stringMatching(applied)]);
      if (Prefer.endsWith('nulls'))
        for (const product of json.value) expect(Object.values(product as object)).not.toContain(null);
      if (Prefer.includes('maxpagesize'))
        expect([json.value.length, typeof json['@odata.nextLink']]).toEqual([2, 'string']);
    });

    it.each(['odata.allow-entityreferences', 'omit-values=defaults', 'unheard-of=1'])(
      'bears Prefer: %s',
      async (Prefer) => {
        expect((await client.get('/Products', { Prefer })).status).toBe(200);
      },
    );

    it.each(['OData-Isolation', 'Isolation'])('gives no snapshot that it does not have: %s', async (name) => {
      expect((await client.get('/Products', { [name]: 'snapshot' })).status).toBe(412);
    });

    it('reads conditionally', async () => {
      const path = `/Products(${(await client.first())['ID']})`;
      const { headers } = await client.get(path);
      const unchanged = await client.get(path, { 'If-None-Match': String(headers.etag) });
      expect([unchanged.status, unchanged.text]).toEqual([304, '']);
      const missing = { ...JSON_BODY, 'If-Match': '*' };
      for (const method of ['PATCH', 'PUT', 'DELETE'])
        expect((await client.send(method, `/Products(${NOBODY})`, '{"Name":"a"}', missing)).status).toBe(404);
    });
  });
}
