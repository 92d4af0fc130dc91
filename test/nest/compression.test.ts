import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, createGunzip, gunzipSync, inflateSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { sendResponse } from '../../src/nest/send-response.js';
import type { ServiceResponse } from '../../src/service.js';

const text = JSON.stringify({ value: Array.from({ length: 500 }, (_, index) => ({ id: index, name: 'Ärger' })) });
const decoders = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };

interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let answer: ServiceResponse;
let server: Server;
beforeAll(async () => {
  server = createServer((incoming, response) => void sendResponse(answer, incoming, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

function answerWith(body: ServiceResponse['body'], contentType = 'application/json', status = 200): void {
  answer = { status, headers: new Map([['Content-Type', contentType]]), ...(body !== undefined && { body }) };
}

async function get(acceptEncoding: string | undefined, method = 'GET'): Promise<Received> {
  const { port } = server.address() as AddressInfo;
  const headers = acceptEncoding === undefined ? {} : { 'Accept-Encoding': acceptEncoding };
  const outgoing = request({ port, host: '127.0.0.1', method, headers, agent: false }).end();
  const [incoming] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return { status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks) };
}

describe('Accept-Encoding [RFC 9110 12.5.3]', () => {
  it.each([
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['GZIP;Q=1', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['gzip;q=0.5, identity;q=0.5', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
  ] as const)('%s gives %s', async (acceptEncoding, coding) => {
    answerWith(text);
    const { status, headers, body } = await get(acceptEncoding);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' });
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.length).toBeLessThan(Buffer.byteLength(text) / 2);
    expect(decoders[coding](body).toString('utf8')).toBe(text);
  });

  it.each([undefined, '', 'identity', 'zstd', 'gzip;q=0', 'gzip;q=0.5, identity', 'gzip;q=nonsense', ';,;'])(
    '%p gives the body as it is',
    async (acceptEncoding) => {
      answerWith(text);
      const { headers, body } = await get(acceptEncoding);
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers.vary).toBe('Accept-Encoding');
      expect(headers['content-length']).toBe(String(body.length));
      expect(body.toString('utf8')).toBe(text);
    },
  );

  it.each(['identity;q=0', '*;q=0', 'zstd, identity;q=0, *;q=0'])('%s is refused, in JSON', async (acceptEncoding) => {
    for (const body of [text, 'short', pieces([text])]) {
      answerWith(body);
      const refused = await get(acceptEncoding);
      expect(refused.status).toBe(406);
      expect(JSON.parse(refused.body.toString())).toMatchObject({ error: { code: 'NotAcceptable' } });
      expect(refused.headers['content-type']).toBe('application/json');
    }
  });

  it('compresses even a small body for a client that takes it in no other way', async () => {
    answerWith('{}');
    const { headers, body } = await get('gzip, identity;q=0');
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toBe('{}');
  });
});

describe('HEAD has the headers of GET, and no body [RFC 9110 8.6, 9.3.2]', () => {
  const kept = ({ headers }: Received) =>
    ['content-length', 'content-encoding', 'vary', 'content-type'].map((name) => headers[name]);

  it.each([undefined, 'identity', 'gzip', 'br', 'deflate;q=0.5'])(
    'with Accept-Encoding: %s',
    async (acceptEncoding) => {
      for (const body of [text, Buffer.from(text), 'short']) {
        answerWith(body);
        const [whole, head] = [await get(acceptEncoding), await get(acceptEncoding, 'HEAD')];
        expect([kept(head), head.body.length]).toEqual([kept(whole), 0]);
        expect(head.headers['content-length']).toBe(String(whole.body.length));
      }
    },
  );

  it('but for the length of a stream', async () => {
    const pieces = async function* () {
      yield text;
    };
    answerWith(pieces());
    const whole = await get('gzip');
    answerWith(pieces());
    const head = await get('gzip', 'HEAD');
    expect([kept(head), head.body.length]).toEqual([kept(whole), 0]);
  });
});

describe('what is not compressed', () => {
  it('is a small body', async () => {
    answerWith('x'.repeat(1024), 'text/plain');
    const { headers, body } = await get('gzip');
    expect(headers).toMatchObject({ 'content-length': '1024' });
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, undefined]);
    expect(body.length).toBe(1024);
  });

  it.each(['image/png', 'application/zip', 'application/octet-stream', 'video/mp4'])('is %s', async (contentType) => {
    const bytes = Buffer.alloc(5000, 7);
    answerWith(bytes, contentType);
    const { headers, body } = await get('gzip, br');
    expect(headers['content-encoding']).toBeUndefined();
    expect(body).toEqual(bytes);
  });

  it('is what has a coding already', async () => {
    answerWith(text);
    answer.headers.set('Content-Encoding', 'gzip');
    expect((await get('br')).body.toString()).toBe(text);
  });

  it.each([204, 304])('is an answer with status %i', async (status) => {
    answerWith(undefined, 'application/json', status);
    const { headers } = await get('gzip');
    expect([headers['content-encoding'], headers['content-length']]).toEqual([undefined, undefined]);
  });
});

describe('a body in pieces', () => {
  it.each(['br', 'gzip', 'deflate'] as const)('is compressed with %s', async (coding) => {
    answerWith(pieces(['{"value":[', '1,2,', '3]}']));
    const { headers, body } = await get(coding);
    expect(headers).toMatchObject({ 'content-encoding': coding, 'transfer-encoding': 'chunked' });
    expect(headers['content-length']).toBeUndefined();
    expect(decoders[coding](body).toString()).toBe('{"value":[1,2,3]}');
  });

  it('reaches the client piece by piece', async () => {
    let goOn = (): void => {};
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    answerWith(
      (async function* () {
        yield '{"first":1,';
        await wait;
        yield '"second":2}';
      })(),
    );
    const { port } = server.address() as AddressInfo;
    const headers = { 'Accept-Encoding': 'gzip' };
    const [incoming] = await once(request({ port, host: '127.0.0.1', headers, agent: false }).end(), 'response');
    const plain = incoming.pipe(createGunzip()).setEncoding('utf8');
    const [first] = await once(plain, 'data');
    expect(first).toBe('{"first":1,');
    goOn();
    let rest = '';
    for await (const chunk of plain) rest += chunk;
    expect(rest).toBe('"second":2}');
  });

  it('ends the connection where it fails half-way', async () => {
    answerWith(
      (async function* () {
        yield text;
        throw new Error('The database has gone.');
      })(),
    );
    await expect(get('gzip')).rejects.toThrow();
  });
});

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}
