import { describe, expect, it } from '@jest/globals';

import type { JsonValue } from '../../src/edm/index.js';

import { complaints, create, refusal, update } from './technical-model.js';

describe('nested values', () => {
  it('are read at any depth', () => {
    const address = { city: 'Paris', zip: '750', place: { latitude: 48.9, longitude: 2.3 } };
    expect(update('Person', { address, addresses: [address] }).document).toEqual({ address, addresses: [address] });
    expect(update('Person', { address: null }).document).toEqual({ address: null });
  });

  it.each<[JsonValue, string[]]>([
    [{ address: 'Paris' }, ['InvalidType address']],
    [{ address: ['Paris'] }, ['InvalidType address']],
    [{ address: [{}] }, ['InvalidType address']],
    [
      { address: { zip: 1, place: { latitude: null, height: 3 } } },
      ['UnknownProperty address/place/height', 'NullNotAllowed address/place/latitude', 'InvalidType address/zip'],
    ],
    [{ addresses: {} }, ['InvalidType addresses']],
    [
      { addresses: [{ zip: 'abcd' }, 1, { constructor: null }] },
      ['InvalidValue addresses/0/zip', 'InvalidType addresses/1', 'UnknownProperty addresses/2/constructor'],
    ],
  ])('%j is refused', (json, expected) => {
    expect(complaints(() => update('Person', json)).sort()).toEqual([...expected].sort());
  });
});

describe('unknown properties', () => {
  const INHERITED = [
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '__defineGetter__',
    '$constructor',
    '',
    'a/b',
  ];

  it.each(INHERITED)("'%s' is one", (name) => {
    const json = JSON.parse(`{${JSON.stringify(name)}: {"polluted": true}}`) as JsonValue;
    expect(complaints(() => update('Person', json))).toEqual([`UnknownProperty ${name}`]);
    expect(complaints(() => update('Person', { address: json }))).toEqual([`UnknownProperty address/${name}`]);
    expect(complaints(() => update('Bag', json))).toEqual([`UnknownProperty ${name}`]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('come with a suggestion', () => {
    const { message } = refusal(() => update('Person', { nikcname: 'x' }));
    expect(message).toBe("The property 'nikcname' does not exist on type 'demo.Person'. Did you mean 'nickname'?");
  });

  it('are counted, but not all listed', () => {
    const json = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`unknown${index}`, index]));
    const { message, details } = refusal(() => update('Person', json));
    expect(details).toHaveLength(100);
    expect(message).toMatch(/^5000 properties are not valid: unknown0, unknown1, .* and 4990 more\.$/);
  });
});

describe('declared properties with names that every object inherits', () => {
  it('are properties like any other', () => {
    expect(create('Odd', { id: '1', toString: 'a', constructor: null } as never).document).toEqual({
      id: '1',
      constructor: null,
      toString: 'a',
    });
    expect(complaints(() => create('Odd', { constructor: 5 } as never))).toEqual(['InvalidType constructor']);
  });
});

describe('open types [CSDL-JSON 6.4]', () => {
  it('keep what is not declared, after what is', () => {
    const json = { b: [1, { c: null }], a: 1.5, note: 'n', d: { 'e@odata.type': '#Int32' }, id: '1' };
    const { document } = create('Bag', json);
    expect(document).toEqual(json);
    expect(Object.keys(document)).toEqual(['id', 'note', 'b', 'a', 'd']);
  });

  it('may be nested in closed ones', () => {
    const settings = { theme: 'dark', size: 3 };
    expect(update('Person', { settings }).document).toEqual({ settings });
    expect(complaints(() => update('Person', { settings, size: 3 }))).toEqual(['UnknownProperty size']);
  });

  it('still check what is declared', () => {
    expect(complaints(() => create('Bag', { note: 5, other: 5 }))).toEqual(['InvalidType note']);
  });
});
