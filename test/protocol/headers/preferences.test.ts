import { describe, expect, it } from '@jest/globals';

import { readPreferences, returnPreference } from '../../../src/protocol/headers/preferences.js';

// [RFC 7240 2]
describe('a Prefer header', () => {
  it.each([
    [undefined, {}],
    ['', {}],
    ['return=minimal', { return: 'minimal' }],
    ['Return = minimal ', { return: 'minimal' }],
    ['return="minimal"', { return: 'minimal' }],
    ['return=minimal; a="b,c"; d', { return: 'minimal' }],
    ['odata.maxpagesize=5, maxpagesize=6', { maxpagesize: '5' }],
    [
      'include-unknown-enum-members, return=representation',
      { 'include-unknown-enum-members': 'true', return: 'representation' },
    ],
    ['respond-async,wait=10', { 'respond-async': 'true', wait: '10' }],
    ['outlook.timezone="Pacific Standard Time"', { 'outlook.timezone': 'Pacific Standard Time' }],
    ['odata.include-annotations="-*,a.b"', { 'include-annotations': '-*,a.b' }],
    [String.raw`a="say \"hi\", \\"`, { a: String.raw`say "hi", \ `.trim() }],
    ['a=""', { a: 'true' }],
    ['a=b=c', { a: 'b=c' }],
    [',ab', { ab: 'true' }],
    [', ,', {}],
    ['=minimal', {}],
    ['two words', {}],
    ['a="unclosed, b', { a: '"unclosed, b' }],
  ])('%j', (header, expected) => {
    expect(Object.fromEntries(readPreferences(header))).toEqual(expected);
  });

  it.each(['a', 'a=', 'a="', '"', '\\"', 'a,', 'a;', ' ', '= '])(
    'is read in no time, however odd: many of %j',
    (piece) => {
      const started = performance.now();
      readPreferences(`${piece.repeat(60_000 / piece.length)}"`);
      readPreferences(`a="${piece.repeat(60_000 / piece.length)}`);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

// [OData-Protocol 8.2.8.7]
describe('the return preference', () => {
  it.each([
    ['return=minimal', 'minimal'],
    ['return=representation', 'representation'],
    ['return=nothing', undefined],
    ['return', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, expected) => {
    expect(returnPreference(readPreferences(header))).toBe(expected);
  });
});
