import { describe, expect, it } from '@jest/globals';

import { faultOffset } from '../../../src/csdl/json/fault-offset.js';

describe('the place where a text stops being JSON', () => {
  const cases: [text: string, offset: number][] = [
    ['', 0],
    ['{', 1],
    ['{"a": }', 6],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1, 2', 5],
    ['[1 2]', 3],
    ['[tru]', 1],
    ['["\n"]', 1],
    ['{"a": {"b": [1, {"c": x}]}}', 22],
    ['{} {}', 2],
  ];

  it.each(cases)('%j', (text, offset) => {
    expect(faultOffset(text)).toBe(offset);
  });
});
