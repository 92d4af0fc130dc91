import { describe, expect, it } from '@jest/globals';

import { bindOrder } from '../../../src/plan/bind/index.js';

import { refusalOf } from './bind.js';
import { contextOf, options } from './model.js';
import { print } from './print.js';

const order = (query: string) =>
  bindOrder(options(query).orderby!.value, contextOf()).map((term) => `${print(term.expression)} ${term.direction}`);

describe('bindOrder [OData-URL 5.1.5]', () => {
  it.each([
    ['$orderby=Name', ['Name:String asc']],
    ['$orderby=Address/City desc,Number', ['Address/City:String desc', 'Number:Int32 asc']],
    ['$orderby=Parts/$count desc', ['count(>Parts, v1) desc']],
    ['$orderby=Category/Label', ['>Category/Label:String asc']],
    ['$orderby=length(Name) mul 2', ['(length(Name:String):Int32 mul 2:Int32):Int32 asc']],
    ['$orderby=Box/Foo', ['Box/?Foo:Boolean asc', 'Box/?Foo:Double asc', 'Box/?Foo:String asc']],
    ['$orderby=Status,IsActive', ['Status:Status asc', 'IsActive:Boolean asc']],
  ])('%s', (query, terms) => {
    expect(order(query)).toEqual(terms);
  });

  it.each([
    ['$orderby=Address', "400 $orderby needs a primitive value, not one of type 'Shop.Model.Address' (position 9)."],
    ['$orderby=Category', "400 $orderby needs a primitive value, not one of type 'Shop.Model.Category' (position 9)."],
    [
      '$orderby=Tags',
      '400 $orderby needs a single value; a collection can be used with any, all or $count (position 9).',
    ],
    ['$orderby=Photo', "400 Values of type 'Edm.Stream' have no order (position 9)."],
    ['$orderby=Place', "400 Values of type 'Edm.GeographyPoint' have no order (position 9)."],
    ['$orderby=Nmae', "400 Could not find a property named 'Nmae' on type 'Shop.Model.Product'. Did you mean 'Name'?"],
  ])('refuses %s', (query, message) => {
    expect(refusalOf(() => order(query))).toBe(message);
  });
});
