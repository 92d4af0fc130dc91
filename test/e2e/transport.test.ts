import { setTimeout } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { ServiceError } from '../../src/error/index.js';

import { AUDITS, DOCUMENTED_BODY, REQUIRED } from './audits.js';
import { expectError } from './expect-error.js';
import { RawConnection } from './raw.js';
import { GRAPH, useService } from './start-service.js';

const faults: ServiceError[] = [];
const service = useService([{ ...GRAPH, onFault: (error) => faults.push(error) }]);

afterEach(() => expect(faults.splice(0)).toEqual([]));

const LIMIT = GRAPH.profile.limits.maxBody;
const HEAD = `POST /beta/${AUDITS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n`;

/** A request that never became one, by its bytes. */
async function refusedRaw(bytes: string, status: number, code: string) {
  const connection = new RawConnection(service.origin).write(bytes);
  const text = await connection.until(/\}$/);
  connection.abort();
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  expect(statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} \\w`));
  const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(': ') as [string, string]));
  expect(headers).toMatchObject({ 'content-length': String(Buffer.byteLength(body)) });
  expectError({ status, headers, text: body }, status, code);
}

describe('a body', () => {
  it('larger than the limit is refused before it is all there', async () => {
    const declared = new RawConnection(service.origin).write(`${HEAD}Content-Length: ${LIMIT + 1}\r\n\r\n{`);
    expect(await declared.until(/\}$/)).toMatch(/^HTTP\/1\.1 413 /);
    declared.abort();
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const chunked = new RawConnection(service.origin).write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent <= LIMIT; sent += 65_536) chunked.write(chunk);
    expect(await chunked.until(/\}$/)).toMatch(/^HTTP\/1\.1 413 /);
    chunked.abort();
  });

  it('with another length than it says is refused', async () => {
    for (const length of ['-1', 'ten', '1, 2', ''])
      await refusedRaw(`${HEAD}Content-Length: ${length}\r\n\r\n{}`, 400, 'BadRequest');
    await refusedRaw(`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`, 400, 'BadRequest');
    await refusedRaw(`${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, 400, 'BadRequest');
  });
});

describe('what is hardly a request', () => {
  it.each([
    'garbage\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    'GET\r\n\r\n',
    'GET /beta HTTP/9.9\r\n\r\n',
    'NOTHING /beta HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /beta HTTP/1.1\r\nHost a\r\n\r\n',
    'GET /beta HTTP/1.1\r\nHost: a\r\nBad\u0000Name: b\r\n\r\n',
    'GET /be ta HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /beta HTTP/1.1\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  ])('is refused: %j', async (bytes) => {
    await refusedRaw(bytes, 400, 'BadRequest');
  });

  it('with huge headers is refused', async () => {
    await refusedRaw(
      `GET /beta HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
      431,
      'RequestHeaderFieldsTooLarge',
    );
    await refusedRaw(`GET /beta/${'x'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'RequestHeaderFieldsTooLarge');
  });

  it('with an expectation is answered all the same', async () => {
    for (const Expect of ['100-continue', 'nonsense']) {
      expect((await service.send('POST', AUDITS, { json: REQUIRED, headers: { Expect } })).status).toBe(201);
    }
  });

  it('may be in HTTP/1.0 without a host', async () => {
    const text = await new RawConnection(service.origin).write('GET /beta HTTP/1.0\r\n\r\n').all();
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toContain(`"@odata.context":"${service.origin.replace('127.0.0.1', 'localhost')}/beta/$metadata"`);
  });

  it('may come in many pieces, and after others on the same connection', async () => {
    const connection = new RawConnection(service.origin);
    const body = DOCUMENTED_BODY;
    const text = `${HEAD}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    for (let at = 0; at < text.length; at += 97) {
      connection.write(text.slice(at, at + 97));
      await setTimeout(1);
    }
    connection.write(text).write(text).write(text.replace('POST', 'PUT'));
    const answers = await connection.until(/(HTTP\/1\.1 [^]*){4}\}$/);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201', 'HTTP/1.1 201', 'HTTP/1.1 405']);
    connection.abort();
  });

  it('leaves nothing behind when its sender goes away', async () => {
    const head = `${HEAD}Content-Length: 1000\r\n\r\n{"id":"gone",`;
    for (let count = 0; count < 10; count++) {
      const connection = new RawConnection(service.origin).write(head);
      await setTimeout(2);
      if (count % 2 === 0) connection.abort();
      else await connection.end().all();
    }
    const connections = () => new Promise((resolve) => service.server.getConnections((_, count) => resolve(count)));
    await setTimeout(50);
    expect((await service.send('GET', `${AUDITS}/gone`)).status).toBe(404);
    expect(await connections()).toBeLessThanOrEqual(2);
  });
});
