import { describe, expect, it } from '@jest/globals';

import { EnumType } from '../../src/edm/enum-type.js';
import { Model } from '../../src/edm/model.js';

const model = new Model([
  {
    $Version: '4.01',
    shop: {
      $Alias: 's',
      Color: { $Kind: 'EnumType', Red: 0, Green: 1, Blue: 2, 'Blue@Org.OData.Core.V1.Description': 'Like the sky' },
      Level: { $Kind: 'EnumType', $UnderlyingType: 'Edm.SByte', Low: -1, High: 1 },
      Access: { $Kind: 'EnumType', $IsFlags: true, None: 0, Read: 1, Write: 2, ReadWrite: 3, Delete: 4 },
    },
  },
]);

function enumType(name: string): EnumType {
  const type = model.type(name);
  if (!(type instanceof EnumType)) throw new Error(`${name} is no enumeration type.`);
  return type;
}

describe('an enumeration type [CSDL-JSON 10]', () => {
  const color = enumType('shop.Color');

  it('knows its members, but not their annotations', () => {
    expect(color.members).toEqual([
      { name: 'Red', value: 0 },
      { name: 'Green', value: 1 },
      { name: 'Blue', value: 2 },
    ]);
    expect(color.member('Blue')?.value).toBe(2);
    expect(color.member('$Kind')).toBeUndefined();
    expect([color.isFlags, color.underlyingType]).toEqual([false, 'Edm.Int32']);
    expect(enumType('s.Level').underlyingType).toBe('Edm.SByte');
  });

  it.each([
    ['Red', 'Red'],
    ['0', 'Red'],
    ['2', 'Blue'],
  ])('reads %s as %s', (text, value) => {
    expect(color.fromText(text)).toEqual({ value });
    expect(color.fromJson(text)).toEqual({ value });
  });

  it('reads negative numbers', () => expect(enumType('shop.Level').fromText('-1')).toEqual({ value: 'Low' }));

  it.each(['red', 'Purple', '3', '1.0', '', 'Red,Blue'])('refuses %j', (text) => {
    expect(color.fromText(text)).toEqual({ problem: `must be a member of shop.Color; '${text}' is none` });
  });

  it.each([[1], [true], [[]]])('refuses the JSON %j', (value) => {
    expect(color.fromJson(value)).toEqual({ problem: 'must be a string with a member of shop.Color' });
  });

  it('writes texts, literals and JSON', () => {
    expect(color.toText('Red')).toBe('Red');
    expect(color.toLiteral('Red')).toBe("shop.Color'Red'");
    expect(color.toJson('Red')).toBe('"Red"');
  });

  it('sorts by value', () =>
    expect(['Blue', 'Red', 'Green'].sort(color.compare.bind(color))).toEqual(['Red', 'Green', 'Blue']));
});

describe('flags [CSDL-JSON 10.2]', () => {
  const access = enumType('shop.Access');

  it.each([
    ['None', 'None'],
    ['Read', 'Read'],
    ['Delete,Read', 'Read,Delete'],
    ['Read, Write', 'ReadWrite'],
    ['ReadWrite,Delete', 'ReadWrite,Delete'],
    ['Read,Read', 'Read'],
    ['None,Write', 'Write'],
    ['5', 'Read,Delete'],
    ['1,4', 'Read,Delete'],
    ['0', 'None'],
  ])('reads %s as %s', (text, value) => expect(access.fromText(text)).toEqual({ value }));

  it.each([
    ['Execute', 'Execute'],
    ['Read,Execute', 'Execute'],
    ['8', '8'],
    ['Read,', ''],
    ['-1', '-1'],
  ])('refuses %s because of %j', (text, part) => {
    expect(access.fromText(text)).toEqual({ problem: `must be members of shop.Access; '${part}' is none` });
  });

  it('has a number for each canonical value', () => {
    for (let number = 0; number < 8; number++) {
      const canonical = access.canonicalOf(number);
      expect(canonical === undefined ? undefined : access.numberOf(canonical)).toBe(number);
    }
    expect(access.canonicalOf(8)).toBeUndefined();
  });
});
