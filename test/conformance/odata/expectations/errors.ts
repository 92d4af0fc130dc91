import { describe, expect, it } from '@jest/globals';

import { NOBODY, type Client } from './client.js';

/** Section 11: errors, and the words in them that the suite looks for. */
export function errors(client: Client): void {
  describe('11 Errors', () => {
    const xml = { Accept: 'application/xml' };
    const text = { 'Content-Type': 'text/plain' };
    it.each<[string, string, number, RegExp, { body?: unknown; headers?: Record<string, string> }]>([
      ['GET', `/Products(${NOBODY})`, 404, /does not exist/i, {}],
      ['GET', '/Nowhere', 404, /does not exist/i, {}],
      ['GET', '/Products?$filter=invalid syntax here', 400, /invalid \$filter/i, {}],
      ['GET', '/Products?$unknown=1', 400, /unknown query option/i, {}],
      ['GET', '/Products?$top=1&$top=2', 400, /must not appear more than once/i, {}],
      ['GET', '/Products?$compute=invalid', 400, /invalid compute expression format/i, {}],
      ['GET', '/Products', 406, /requested format/i, { headers: xml }],
      ['POST', '/Products', 415, /Content-Type/i, { body: 'x', headers: text }],
      ['POST', '/Products', 400, /Name/, { body: { Name: '', Price: 1 } }],
      ['POST', '/Products', 400, /\w/, { body: '', headers: { 'Content-Type': 'application/json' } }],
      ['PUT', '/Products', 405, /\w/, { body: {} }],
      ['GET', '/Products', 406, /\w/, { headers: { 'OData-MaxVersion': '3.0' } }],
      ['GET', '/Products?$skiptoken=bad', 400, /\w/, {}],
      ['POST', '/$batch', 400, /\w/, { body: {} }],
    ])('%s %s is %i', async (method, path, status, message, { body, headers }) => {
      const answer = await client.send(method, path, body, headers);
      expect([answer.status, Object.keys(answer.json as object)]).toEqual([status, ['error']]);
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/json/),
        'content-language': expect.stringMatching(/^\w/),
        'odata-version': expect.stringMatching(/^4\./),
      });
      const { code, target, details = [], innererror = {} } = answer.json.error;
      expect(code).toMatch(/^\w+$/);
      expect(answer.json.error.message).toMatch(message);
      expect(['string', 'undefined']).toContain(typeof target);
      expect(innererror).toEqual(expect.any(Object));
      for (const detail of details)
        expect(detail).toMatchObject({ code: expect.stringMatching(/\w/), message: expect.stringMatching(/\w/) });
    });
  });
}
