import { describe, expect, it } from '@jest/globals';

import { loadModel } from '../../src/csdl/index.js';
import type { JsonValue } from '../../src/edm/index.js';
import { createValidator, type Use } from '../../src/validation/index.js';

import { documentedBody } from './documented-body.js';
import { refusal } from './technical-model.js';

const { model } = loadModel('metadata/beta.csdl.xml');
const type = model.entityTypeOrThrow('microsoft.graph.remoteActionAudit');
const validator = createValidator(model, { missing: 'required' });
const CREATE: Use = {
  kind: 'create',
  required: new Set(['action', 'requestDateTime', 'actionState', 'deviceActionCategory']),
};

const ENUMERATIONS: [string, string][] = ['remoteAction', 'actionState', 'deviceActionCategory'].flatMap((name) => {
  const enumeration = model.type(`microsoft.graph.${name}`);
  if (enumeration?.kind !== 'enum') throw new Error(`${name} is no enumeration.`);
  const property = name === 'remoteAction' ? 'action' : name;
  return enumeration.members.map((member): [string, string] => [property, member.name]);
});

const TEXTS = [
  'id',
  'deviceDisplayName',
  'userName',
  'initiatedByUserPrincipalName',
  'deviceOwnerUserPrincipalName',
  'deviceIMEI',
  'managedDeviceId',
  'bulkDeviceActionId',
];

const NOT_TEXTS: JsonValue[] = [1, true, ['a'], { a: 'b' }];

function read(changes: Record<string, JsonValue>) {
  return validator.read(type, { ...documentedBody(), ...changes }, CREATE);
}

function only(changes: Record<string, JsonValue>) {
  const { details, message } = refusal(() => read(changes));
  expect(details).toHaveLength(1);
  expect(details[0]!.message).toBe(message);
  return details[0]!;
}

describe('remoteActionAudit', () => {
  it('is read in canonical form, with the text that was sent beside it', () => {
    const draft = validator.read(type, documentedBody(), CREATE);
    const { '@odata.type': _, ...body } = documentedBody();
    expect(draft.document).toEqual({ ...body, requestDateTime: '2017-01-01T08:03:07.1589002Z' });
    expect(draft.sent).toEqual(new Map([['/requestDateTime', '2017-01-01T00:03:07.1589002-08:00']]));
    expect(draft).toMatchObject({ type, typeWasGiven: true, links: [], children: [], id: undefined });
  });

  it('is written in the order of the schema, wherever members stood', () => {
    const reversed = Object.fromEntries([...Object.entries(documentedBody()), ['id', '1']].reverse());
    const names = [...type.properties.keys()];
    expect(Object.keys(validator.read(type, reversed, CREATE).document)).toEqual(names);
  });

  it('has the enumeration members that are documented', () => {
    expect(ENUMERATIONS).toHaveLength(39 + 7 + 2);
  });

  it.each(ENUMERATIONS)('takes %s: %s', (property, member) => {
    expect(read({ [property]: member }).document[property]).toBe(member);
  });

  it.each(ENUMERATIONS)('refuses %s: %s in capitals', (property, member) => {
    const detail = only({ [property]: member.toUpperCase() });
    expect(detail).toMatchObject({ code: 'InvalidValue', target: property });
    expect(detail.message).toContain(`Did you mean '${member}'?`);
  });

  it.each(['action', 'actionState', 'deviceActionCategory', 'requestDateTime'])('demands %s', (property) => {
    const { [property]: _, ...body } = documentedBody();
    const { details } = refusal(() => validator.read(type, body, CREATE));
    const message = `The property '${property}' is missing.`;
    expect(details).toEqual([{ code: 'MissingProperty', target: property, message }]);
    expect(only({ [property]: null })).toMatchObject({ code: 'NullNotAllowed', target: property });
    for (const value of [true, ['a'], {}])
      expect(only({ [property]: value })).toMatchObject({ code: 'InvalidType', target: property });
    expect(only({ [property]: '' })).toMatchObject({ code: 'InvalidValue', target: property });
  });

  it.each(TEXTS)('takes text for %s, and nothing else', (property) => {
    expect(read({ [property]: 'Grüße 👋' }).document[property]).toBe('Grüße 👋');
    for (const value of NOT_TEXTS)
      expect(only({ [property]: value })).toMatchObject({ code: 'InvalidType', target: property });
  });

  it.each(TEXTS)('takes null for %s unless it is the key', (property) => {
    if (property === 'id') expect(only({ id: null })).toMatchObject({ code: 'NullNotAllowed', target: 'id' });
    else expect(read({ [property]: null }).document[property]).toBeNull();
  });

  it.each(['2017-01-01T00:03:07', '2017-02-30T00:00:00Z', 'yesterday'])('refuses requestDateTime %s', (text) => {
    expect(only({ requestDateTime: text })).toMatchObject({ code: 'InvalidValue', target: 'requestDateTime' });
  });

  it('keeps key and value of deviceActionDetails, null or not', () => {
    const deviceActionDetails = [{ key: 'a', value: null }, { value: 'b' }, {}];
    expect(read({ deviceActionDetails }).document['deviceActionDetails']).toEqual(deviceActionDetails);
    expect(read({ deviceActionDetails: [] }).document['deviceActionDetails']).toEqual([]);
  });

  it.each([
    [{}, 'InvalidType', 'deviceActionDetails'],
    [null, 'NullNotAllowed', 'deviceActionDetails'],
    [['a'], 'InvalidType', 'deviceActionDetails/0'],
    [[{}, null], 'NullNotAllowed', 'deviceActionDetails/1'],
    [[[]], 'InvalidType', 'deviceActionDetails/0'],
    [[{}, { key: 1 }], 'InvalidType', 'deviceActionDetails/1/key'],
    [[{ value: {} }], 'InvalidType', 'deviceActionDetails/0/value'],
    [[{ kye: 'a' }], 'UnknownProperty', 'deviceActionDetails/0/kye'],
  ])('refuses deviceActionDetails %j', (deviceActionDetails: JsonValue, code, target) => {
    expect(only({ deviceActionDetails })).toMatchObject({ code, target });
  });

  it('says everything that is wrong in one answer', () => {
    const error = refusal(() => read({ userName: 1, action: 'wipe', deviceActionDetails: [{ key: 5 }] }));
    expect(error.message).toBe('3 properties are not valid: action, deviceActionDetails/0/key, userName.');
    expect(error.target).toBeUndefined();
    expect(error.details).toEqual([
      {
        code: 'InvalidValue',
        target: 'action',
        message: "The property 'action' must be a member of microsoft.graph.remoteAction; 'wipe' is none.",
      },
      {
        code: 'InvalidType',
        target: 'deviceActionDetails/0/key',
        message: "The property 'deviceActionDetails/0/key' must be a string, not 5.",
      },
      { code: 'InvalidType', target: 'userName', message: "The property 'userName' must be a string, not 1." },
    ]);
  });

  it('suggests the name that was probably meant', () => {
    expect(only({ deviceDisplyaName: 'x' })).toEqual({
      code: 'UnknownProperty',
      target: 'deviceDisplyaName',
      message:
        "The property 'deviceDisplyaName' does not exist on type 'microsoft.graph.remoteActionAudit'. " +
        "Did you mean 'deviceDisplayName'?",
    });
  });

  it('defaults what is left out under the other option', () => {
    const { document } = createValidator(model, { missing: 'default' }).read(type, {}, { kind: 'create' });
    expect(document).toEqual({
      action: 'unknown',
      requestDateTime: '0001-01-01T00:00:00Z',
      actionState: 'none',
      deviceActionDetails: [],
      deviceActionCategory: 'single',
    });
  });
});
