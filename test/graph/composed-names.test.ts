import { describe, expect, it } from '@jest/globals';

import { contained, entityType, flag, instant, list, NOW, optional, useTenant } from './tenant-in-test.js';

const tenant = useTenant(
  {
    application: entityType(
      'appId displayName',
      { extensionProperties: contained('extensionProperty') },
      'directoryObject',
    ),
    extensionProperty: entityType(
      'appDisplayName name',
      { isMultiValued: { $Type: 'Edm.Boolean' }, isSyncedFromOnPremises: flag, targetObjects: list() },
      'directoryObject',
    ),
    schemaExtension: entityType('description owner', { status: {} }),
    customSecurityAttributeDefinition: entityType('attributeSet name'),
    user: entityType('displayName', { authentication: contained('authenticationMethod') }),
    authenticationMethod: entityType(''),
    temporaryAccessPassAuthenticationMethod: entityType(
      'methodUsabilityReason temporaryAccessPass',
      {
        isUsable: flag,
        isUsableOnce: flag,
        lifetimeInMinutes: optional('Edm.Int32'),
        startDateTime: instant,
      },
      'authenticationMethod',
    ),
  },
  {
    applications: 'application',
    schemaExtensions: 'schemaExtension',
    customSecurityAttributeDefinitions: 'customSecurityAttributeDefinition',
    users: 'user',
  },
);

// [Graph: Create extensionProperty]
describe('an extension property', () => {
  it('has the id of its application in its name', async () => {
    const { id, appId } = await tenant.created('applications', { displayName: 'App' });
    const made = await tenant.created(`applications/${id}/extensionProperties`, { name: 'jobGroup' });
    const name = `extension_${appId.replaceAll('-', '')}_jobGroup`;
    expect(made).toMatchObject({ name, appDisplayName: 'App', isMultiValued: false, isSyncedFromOnPremises: false });
    const again = { name: 'extension_1_jobGroup', isMultiValued: true };
    expect(await tenant.created(`applications/${id}/extensionProperties`, again)).toMatchObject(again);
  });
});

// [Graph: Create schemaExtension]
describe('a schema extension', () => {
  it('keeps an id that has a domain, and gets one in front of another', async () => {
    expect(await tenant.created('schemaExtensions', { id: 'contoso_courses' })).toMatchObject({
      id: 'contoso_courses',
      status: 'InDevelopment',
    });
    const { id } = await tenant.created('schemaExtensions', { id: 'courses' });
    expect(id).toMatch(/^ext[a-z0-9]{8}_courses$/);
    expect(await tenant.read(`schemaExtensions/${id}`)).toMatchObject({ id });
  });
});

// [Graph: Create customSecurityAttributeDefinition]
describe('a custom security attribute', () => {
  const json = { attributeSet: 'Engineering', name: 'ProjectDate' };

  it('is found by its set and its name, which are taken then', async () => {
    expect(await tenant.created('customSecurityAttributeDefinitions', json)).toMatchObject({
      id: 'Engineering_ProjectDate',
    });
    expect(await tenant.read('customSecurityAttributeDefinitions/Engineering_ProjectDate')).toMatchObject(json);
    expect((await tenant.send('POST', 'customSecurityAttributeDefinitions', json)).status).toBe(409);
  });

  it('without them has an id of its own', async () => {
    expect((await tenant.created('customSecurityAttributeDefinitions', { name: 'a' })).id).not.toContain('_a');
  });
});

// [Graph: Create temporaryAccessPassMethod, temporaryAccessPassAuthenticationMethod resource type]
describe('a temporary access pass', () => {
  const at = 'users/1/authentication';
  const pass = { '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod' };

  it('is told once', async () => {
    await tenant.created('users', { id: '1' });
    const { id, temporaryAccessPass } = await tenant.created(at, { ...pass, temporaryAccessPass: 'mine' });
    expect(temporaryAccessPass).toMatch(/^[\w-]{8}$/);
    expect(await tenant.read(`${at}/${id}`)).toMatchObject({ id, temporaryAccessPass: null });
  });

  it('can be used for an hour from now, or from when it is said to begin', async () => {
    await tenant.created('users', { id: '1' });
    expect(await tenant.created(at, pass)).toMatchObject({
      isUsable: true,
      isUsableOnce: false,
      lifetimeInMinutes: 60,
      methodUsabilityReason: 'EnabledByPolicy',
      startDateTime: NOW,
    });
    const later = { startDateTime: '2026-06-05T00:00:00Z', lifetimeInMinutes: 10, isUsableOnce: true };
    expect(await tenant.created(at, { ...pass, ...later })).toMatchObject({
      ...later,
      isUsable: false,
      methodUsabilityReason: 'NotYetValid',
    });
  });

  it('takes the place of the last one of the user, and of nothing else', async () => {
    await tenant.created('users', { id: '1' });
    await tenant.created('users', { id: '2' });
    const other = await tenant.created('users/2/authentication', pass);
    const method = await tenant.created(at, {});
    await tenant.created(at, pass);
    const { id } = await tenant.created(at, pass);
    const ids = async (url: string) => (await tenant.read(url)).value.map((each: { id: string }) => each.id);
    expect(await ids(at)).toEqual([method.id, id]);
    expect(await ids('users/2/authentication')).toEqual([other.id]);
  });
});
