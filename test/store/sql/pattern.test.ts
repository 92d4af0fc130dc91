import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ServiceError } from '../../../src/error/index.js';
import { portablePattern } from '../../../src/store/sql/pattern.js';
import { databases, type TestDatabase } from './database.js';

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
  '\\b',
  '\\p{L}',
  '(a)\\1',
  '[]',
  '[^]',
  '[\\D]',
  'a{256}',
  '(?:(?:a{200}){200}){200}',
  '\\cA',
];

describe('regular expressions that both databases know [OData-URL 5.1.1.7.1]', () => {
  it.each(REFUSED)('refuses %s', (pattern) => {
    expect(() => portablePattern(pattern)).toThrow(ServiceError);
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
      const portable = portablePattern(pattern);
      for (const text of TEXTS) {
        const statement = name === 'SQLite' ? 'SELECT regexp(?, ?) AS found' : 'SELECT ?::text ~ ?::text AS found';
        const [row] = await database.query(statement, name === 'SQLite' ? [portable, text] : [text, portable]);
        expect([text, Boolean(row!['found'])]).toEqual([text, new RegExp(pattern, 'u').test(text)]);
      }
    });
  });
}
