import { describe, expect, it } from '@jest/globals';

import { JsonNumber, type JsonValue } from '../../src/edm/index.js';

import { actionNamed, complaints, refusal, validator } from './technical-model.js';

const greet = (json: JsonValue | undefined) => validator.readParameters(actionNamed('greet'), json);

describe('action parameters [OData-JSON 18]', () => {
  it('come in declared order, null where they are left out', () => {
    const { values } = greet({ count: 2, Message: 'hello' });
    expect(Object.entries(values)).toEqual([
      ['Message', 'hello'],
      ['count', 2],
      ['when', null],
      ['address', null],
      ['person', null],
      ['people', null],
    ]);
  });

  it('are found in any case', () => {
    expect(greet({ message: 'hello', COUNT: 1 }).values).toMatchObject({ Message: 'hello', count: 1 });
    expect(complaints(() => greet({ message: 'a', Message: 'b' }))).toEqual(['InvalidValue Message']);
  });

  it.each([undefined, null, {}])('may be none: %j', (json) => {
    expect(validator.readParameters(actionNamed('ping'), json)).toEqual({ values: {}, sent: new Map() });
    expect(complaints(() => greet(json))).toEqual(['MissingProperty Message']);
  });

  it('are canonical, with what was sent beside them', () => {
    const { values, sent } = greet({
      Message: 'hello',
      when: '2024-01-01T00:00:00+01:00',
      address: { '@odata.type': '#demo.Office', place: { latitude: new JsonNumber('1.0') } },
    });
    expect(values).toMatchObject({
      when: '2023-12-31T23:00:00Z',
      address: { '@odata.type': 'demo.Office', zip: '', place: { latitude: 1, longitude: 0 } },
    });
    expect(sent).toEqual(
      new Map<string, JsonValue>([
        ['/when', '2024-01-01T00:00:00+01:00'],
        ['/address/@odata.type', '#demo.Office'],
        ['/address/place/latitude', new JsonNumber('1.0')],
      ]),
    );
  });

  it('may be entities, by reference or inline', () => {
    const { values, sent } = greet({
      Message: 'hello',
      '@odata.context': 'ignored',
      'person@odata.type': '#demo.Employee',
      person: {
        '@odata.type': '#demo.Employee',
        seen: '2024-01-01T00:00:00+01:00',
        manager: { name: 'Eve' },
        'friends@odata.bind': ['people/1'],
        friends: [{ seen: '2024-01-01T00:00:00+02:00' }],
      },
      people: [{ '@odata.id': 'people/2' }, { name: 'Bob' }],
    });
    expect(values['person']).toMatchObject({
      '@odata.type': 'demo.Employee',
      seen: '2023-12-31T23:00:00Z',
      manager: { name: 'Eve' },
      friends: [{ seen: '2023-12-31T22:00:00Z' }, { '@odata.id': 'people/1' }],
    });
    expect(values['people']).toEqual([{ '@odata.id': 'people/2' }, { name: 'Bob' }]);
    expect([...sent.keys()]).toEqual(['/person/seen', '/person/friends/0/seen']);
  });

  it.each<[JsonValue, string[]]>([
    [{ Message: null }, ['NullNotAllowed Message']],
    [{ Message: 'a', cuont: 1 }, ['UnknownProperty cuont']],
    [{ Message: 'a', binding: {} }, ['UnknownProperty binding']],
    [{ Message: 'a', constructor: {} } as never, ['UnknownProperty constructor']],
    [{ Message: 'a', '@odata.foo': 1 }, ['InvalidAnnotation @odata.foo']],
    [{ Message: 'a', address: { zip: 1 }, count: 'x' }, ['InvalidType address/zip', 'InvalidType count']],
    [{ Message: 'a', person: 'x', people: {} }, ['InvalidType people', 'InvalidType person']],
    [{ Message: 'a', person: { age: 'x' } }, ['InvalidType person/age']],
    [{ Message: 'a', people: [{}, { age: 'x' }, null] }, ['InvalidType people/1/age', 'NullNotAllowed people/2']],
    [{ Message: 'a', person: { '@odata.type': '#demo.Team' } }, ['UnrelatedType person/@odata.type']],
  ])('%j are refused', (json, expected) => {
    expect(complaints(() => greet(json))).toEqual(expected);
  });

  it('are called parameters', () => {
    expect(refusal(() => greet({ Message: 'a', mesage: 'b' })).message).toBe(
      "The parameter 'mesage' does not exist on action 'demo.greet'. Did you mean 'Message'?",
    );
    expect(refusal(() => greet({})).message).toBe("The parameter 'Message' is missing.");
    expect(refusal(() => greet({ count: 'x' })).message).toBe('2 parameters are not valid: count, Message.');
    expect(refusal(() => greet([])).message).toBe('The parameters of demo.greet must be a JSON object, not an array.');
  });
});
