import { describe, expect, it } from '@jest/globals';

import { readRequestMessage, writeAnswerMessage } from '../../../src/protocol/batch/http-message.js';

function read(text: string) {
  const bytes = Buffer.from(text);
  const { method, url, headers, body } = readRequestMessage(bytes, { start: 0, end: bytes.length });
  return { method, url, headers: Object.fromEntries(headers), body: body && Buffer.from(body).toString('utf8') };
}

// [RFC 9112 2.1, 3]
describe('a request in a part', () => {
  it.each<[string, string, ReturnType<typeof read>]>([
    [
      'the usual way',
      'GET A(1) HTTP/1.1\r\nAccept: x\r\n\r\n\r\n',
      { method: 'GET', url: 'A(1)', headers: { accept: 'x' }, body: undefined },
    ],
    ['without a version', 'GET A(1)\n\n', { method: 'GET', url: 'A(1)', headers: {}, body: undefined }],
    ['without an empty line', 'DELETE A(1) HTTP/1.1', { method: 'DELETE', url: 'A(1)', headers: {}, body: undefined }],
    [
      'with blanks in the URL',
      "GET A?$filter=B eq 'HTTP/1.1' HTTP/1.1",
      { method: 'GET', url: "A?$filter=B eq 'HTTP/1.1'", headers: {}, body: undefined },
    ],
    ['behind empty lines', '\r\n\nGET A HTTP/1.1', { method: 'GET', url: 'A', headers: {}, body: undefined }],
    [
      'with a body',
      'POST A HTTP/1.1\nB: 1\nb: 2\n\n{"x":\n1}\n',
      { method: 'POST', url: 'A', headers: { b: '1, 2' }, body: '{"x":\n1}\n' },
    ],
    [
      'with a body of a known length',
      'POST A HTTP/1.1\nContent-Length: 2\n\n{}\r\n\r\n',
      { method: 'POST', url: 'A', headers: {}, body: '{}' },
    ],
    [
      'with a wrong length',
      'POST A HTTP/1.1\nContent-Length: 3\n\n{"ü":1}',
      { method: 'POST', url: 'A', headers: {}, body: '{"ü":1}' },
    ],
  ])('is read: %s', (_name, text, message) => expect(read(text)).toEqual(message));

  it.each<[string, RegExp]>([
    ['', /not a request line/],
    ['GET', /not a request line/],
    ['GET  HTTP/1.1', /not a request line/],
    ['1 A HTTP/1.1', /not a request line/],
    ['GET A HTTP/1.1\nnonsense\n\n', /'nonsense' at position 15 of the batch is not a header/],
    ['GET A HTTP/1.1\n: x\n\n', /is not a header/],
    ['GET A HTTP/1.1\nA: x\u0001\n\n', /is not a header/],
  ])('is refused: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('an answer in a part', () => {
  it('has a status line, headers and its length', () => {
    const headers = new Map([
      ['ETag', 'W/"1"'],
      ['Content-Length', '99'],
    ]);
    expect(writeAnswerMessage({ status: 404, headers, body: Buffer.from('ü') }).toString()).toBe(
      'HTTP/1.1 404 Not Found\r\nETag: W/"1"\r\nContent-Length: 2\r\n\r\nü',
    );
    expect(writeAnswerMessage({ status: 299, headers: new Map(), body: undefined }).toString()).toBe(
      'HTTP/1.1 299 \r\n\r\n',
    );
  });
});
