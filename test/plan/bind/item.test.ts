import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('any and all [OData-URL 5.1.1.13]', () => {
  it.each([
    ["Tags/any(t:t eq 'a')", 'any(Tags, v1: (v1:String eq a:String))'],
    ['Tags/any()', 'any(Tags, v1)'],
    ['Tags/all(t:length(t) gt 2)', 'all(Tags, v1: (length(v1:String):Int32 gt 2:Int32))'],
    ['Parts/any(p:p/Name eq Name)', 'any(>Parts, v1: (v1/Name:String eq Name:String))'],
    [
      'Parts/any(p:p/Parts/any(q:q/Price gt p/Price))',
      'any(>Parts, v1: any(v1/>Parts, v2: (v2/Price:Double gt v1/Price:Double)))',
    ],
    [
      "Parts/Shop.SpecialProduct/any(p:p/Extra eq 'a')",
      'any(>Parts/!SpecialProduct, v1: (v1/Extra:String eq a:String))',
    ],
    [
      "Parts/any(p:p/Shop.SpecialProduct/Extra eq 'a')",
      'any(>Parts, v1: (v1/!SpecialProduct/Extra:String eq a:String))',
    ],
    ["Addresses/any(a:a/City eq 'x')", 'any(Addresses, v1: (v1/City:String eq x:String))'],
    ['Addresses/any(a:a eq null)', 'any(Addresses, v1: not exists(v1))'],
    ['Parts/any(Name:Name/Price gt 1)', 'any(>Parts, v1: (v1/Price:Double gt 1:Double))'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['Tags/any(t:t eq 5)', "400 The types 'Edm.String' and 'Edm.Int32' cannot be compared by 'eq' (position 11)."],
    ['Parts/any(p:p/Parts/any(p:p/Price gt 1))', "400 The range variable 'p' is in use already (position 20)."],
    ['Tags/any(t:t)', "400 'any' needs a value of type 'Edm.Boolean', not 'Edm.String' (position 11)."],
    ['Name/any()', "400 'any' needs a collection in front of it, not 'Edm.String' (position 5)."],
    ['Tags/any()/x', "400 A value of type 'Edm.Boolean' has no property 'x' (position 11)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('$count and $filter within expressions [OData-URL 4.8, 4.12]', () => {
  it.each([
    ['Parts/$count gt 2', '(count(>Parts, v1) gt 2:Int64)'],
    ['Parts/$count($filter=Price gt 5) gt 2', '(count(>Parts, v1: (v1/Price:Double gt 5:Double)) gt 2:Int64)'],
    [
      'Parts/$count($filter=Price gt $it/Price) gt 2',
      '(count(>Parts, v1: (v1/Price:Double gt Price:Double)) gt 2:Int64)',
    ],
    ['Parts/$count($filter=$this/Price gt 5) gt 2', '(count(>Parts, v1: (v1/Price:Double gt 5:Double)) gt 2:Int64)'],
    ['Parts/$count($search=red) gt 2', '(count(>Parts, v1: search(v1, red)) gt 2:Int64)'],
    ["Tags/$count($filter=$this eq 'a') gt 2", '(count(Tags, v1: (v1:String eq a:String)) gt 2:Int64)'],
    ['Parts/$filter(Price gt 5)/$count gt 1', '(count(>Parts[v1: (v1/Price:Double gt 5:Double)], v2) gt 1:Int64)'],
    [
      'Parts/$filter(Price gt 5)/any(p:p/Price lt 6)',
      'any(>Parts[v1: (v1/Price:Double gt 5:Double)], v2: (v2/Price:Double lt 6:Double))',
    ],
    [
      'Parts/$filter(Price gt 5)/all(p:p/Price lt 6)',
      'all(>Parts[v1: (v1/Price:Double gt 5:Double)], v2: (v2/Price:Double lt 6:Double))',
    ],
    [
      'Parts/$filter(Price gt 5)/$filter(Price lt 9)/any()',
      'any(>Parts[v1: (v1/Price:Double gt 5:Double)][v2: (v2/Price:Double lt 9:Double)], v3)',
    ],
    [
      'Parts/$count($filter=Price gt 5;$search=red) gt 2',
      '(count(>Parts, v1: ((v1/Price:Double gt 5:Double) and search(v1, red))) gt 2:Int64)',
    ],
    [
      'Tags/$count($search=red) gt 2',
      '(count(Tags, v1: (false:Boolean or case(contains(tolower(v1:String):String, tolower(red:String):String):Boolean ? true:Boolean, true:Boolean ? false:Boolean))) gt 2:Int64)',
    ],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      'Parts/$filter(Price gt 5)/Name',
      "400 The path 'Parts/filter/Name' goes through a collection; its items can be reached with any or all, not by 'Name' (position 26).",
    ],
    ['Name/$count eq 1', "400 '$count' needs a collection in front of it, not 'Edm.String' (position 5)."],
    [
      'Parts/$filter(Price gt 5) eq 1',
      "400 The types 'Collection(Shop.Model.Product)' and 'Edm.Int32' cannot be compared by 'eq' (position 0).",
    ],
    [
      "Parts/$filter(Price gt 5)(1)/Name eq 'a'",
      "400 Resource '1' does not exist: the key of 'Shop.Model.Product' is ID (Edm.Guid) (position 6).",
    ],
    [
      'Parts/$count($filter=Nmae eq 1) gt 2',
      "400 Could not find a property named 'Nmae' on type 'Shop.Model.Product'. Did you mean 'Name'?",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
