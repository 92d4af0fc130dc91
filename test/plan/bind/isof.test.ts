import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('isof [OData-URL 5.1.1.10.2]', () => {
  it.each([
    ['isof(Shop.SpecialProduct)', 'isof($it, SpecialProduct)'],
    ['isof(Shop.Product)', 'exists($it)'],
    ["isof('Shop.SpecialProduct')", 'isof($it, SpecialProduct)'],
    ['isof(Category,Shop.Category)', 'exists(>Category)'],
    ['isof(Address,Shop.HomeAddress)', 'isof(Address, HomeAddress)'],
    ["isof(Rating,'Edm.Byte')", '(Rating:Byte ne null)'],
    ['isof(Rating,Edm.Int32)', 'false:Boolean'],
    ['isof(Place,Edm.GeographyPoint)', '(Place:GeographyPoint ne null)'],
    ['isof(Place,Edm.Geography)', '(Place:GeographyPoint ne null)'],
    ['isof(Width,Edm.Decimal)', '(Width:Length ne null)'],
    ['isof(Width,Shop.Length)', '(Width:Length ne null)'],
    ['isof(Name,Shop.Address)', 'false:Boolean'],
    ['isof(Address,Edm.String)', 'false:Boolean'],
    ['isof(null,Edm.String)', 'false:Boolean'],
    ['isof(Category,Shop.Country)', 'false:Boolean'],
    ['isof(5,Edm.Int32)', '(5:Int32 ne null)'],
    ["isof(Shop.Status'done',Shop.Status)", '(done:Status ne null)'],
    ['isof(Box/Foo,Edm.String)', '(cast(Box/?Foo:Untyped, String) ne null)'],
    ['isof(Box/Foo,Edm.Guid)', '(cast(cast(Box/?Foo:Untyped, String), Guid) ne null)'],
    ['isof(Box/Foo,Shop.Address)', 'isof(Box/?Foo, Address|HomeAddress)'],
    ['isof(Tags,Collection(Edm.String))', 'all(Tags, v1: (v1:String ne null))'],
    ['isof(Tags,Collection(Edm.Int32))', 'all(Tags, v1: false:Boolean)'],
    ['isof(Addresses,Collection(Shop.Address))', 'true:Boolean'],
    ['isof(Addresses,Collection(Shop.HomeAddress))', 'all(Addresses, v1: isof(v1, HomeAddress))'],
    ["isof(['a'],Collection(Edm.String))", '(true:Boolean and (a:String ne null))'],
    ["isof(['a'],Collection(Edm.Int32))", '(true:Boolean and false:Boolean)'],
    ['isof(Name,Collection(Edm.String))', 'false:Boolean'],
    ['Parts/any(p:isof(p,Shop.SpecialProduct))', 'any(>Parts, v1: isof(v1, SpecialProduct))'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([['isof(Shop.Nope)', "400 Could not find a type named 'Shop.Nope'."]])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
