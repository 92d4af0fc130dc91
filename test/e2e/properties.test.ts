import { describe, expect, it } from '@jest/globals';

import { AUDITS, DOCUMENTED_BODY, ENUMERATIONS, PROPERTIES, REQUIRED, UNKNOWN_MEMBERS } from './audits.js';
import { useService } from './start-service.js';

const service = useService();

const TEXTS = PROPERTIES.filter((name) => !(name in REQUIRED) && name !== 'deviceActionDetails');
const NULLABLE_TEXTS = TEXTS.filter((name) => name !== 'id');
const VALID_TEXTS = [
  '',
  ' ',
  'Grüße 👋',
  '"quoted" \\ and\n\ttabbed',
  'null',
  '0',
  '\u0001\u001f\u2028',
  'x'.repeat(5000),
];
const NO_TEXTS = [0, 1.5, true, false, [], ['a'], {}, { a: 'b' }];

const post = (changes: object) => service.send('POST', AUDITS, { json: { ...REQUIRED, ...changes } });

/** Creates an object and reads it again. */
async function stored(changes: object, headers: Record<string, string> = {}) {
  const created = await post(changes);
  expect([created.text, created.status]).toEqual([expect.anything(), 201]);
  const { json, ...answer } = await service.send('GET', `${AUDITS}/${encodeURIComponent(created.json.id)}`, {
    headers,
  });
  expect(answer.status).toBe(200);
  return { object: JSON.parse(answer.text), headers: answer.headers };
}

/** The faults of a refused create. */
async function faults(changes: object) {
  const { status, json } = await post(changes);
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ code: 'BadRequest', message: expect.stringMatching(/\w.*[.?]$/s) });
  return json.error.details as { code: string; target: string; message: string }[];
}

async function onlyFault(changes: object) {
  const details = await faults(changes);
  expect(details).toHaveLength(1);
  return details[0];
}

describe('a text', () => {
  it.each(TEXTS.flatMap((name) => VALID_TEXTS.map((value) => [name, value] as const)))(
    '%s comes back as it was sent: %j',
    async (name, value) => {
      if (name === 'id' && value === '') return;
      const { json, status } = await post({ [name]: name === 'id' ? `${value}${Math.random()}` : value });
      expect(status).toBe(201);
      if (name === 'id') expect(json.id.startsWith(value)).toBe(true);
      else expect(json[name]).toBe(value);
    },
  );

  it.each(TEXTS.flatMap((name) => NO_TEXTS.map((value) => [name, value] as const)))(
    '%s cannot be %j',
    async (name, value) => {
      expect(await onlyFault({ [name]: value })).toMatchObject({ code: 'InvalidType', target: name });
    },
  );

  it.each(TEXTS)('%s cannot hold the null character, which not every database keeps', async (name) => {
    expect(await onlyFault({ [name]: 'a\u0000b' })).toMatchObject({ code: 'InvalidValue', target: name });
  });

  it.each(NULLABLE_TEXTS)('%s may be null, and is null where it was not given', async (name) => {
    expect((await stored({ [name]: null })).object[name]).toBeNull();
    expect((await stored({})).object[name]).toBeNull();
  });
});

describe('the id', () => {
  it('is a fresh GUID unless the client sends one', async () => {
    const id = `my own / id ${Math.random()} 'quoted' ü?#%`;
    expect((await stored({ id })).object.id).toBe(id);
    expect((await stored({})).object.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('cannot be empty', async () => {
    const { status, json } = await post({ id: '' });
    expect([status, json.error.target]).toEqual([400, 'id']);
  });

  it('cannot be null', async () => {
    expect(await onlyFault({ id: null })).toMatchObject({ code: 'NullNotAllowed', target: 'id' });
  });

  it('cannot be taken twice', async () => {
    const id = `taken ${Math.random()}`;
    expect((await post({ id, userName: 'first' })).status).toBe(201);
    const { status, json } = await post({ id, userName: 'second' });
    expect(status).toBe(409);
    expect(json.error).toMatchObject({ code: 'Conflict', message: expect.stringContaining(encodeURIComponent(id)) });
    expect((await service.send('GET', `${AUDITS}/${encodeURIComponent(id)}`)).json.userName).toBe('first');
  });

  it('is given to one of many that want it at once', async () => {
    const id = `wanted ${Math.random()}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });
});

// [Graph: Best practices, evolvable enums]
describe('an enumeration', () => {
  const members = Object.entries(ENUMERATIONS).flatMap(([name, values]) => values.map((value) => [name, value]));

  it.each(members)('%s takes %s', async (name, value) => {
    expect((await stored({ [name!]: value })).object[name!]).toBe(value);
  });

  it.each(UNKNOWN_MEMBERS)('action takes %s, which only a client that asks for it sees', async (action) => {
    expect((await post({ action })).json.action).toBe('unknownFutureValue');
    const plain = await stored({ action });
    expect(plain.object.action).toBe('unknownFutureValue');
    expect(plain.headers).not.toHaveProperty('preference-applied');
    const asking = await stored({ action }, { Prefer: 'include-unknown-enum-members' });
    expect(asking.object.action).toBe(action);
    expect(asking.headers['preference-applied']).toBe('include-unknown-enum-members');
  });

  it('shows such members in collections, creates and updates too, and names all preferences that it honoured', async () => {
    const headers = { Prefer: 'include-unknown-enum-members, return=representation' };
    const json = { ...REQUIRED, action: 'delete' };
    const created = await service.send('POST', AUDITS, { json, headers });
    expect(created.json.action).toBe('delete');
    expect(created.headers['preference-applied']).toBe('return=representation, include-unknown-enum-members');
    const updated = await service.send('PATCH', `${AUDITS}/${created.json.id}`, { json: { userName: 'a' }, headers });
    expect(updated.json).toMatchObject({ action: 'delete', userName: 'a' });
    expect(updated.headers['preference-applied']).toBe('return=representation, include-unknown-enum-members');
    const shown = async (Prefer: string) => {
      const { value } = (await service.send('GET', `${AUDITS}?$top=999`, { headers: { Prefer } })).json;
      return value.find((each: { id: string }) => each.id === created.json.id).action;
    };
    expect(await shown('include-unknown-enum-members')).toBe('delete');
    expect(await shown('return=representation')).toBe('unknownFutureValue');
  });

  it.each(Object.keys(ENUMERATIONS))('%s refuses what is no member, and null', async (name) => {
    for (const value of ['', 'wipe', '99', 'unknownFutureVlue', 'single,bulk'])
      expect(await onlyFault({ [name]: value })).toMatchObject({ code: 'InvalidValue', target: name });
    for (const value of [1, true, [], {}])
      expect(await onlyFault({ [name]: value })).toMatchObject({ code: 'InvalidType', target: name });
    expect(await onlyFault({ [name]: null })).toMatchObject({ code: 'NullNotAllowed', target: name });
  });

  it('may be sent as the number of a member, in a string', async () => {
    expect((await stored({ action: '4', actionState: '6' })).object).toMatchObject({
      action: 'remoteLock',
      actionState: 'notSupported',
    });
  });

  it('may be sent in any case', async () => {
    expect((await stored({ action: 'FactoryReset', actionState: 'DONE' })).object).toMatchObject({
      action: 'factoryReset',
      actionState: 'done',
    });
  });

  it('suggests the member that was probably meant', async () => {
    expect((await onlyFault({ action: 'factoryRest' }))?.message).toMatch(/Did you mean 'factoryReset'\?$/);
  });
});

describe('requestDateTime', () => {
  it.each([
    '2017-01-01T00:03:07.1589002-08:00',
    '2017-01-01T00:03:07.1589002Z',
    '2017-01-01T00:03:07.1000000+00:00',
    '2017-01-01T00:03:07.10Z',
    '2017-01-01T00:03:07Z',
    '2017-01-01T00:03Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9999999Z',
    '2016-02-29T23:59:59+14:00',
    '2017-01-01T00:03:07.158900212345Z',
  ])('comes back as it was sent: %s', async (requestDateTime) => {
    expect((await stored({ requestDateTime })).object.requestDateTime).toBe(requestDateTime);
  });

  it.each([
    '',
    'yesterday',
    '2017-01-01',
    '2017-01-01T00:03:07',
    '2017-01-01 00:03:07Z',
    '2017-02-29T00:00:00Z',
    '2017-13-01T00:00:00Z',
    '2017-01-01T24:00:01Z',
    '2017-01-01T00:60:00Z',
    '2017-01-01T00:00:00+25:00',
    '2017-01-01T00:00:00.Z',
    ' 2017-01-01T00:00:00Z',
    '2017-01-01T00:00:00Z\n',
  ])('refuses %j', async (requestDateTime) => {
    expect(await onlyFault({ requestDateTime })).toMatchObject({ code: 'InvalidValue', target: 'requestDateTime' });
  });

  it.each([0, 1483229000000, true, [], {}])('cannot be %j', async (requestDateTime) => {
    expect(await onlyFault({ requestDateTime })).toMatchObject({ code: 'InvalidType', target: 'requestDateTime' });
  });

  it('cannot be null', async () => {
    expect(await onlyFault({ requestDateTime: null })).toMatchObject({ code: 'NullNotAllowed' });
  });
});

describe('deviceActionDetails', () => {
  it.each([
    [[], []],
    [[{}], [{ key: null, value: null }]],
    [
      [
        { key: 'a', value: 'b' },
        { value: null, key: '' },
      ],
      [
        { key: 'a', value: 'b' },
        { key: '', value: null },
      ],
    ],
  ])('%j comes back as %j', async (deviceActionDetails, expected) => {
    expect((await stored({ deviceActionDetails })).object.deviceActionDetails).toEqual(expected);
  });

  it('is an empty collection where it was not given', async () => {
    expect((await stored({})).object.deviceActionDetails).toEqual([]);
  });

  it.each([
    [null, 'NullNotAllowed', ''],
    [{}, 'InvalidType', ''],
    ['a', 'InvalidType', ''],
    [[null], 'NullNotAllowed', '/0'],
    [['a'], 'InvalidType', '/0'],
    [[{}, { key: 1 }], 'InvalidType', '/1/key'],
    [[{ value: ['a'] }], 'InvalidType', '/0/value'],
    [[{ name: 'a' }], 'UnknownProperty', '/0/name'],
  ])('refuses %j: %s', async (deviceActionDetails, code, target) => {
    expect(await onlyFault({ deviceActionDetails })).toMatchObject({ code, target: `deviceActionDetails${target}` });
  });
});

describe('a body', () => {
  it.each(Object.keys(REQUIRED))('must have %s', async (name) => {
    expect(await onlyFault({ [name]: undefined })).toMatchObject({ code: 'MissingProperty', target: name });
  });

  it('must have no other properties, and is told the one that was probably meant', async () => {
    const fault = await onlyFault({ deviceDisplyName: 'a' });
    expect(fault).toMatchObject({ code: 'UnknownProperty', target: 'deviceDisplyName' });
    expect(fault?.message).toMatch(/Did you mean 'deviceDisplayName'\?$/);
    expect((await onlyFault({ zzz: 1 }))?.message).not.toContain('Did you mean');
  });

  it('is told everything that is wrong with it at once', async () => {
    const details = await faults({
      action: 'wipe',
      actionState: undefined,
      requestDateTime: null,
      userName: 5,
      deviceActionDetails: [{ key: 1 }, null],
      colour: 'red',
    });
    expect(Object.fromEntries(details.map(({ target, code }) => [target, code]))).toEqual({
      action: 'InvalidValue',
      actionState: 'MissingProperty',
      requestDateTime: 'NullNotAllowed',
      userName: 'InvalidType',
      'deviceActionDetails/0/key': 'InvalidType',
      'deviceActionDetails/1': 'NullNotAllowed',
      colour: 'UnknownProperty',
    });
    for (const { target, message } of details) expect(message).toContain(`'${target}'`);
  });

  it('is not stored when anything is wrong with it', async () => {
    const id = `refused ${Math.random()}`;
    await faults({ id, userName: 5 });
    expect((await service.send('GET', `${AUDITS}/${encodeURIComponent(id)}`)).status).toBe(404);
  });

  it.each(['[]', '"a"', '1', 'null', 'true', `[${DOCUMENTED_BODY}]`])('must be an object, not %s', async (body) => {
    const { status, json } = await service.send('POST', AUDITS, {
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(status).toBe(400);
    expect(json.error.message).toMatch(/^The body must be a JSON object, not /);
  });
});
