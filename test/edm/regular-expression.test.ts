import { describe, expect, it } from '@jest/globals';

import { regularExpression } from '../../src/edm/index.js';

describe('regular expressions of a schema [ECMA-262 22.2]', () => {
  it.each([
    ['^.$', '😀', true],
    [String.raw`^\p{Lu}`, 'Ä', true],
    [String.raw`^[\w-.]+$`, 'a-b.c', true],
    ['^a|b$', 'xb', true],
    ['^[0-9]{2}$', '123', false],
  ])('%s on %s', (source, text, matches) => {
    expect(regularExpression(source)?.test(text)).toBe(matches);
  });

  it.each(['(', '[a', '*a', '(?<n'])('%s is none', (source) => {
    expect(regularExpression(source)).toBeUndefined();
  });
});
