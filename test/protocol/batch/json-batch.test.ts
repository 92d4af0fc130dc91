import { describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../../src/protocol/index.js';

import { useLibrary, type Answered } from './library.js';

const library = useLibrary();

function send(requests: readonly object[], headers: Record<string, string> = {}): Promise<Answered> {
  return library.send('POST', '$batch', { headers, body: { requests } });
}

function statuses({ json }: Answered): Record<string, number> {
  return Object.fromEntries((json.responses as { id: string; status: number }[]).map(({ id, status }) => [id, status]));
}

const create = (id: string, ID: string, more: object = {}) => ({
  id,
  method: 'post',
  url: 'Books',
  body: { ID, Title: ID },
  ...more,
});
const missing = (id: string, more: object = {}) => ({ id, method: 'get', url: "Books('none')", ...more });

// [OData-JSON 19.6]
describe('the answer to a JSON batch', () => {
  it('has the answers as JSON, with headers in lower case', async () => {
    const { status, headers, json } = await send([
      create('1', 'a'),
      { id: '2', method: 'GET', url: "/library/Books('a')?$select=Title" },
      { id: '3', method: 'get', url: 'http://elsewhere/library/Books/%24count' },
      {
        id: '4',
        method: 'patch',
        url: "Books('a')",
        headers: { 'CONTENT-TYPE': 'application/json' },
        body: { Title: 'b' },
      },
      missing('5'),
    ]);
    expect([status, headers.get('Content-Type'), headers.get('OData-Version')]).toEqual([
      200,
      'application/json',
      '4.0',
    ]);
    expect(json.responses).toEqual([
      {
        id: '1',
        status: 201,
        headers: expect.objectContaining({ location: "http://host/library/Books('a')", etag: 'W/"1"' }),
        body: expect.objectContaining({ Title: 'a' }),
      },
      { id: '2', status: 200, headers: expect.anything(), body: expect.objectContaining({ Title: 'a' }) },
      {
        id: '3',
        status: 200,
        headers: expect.objectContaining({ 'content-type': 'text/plain;charset=utf-8' }),
        body: '1',
      },
      { id: '4', status: 204, headers: { 'odata-version': '4.0', etag: 'W/"2"' } },
      {
        id: '5',
        status: 404,
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
        body: { error: expect.objectContaining({ code: 'NotFound' }) },
      },
    ]);
    for (const { headers: each } of json.responses as { headers: object }[])
      expect(Object.keys(each)).toEqual(Object.keys(each).map((name) => name.toLowerCase()));
  });

  it('has what is neither JSON nor text in base64url', async () => {
    const { json } = await send([{ id: '1', method: 'get', url: '$metadata' }]);
    expect(Buffer.from(json.responses[0].body as string, 'base64url').toString()).toBe('<edmx/>');
  });

  it('keeps every digit', async () => {
    const text =
      '{"requests":[{"id":"1","method":"post","url":"Books","body":{"ID":"a","Title":"a","Pages":9007199254740993}}]}';
    const { text: answer } = await library.send('POST', '$batch', {
      headers: { 'Content-Type': 'application/json' },
      body: text,
    });
    expect(answer).toContain('"Pages":9007199254740993');
  });

  it('is empty where nothing is asked', async () => {
    expect(await send([])).toMatchObject({ status: 200, text: '{"responses":[]}' });
  });

  it('may be multipart', async () => {
    const { headers, text } = await send([missing('a b')], { Accept: 'multipart/mixed' });
    expect(headers.get('Content-Type')).toMatch(/^multipart\/mixed; boundary=/);
    expect(text).toContain('Content-ID: a b\r\n\r\nHTTP/1.1 404 Not Found\r\n');
  });

  it.each(['application/json', '*/*', 'application/json;odata.metadata=minimal', ''])(
    'is JSON for %j',
    async (accept) => {
      const { headers } = await send([], { Accept: accept });
      expect(headers.get('Content-Type')).toBe('application/json');
    },
  );
});

// [OData-JSON 19.1, 19.5]
describe('requests of a JSON batch', () => {
  it('go on behind a failure', async () => {
    expect(statuses(await send([missing('1'), create('2', 'a')]))).toEqual({ 1: 404, 2: 201 });
  });

  it('end with it where the client prefers that', async () => {
    const answered = await send([create('1', 'a'), missing('2'), create('3', 'b')], {
      Prefer: 'continue-on-error=false',
    });
    expect(statuses(answered)).toEqual({ 1: 201, 2: 404 });
    expect(answered.headers.get('Preference-Applied')).toBe('odata.continue-on-error=false');
    expect(await library.titles()).toEqual(['a']);
  });

  it('are answered with 424 where they depend on one that failed', async () => {
    const requests = [
      missing('1'),
      create('2', 'a', { dependsOn: ['1'] }),
      create('3', 'b', { dependsOn: ['2'] }),
      create('4', 'c'),
      create('5', 'd', { dependsOn: ['4'] }),
    ];
    expect(statuses(await send(requests))).toEqual({ 1: 404, 2: 424, 3: 424, 4: 201, 5: 201 });
    expect(await library.titles()).toEqual(['c', 'd']);
  });

  it('are answered with 424 where they have a condition', async () => {
    expect(statuses(await send([create('1', 'a', { if: 'true' })]))).toEqual({ 1: 424 });
  });

  it('must not be batches', async () => {
    const answered = await send(
      ['$batch', '/$batch', '/library/%24batch', '$batch?x=1'].map((url, index) => ({
        id: String(index),
        method: 'post',
        url,
        body: { requests: [] },
      })),
    );
    expect(statuses(answered)).toEqual({ 0: 400, 1: 400, 2: 400, 3: 400 });
  });

  it('are answered at once, whatever they prefer', async () => {
    const request = { id: '1', method: 'get', url: 'Books', headers: { prefer: 'respond-async' } };
    expect(statuses(await send([request], { Prefer: 'respond-async' }))).toEqual({ 1: 200 });
  });

  it('inherit versions and parameters of the format', async () => {
    const { json } = await send(
      [
        { id: '1', method: 'get', url: 'Books' },
        { id: '2', method: 'get', url: 'Books', headers: { accept: 'application/json', 'odata-maxversion': '4.0' } },
        { id: '3', method: 'get', url: 'Books/$count' },
      ],
      { 'OData-MaxVersion': '4.01', Accept: 'application/json;odata.metadata=none' },
    );
    const [first, second, third] = json.responses as { status: number; headers: Record<string, string> }[];
    expect(first!.headers).toMatchObject({
      'odata-version': '4.01',
      'content-type': expect.stringMatching(/metadata=none/),
    });
    expect(second!.headers).toMatchObject({
      'odata-version': '4.0',
      'content-type': expect.stringMatching(/metadata=minimal/),
    });
    expect(third!.status).toBe(200);
  });
});

describe('a JSON batch that is refused', () => {
  it.each<[string, number, Record<string, string>, string]>([
    ['is no JSON', 400, { 'Content-Type': 'application/json' }, '{"requests":['],
    ['has no requests', 400, { 'Content-Type': 'application/json' }, '{}'],
    ['is empty', 400, { 'Content-Type': 'application/json' }, ''],
    ['is of another type', 415, { 'Content-Type': 'text/plain' }, '{"requests":[]}'],
    ['is of no type', 415, {}, '{"requests":[]}'],
    ['wants another type', 406, { 'Content-Type': 'application/json', Accept: 'image/png' }, '{"requests":[]}'],
  ])('%s: %i', async (_name, status, headers, body) => {
    const answered = await library.send('POST', '$batch', { headers, body });
    expect(answered.status).toBe(status);
    expect(answered.json.error.message).toMatch(/\w/);
  });

  it('is read: 405 with what is allowed', async () => {
    const { status, headers } = await library.send('GET', '$batch');
    expect([status, headers.get('Allow')]).toEqual([405, 'POST']);
  });

  it('has query options', async () => {
    expect(await library.send('POST', '$batch?$top=1', { body: { requests: [] } })).toMatchObject({ status: 400 });
    expect(await library.send('POST', '$batch?$format=json', { body: { requests: [] } })).toMatchObject({
      status: 200,
    });
  });
});

describe('limits of a batch', () => {
  const small = useLibrary({
    profile: { limits: { ...odataProfile.limits, maxBatch: 3, maxBody: 2000, maxBatchAnswer: 900 } },
  });

  it('are the number of requests', async () => {
    const requests = ['1', '2', '3', '4'].map((id) => missing(id));
    const { status, json } = await small.send('POST', '$batch', { body: { requests } });
    expect([status, json.error.message]).toEqual([
      400,
      'Number of batch request steps exceeds the maximum value of 3.',
    ]);
  });

  it('are the bytes of the body', async () => {
    const { status } = await small.send('POST', '$batch', { body: { requests: [], more: 'x'.repeat(2000) } });
    expect(status).toBe(413);
  });

  it('are the bytes of the answers: reads fail, writes have no body', async () => {
    for (let index = 0; index < 15; index++)
      await small.send('POST', 'Books', { body: { ID: `b${index}`, Title: 'x' } });
    const read = (id: string, url: string) => ({ id, method: 'get', url });
    const reads = await small.send('POST', '$batch', {
      body: { requests: [read('1', 'Books'), read('2', 'Books?$top=1')] },
    });
    expect(statuses(reads)).toEqual({ 1: 413, 2: 200 });
    const requests = [read('1', 'Books?$top=12'), create('2', 'new2'), create('3', 'new3')];
    const written = await small.send('POST', '$batch', { body: { requests } });
    expect(statuses(written)).toEqual({ 1: 200, 2: 204, 3: 204 });
    expect(written.json.responses[1].headers.location).toBe("http://host/library/Books('new2')");
    expect(await small.titles()).toHaveLength(17);
  });
});
