import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { Expression } from '../../../src/plan/index.js';
import { ROW_PATTERN } from '../../../src/store/sql/row-pattern.js';
import { databases, type TestDatabase } from './database.js';
import { edm } from './generate-documents.js';
import { thing } from './model.js';
import { plan } from './plans.js';

const MOST_CHARACTERS = 60;

const string = edm('String');
const property = (name: string): Expression => ({
  kind: 'value',
  type: string,
  place: {
    kind: 'member',
    of: { kind: 'variable', variable: 0, type: { type: thing, isCollection: false } },
    property: thing.properties.get(name)!,
    type: { type: string, isCollection: false },
  },
});
const matches: Expression = {
  kind: 'call',
  function: 'matchesPattern',
  arguments: [property('S'), property('T'), { kind: 'literal', value: MOST_CHARACTERS, type: edm('Int32') }],
  type: edm('Boolean'),
};
const isNull: Expression = {
  kind: 'comparison',
  operator: 'eq',
  left: matches,
  right: { kind: 'literal', value: null, type: undefined },
  type: undefined,
};

/** By JavaScript itself, which does not know what is too much for a row. */
function expected(text: string, pattern: string): boolean | null {
  const isKnown = new RegExp(ROW_PATTERN, 'u').test(pattern) && [...pattern].length <= MOST_CHARACTERS;
  const bare = pattern.replaceAll(/\\./gs, '');
  const repetitions = (bare.match(/[*+]|,\}/g) ?? []).length;
  return isKnown && repetitions <= 10 ? new RegExp(pattern, 'u').test(text) : null;
}

const KNOWN: readonly string[] = [
  '',
  '^',
  '$',
  '^$',
  'a|b',
  '|a',
  'a|',
  '^a|b$',
  '()',
  '(a|)c',
  '(?:a|b)?c',
  '(ab)*',
  '(?:ab)+?c',
  '(a{2}){3}',

  '(\\d{1,3}\\.){3}',
  '[a-f]',
  '[^a-f\\]\\-]',
  '[0-9A-Fa-f]{2,}',
  '^.$',
  '\\.',
  '\\\\',
  '\\\\d',
  '\\\\\\d',
  '\\\\.',

  '\\S+@\\w+',
  "it's",
  'é',
  '😀',
  '^😀?$',
  ' ',
  'a{1,9}',
  'a{0,1}b',
  'a??b',
  'a{2}?',
  '\\/',
  '-',
  '[_ ,]',
  '\\u'.slice(2),
  'a*b*c*d*e*f*g*h*i*j*',
  '\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*',
];

const UNKNOWN: readonly string[] = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '*',
  'a**',
  'a{2,1}',
  'a{0}',
  'a{0,0}',
  'a{10}',
  '[z-a]',
  '[a-Z]',
  '[]',
  '[^]',
  '\\',
  '(?=a)',
  '(?<n>a)',
  '(a)\\1',
  '\\b',
  '\\p{L}',
  '\\x',
  '\\u0061',
  '((a))',
  '(a+)+',
  '(a|b)*',
  '(a?)*',
  '(a+){2,}',

  '[[:alpha:]]',
  '[[.a.]]',
  '[[=a=]]',
  '***:a',
  '(?i)a',
  '(*)',
  'a{',
  'a{,2}',
  '^*',
  '$?',
  'a$b',
  'a^b',
  '[a.]',
  '[\\d]',
  'a*b*c*d*e*f*g*h*i*j*k*',
  'a'.repeat(61),
  '\\cA',
  '\\0',
  '[a-]',
];

const TEXTS: readonly string[] = [
  '',
  'a',
  'b',
  'ab',
  'abab',
  'aac',
  'a.b',
  'a\nb',
  '\\d',
  '7',
  '127.0.0.1',
  "it's",
  'é',
  '😀',
  '-]',
  'x@y_z',
];

const token = fc.constantFrom(
  'a',
  'b',
  'c',
  '7',
  '.',
  '^',
  '$',
  '|',
  '(',
  ')',
  '(?:',
  '(?=',
  '*',
  '+',
  '?',
  '{2}',
  '{1,2}',
  '{2,}',
  '{2,1}',
  '??',

  '[',
  ']',
  '[^',
  'a-c',
  'c-a',
  '-',
  '\\',
  '\\d',
  '\\W',
  '\\s',
  '\\.',
  '\\\\',
  '\\-',
  '\\]',
  '\\b',
  '\\1',
  '\\/',
  '{',
  '}',
  '😀',
  "'",
  '(ab)',
  '(a|b)',
  '[ab]',
  '[^a-c]',
  '(a*)',
  '(ab)*',
  '(?:a.){2}',
);
const pairs = fc.array(
  fc.record({
    text: fc.oneof(
      fc.constantFrom(...TEXTS),
      fc.array(fc.constantFrom(...'abc7.-\\ \n😀'), { maxLength: 8 }).map((all) => all.join('')),
    ),
    pattern: fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join('')),
  }),
  { minLength: 20, maxLength: 20 },
);

describe('patterns that are known only with a row [OData-URL 5.1.1.7.1]', () => {
  it.each(KNOWN)('/%s/ is one', (pattern) => expect(expected('a', pattern)).not.toBeNull());

  it.each(UNKNOWN)('/%s/ is none', (pattern) => expect(expected('a', pattern)).toBeNull());
});

describe.each(databases)('patterns of rows on %s', (_, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const agree = async (rows: readonly { readonly text: string | null; readonly pattern: string | null }[]) => {
    await database.clear();
    await database.insert(
      rows.map(({ text, pattern }, index) => ({ key: `k${index}`, document: JSON.stringify({ S: text, T: pattern }) })),
    );
    const keysOf = async (where: Expression) => (await database.read(plan({ where, order: [] }))).map(({ key }) => key);
    const [found, unknown] = [new Set(await keysOf(matches)), new Set(await keysOf(isNull))];
    for (const [index, { text, pattern }] of rows.entries()) {
      const key = `k${index}`;
      const result = unknown.has(key) ? null : found.has(key);
      const isNothing = text === null || pattern === null;
      expect([pattern, text, result]).toEqual([pattern, text, isNothing ? null : expected(text, pattern)]);
    }
  };

  it('match what they match in JavaScript', async () => {
    await agree([...KNOWN, ...UNKNOWN].flatMap((pattern) => TEXTS.map((text) => ({ text, pattern }))));
  });

  it('are null where the text or the pattern is', () =>
    agree([
      { text: null, pattern: 'a' },
      { text: 'a', pattern: null },
      { text: null, pattern: null },
      { text: null, pattern: '(' },
    ]));

  it('never fail, whatever they are', () => fc.assert(fc.asyncProperty(pairs, agree), { numRuns: 40 }));

  it('are matched without going back again and again', async () => {
    const text = 'a'.repeat(20_000);
    const slow = ['a*a*a*a*a*a*a*a*a*a*b', '^(aa)*b', '(a{9}){9}b', 'a{9,}a{9,}a{9,}b', '^[a-b]*[a-c]*[a-d]*[0-9]$'];
    await database.clear();
    await database.insert(
      slow.map((pattern, index) => ({ key: `k${index}`, document: JSON.stringify({ S: text, T: pattern }) })),
    );
    expect(await database.count(plan({ where: matches, order: [] }))).toBe(0);
    expect(await database.count(plan({ where: isNull, order: [] }))).toBe(0);
  });
});
