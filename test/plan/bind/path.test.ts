import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Property paths [OData-URL 5.1.1.15]', () => {
  it.each([
    ["Address/City eq 'x'", '(Address/City:String eq x:String)'],
    ["Address/Country/Code eq 'DE'", '(Address/>Country/Code:String eq DE:String)'],
    ['Address/Shop.HomeAddress/Floor eq 1', '(Address/!HomeAddress/Floor:Int16 eq 1:Int16)'],
    ['Address/Shop.Model.HomeAddress/Floor eq 1', '(Address/!HomeAddress/Floor:Int16 eq 1:Int16)'],
    ["Shop.SpecialProduct/Extra eq 'a'", '(!SpecialProduct/Extra:String eq a:String)'],
    ["Shop.Product/Name eq 'a'", '(Name:String eq a:String)'],
    ["Category/Label eq 'x'", '(>Category/Label:String eq x:String)'],
    [
      'Category/Products/any(p:p/Category/Code eq Category/Code)',
      'any(>Category/>Products, v1: (v1/>Category/Code:String eq >Category/Code:String))',
    ],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      "Address/Sity eq 'x'",
      "400 Could not find a property named 'Sity' on type 'Shop.Model.Address' in the path 'Address/Sity'. Did you mean 'City'?",
    ],
    ["Nmae eq 'x'", "400 Could not find a property named 'Nmae' on type 'Shop.Model.Product'. Did you mean 'Name'?"],
    ["name eq 'x'", "400 Could not find a property named 'name' on type 'Shop.Model.Product'. Did you mean 'Name'?"],
    ['Name/x eq 1', "400 A value of type 'Edm.String' has no property 'x' (position 5)."],
    [
      'Address/Shop.Box/Size eq 1',
      "400 The type 'Shop.Model.Box' does not derive from 'Shop.Model.Address' (position 8).",
    ],
    ['Address/Shop.Nope/Floor eq 1', "400 Could not find a type named 'Shop.Nope'."],
    [
      "Parts/Name eq 'a'",
      "400 The path 'Parts/Name' goes through a collection; its items can be reached with any or all, not by 'Name' (position 6).",
    ],
    ['Name/Shop.Product eq 1', "400 A value of type 'Edm.String' has no property 'Shop.Product' (position 5)."],
    ['Address/Shop.Status eq 1', "400 A path cannot be cast to 'Shop.Status' (position 8)."],
    ['Address/Shop.age/x eq 1', "400 'Shop.age' is no function that could be called here (position 8)."],
    [
      'Category eq Category/Label',
      "400 The types 'Shop.Model.Category' and 'Edm.String' cannot be compared by 'eq' (position 0).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Paths from other places [OData-URL 5.1.1.14.4 to 5.1.1.14.6]', () => {
  it.each([
    ["$it/Name eq 'a'", '(Name:String eq a:String)'],
    ["$this/Name eq 'a'", '(Name:String eq a:String)'],
    ['$it/Address/City eq Name', '(Address/City:String eq Name:String)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });
});

describe('What expressions do not reach', () => {
  it.each([
    ["@Shop.Nope eq 'x'", "400 There is no term named 'Shop.Model.Nope' (position 0)."],
    [
      "Parts(1)/Name eq 'a'",
      "400 Resource '1' does not exist: the key of 'Shop.Model.Product' is ID (Edm.Guid) (position 0).",
    ],
    ['age() eq 1', "400 There is neither a collection nor a function named 'age' (position 0)."],
    [
      'Shop.age() eq 1',
      "501 Calling the function 'Shop.age' within an expression without a behaviour that defines it as an 'expression' is not supported (position 0).",
    ],
    ['foo(a=1) eq 1', "400 There is neither a collection nor a function named 'foo' (position 0)."],
    ['Category/$ref eq 1', "400 '$ref' cannot stand within an expression (position 9)."],
    ['Photo/$value eq 1', "400 '$value' cannot stand within an expression (position 6)."],
    ['Address/0-1 eq 1', "400 '0-1' is no property (position 8)."],
    ['age eq 1', "400 Could not find a property named 'age' on type 'Shop.Model.Product'."],
    [
      'Name/$filter(true)/$count eq 1',
      "400 '$filter' needs a collection in front of it, not 'Edm.String' (position 5).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
