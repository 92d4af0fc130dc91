import { describe, expect, it } from '@jest/globals';

import type { Classified } from './documented.js';
import { reasonsOf, type Failure } from './reasons.js';

const example = (id: string, method: string, c: Partial<Classified['c']> = {}): [string, Classified] => [
  id,
  { id, method, c: { kind: 'entity', ...c } },
];
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
    ['an earlier example made the same thing', {}, 'POST', failure('a', 409, ['status', '409 for 201', 'There is'])],
    ['anything else', {}, 'GET', failure('a', 404, ['status', '404 for 200', ''], ['context', 'absent', 'null'])],
  ])('are: %s', (reason, c, method, failed) => {
    expect(reasonsOf([failed], new Map([example('a', method, c)]))).toEqual([{ reason, examples: 1 }]);
  });

  it('count each example once, most first', () => {
    const failures = ['a', 'b', 'c'].map((id) => failure(id, id === 'b' ? 409 : 404, ['status', 'x', '']));
    const known = new Map(['a', 'b'].map((id) => example(id, 'GET')));
    expect(reasonsOf(failures, known)).toEqual([
      { reason: 'anything else', examples: 2 },
      { reason: 'an earlier example made the same thing', examples: 1 },
    ]);
  });
});
