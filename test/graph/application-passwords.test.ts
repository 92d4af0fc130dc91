import { describe, expect, it } from '@jest/globals';

import { action, complexType, entityType, instant, NOW, of, optional, useTenant } from './tenant-in-test.js';

const credentials = { $Collection: true, $Type: of('passwordCredential') };

const credential = { $Name: 'passwordCredential', ...optional(of('passwordCredential')) };
const added = { $ReturnType: { $Type: of('passwordCredential') } };
const keyId = { $Name: 'keyId', $Type: 'Edm.Guid' };
const both = (parameters: object[], others = {}) =>
  ['application', 'servicePrincipal'].flatMap((type) => action(of(type), parameters as never, others));

const tenant = useTenant(
  {
    application: entityType('appId displayName', { passwordCredentials: credentials }, 'directoryObject'),
    servicePrincipal: entityType('appId displayName', { passwordCredentials: credentials }, 'directoryObject'),
    passwordCredential: complexType('displayName hint secretText', {
      customKeyIdentifier: optional('Edm.Binary'),
      endDateTime: instant,
      keyId: optional('Edm.Guid'),
      startDateTime: instant,
    }),
    addPassword: both([credential], added),
    removePassword: both([keyId]),
  },
  { applications: 'application', servicePrincipals: 'servicePrincipal' },
);

async function called(url: string, json: object) {
  const { status, text } = await tenant.send('POST', url, json);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return JSON.parse(text);
}

// [Graph: application: addPassword, removePassword]
describe.each(['applications', 'servicePrincipals'])('a password of %s', (set) => {
  it('is told once, and known by its hint afterwards', async () => {
    const { id } = await tenant.created(set, { displayName: 'App' });
    const { secretText, ...rest } = await called(`${set}/${id}/addPassword`, {
      passwordCredential: { displayName: 'First' },
    });
    expect(secretText).toMatch(/^[\w-]{32}$/);
    expect(rest).toMatchObject({
      customKeyIdentifier: null,
      displayName: 'First',
      endDateTime: NOW.replace('2026', '2028'),
      hint: secretText.slice(0, 3),
      keyId: expect.stringMatching(/^[\da-f-]{36}$/),
      startDateTime: NOW,
    });
    const { passwordCredentials, ...entity } = await tenant.read(`${set}/${id}`);
    const { '@odata.context': _, ...kept } = rest;
    expect(passwordCredentials).toEqual([{ ...kept, secretText: null }]);
    expect(JSON.stringify(entity)).not.toContain(secretText);
  });

  it('is added to others, and taken from them by its id', async () => {
    const { id } = await tenant.created(set, { displayName: 'App' });
    const first = await called(`${set}/${id}/addPassword`, {});
    const second = await called(`${set}/${id}/addPassword`, { passwordCredential: null });
    expect(first.secretText).not.toBe(second.secretText);
    const idsOf = async () =>
      (await tenant.read(`${set}/${id}`)).passwordCredentials.map((each: { keyId: string }) => each.keyId);
    expect(await idsOf()).toEqual([first.keyId, second.keyId]);
    expect((await tenant.send('POST', `${set}/${id}/removePassword`, { keyId: first.keyId })).status).toBe(204);
    expect(await idsOf()).toEqual([second.keyId]);
    await tenant.send('POST', `${set}/${id}/removePassword`, { keyId: first.keyId });
    expect(await idsOf()).toEqual([second.keyId]);
    expect((await tenant.send('POST', `${set}/${id}/removePassword`, { keyId: 'first' })).status).toBe(400);
    expect(await idsOf()).toEqual([second.keyId]);
  });

  it('is not lost where another is added at the same time', async () => {
    const { id } = await tenant.created(set, { displayName: 'App' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => called(`${set}/${id}/addPassword`, {})));
    const { passwordCredentials } = await tenant.read(`${set}/${id}`);
    const stored = passwordCredentials.map((each: { keyId: string }) => each.keyId);
    expect(stored.sort()).toEqual(answers.map((each) => each.keyId).sort());
  });
});

describe('the lifetime of a password', () => {
  const lifetime = async (passwordCredential: object) => {
    const { id } = await tenant.created('applications', { displayName: 'App' });
    return tenant.send('POST', `applications/${id}/addPassword`, { passwordCredential });
  };

  it('ends two years after its start, unless it is given', async () => {
    const leap = await lifetime({ startDateTime: '2028-02-29T00:00:00Z' });
    expect(JSON.parse(leap.text)).toMatchObject({ endDateTime: '2030-03-01T00:00:00Z' });
    const given = { startDateTime: '2027-01-01T00:00:00Z', endDateTime: '2027-02-01T00:00:00Z' };
    expect(JSON.parse((await lifetime(given)).text)).toMatchObject(given);
    const last = await lifetime({ startDateTime: '9999-01-01T00:00:00Z' });
    expect(JSON.parse(last.text)).toMatchObject({ endDateTime: null });
  });

  it('cannot end before it begins', async () => {
    expect((await lifetime({ endDateTime: '2020-01-01T00:00:00Z' })).status).toBe(400);
  });
});
