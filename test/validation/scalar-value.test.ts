import { describe, expect, it } from '@jest/globals';

import { JsonNumber, type JsonValue } from '../../src/edm/index.js';

import { complaints, refusal, update } from './technical-model.js';

describe('scalar values [OData-JSON 7.1]', () => {
  it.each<[string, JsonValue]>([
    ['name', 'Ada'],
    ['age', 32767],
    ['balance', 9007199254740991],
    ['balance', new JsonNumber('9223372036854775807')],
    ['ratio', 0.1],
    ['ratio', 'INF'],
    ['weight', 1.5],
    ['isActive', false],
    ['reference', '01234567-89ab-cdef-0123-456789abcdef'],
    ['born', '2024-02-29'],
    ['seen', '2024-02-29T12:00:00.123Z'],
    ['wakes', '06:30:00'],
    ['sleeps', 'PT8H'],
    ['color', 'blue'],
    ['rights', 'read,write'],
    ['code', 'abc'],
    ['anything', { a: [1, null] }],
    ['anything', 'text'],
    ['tags', ['a', 'b']],
    ['aliases', ['a', null]],
  ])('%s takes %j, which is canonical', (name, value) => {
    const { document, sent } = update('Person', { [name]: value });
    expect(document).toEqual({ [name]: value });
    expect(sent.size).toBe(0);
  });

  it.each<[string, JsonValue, JsonValue]>([
    ['reference', '01234567-89AB-CDEF-0123-456789ABCDEF', '01234567-89ab-cdef-0123-456789abcdef'],
    ['weight', new JsonNumber('1.50'), 1.5],
    ['picture', 'T0RhdA==', 'T0RhdA'],
    ['seen', '2017-01-01T00:03:07.1589002-08:00', '2017-01-01T08:03:07.1589002Z'],
  ])('%s remembers %j as it was sent', (name, value, canonical) => {
    const { document, sent } = update('Person', { [name]: value });
    expect(document).toEqual({ [name]: canonical });
    expect(sent).toEqual(new Map([[`/${name}`, value]]));
  });

  it.each<[string, JsonValue, JsonValue]>([
    ['balance', '12', 12],
    ['weight', '1.5', 1.5],
    ['color', '2', 'blue'],
  ])('%s forgets that %j was sent, since answers write it in another way', (name, value, canonical) => {
    const { document, sent } = update('Person', { [name]: value });
    expect(document).toEqual({ [name]: canonical });
    expect(sent.size).toBe(0);
  });

  it('points into collections', () => {
    const { sent } = update('Person', {
      addresses: [{}, { place: { latitude: new JsonNumber('1.0'), longitude: 2 } }],
    });
    expect(sent).toEqual(new Map([['/addresses/1/place/latitude', new JsonNumber('1.0')]]));
  });

  it.each<[string, JsonValue, string]>([
    ['name', 'Ada Lovelace', 'InvalidValue'],
    ['name', 1, 'InvalidType'],
    ['age', 32768, 'InvalidValue'],
    ['age', 1.5, 'InvalidValue'],
    ['age', '1', 'InvalidType'],
    ['balance', true, 'InvalidType'],
    ['balance', new JsonNumber('9223372036854775808'), 'InvalidValue'],
    ['isActive', 'true', 'InvalidType'],
    ['isActive', 0, 'InvalidType'],
    ['reference', 'abc', 'InvalidValue'],
    ['born', '2023-02-29', 'InvalidValue'],
    ['sleeps', '8 hours', 'InvalidValue'],
    ['color', 'mauve', 'InvalidValue'],
    ['color', 2, 'InvalidType'],
    ['code', 'abcd', 'InvalidValue'],
    ['code', {}, 'InvalidType'],
    ['photo', 'abc', 'InvalidValue'],
    ['tags', 'a', 'InvalidType'],
    ['tags', {}, 'InvalidType'],
    ['tags', null, 'NullNotAllowed'],
    ['aliases', null, 'NullNotAllowed'],
    ['name', null, 'NullNotAllowed'],
    ['id', null, 'NullNotAllowed'],
  ])('%s refuses %j', (name, value, code) => {
    expect(complaints(() => update('Person', { [name]: value }))).toEqual([`${code} ${name}`]);
  });

  it('names every wrong item of a collection', () => {
    expect(complaints(() => update('Person', { tags: ['a', 1, null, 'b', []] }))).toEqual([
      'InvalidType tags/1',
      'NullNotAllowed tags/2',
      'InvalidType tags/4',
    ]);
  });

  it('keeps special characters of messages', () => {
    const { message } = refusal(() => update('Person', { color: '$value $property $target' }));
    expect(message).toBe("The property 'color' must be a member of demo.Color; '$value $property $target' is none.");
  });
});
