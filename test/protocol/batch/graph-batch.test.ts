import { describe, expect, it } from '@jest/globals';

import { graphProfile } from '../../../src/graph/index.js';

import { useLibrary } from './library.js';

const library = useLibrary({ profile: graphProfile({ authentication: 'any' }) });
const TOKEN = { Authorization: 'Bearer token', 'client-request-id': 'mine' };

function send(requests: readonly object[], headers: Record<string, string> = TOKEN) {
  return library.send('POST', '$batch', { headers, body: { requests } });
}

const get = (id: string, url: string) => ({ id, method: 'GET', url });

// [Graph: Combine multiple HTTP requests using JSON batching]
describe("a batch in Graph's ways", () => {
  it('has headers as the service writes them, and none with 204', async () => {
    const { json } = await send([
      { id: '1', method: 'POST', url: '/Books', headers: { 'Content-Type': 'application/json' }, body: { Title: 'a' } },
      { id: '2', method: 'DELETE', url: '/$1' },
      { id: '3', method: 'GET', url: '$metadata' },
    ]);
    const [created, deleted, schema] = json.responses;
    expect(created).toMatchObject({
      id: '1',
      status: 201,
      headers: { 'Content-Type': expect.stringMatching(/^application\/json;/), 'request-id': expect.anything() },
      body: { Title: 'a' },
    });
    expect(deleted).toEqual({ id: '2', status: 204 });
    expect(Buffer.from(schema.body as string, 'base64').toString()).toBe('<edmx/>');
    expect(schema.body).toBe(Buffer.from('<edmx/>').toString('base64'));
  });

  it('lets its requests use its token and its client-request-id', async () => {
    const { json } = await send([
      get('1', '/Books'),
      { ...get('2', '/Books'), headers: { 'Client-Request-Id': 'own' } },
    ]);
    const [first, second] = json.responses as { status: number; headers: Record<string, string> }[];
    expect([first!.status, first!.headers['client-request-id']]).toEqual([200, 'mine']);
    expect(second!.headers['client-request-id']).toBe('own');
    expect(first!.headers['request-id']).not.toBe(second!.headers['request-id']);
    expect((await send([get('1', '/Books')], {})).status).toBe(401);
  });

  it('has at most 20 requests', async () => {
    const requests = (count: number) => Array.from({ length: count }, (_, index) => get(String(index), '/Books'));
    expect((await send(requests(20))).status).toBe(200);
    const { status, json } = await send(requests(21));
    expect([status, json.error]).toEqual([
      400,
      expect.objectContaining({
        code: 'BadRequest',
        message: 'Number of batch request steps exceeds the maximum value of 20.',
        innerError: expect.anything(),
      }),
    ]);
  });

  it('does not tell identifiers apart by case', async () => {
    expect((await send([get('a', '/Books'), get('A', '/Books')])).status).toBe(400);
    const { json } = await send([get('a', '/Nowhere'), { ...get('b', '/Books'), dependsOn: ['A'] }]);
    expect(json.responses[1]).toMatchObject({ id: 'b', status: 424, body: { error: { code: 'FailedDependency' } } });
  });

  it.each(['/Books?$select=Title&$top=1', '/Books?%24select=Title&%24top=1', "Books?$filter=Title eq 'x y'"])(
    'takes queries raw and encoded: %s',
    async (url) => {
      const { json } = await send([get('1', url)]);
      expect(json.responses[0]).toMatchObject({ status: 200, body: { value: [] } });
    },
  );

  it('answers at once, whatever is preferred', async () => {
    const { status } = await library.send('GET', 'Books', { headers: { ...TOKEN, Prefer: 'respond-async' } });
    expect(status).toBe(200);
  });
});
