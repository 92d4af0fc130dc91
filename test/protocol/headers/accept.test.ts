import { describe, expect, it } from '@jest/globals';

import { ServiceError } from '../../../src/error/index.js';
import { jsonContentType, negotiate, type Media } from '../../../src/protocol/headers/accept.js';

const JSON_ONLY: readonly Media[] = ['application/json'];
const SCHEMA: readonly Media[] = ['application/xml', 'application/json'];

function status(accept: string | undefined, format: string | undefined, offered: readonly Media[]): unknown {
  try {
    return negotiate(accept, format, offered).media;
  } catch (error) {
    return error instanceof ServiceError ? error.status : error;
  }
}

// [OData-Protocol 8.2.1, RFC 9110 12.5.1]
describe('the format', () => {
  it.each([
    [undefined, undefined, 'application/json', 'application/xml'],
    ['', undefined, 'application/json', 'application/xml'],
    ['*/*', undefined, 'application/json', 'application/xml'],
    ['application/*', undefined, 'application/json', 'application/xml'],
    ['application/json', undefined, 'application/json', 'application/json'],
    ['Application/JSON; q=0.1', undefined, 'application/json', 'application/json'],
    ['application/xml', undefined, 406, 'application/xml'],
    ['application/xml;q=0.2, application/json', undefined, 'application/json', 'application/json'],
    ['application/json;q=0.2, application/xml', undefined, 'application/json', 'application/xml'],
    ['application/json;q=0, */*', undefined, 406, 'application/xml'],
    ['*/*;q=0', undefined, 406, 406],
    ['text/html, */*;q=0.1', undefined, 'application/json', 'application/xml'],
    ['text/*', undefined, 406, 406],
    ['text/html', 'json', 'application/json', 'application/json'],
    ['text/html', 'application/json', 'application/json', 'application/json'],
    ['application/json', 'xml', 406, 'application/xml'],
    ['application/json', 'atom', 406, 406],
    [undefined, 'nonsense', 406, 406],
    [undefined, '', 406, 406],
  ])('for Accept %s and $format %s is %s, or %s of a schema', (accept, format, json, schema) => {
    expect([status(accept, format, JSON_ONLY), status(accept, format, SCHEMA)]).toEqual([json, schema]);
  });

  it.each([
    [
      'application/json',
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    ],
    [
      'application/json;odata.metadata=full',
      'application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    ],
    [
      'application/json;metadata="NONE"',
      'application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    ],
    [
      'application/json;odata.streaming=false;ieee754compatible=true',
      'application/json;odata.metadata=minimal;odata.streaming=false;IEEE754Compatible=true;charset=utf-8',
    ],
  ])('%s is answered as %s', (accept, contentType) => {
    expect(jsonContentType(negotiate(accept, undefined, JSON_ONLY))).toBe(contentType);
  });
});
