import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Numeric promotion [OData-URL 5.1.1.18]', () => {
  it.each([
    ['Price gt 5', '(Price:Double gt 5:Double)'],
    ['Price gt 3.14', '(Price:Double gt 3.14:Double)'],
    ['Weight eq 3.14f', '(Weight:Single eq 3.14:Single)'],
    ['Weight eq 3.14', '(Weight:Single eq 3.14:Single)'],
    ['Weight eq 1e300', '(cast(Weight:Single, Double) eq 1e+300:Double)'],
    ['Cost le 2.5', '(Cost:Decimal le 2.5:Decimal)'],
    ['Cost eq INF', '(cast(Cost:Decimal, Double) eq INF:Double)'],
    ['Rating eq 5', '(Rating:Byte eq 5:Byte)'],
    ['Rating eq 300', '(cast(Rating:Byte, Int32) eq 300:Int32)'],
    ['Rating eq Temperature', '(cast(Rating:Byte, Int16) eq cast(Temperature:SByte, Int16))'],
    ['Quantity eq 40000', '(cast(Quantity:Int16, Int32) eq 40000:Int32)'],
    ['Number eq 3.5', '(cast(Number:Int32, Decimal) eq 3.5:Decimal)'],
    ['Total eq 9223372036854775807', '(Total:Int64 eq 9223372036854775807:Int64)'],
    ['Price eq 9223372036854775808', '(Price:Double eq 9223372036854776000:Double)'],
    ['Cost eq 9223372036854775808', '(Cost:Decimal eq 9223372036854775808:Decimal)'],
    ['Number gt Price', '(cast(Number:Int32, Double) gt Price:Double)'],
    ['Number gt Cost', '(cast(Number:Int32, Decimal) gt Cost:Decimal)'],
    ['Weight gt Cost', '(Weight:Single gt cast(Cost:Decimal, Single))'],
    ['Width gt 5', '(Width:Length gt 5:Decimal)'],
    ['Width eq Cost', '(Width:Length eq Cost:Decimal)'],
    ['-9223372036854775808 eq Total', '(-9223372036854775808:Int64 eq Total:Int64)'],
    ['1 eq 1.5', '(1:Decimal eq 1.5:Decimal)'],
    ['1.5 eq 1', '(1.5:Decimal eq 1:Decimal)'],
    ['1e3 eq 1', '(1000:Double eq 1:Double)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'Total eq 9223372036854775808',
      "400 The literal must be an integer from -9223372036854775808 to 9223372036854775807, not '9223372036854775808' (position 9).",
    ],
    [
      'Number eq 9223372036854775808',
      "400 The literal must be an integer from -9223372036854775808 to 9223372036854775807, not '9223372036854775808' (position 10).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Enumeration literals [OData-URL 5.1.1.14.1]', () => {
  it.each([
    ["Status eq 'pending'", '(Status:Status eq pending:Status)'],
    ["Status eq Shop.Status'pending'", '(Status:Status eq pending:Status)'],
    ["Status eq Shop.Model.Status'pending'", '(Status:Status eq pending:Status)'],
    ["'pending' eq Status", '(pending:Status eq Status:Status)'],
    ["Shop.Status'done' eq 'done'", '(done:Status eq done:Status)'],
    ["Color eq 'Red,Blue'", '(Color:Color eq Red,Blue:Color)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      "Status eq Shop.Color'Red'",
      "400 The types 'Shop.Model.Status' and 'Shop.Color' cannot be compared by 'eq' (position 0).",
    ],
    [
      "Status eq 'Pending'",
      "400 The literal must be a member of Shop.Model.Status; 'Pending' is none (position 10). Did you mean 'pending'?",
    ],
    ["Status eq Nope.X'a'", "400 Could not find an enumeration type named 'Nope.X' (position 10)."],
    ['Status eq 1', "400 The types 'Shop.Model.Status' and 'Edm.Int32' cannot be compared by 'eq' (position 0)."],
    ["Color eq ''", "400 The literal must be members of Shop.Model.Color; '' is none (position 9)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Dynamic properties take the type of what they stand beside', () => {
  it.each([
    ["Category/Foo eq 'x'", '(>Category/?Foo:String eq x:String)'],
    ['Category/Foo gt 5', '(>Category/?Foo:Double gt 5:Double)'],
    ['Category/Foo eq null', '(>Category/?Foo:String eq null)'],
    ['Category/Foo eq Category/Bar', '(>Category/?Foo:String eq >Category/?Bar:String)'],
    ['Category/Foo', '>Category/?Foo:String'],
    ['Category/Foo add Category/Bar eq 5', '((>Category/?Foo:Double add >Category/?Bar:Double):Double eq 5:Double)'],
    ["contains(Category/Foo,'x')", 'contains(>Category/?Foo:String, x:String):Boolean'],
    ['Box/Foo eq true', '(Box/?Foo:Boolean eq true:Boolean)'],
    ['Box/Foo and IsActive', '(Box/?Foo:Boolean and IsActive:Boolean)'],
    ["Box/Foo in ('a','b')", '(Box/?Foo:String in [a:String, b:String])'],
    ['Box/Foo eq 2020-01-01', '(Box/?Foo:Date eq 2020-01-01:Date)'],
    ["Box/Foo eq Shop.Status'done'", '(Box/?Foo:Status eq done:Status)'],
    ['-Box/Foo', '-Box/?Foo:Double'],
    ['Category/Foo/Bar eq 1', '(>Category/?Foo/?Bar:Double eq 1:Double)'],
    ['Box/Foo/any(x:x eq 1)', 'any(Box/?Foo, v1: (v1:Double eq 1:Double))'],
    ["Box/Foo/any(x:x/a/b eq 'c')", 'any(Box/?Foo, v1: (v1/?a/?b:String eq c:String))'],
    ['Box/Foo/$filter($this gt 1)/$count', 'count(Box/?Foo[v1: (v1:Double gt 1:Double)], v2)'],
    ["Box/Foo sub duration'P1D'", '(Box/?Foo:DateTimeOffset sub P1D:Duration):DateTimeOffset'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it('behind a type cast a property has its declared one', () => {
    expect(bind("Box/Foo/Shop.Address/City eq 'x'")).toBe('(Box/?Foo/!Address|HomeAddress/City:String eq x:String)');
    expect(refusal('Box/Foo/Shop.Address/City eq 1')).toBe(
      "400 The types 'Edm.String' and 'Edm.Int32' cannot be compared by 'eq' (position 0).",
    );
  });
});
