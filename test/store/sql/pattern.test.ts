import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ServiceError } from '../../../src/error/index.js';
import { checkPattern } from '../../../src/plan/bind/pattern.js';
import type { Expression } from '../../../src/plan/index.js';
import { postgres, sqlite, type Dialect } from '../../../src/store/sql/index.js';
import { portablePattern } from '../../../src/store/sql/pattern.js';
import { databases, type TestDatabase } from './database.js';

const dialects: Readonly<Record<string, Dialect>> = {
  SQLite: sqlite({ ignoreCase: false }),
  PostgreSQL: postgres({ ignoreCase: false }),
};

const PATTERNS: readonly string[] = [
  '',
  'a',
  '^a',
  'a$',
  '^$',
  '^a.c$',
  'a|b',
  '^(a|b)$',
  '^(?:ab)+$',
  '(?<name>b)c',
  'a*?b',
  '^a{2}$',
  '^a{2,}$',
  '^a{1,2}?b',
  'a{0}b',
  '[abc]',
  '[^abc]',
  '^[a-c]+$',
  '[-a]',
  '[a-]',
  '[\\]\\^\\-]',
  '[\\d_]',
  '^\\d+$',
  '\\D',
  '^\\w+$',
  '\\W',
  '\\s',
  '^\\S+$',
  '\\.',
  '\\\\',
  '\\(\\)',
  '\\/',
  '\\u0061',
  '\\u{1F600}',
  '\\x62',
  '^.$',
  '^..$',
  '😀',
  '^[😀-😂]$',
  'é',
  "'",
  '%_',
  '\\t',
  '\\n',
  '^(a|)c$',
  '(a|b)*c',
  '^a',
  ' ',
  '\\$',
  '[.*+?]',
  '(^a|^b)c',
  '\\bab\\b',
  '\\b',
  'a\\b',
  '^\\bé?\\b',
  '[]',
  'a[]?b',
  '[^]',
  '^[^]{2}$',
  '[\\D]',
  '[^\\D]',
  '^[\\W\\d]+$',
  '^[\\Sx ]$',
  '[^\\S]',
  '\\cI',
  '[\\cI]',
  '\\ud83d\\ude00',
  '[\\b]',
  '\\u{0061}',
];

const TEXTS: readonly string[] = [
  '',
  'a',
  'b',
  'c',
  'ab',
  'aa',
  'aab',
  'abab',
  'abc',
  'ac',
  'bc',
  'a.c',
  'a\nc',
  'a😀c',
  '😀',
  '😁',
  'é',
  'É',
  'A',
  '-',
  ']',
  '^',
  '12',
  '1 2',
  '_',
  '()',
  '/',
  '\\',
  '.',
  '*',
  "it's",
  '%_',
  'a\tb',
  'a\u00a0b',
  '$1',
  'aaa',
];

const REFUSED: readonly string[] = [
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  '\\B',
  '\\p{L}',
  '(a)\\1',
  '\\0',
  '\\ud83d',
  'a{256}',
  '(?:(?:a{200}){200}){200}',
];

describe('regular expressions that both databases know [OData-URL 5.1.1.7.1]', () => {
  it.each(REFUSED)('refuses %s', (pattern) => {
    expect(() => portablePattern(pattern)).toThrow(ServiceError);
  });

  it('are all that may be bound', () => {
    const part = fc.constantFrom(
      ...'ab^$.*+?|()[]{}-,1237\\d\\W\\b\\B\\s\\0\\cA\\x41\\u0041\\ud83d\\ude00\\pL(?:(?<n>(?=😀'.match(/\\?./gu)!,
      '{2}',
      '{1,3}',
      '{300}',
      '[^',
      '(?:',
      '\\u{41}',
      '\\p{L}',
      '{99}',
    );
    let bound = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const pattern = parts.join('');
        const literal: Expression = { kind: 'literal', value: pattern, type: undefined };
        try {
          checkPattern(literal, 0, 500);
        } catch (error) {
          if (error instanceof ServiceError && error.status === 400) return;
          throw error;
        }
        bound++;
        expect(() => portablePattern(pattern)).not.toThrow();
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(bound).toBeGreaterThan(1000);
  });

  it('means nothing by the characters of a text', () => {
    expect(portablePattern('^(?:a|\\d+?)\\.$')).toBe('^(a|[0-9]+)\\u002e$');
    expect(portablePattern("x'y-z")).toBe('x\\u0027y\\u002dz');
  });
});

for (const [name, open] of databases) {
  describe(`regular expressions on ${name}`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database.close());

    it.each(PATTERNS)('/%s/ matches what it matches in JavaScript', async (pattern) => {
      const portable = portablePattern(pattern, dialects[name]!.strings.wordBoundary);
      for (const text of TEXTS) {
        const statement = name === 'SQLite' ? 'SELECT regexp(?, ?) AS found' : 'SELECT ?::text ~ ?::text AS found';
        const [row] = await database.query(statement, name === 'SQLite' ? [portable, text] : [text, portable]);
        expect([text, Boolean(row!['found'])]).toEqual([text, new RegExp(pattern, 'u').test(text)]);
      }
    });
  });
}
