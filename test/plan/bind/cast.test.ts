import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('cast [OData-URL 5.1.1.10.1]', () => {
  it.each([
    ['cast(Name,Edm.Int32) eq 1', '(cast(Name:String, Int32) eq 1:Int32)'],
    ["cast(Number,'Edm.String') eq '1'", '(cast(Number:Int32, String) eq 1:String)'],
    ["cast('5',Edm.Int32) eq 5", '(5:Int32 eq 5:Int32)'],
    ["cast('x',Edm.Int32)", 'null'],
    ['cast(ID,Edm.Int32)', 'null'],
    ['cast(Status,Edm.Int32) eq 1', '(cast(Status:Status, Int32) eq 1:Int32)'],
    ["cast(Status,Shop.Color) eq Shop.Color'Red'", '(cast(cast(Status:Status, Int64), Color) eq Red:Color)'],
    ['cast(Shop.SpecialProduct) ne null', 'exists(!SpecialProduct)'],
    ['cast(Category,Shop.Country) eq null', '(null eq null)'],
    ['cast(Price,Shop.Length)', 'cast(Price:Double, Length)'],
    ['cast(null,Edm.Int32)', 'null'],
    ['cast(Box/Foo,Edm.Int32) eq 1', '(Box/?Foo:Int32 eq 1:Int32)'],
    ['cast(1,Edm.Int32)', '1:Int32'],
    ['cast(1.5,Edm.Int32)', 'cast(1.5:Decimal, Int32)'],
    ['cast(CreatedAt,Edm.Date)', 'cast(CreatedAt:DateTimeOffset, Date)'],
    ['cast(Opens,Edm.Date)', 'null'],
    ['cast(Address,Shop.HomeAddress) ne null', 'exists(Address/!HomeAddress)'],
    ['cast(Name,Shop.HomeAddress)', 'null'],
    ['cast(Address,Edm.String)', 'null'],
    ["cast('pending',Shop.Status)", 'pending:Status'],
    ['cast(Place,Edm.String)', 'cast(Place:GeographyPoint, String)'],
    ['cast(Number,Collection(Edm.Int32))', 'null'],
    ["'a' in cast(Tags,Collection(Edm.String))", 'any(Tags, v1: (v1:String eq a:String))'],
    ['1 in cast(Tags,Collection(Edm.Int32))', 'any(Tags[v1 → cast(v1:String, Int32)], v2: (v2:Int32 eq 1:Int32))'],
    ['length(cast(Tags,Collection(Edm.Int32))) eq 1', '(case(exists(Tags) ? count(Tags, v2)) eq 1:Int32)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'cast(Shop.SpecialProduct)',
      "400 An expression needs a primitive value, not one of type 'Shop.Model.SpecialProduct' (position 0).",
    ],
    ['cast(Number,Edm.Foo)', "400 Could not find a type named 'Edm.Foo'."],
    ['cast(Tags,Edm.Int32)', "400 'cast' needs a single value, not a collection (position 5)."],
    [
      'cast(1,SpecialProduct)',
      "400 Could not find a type named 'SpecialProduct'. Did you mean 'Shop.Model.SpecialProduct'?",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
