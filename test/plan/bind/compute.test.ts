import { describe, expect, it } from '@jest/globals';

import { bindCompute } from '../../../src/plan/bind/index.js';

import { bind, refusal, refusalOf } from './bind.js';
import { contextOf, options } from './model.js';
import { print } from './print.js';

const computedBy = (query: string) => bindCompute(options(query).compute!.value, contextOf());

describe('bindCompute [OData-URL 5.1.10]', () => {
  it('gives expressions and types', () => {
    const [first, second] = computedBy("$compute=Number add 1 as Next,concat(Name,'!') as Loud");
    expect([first!.alias, print(first!.expression), first!.type?.qualifiedName]).toEqual([
      'Next',
      '(Number:Int32 add 1:Int32):Int32',
      'Edm.Int32',
    ]);
    expect([second!.alias, second!.type?.qualifiedName]).toEqual(['Loud', 'Edm.String']);
  });

  it('is used by its aliases on the resource alone', () => {
    const computed = new Map(
      computedBy('$compute=Number add 1 as Next,null as Nothing').map((one) => [one.alias, one]),
    );
    expect(bind('Next gt 5', { computed })).toBe('(=Next:Int32 gt 5:Int32)');
    expect(bind('$it/Next gt 5', { computed })).toBe('(=Next:Int32 gt 5:Int32)');
    expect(bind('Nothing eq null', { computed })).toBe('(null eq null)');
    expect(bind('Parts/any(p:p/Number eq Next)', { computed })).toBe(
      'any(>Parts, v1: (v1/Number:Int32 eq =Next:Int32))',
    );
    expect(refusal('Category/Products/any(p:p/Next gt 5)', { computed })).toBe(
      "400 Could not find a property named 'Next' on type 'Shop.Model.Product' in the path 'p/Next'.",
    );
    expect(refusal('Nxet gt 5', { computed })).toBe(
      "400 Could not find a property named 'Nxet' on type 'Shop.Model.Product'. Did you mean 'Next'?",
    );
  });

  it.each([
    ['$compute=1 as a,2 as a', "400 $compute uses the alias 'a' twice."],
    ['$compute=1 as Name', "400 The alias 'Name' of $compute is a property of type 'Shop.Model.Product'."],
    [
      '$compute=Address as a',
      "400 $compute needs a primitive value, not one of type 'Shop.Model.Address' (position 9).",
    ],
    ['$compute=ID mul 2 as a', "400 The types 'Edm.Guid' and 'Edm.Int32' cannot be combined by 'mul' (position 9)."],
  ])('refuses %s', (query, message) => {
    expect(refusalOf(() => computedBy(query))).toBe(message);
  });
});
