import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe("'in' [OData-URL 5.1.1.1.11]", () => {
  it.each([
    ["Name in ('a','b')", '(Name:String in [a:String, b:String])'],
    ['Name in ()', '(Name:String in [])'],
    ["Name in ('a',null)", '(Name:String in [a:String, null])'],
    ['Number in (1,2.5)', '(cast(Number:Int32, Decimal) in [1:Decimal, 2.5:Decimal])'],
    ['Price in (1,2)', '(Price:Double in [1:Double, 2:Double])'],
    ["'a' in Tags", 'any(Tags, v1: (v1:String eq a:String))'],
    ['5 in Scores', 'any(Scores, v1: (v1:Int32 eq 5:Int32))'],
    ["Status in ('pending','done')", '(Status:Status in [pending:Status, done:Status])'],
    ['null in Tags', 'any(Tags, v1: (v1:String eq null))'],
    ['Number in (null)', '(Number:Int32 in [null])'],
    ['Number in [1,2]', '(Number:Int32 in [1:Int32, 2:Int32])'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['Name in (1,2)', "400 The types 'Edm.String' and 'Edm.Int32' cannot be compared by 'in' (position 0)."],
    [
      "Address in ('a')",
      "400 The types 'Shop.Model.Address' and 'Edm.String' cannot be compared by 'in' (position 0).",
    ],
    ["Name in 'a'", "400 'in' needs a list or a collection on its right side, not 'Edm.String' (position 8)."],
    ["'a' in Scores", "400 The types 'Edm.Int32' and 'Edm.String' cannot be compared by 'in' (position 0)."],
    [
      'Parts in (1)',
      "400 The types 'Collection(Shop.Model.Product)' and 'Edm.Int32' cannot be compared by 'in' (position 0).",
    ],
    ['Tags in (1)', "400 The types 'Collection(Edm.String)' and 'Edm.Int32' cannot be compared by 'in' (position 0)."],
    [
      'Name in Addresses',
      "400 The types 'Shop.Model.Address' and 'Edm.String' cannot be compared by 'in' (position 0).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe("'has' [OData-URL 5.1.1.1.10]", () => {
  it.each([
    ["Color has 'Red'", '(Color:Color has Red:Color)'],
    ["Color has Shop.Color'Red,Blue'", '(Color:Color has Red,Blue:Color)'],
    ["Color has Shop.Color'5'", '(Color:Color has Red,Blue:Color)'],
    ['Color has null', '(Color:Color has null)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      "Status has 'done'",
      "400 'has' needs values of an enumeration with flags, not of type 'Shop.Model.Status' (position 0).",
    ],
    ["Name has 'done'", "400 'has' needs values of an enumeration with flags, not of type 'Edm.String' (position 0)."],
    ['Color has Name', "400 The types 'Shop.Model.Color' and 'Edm.String' cannot be compared by 'has' (position 0)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
