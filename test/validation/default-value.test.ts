import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '../../src/edm/index.js';

import {
  complaints,
  create,
  CREATE,
  REPLACE,
  strictValidator,
  typeNamed,
  update,
  validator,
} from './technical-model.js';

describe('what is left out of a create', () => {
  it('becomes its default value or the zero of its type [CSDL-JSON 7.2.7]', () => {
    const { document } = create('Defaults', {});
    expect(document).toEqual({
      text: '',
      flag: false,
      integer: 0,
      decimal: 0,
      double: 0,
      guid: '00000000-0000-0000-0000-000000000000',
      binary: '',
      date: '0001-01-01',
      instant: '0001-01-01T00:00:00Z',
      time: '00:00:00',
      duration: 'PT0S',
      color: 'green',
      rights: 'read',
      code: '',
      place: { latitude: 0, longitude: 0 },
      endless: { end: false },
      tags: [],
    });
    expect(Object.keys(document).slice(-2)).toEqual(['endless', 'tags']);
  });

  it('is never a key, a computed property or a stream', () => {
    expect(create('Person', {}).document).toEqual({
      name: '',
      nickname: 'none',
      age: 0,
      level: 7,
      tags: [],
      aliases: [],
      addresses: [],
    });
  });

  it('is filled in nested values too', () => {
    expect(create('Person', { address: { place: {} } }).document['address']).toEqual({
      zip: '',
      place: { latitude: 0, longitude: 0 },
    });
  });

  it('does not share its default with other documents', () => {
    (create('Defaults', {}).document['tags'] as string[]).push('x');
    (create('Defaults', {}).document['place'] as JsonObject)['latitude'] = 1;
    expect(create('Defaults', {}).document).toMatchObject({ tags: [], place: { latitude: 0 } });
  });

  it('is an error where the service says so', () => {
    const person = typeNamed('Person');
    expect(complaints(() => strictValidator.read(person, {}, CREATE))).toEqual([
      'MissingProperty age',
      'MissingProperty name',
    ]);
    const { document } = strictValidator.read(person, { age: 1, name: 'Ada', address: {} }, CREATE);
    expect(document).toMatchObject({ nickname: 'none', level: 7, tags: [], address: { zip: '' } });
    expect(complaints(() => strictValidator.read(person, { age: 1, name: 'Ada', friends: [{}] }, CREATE))).toEqual([
      'MissingProperty friends/0/age',
      'MissingProperty friends/0/name',
    ]);
  });

  it('is an error where an annotation demands it [Capabilities InsertRestrictions]', () => {
    const use = { kind: 'create', required: new Set(['nickname', 'id', 'created', 'salary', 'tags', 'age']) } as const;
    expect(complaints(() => validator.read(typeNamed('Person'), { age: 1, friends: [{}] }, use))).toEqual([
      'MissingProperty nickname',
      'MissingProperty tags',
    ]);
    const given = { age: 1, nickname: null, tags: [] };
    expect(validator.read(typeNamed('Person'), given, use).document).toMatchObject(given);
  });
});

describe('what is left out otherwise', () => {
  it('is defaulted by a replace as by a create', () => {
    const { document } = validator.read(typeNamed('Person'), { name: 'Ada' }, REPLACE);
    expect(document).toEqual(create('Person', { name: 'Ada' }).document);
    expect(complaints(() => strictValidator.read(typeNamed('Person'), { age: 1 }, REPLACE))).toEqual([
      'MissingProperty name',
    ]);
  });

  it('stays as it is in an update, but for items of collections, which are new', () => {
    expect(update('Person', {}).document).toEqual({});
    expect(update('Person', { address: {}, addresses: [{}] }).document).toEqual({
      address: {},
      addresses: [{ zip: '' }],
    });
    expect(
      strictValidator.read(typeNamed('Person'), {}, { kind: 'update', required: new Set(['age']) }).document,
    ).toEqual({});
  });

  it('is given what it needs in a complex value on its own', () => {
    expect(strictValidator.read(typeNamed('Address'), { city: 'Paris' }, REPLACE).document).toEqual({
      city: 'Paris',
      zip: '',
    });
  });
});
