import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Arithmetic over numbers [OData-URL 5.1.1.2]', () => {
  it.each([
    ['Number add 1', '(Number:Int32 add 1:Int32):Int32'],
    ['Rating add 200', '(cast(Rating:Byte, Int32) add 200:Int32):Int32'],
    ['Rating add Temperature', '(cast(Rating:Byte, Int32) add cast(Temperature:SByte, Int32)):Int32'],
    ['Quantity div 3', '(cast(Quantity:Int16, Int32) div 3:Int32):Int32'],
    ['Quantity divby 3', '(cast(Quantity:Int16, Decimal) divby 3:Decimal):Decimal'],
    ['Price divby 0 gt 0', '((Price:Double divby 0:Double):Double gt 0:Double)'],
    ['Number div 0', '(Number:Int32 div 0:Int32):Int32'],
    ['(Price div 3) mul 3 eq Price', '(((Price:Double div 3:Double):Double mul 3:Double):Double eq Price:Double)'],
    ['Number add null', 'null'],
    ['Number mod 2', '(Number:Int32 mod 2:Int32):Int32'],
    ['Width add 1', '(Width:Length add 1:Decimal):Decimal'],
    ['null add null', 'null'],
    ['null sub CreatedAt', 'null'],
    ['null mul Box/Foo', 'null'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['Name add 1', "400 The types 'Edm.String' and 'Edm.Int32' cannot be combined by 'add' (position 0)."],
    ['Name add null', "400 The types 'Edm.String' and 'null' cannot be combined by 'add' (position 0)."],
    ['Address add 1', "400 'add' needs a primitive value, not one of type 'Shop.Model.Address' (position 0)."],
    ['Scores add 1', "400 'add' needs a single value; a collection can be used with any, all or $count (position 0)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Arithmetic over dates and durations [OData-URL 5.1.1.2]', () => {
  it.each([
    ["CreatedAt add duration'P1D'", '(CreatedAt:DateTimeOffset add P1D:Duration):DateTimeOffset'],
    ['CreatedAt sub ChangedAt', '(CreatedAt:DateTimeOffset sub ChangedAt:DateTimeOffset):Duration'],
    ["Born sub duration'P1D'", '(Born:Date sub P1D:Duration):Date'],
    ['Born sub Born', '(Born:Date sub Born:Date):Duration'],
    ['Takes mul 2', '(Takes:Duration mul 2:Int32):Duration'],
    ['2 mul Takes', '(2:Int32 mul Takes:Duration):Duration'],
    ['Takes div 2.5', '(Takes:Duration div 2.5:Decimal):Duration'],
    ['Takes add Takes', '(Takes:Duration add Takes:Duration):Duration'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'CreatedAt add ChangedAt',
      "400 The types 'Edm.DateTimeOffset' and 'Edm.DateTimeOffset' cannot be combined by 'add' (position 0).",
    ],
    ['Takes div Takes', "400 The types 'Edm.Duration' and 'Edm.Duration' cannot be combined by 'div' (position 0)."],
    [
      "duration'P1D' add CreatedAt",
      "400 The types 'Edm.Duration' and 'Edm.DateTimeOffset' cannot be combined by 'add' (position 0).",
    ],
    ['Born add Born', "400 The types 'Edm.Date' and 'Edm.Date' cannot be combined by 'add' (position 0)."],
    ['Takes mod 2', "400 The types 'Edm.Duration' and 'Edm.Int32' cannot be combined by 'mod' (position 0)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Negation [OData-URL 5.1.1.2.3]', () => {
  it.each([
    ['-Takes', '-Takes:Duration'],
    ['-Number', '-Number:Int32'],
    ['-(5)', '-5:Int32'],
    ['--5', '5:Int32'],
    ['-Price lt -3.5', '(-Price:Double lt -3.5:Double)'],
    ['-null', 'null'],
    ['-(-INF) eq Price', '(INF:Double eq Price:Double)'],
    ['-NaN eq Price', '(NaN:Double eq Price:Double)'],
    ['-Rating', '-Rating:Byte'],
    ['-Width', '-Width:Length'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([['-Name', "400 A value of type 'Edm.String' cannot be negated (position 0)."]])(
    'refuses %s',
    (text, message) => {
      expect(refusal(text)).toBe(message);
    },
  );
});
