import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Comparison of scalars [OData-URL 5.1.1.1]', () => {
  it.each([
    ["Name eq 'a'", '(Name:String eq a:String)'],
    ['Born eq 2020-01-01', '(Born:Date eq 2020-01-01:Date)'],
    ['CreatedAt gt 2020-01-01T00:00:00+02:00', '(CreatedAt:DateTimeOffset gt 2019-12-31T22:00:00Z:DateTimeOffset)'],
    ['Opens lt 10:00', '(Opens:TimeOfDay lt 10:00:00:TimeOfDay)'],
    ["Takes eq duration'PT36H'", '(Takes:Duration eq P1DT12H:Duration)'],
    ["Data eq binary'AQID'", '(Data:Binary eq AQID:Binary)'],
    ['Place ne null', '(Place:GeographyPoint ne null)'],
    ["'a' eq 'b'", '(a:String eq b:String)'],
    ['1 eq 1.5', '(1:Decimal eq 1.5:Decimal)'],
    ['true eq false', '(true:Boolean eq false:Boolean)'],
    ['IsActive gt false', '(IsActive:Boolean gt false:Boolean)'],
    ['ID gt 00000000-0000-0000-0000-00000000000A', '(ID:Guid gt 00000000-0000-0000-0000-00000000000a:Guid)'],
    ['ID eq 00000000-0000-0000-0000-00000000000A', '(ID:Guid eq 00000000-0000-0000-0000-00000000000a:Guid)'],
    ['null eq null', '(null eq null)'],
    ['Number eq null', '(Number:Int32 eq null)'],
    ['null lt Number', '(null lt Number:Int32)'],
    ['Photo ne null', 'exists(Photo)'],
    ['null eq Photo', 'not exists(Photo)'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['Name eq 1', "400 The types 'Edm.String' and 'Edm.Int32' cannot be compared by 'eq' (position 0)."],
    ['1 eq Name', "400 The types 'Edm.Int32' and 'Edm.String' cannot be compared by 'eq' (position 0)."],
    [
      'Born eq 2020-02-31',
      "400 The literal must be a date from 0001-01-01 to 9999-12-31 such as 2026-01-31, not '2020-02-31' (position 8).",
    ],
    [
      'CreatedAt gt 2020-01-01',
      "400 The types 'Edm.DateTimeOffset' and 'Edm.Date' cannot be compared by 'gt' (position 0).",
    ],
    [
      "CreatedAt gt '2020-01-01'",
      "400 The types 'Edm.DateTimeOffset' and 'Edm.String' cannot be compared by 'gt' (position 0).",
    ],
    ["Data lt binary'AQID'", "400 The types 'Edm.Binary' and 'Edm.Binary' cannot be compared by 'lt' (position 0)."],
    [
      'Photo lt null',
      "400 A value of type 'Edm.Stream' is a media resource, which can be asked for its type and compared with null, and nothing else (position 0).",
    ],
    ["Photo eq 'x'", "400 The types 'Edm.Stream' and 'Edm.String' cannot be compared by 'eq' (position 0)."],
    [
      "Place eq geography'SRID=4326;Point(1 2)'",
      "400 The types 'Edm.GeographyPoint' and 'Edm.GeographyPoint' cannot be compared by 'eq' (position 0).",
    ],
    [
      "ID eq '00000000-0000-0000-0000-00000000000A'",
      "400 The types 'Edm.Guid' and 'Edm.String' cannot be compared by 'eq' (position 0).",
    ],
    [
      'Name eq 00000000-0000-0000-0000-00000000000A',
      "400 The types 'Edm.String' and 'Edm.Guid' cannot be compared by 'eq' (position 0).",
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('Comparison of structured values and collections', () => {
  it.each([
    ['Address eq null', 'not exists(Address)'],
    ['Address ne null', 'exists(Address)'],
    ['null eq Address', 'not exists(Address)'],
    ['Category eq null', 'not exists(>Category)'],
    ['$it eq null', 'not exists($it)'],
    ['Address eq Address', 'same(Address, Address)'],
    ['Address ne Address', 'not same(Address, Address)'],
    ['Tags eq Tags', 'same(Tags, Tags)'],
    ['Tags eq null', 'not exists(Tags)'],
    ['[1,Number] eq [Number,2]', '((1:Int32 eq Number:Int32) and (Number:Int32 eq 2:Int32))'],
    ['[1] eq [1,2]', 'false:Boolean'],
    ['Tags eq ["a"]', '((exists(Tags) and (count(Tags, v1) eq 1:Int64)) and (Tags[0]:String eq a:String))'],
    ['Parts eq Parts', '(hassubset(>Parts, >Parts):Boolean and hassubset(>Parts, >Parts):Boolean)'],
    ['Parts eq []', '(hassubset(>Parts, []):Boolean and hassubset([], >Parts):Boolean)'],
    [
      'Box eq {"Size":1}',
      '(startswith([Box], [{Size: 1:Int32}]):Boolean and startswith([{Size: 1:Int32}], [Box]):Boolean)',
    ],
    [
      'Box/Foo eq {"Size":1}',
      '(startswith([Box/?Foo], [{Size: 1:Int32}]):Boolean and startswith([{Size: 1:Int32}], [Box/?Foo]):Boolean)',
    ],
    [
      'Address eq {"City":"x"}',
      '((isof(Address, Address) and (Address/Street:String eq null)) and (Address/City:String eq x:String))',
    ],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['Address gt null', "400 The types 'Shop.Model.Address' and 'null' cannot be compared by 'gt' (position 0)."],
    ["Address eq 'x'", "400 The types 'Shop.Model.Address' and 'Edm.String' cannot be compared by 'eq' (position 0)."],
    ["Tags eq 'a'", "400 The types 'Collection(Edm.String)' and 'Edm.String' cannot be compared by 'eq' (position 0)."],
    ['[1,2] eq 1', "400 The types 'Collection(Edm.Untyped)' and 'Edm.Int32' cannot be compared by 'eq' (position 0)."],
    ['{"a":1} eq 1', "400 The types 'Edm.ComplexType' and 'Edm.Int32' cannot be compared by 'eq' (position 0)."],
    [
      'Category eq {"Code":"x"}',
      '400 A JSON object is a complex value, and an entity equals nothing but itself (OData-URL 5.1.1.1.1): it is named by a path, such as one from $root (position 12).',
    ],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
