import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';

import { JsonNumber, type JsonValue } from '../../src/edm/index.js';
import { READING } from '../../src/validation/data-transfer-object.js';
import { ObjectReading } from '../../src/validation/object-reading.js';
import { shapeOf } from '../../src/validation/shape.js';
import { Violations } from '../../src/validation/violations.js';

import { complaints, create, model, refusal, typeNamed, update, validator } from './technical-model.js';

describe('a body', () => {
  it.each<[JsonValue, string]>([
    [null, 'null'],
    [[], 'an array'],
    ['text', 'a string'],
    [5, 'a number'],
    [new JsonNumber('1e400'), 'a number'],
    [true, 'a boolean'],
  ])('must be an object, not %j', (json, kind) => {
    expect(refusal(() => create('Person', json)).message).toBe(`The body must be a JSON object, not ${kind}.`);
  });

  it('is not changed by being read', () => {
    const json = { reference: 'AAAAAAAA-0000-0000-0000-000000000000', address: { '@odata.type': '#demo.Office' } };
    const before = structuredClone(json);
    update('Person', json);
    expect(json).toEqual(before);
  });

  it('has one error with the message of its only violation as target and text', () => {
    const error = refusal(() => update('Person', { age: 'x' }));
    const message = "The property 'age' must be an integer from -32768 to 32767, not 'x'.";
    expect(error).toMatchObject({ status: 400, code: 'BadRequest', message, target: 'age' });
    expect(error.details).toEqual([{ code: 'InvalidType', target: 'age', message }]);
  });
});

describe('the value of a single property', () => {
  const nothing = { changes: [], streams: [] };
  const read = (path: string, json: JsonValue) =>
    validator.readValue(typeNamed('Person').properties.get(path)!.reference, path, json);

  it('is read as within an object', () => {
    expect(read('name', 'Ada')).toEqual({ value: 'Ada', sent: new Map(), ...nothing });
    expect(read('nickname', null).value).toBeNull();
    expect(read('address', {}).value).toEqual({ zip: '' });
    expect(read('tags', ['a']).value).toEqual(['a']);
  });

  it('has pointers that start with its name', () => {
    const guid = 'AAAAAAAA-0000-0000-0000-000000000000';
    expect(read('reference', guid)).toMatchObject({ value: guid.toLowerCase(), sent: new Map([['/reference', guid]]) });
    const { value, sent } = read('addresses', [{ '@odata.type': '#demo.Office' }]);
    expect(value).toEqual([{ '@odata.type': 'demo.Office', zip: '' }]);
    expect(sent).toEqual(new Map([['/addresses/0/@odata.type', '#demo.Office']]));
  });

  it('is refused under its path', () => {
    const zip = typeNamed('Address').properties.get('zip')!.reference;
    expect(complaints(() => validator.readValue(zip, 'address/zip', 'abcd'))).toEqual(['InvalidValue address/zip']);
    expect(complaints(() => read('name', null))).toEqual(['NullNotAllowed name']);
    expect(complaints(() => read('addresses', [{ zip: 1, x: 2 }]))).toEqual([
      'UnknownProperty addresses/0/x',
      'InvalidType addresses/0/zip',
    ]);
  });
});

describe('data transfer classes', () => {
  it('are made once, named after their types, and have no base class', () => {
    const { transferClass } = shapeOf(typeNamed('Employee'));
    expect(shapeOf(typeNamed('Employee')).transferClass).toBe(transferClass);
    expect(transferClass.name).toBe('Employee');
    expect(Object.getPrototypeOf(transferClass.prototype)).toBe(Object.prototype);
  });

  it('are known to class-validator', () => {
    const payload = { model, options: { missing: 'default' } as const, violations: new Violations() };
    const shape = shapeOf(typeNamed('Team'));
    const draft = { payload, prefix: '', sent: new Map<string, JsonValue>(), related: [], streams: [] };
    const team = new shape.transferClass(new ObjectReading(draft, shape, '', 'partial'));
    Object.assign(team, { id: null, title: 'x', surplus: 1 });
    const errors = validateSync(team, { whitelist: true, forbidNonWhitelisted: true });
    expect(errors.map((error) => error.property)).toEqual(['surplus', 'id']);
    expect(Object.keys(team)).not.toContain(READING);
  });
});
