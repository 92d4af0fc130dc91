import { describe, expect, it } from '@jest/globals';

import { bindFilter, defaultBindLimits, type RootPlace } from '../../../src/plan/bind/index.js';
import type { Place } from '../../../src/plan/expression.js';
import type { Expression as Tree } from '../../../src/url/index.js';

import { bind, refusal, refusalOf } from './bind.js';
import { contextOf, model, options, typeNamed } from './model.js';
import { print } from './print.js';

const filter = (query: string) => {
  const { filter: option, aliases } = options(query);
  return print(bindFilter(option!.value, contextOf({ aliases })));
};

describe('bindFilter [OData-URL 5.1.2]', () => {
  it.each([
    ['$filter=IsActive', 'IsActive:Boolean'],
    ['$filter=null', 'null'],
    ['$filter=Box/Foo', 'Box/?Foo:Boolean'],
  ])('%s', (query, bound) => {
    expect(filter(query)).toBe(bound);
  });

  it.each([
    ['$filter=Number', "400 $filter needs a value of type 'Edm.Boolean', not 'Edm.Int32' (position 8)."],
    ['$filter=Address', "400 $filter needs a primitive value, not one of type 'Shop.Model.Address' (position 8)."],
    [
      '$filter=Parts',
      '400 $filter needs a single value; a collection can be used with any, all or $count (position 8).',
    ],
  ])('refuses %s', (query, message) => {
    expect(refusalOf(() => filter(query))).toBe(message);
  });
});

describe('Parameter aliases [OData-URL 5.3]', () => {
  it.each([
    ["$filter=Name eq @n&@n='a'", '(Name:String eq a:String)'],
    ['$filter=Number in @list&@list=[1,2]', '(Number:Int32 in [1:Int32, 2:Int32])'],
    ['$filter=Number in (@a,3)&@a=1', '(Number:Int32 in [1:Int32, 3:Int32])'],
    ['$filter=Price gt @a&@a=@b&@b=5', '(Price:Double gt 5:Double)'],
    ['$filter=@c&@c=Price gt 5', '(Price:Double gt 5:Double)'],
    ['$filter=@it/Name eq @it/Name&@it=$it', '(Name:String eq Name:String)'],
    ['$filter=Name eq @n&@n=null', '(Name:String eq null)'],
    ['$filter=Name eq @missing', '(Name:String eq null)'],
  ])('%s', (query, bound) => {
    expect(filter(query)).toBe(bound);
  });

  it.each([
    ['$filter=Name eq @a&@a=@a', "400 The parameter alias '@a' refers to itself."],
    ['$filter=Name eq @a&@a=@b&@b=concat(@a,@a)', "400 The parameter alias '@a' refers to itself."],
  ])('refuses %s', (query, message) => {
    expect(refusalOf(() => filter(query))).toBe(message);
  });

  it('counts an alias as often as it is used', () => {
    const doublings = Array.from({ length: 30 }, (_, n) => `@a${n}=@a${n + 1} add @a${n + 1}`).join('&');
    expect(refusalOf(() => filter(`$filter=@a0 eq 1&${doublings}&@a30=1`))).toBe(
      '400 The expression has more than 2000 parts.',
    );
  });
});

describe('Limits', () => {
  it('counts nodes', () => {
    const limits = { ...defaultBindLimits, nodes: 3 };
    expect(bind('Number eq 1', { limits })).toBe('(Number:Int32 eq 1:Int32)');
    expect(refusal('Number eq 1 add 2', { limits })).toBe('400 The expression has more than 3 parts.');
    expect(refusal('Number in (1,2,3)', { limits })).toBe('400 The expression has more than 3 parts.');
  });

  it('counts depth, but not the length of a chain', () => {
    const limits = { ...defaultBindLimits, depth: 10 };
    const chain = Array.from({ length: 50 }, () => 'IsActive').join(' or ');
    expect(bind(chain, { limits })).toContain('(IsActive:Boolean or IsActive:Boolean)');
    expect(refusal(`${'not '.repeat(20)}IsActive`, { limits })).toBe(
      '400 The expression is nested more than 10 levels deep.',
    );
  });

  it('survives trees deeper than any parser lets through', () => {
    let tree: Tree = { kind: 'literal', type: 'boolean', text: 'true', at: 0 };
    for (let depth = 0; depth < 100_000; depth++) tree = { kind: 'unary', operator: 'not', operand: tree, at: 0 };
    expect(refusalOf(() => bindFilter(tree, contextOf()))).toBe(
      '400 The expression is nested more than 100 levels deep.',
    );
  });

  it('limits the length of patterns', () => {
    const limits = { ...defaultBindLimits, patternLength: 3 };
    expect(refusal("matchesPattern(Name,'abcd')", { limits })).toBe(
      '400 The pattern is longer than 3 characters (position 20).',
    );
  });
});

describe('Options of the context', () => {
  it('compares enumerations with numbers where it is allowed', () => {
    const allowEnumNumbers = true;
    expect(bind('Status eq 1', { allowEnumNumbers })).toBe('(Status:Status eq pending:Status)');
    expect(bind('3 eq Color', { allowEnumNumbers })).toBe('(Red,Green:Color eq Color:Color)');
    expect(bind('Status in (0,2)', { allowEnumNumbers })).toBe('(Status:Status in [unknown:Status, done:Status])');
    expect(bind('Color has 4', { allowEnumNumbers })).toBe('(Color:Color has Blue:Color)');
    expect(refusal('Status eq 256', { allowEnumNumbers })).toBe(
      "400 The number 256 is no member of 'Shop.Model.Status' (position 10).",
    );
  });

  it('takes a date for its midnight in UTC where it is allowed', () => {
    const promoteDates = true;
    expect(bind('CreatedAt ge 2020-01-01', { promoteDates })).toBe(
      '(CreatedAt:DateTimeOffset ge 2020-01-01T00:00:00Z:DateTimeOffset)',
    );
    expect(bind('CreatedAt ge Born', { promoteDates })).toBe(
      '(CreatedAt:DateTimeOffset ge cast(Born:Date, DateTimeOffset))',
    );
  });

  it('finds types of the default namespaces', () => {
    const defaultNamespaces = ['Shop.Model'];
    expect(bind("SpecialProduct/Extra eq 'a'", { defaultNamespaces })).toBe(
      '(!SpecialProduct/Extra:String eq a:String)',
    );
    expect(bind('isof(SpecialProduct)', { defaultNamespaces })).toBe('isof($it, SpecialProduct)');
  });

  it('binds values of collections that are no entities', () => {
    const type = typeNamed('Edm.Int32');
    expect(bind('$it gt 5', { type })).toBe('($it:Int32 gt 5:Int32)');
    expect(bind('$this gt 5', { type })).toBe('($it:Int32 gt 5:Int32)');
    expect(refusal('Name gt 5', { type })).toBe("400 A value of type 'Edm.Int32' has no property 'Name' (position 0).");
    expect(bind("City eq 'x'", { type: typeNamed('Shop.Address') })).toBe('(City:String eq x:String)');
  });

  it('counts the items of a whole collection', () => {
    expect(bind('$it/$count gt 1', { isCollection: true })).toBe('(count($it, v1) gt 1:Int64)');
    expect(bind('$count($filter=IsActive) gt 1', { isCollection: true })).toBe(
      '(count($it, v1: v1/IsActive:Boolean) gt 1:Int64)',
    );
  });

  it('has the row of the resource for $it within $expand, where there is one', () => {
    const type = model.structuredTypeOrThrow('Shop.Category');
    const place: Place = { kind: 'variable', variable: 0, type: { type, isCollection: false } };
    const resource = { place, container: undefined };
    expect(bind('$it/Label eq Name', { resource })).toBe('($resource/Label:String eq Name:String)');
    expect(bind("$this/Name eq 'a'", { resource })).toBe('(Name:String eq a:String)');
  });

  it('follows $root', () => {
    const root: RootPlace = {
      source: { kind: 'entity', collection: 'Products', key: '1' },
      type: model.structuredTypeOrThrow('Shop.Product'),
      isCollection: false,
      container: undefined,
      steps: 1,
    };
    const resolveRoot = () => root;
    expect(bind('Price gt $root/Products(1)/Price', { resolveRoot })).toBe('(Price:Double gt $root/Price:Double)');
  });

  it('tells which navigation properties lead to a place', () => {
    const seen: string[] = [];
    const { relationOf } = contextOf();
    bind('Category/Products/any(p:p/Parts/any(q:q/Category/Code eq Category/Code))', {
      relationOf: (property, before, within) => {
        seen.push([...before, property].map(({ name }) => name).join('/'));
        return relationOf(property, before, within);
      },
    });
    expect(seen).toEqual([
      'Category',
      'Category/Products',
      'Category/Products/Parts',
      'Category/Products/Parts/Category',
      'Category',
    ]);
  });
});
