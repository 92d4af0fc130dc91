import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('Logical operators [OData-URL 5.1.1.1.7 to 5.1.1.1.9]', () => {
  it.each([
    ['IsActive', 'IsActive:Boolean'],
    ['not IsActive', 'not IsActive:Boolean'],
    ['not not IsActive', 'not not IsActive:Boolean'],
    ['IsActive or null', '(IsActive:Boolean or null)'],
    ['null', 'null'],
    [
      'IsActive and IsActive or IsActive and not IsActive',
      '((IsActive:Boolean and IsActive:Boolean) or (IsActive:Boolean and not IsActive:Boolean))',
    ],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    ['not Name', "400 'not' needs a value of type 'Edm.Boolean', not 'Edm.String' (position 4)."],
    ['IsActive and Name', "400 'and' needs a value of type 'Edm.Boolean', not 'Edm.String' (position 13)."],
    [
      'Tags or IsActive',
      "400 'or' needs a single value; a collection can be used with any, all or $count (position 0).",
    ],
    ['Address and IsActive', "400 'and' needs a primitive value, not one of type 'Shop.Model.Address' (position 0)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
