import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { JsonValue } from '../../../src/edm/index.js';
import { ServiceError } from '../../../src/error/index.js';
import { standardBatchRules } from '../../../src/protocol/batch/batch-rules.js';
import { readJsonBatch } from '../../../src/protocol/batch/read-json-batch.js';

const get = { id: '1', method: 'get', url: 'Books' };
const post = { id: '1', method: 'post', url: 'Books' };

function read(...requests: JsonValue[]) {
  return readJsonBatch({ requests }, standardBatchRules, 5);
}

// [OData-JSON 19.1]
describe('a JSON batch', () => {
  it('is read as its requests and groups', () => {
    const steps = read(
      get,
      { ...get, id: '2', atomicityGroup: 'g', dependsOn: ['1'] },
      { ...get, id: '3', atomicityGroup: 'g', dependsOn: ['2'] },
      { ...get, id: '4', atomicityGroup: null, dependsOn: ['g'] },
    );
    expect(steps).toEqual([
      expect.objectContaining({ kind: 'request', id: '1', method: 'GET', dependsOn: [] }),
      {
        kind: 'change set',
        name: 'g',
        requests: [
          expect.objectContaining({ id: '2', dependsOn: ['1'] }),
          expect.objectContaining({ id: '3', dependsOn: ['2'] }),
        ],
      },
      expect.objectContaining({ kind: 'request', id: '4', dependsOn: ['g'] }),
    ]);
  });

  it.each<[string, object, string | Uint8Array | undefined]>([
    ['JSON', { body: { a: 1 } }, '{"a":1}'],
    ['JSON of a subtype', { headers: { 'Content-Type': 'application/scim+json;x=1' }, body: [1] }, '[1]'],
    ['text', { headers: { 'CONTENT-TYPE': 'text/plain' }, body: 'a' }, 'a'],
    ['base64url', { headers: { 'content-type': 'image/png' }, body: '-_8' }, Buffer.from([251, 255])],
    ['base64', { headers: { 'content-type': 'image/png' }, body: '+/8=' }, Buffer.from([251, 255])],
    ['nothing', { body: null }, undefined],
  ])('may have bodies as %s', (_name, members, body) => {
    expect(read({ ...post, ...members } as JsonValue)).toEqual([expect.objectContaining({ body })]);
  });

  it.each<[string, JsonValue[], string]>([
    ['no object', [1], 'requests/0'],
    ['no id', [{ method: 'get', url: '' }], 'requests/0/id'],
    ['an id that is a number', [{ ...get, id: 1 }], 'requests/0/id'],
    ['an empty id', [{ ...get, id: '' }], 'requests/0/id'],
    ['an id with a line break', [{ ...get, id: 'a\r\nb' }], 'requests/0/id'],
    ['the same id twice', [get, get], 'requests/1/id'],
    ['no method', [{ id: '1', url: '' }], 'requests/0/method'],
    ['a method that may not be', [{ ...get, method: 'OPTIONS' }], 'requests/0/method'],
    ['no url', [{ id: '1', method: 'get' }], 'requests/0/url'],
    ['headers in an array', [{ ...get, headers: [] }], 'requests/0/headers'],
    ['a header that is a number', [{ ...get, headers: { a: 1 } }], 'requests/0/headers/a'],
    ['a header with a line break', [{ ...get, headers: { a: 'x\r\ny' } }], 'requests/0/headers/a'],
    ['a header twice', [{ ...get, headers: { a: '1', A: '2' } }], 'requests/0/headers/A'],
    ['a body with GET', [{ ...get, body: {} }], 'requests/0/body'],
    ['a binary body that is none', [{ ...post, headers: { 'content-type': 'a/b' }, body: '?' }], 'requests/0/body'],
    ['a binary body that is an object', [{ ...post, headers: { 'content-type': 'a/b' }, body: {} }], 'requests/0/body'],
    ['dependencies that are no array', [{ ...get, dependsOn: '1' }], 'requests/0/dependsOn'],
    ['an unknown dependency', [{ ...get, dependsOn: ['0'] }], 'requests/0/dependsOn/0'],
    [
      'a later dependency',
      [
        { ...get, dependsOn: ['2'] },
        { ...get, id: '2' },
      ],
      'requests/0/dependsOn/0',
    ],
    ['itself as a dependency', [{ ...get, dependsOn: ['1'] }], 'requests/0/dependsOn/0'],
    ['its own group as a dependency', [{ ...get, atomicityGroup: 'g', dependsOn: ['g'] }], 'requests/0/dependsOn/0'],
    ['a group that is a number', [{ ...get, atomicityGroup: 1 }], 'requests/0/atomicityGroup'],
    ['a group called like a request', [get, { ...get, id: '2', atomicityGroup: '1' }], 'requests/1/atomicityGroup'],
    [
      'a request called like a group',
      [
        { ...get, atomicityGroup: 'g' },
        { ...get, id: 'g' },
      ],
      'requests/1/id',
    ],
    [
      'a group in two places',
      [
        { ...get, atomicityGroup: 'g' },
        { ...get, id: '2' },
        { ...get, id: '3', atomicityGroup: 'g' },
      ],
      'requests/2/atomicityGroup',
    ],
  ])('is refused where there is %s', (_name, requests, target) => {
    expect(() => read(...requests)).toThrow(expect.objectContaining({ status: 400, target }));
  });

  it.each<[string, JsonValue | undefined]>([
    ['nothing', undefined],
    ['null', null],
    ['an array', []],
    ['an empty object', {}],
    ['requests that are no array', { requests: {} }],
    ['too many requests', { requests: Array.from({ length: 6 }, (_, index) => ({ ...get, id: String(index) })) }],
  ])('is refused where it is %s', (_name, json) => {
    expect(() => readJsonBatch(json, standardBatchRules, 5)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('tells identifiers apart by case, unless the service does not', () => {
    const requests = [get, { ...get, id: 'a' }, { ...get, id: 'A' }];
    expect(readJsonBatch({ requests }, standardBatchRules, 5)).toHaveLength(3);
    expect(() => readJsonBatch({ requests }, { ...standardBatchRules, ignoresCaseOfIds: true }, 5)).toThrow(
      expect.objectContaining({ status: 400, target: 'requests/2/id' }),
    );
  });

  it('is read or refused with 400, whatever JSON it is', () => {
    const member = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('1', 'get', 'post', ['1'], {}, null));
    const request = fc.record(
      {
        id: member,
        method: member,
        url: member,
        headers: member,
        body: member,
        dependsOn: member,
        atomicityGroup: member,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ requests: fc.array(request, { maxLength: 4 }) })), (json) => {
        try {
          readJsonBatch(json as JsonValue, standardBatchRules, 5);
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
          expect(error).toMatchObject({ status: 400 });
        }
      }),
      { numRuns: 500 },
    );
  });
});
