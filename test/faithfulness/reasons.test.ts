import { describe, expect, it } from '@jest/globals';

import type { Classified } from './documented.js';
import { reasonOf, reasonsOf, type Failure } from './reasons.js';

const example = (method: string, c: Partial<Classified['c']> = {}): Classified => ({
  id: 'a',
  method,
  c: { kind: 'entity', ...c },
});
const failure = (id: string, status: number, ...reasons: [check: string, cls: string, detail: string][]): Failure => ({
  id,
  status,
  reasons: reasons.map(([check, cls, detail]) => ({ check, cls, detail })),
});

describe('reasons of failures', () => {
  it.each<[string, Partial<Classified['c']>, string, Failure]>([
    [
      'the schema has another method there',
      { methodFits: false },
      'PUT',
      failure('a', 405, ['routed', '405', 'PUT /a']),
    ],
    [
      'the body has members or values that the schema does not have',
      { bodyIssues: [{ issue: 'unknown-property' }] },
      'POST',
      failure('a', 400, ['accepted', '400', "The property 'b' does not exist on type 'c'."]),
    ],
    [
      'the answer has members that the schema does not have',
      { responseIssues: [{ issue: 'unknown-property' }] },
      'GET',
      failure('a', 200, ['shape', 'missing-prop', '/b']),
    ],
    [
      'the request refers to entities that nobody made',
      {},
      'POST',
      failure('a', 400, ['accepted', '400', "The entity 'x' that 'y' refers to does not exist: z"]),
    ],
    [
      'the answer shows values that neither the request nor the schema gives',
      {},
      'POST',
      failure('a', 201, ['shape', 'null', '/status (null for string)']),
    ],
    [
      'the answer shows related entities that the request does not expand',
      {},
      'GET',
      failure('a', 200, ['shape', 'missing-prop', '/base']),
    ],
    [
      'what is behind the result of a function',
      { template: '/a/b()/c' },
      'GET',
      failure('a', 200, ['shape', 'null', '/status (null for string)']),
    ],
    [
      'the documented failure comes of data that no example shows',
      {},
      'POST',
      { ...failure('a', 204, ['status', '204 for 422', '']), documented: 422 },
    ],
    [
      'nobody made what a path of names leads to',
      { flags: ['drive-path'] },
      'GET',
      failure('a', 404, ['status', '404 for 200', '']),
    ],
    [
      'a seed made an entity of another type than the request names',
      {},
      'PATCH',
      failure(
        'a',
        400,
        ['status', '400 for 204', 'The entity is of the type … cannot be changed to …'],
        ['accepted', '400', "The entity is of the type 'a', which cannot be changed to 'b'."],
      ),
    ],
    ['what the service does not do yet', {}, 'POST', failure('a', 501, ['routed', '501', 'POST /a'])],
    [
      'an earlier example or a seed made the same thing',
      {},
      'PUT',
      { ...failure('a', 204, ['shape', 'no body', '']), documented: 201 },
    ],
    [
      'the answer shows values that neither the request nor the schema gives',
      { bodyIssues: [{ issue: 'enum-member-case' }] },
      'POST',
      failure('a', 201, ['shape', 'null', '/status (null for string)']),
    ],
    [
      'an earlier example or a seed made the same thing',
      {},
      'POST',
      failure('a', 409, ['status', '409 for 201', 'There is']),
    ],
    ['anything else', {}, 'GET', failure('a', 404, ['status', '404 for 200', ''], ['context', 'absent', 'null'])],
  ])('are: %s', (reason, c, method, failed) => {
    expect(reasonOf(failed, example(method, c), [])).toBe(reason);
  });

  it('are the contradictions that stand in the way of the answer', () => {
    const name = 'the answer has content, although its status has none';
    expect(reasonOf(failure('a', 204, ['shape', 'no body', '']), example('PATCH'), [name])).toBe(name);
  });

  it('count each example once, most first', () => {
    expect(reasonsOf([{ reason: 'a' }, {}, { reason: 'b' }, { reason: 'b' }])).toEqual([
      { reason: 'b', examples: 2 },
      { reason: 'a', examples: 1 },
    ]);
  });
});
