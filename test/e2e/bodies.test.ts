import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { ServiceError } from '../../src/error/index.js';

import { AUDITS, DOCUMENTED_BODY, REQUIRED } from './audits.js';
import { refused } from './expect-error.js';
import type { Sent } from './send.js';
import { GRAPH, useService } from './start-service.js';

const faults: ServiceError[] = [];
const service = useService([{ ...GRAPH, onFault: (error) => faults.push(error) }]);

afterEach(() => expect(faults.splice(0)).toEqual([]));
const LIMIT = GRAPH.profile.limits.maxBody;

const post = (sent: Sent) =>
  service.send('POST', AUDITS, { ...sent, headers: { 'Content-Type': 'application/json', ...sent.headers } });

describe('a body', () => {
  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data', '', 'json'])(
    'of another content type is refused: %j',
    async (type) => {
      await refused(post({ body: DOCUMENTED_BODY, headers: { 'Content-Type': type } }), 415, 'UnsupportedMediaType');
    },
  );

  it('without a content type is refused', async () => {
    await refused(service.send('POST', AUDITS, { body: DOCUMENTED_BODY }), 415, 'UnsupportedMediaType');
  });

  it('of another charset is refused', async () => {
    const headers = { 'Content-Type': 'application/json;charset=iso-8859-1' };
    await refused(post({ body: DOCUMENTED_BODY, headers }), 415, 'UnsupportedMediaType');
  });

  it.each([
    ['{', 1],
    ['{"a":}', 5],
    ["{'a':1}", 1],
    ['{"a":1,}', 7],
    ['{"a":1} x', 8],
    ['{"a":"\n"}', 6],
    ['{"a":01}', 6],
    ['{"a":"\\x"}', 6],
    ['\u0000{}', 0],
  ])('that is no JSON is refused with the place: %j', async (body, position) => {
    const { message } = await refused(post({ body }), 400, 'BadRequest');
    expect(message).toMatch(/^The request body is not valid JSON: /);
    const [found] = /\d+(?=\D*$)/.exec(message) ?? [];
    expect(Math.abs(Number(found) - position)).toBeLessThanOrEqual(1);
  });

  it.each(['', ' \r\n\t'])('that is empty is refused: %j', async (body) => {
    for (const [method, path] of [
      ['POST', AUDITS],
      ['PATCH', `${AUDITS}/1`],
    ] as const) {
      const sent = service.send(method, path, { body, headers: { 'Content-Type': 'application/json' } });
      expect((await refused(sent, 400, 'BadRequest')).message).toMatch(/^The request body is empty/);
    }
  });

  it.each([[[0xff, 0xfe]], [[0xc3, 0x28]], [[0xed, 0xa0, 0x80]], [[0xf8, 0x88, 0x80, 0x80, 0x80]]])(
    'of invalid UTF-8 is refused: %j',
    async (bytes) => {
      const body = Buffer.concat([Buffer.from('{"userName":"'), Buffer.from(bytes), Buffer.from('"}')]);
      expect((await refused(post({ body }), 400, 'BadRequest')).message).toContain('UTF-8');
    },
  );

  it('with a member twice is refused, in nested objects too', async () => {
    for (const body of ['{"userName":"a","userName":"b"}', '{"deviceActionDetails":[{"key":"a","key":"b"}]}']) {
      const { message } = await refused(post({ body }), 400, 'BadRequest');
      expect(message).toMatch(/userName|key/);
    }
  });

  it('that is nested deeply is refused', async () => {
    for (const depth of [1000, 100_000, 500_000]) {
      await refused(post({ body: `{"userName":${'['.repeat(depth)}${']'.repeat(depth)}}` }), 400, 'BadRequest');
      await refused(post({ body: '{"userName":'.repeat(depth / 10) }), 400, 'BadRequest');
    }
  });

  it('cannot reach the prototypes of objects', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']) {
      const body = JSON.stringify(REQUIRED).replace('{', `{"${name}":{"userName":"polluted"},`);
      const { message } = await refused(post({ body }), 400, 'BadRequest');
      expect(message).toContain(`'${name}'`);
    }
    expect({}).not.toHaveProperty('userName');
    expect((await post({ json: REQUIRED })).json.userName).toBeNull();
  });

  it('larger than the limit is refused, by its length and as it arrives', async () => {
    const body = JSON.stringify({ ...REQUIRED, userName: 'x'.repeat(LIMIT) });
    await refused(post({ body }), 413, 'RequestEntityTooLarge');
    await refused(post({ body, headers: { 'Transfer-Encoding': 'chunked' } }), 413, 'RequestEntityTooLarge');
    expect((await post({ json: { ...REQUIRED, userName: 'x'.repeat(LIMIT - 1000) } })).status).toBe(201);
  });
});

describe('a compressed body', () => {
  const brotli = (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const ENCODERS = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotli };
  const compressed = (encoding: string, body: Uint8Array) => post({ body, headers: { 'Content-Encoding': encoding } });

  it.each(Object.entries(ENCODERS))('is read: %s', async (encoding, encode) => {
    const { status, json } = await compressed(encoding, encode(Buffer.from(DOCUMENTED_BODY)));
    expect([status, json.userName]).toEqual([201, 'User Name value']);
  });

  it.each(Object.entries(ENCODERS))('that is broken is refused: %s', async (encoding, encode) => {
    const whole = encode(Buffer.from(DOCUMENTED_BODY));
    const broken = Buffer.from(whole);
    broken.fill(0xff, 0, Math.floor(broken.length / 2));
    for (const body of [whole.subarray(0, whole.length / 2), broken, Buffer.from(DOCUMENTED_BODY)])
      await refused(compressed(encoding, body), 400, 'BadRequest');
  });

  it.each(Object.entries(ENCODERS))('that expands beyond the limit is refused: %s', async (encoding, encode) => {
    const bomb = encode(Buffer.alloc(4 * LIMIT, ' '));
    expect(bomb.length).toBeLessThan(LIMIT / 10);
    await refused(compressed(encoding, bomb), 413, 'RequestEntityTooLarge');
  });

  it.each(['compress', 'gzip, gzip', 'zstd', 'nonsense'])('in an unknown encoding is refused: %s', async (encoding) => {
    await refused(compressed(encoding, Buffer.from(DOCUMENTED_BODY)), 415, 'UnsupportedMediaType');
  });
});
