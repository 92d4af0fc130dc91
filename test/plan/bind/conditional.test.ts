import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('case [OData-URL 5.1.1.12.1]', () => {
  it.each([
    ['case(Number gt 0:1,true:0)', 'case((Number:Int32 gt 0:Int32) ? 1:Int32, true:Boolean ? 0:Int32)'],
    ['case(Number gt 0:1,true:2.5)', 'case((Number:Int32 gt 0:Int32) ? 1:Decimal, true:Boolean ? 2.5:Decimal)'],
    ['case(true:null)', 'null'],
    ["case(true:'pending',false:Status)", 'case(true:Boolean ? pending:Status, false:Boolean ? Status:Status)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      "case(Number gt 0:'a',true:2.5)",
      "400 The values of 'case' have no common type: 'Edm.String', 'Edm.Decimal' (position 0).",
    ],
    [
      "case(Number:'a')",
      "400 A condition of 'case' needs a value of type 'Edm.Boolean', not 'Edm.Int32' (position 5).",
    ],
    [
      'case(true:Tags)',
      "400 A value of 'case' needs a single value; a collection can be used with any, all or $count (position 10).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
