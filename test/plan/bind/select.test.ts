import { describe, expect, it } from '@jest/globals';

import { bindSelect, type BindContext } from '../../../src/plan/bind/index.js';

import { refusalOf } from './bind.js';
import { contextOf, options, typeNamed } from './model.js';
import { printSelection } from './print.js';

const select = (query: string, changes: Partial<BindContext> = {}) => {
  const { select: selection, contextList } = bindSelect(options(query).select!.value, contextOf(changes));
  return [printSelection(selection), contextList];
};

describe('bindSelect [OData-URL 5.1.4] [OData-Protocol 10.8]', () => {
  it.each([
    ['$select=Name', 'Name', 'Name'],
    ['$select=Number,Name', 'Number,Name', 'Number,Name'],
    ['$select=Name,Name', 'Name', 'Name'],
    ['$select=*', 'all', '*'],
    ['$select=*,Name,Parts', 'all', '*,Parts'],
    ['$select=Address/City,Address/Street', 'Address(City,Street)', 'Address/City,Address/Street'],
    ['$select=Address,Address/City', 'Address', 'Address'],
    ['$select=Address/City,Address', 'Address', 'Address'],
    ['$select=Address($select=City,Street)', 'Address(City,Street)', 'Address/City,Address/Street'],
    ['$select=Address/*', 'Address', 'Address'],
    ['$select=Addresses/City', 'Addresses(City)', 'Addresses/City'],
    ['$select=Category', 'Category', 'Category'],
    ['$select=Address/Country', 'Address(Country)', 'Address/Country'],
    ['$select=Shop.SpecialProduct/Extra', 'Extra', 'Shop.SpecialProduct/Extra'],
    ['$select=Address/Shop.HomeAddress/Floor', 'Address(Floor)', 'Address/Shop.HomeAddress/Floor'],
    ['$select=Name,Shop.sell', 'Name', 'Name,Shop.sell'],
    ['$select=Name,Shop.Model.age,Shop.*', 'Name', 'Name,Shop.Model.age,Shop.*'],
    ['$select=Box/Size,Box/Foo', 'Box(Size,Foo)', 'Box/Size,Box/Foo'],
    ['$select=Box/Foo/Bar', 'Box(Foo(Bar))', 'Box/Foo/Bar'],
    ['$select=Tags,Photo', 'Tags,Photo', 'Tags,Photo'],
  ])('%s', (query, selection, contextList) => {
    expect(select(query)).toEqual([selection, contextList]);
  });

  it('takes dynamic and computed properties', () => {
    const computed = new Map([
      [
        'Next',
        { alias: 'Next', expression: { kind: 'literal', value: null, type: undefined }, type: undefined } as const,
      ],
    ]);
    expect(select('$select=Whatever', { type: typeNamed('Shop.Category') })).toEqual(['Whatever', 'Whatever']);
    expect(select('$select=Next', { computed })).toEqual(['Next', 'Next']);
  });

  it.each([
    ['$select=Nmae', "400 Could not find a property named 'Nmae' on type 'Shop.Model.Product'. Did you mean 'Name'?"],
    [
      '$select=Address/Sity',
      "400 Could not find a property named 'Sity' on type 'Shop.Model.Address' in the path 'Address/Sity'. Did you mean 'City'?",
    ],
    ['$select=Name/x', "400 A value of type 'Edm.String' has no property 'x' in the path 'Name/x'."],
    [
      '$select=Category/Label',
      "400 The path 'Category/Label' in $select goes through a navigation property; use $expand with a nested $select.",
    ],
    ['$select=Nope.*', "400 Could not find a namespace named 'Nope'."],
    ['$select=Shop.Box/Size', "400 The type 'Shop.Model.Box' does not derive from 'Shop.Model.Product'."],
    ['$select=Shop.Nope', "400 Could not find a type named 'Shop.Nope'."],
    ['$select=Shop.SpecialProduct', "400 The path 'Shop.SpecialProduct' in $select ends with a type."],
    ['$select=Name($filter=true)', "400 'Name' is a single primitive value, to which $filter cannot be applied."],
  ])('refuses %s', (query, message) => {
    expect(refusalOf(() => select(query))).toBe(message);
  });

  it('needs a type with properties', () => {
    expect(refusalOf(() => select('$select=Name', { type: typeNamed('Edm.Int32') }))).toBe(
      "400 $select needs a structured type; 'Edm.Int32' has no properties.",
    );
  });
});
