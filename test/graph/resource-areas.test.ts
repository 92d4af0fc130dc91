import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';
import { entityType, useTenant } from './tenant-in-test.js';

onEachDatabase('what differs from area to area', (service) => {
  beforeAll(async () => {
    await service.create('users', { id: 'ada' });
    for (let index = 0; index < 12; index++) await service.create('users/ada/contacts', { id: String(index) });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    ['users/ada', 204],
    ['users/ada/contacts/1', 200],
  ])('an update of %s answers %d', async (url, status) => {
    const json = { displayName: 'new' };
    expect((await service.send('PATCH', url, { json })).status).toBe(status);
    const prefer = async (value: string) =>
      (await service.send('PATCH', url, { json, headers: { prefer: `return=${value}` } })).status;
    expect([await prefer('representation'), await prefer('minimal')]).toEqual([200, 204]);
  });

  // [Graph: Update user mailbox settings]
  it('an update of a complex value answers with it', async () => {
    const url = 'users/ada/drive/root/parentReference';
    const answer = await service.send('PATCH', url, { json: { driveType: 'personal' } });
    expect([answer.status, answer.json.driveType]).toEqual([200, 'personal']);
    expect(answer.json['@odata.context']).toContain("#users('ada')/drive/items('root')/parentReference");
    const headers = { prefer: 'return=minimal' };
    expect((await service.send('PATCH', url, { json: { driveType: 'business' }, headers })).status).toBe(204);
  });

  it('pages have the size of their area, and $top its maximum', async () => {
    const { json } = await service.get('users/ada/contacts');
    expect([json.value.length, typeof json['@odata.nextLink']]).toEqual([10, 'string']);
    expect((await service.get('users/ada/contacts?$top=1000')).json.value).toHaveLength(12);
    expect((await service.get('users/ada/contacts?$top=1001')).status).toBe(400);
    expect((await service.get('users?$top=999')).status).toBe(200);
    expect((await service.get('users?$top=1000')).status).toBe(400);
  });

  it.each([
    ['GET', 'users/nobody', 404, 'Request_ResourceNotFound'],
    ['GET', 'groups/nobody', 404, 'Request_ResourceNotFound'],
    ['PUT', 'users', 405, 'Request_BadRequest'],
    ['POST', 'users', 400, 'Request_BadRequest'],
    ['GET', 'users/ada/contacts/none', 404, 'Request_ResourceNotFound'],
    ['GET', 'drives/none', 404, 'itemNotFound'],
    ['GET', 'users/ada/drive/items/none', 404, 'itemNotFound'],
    ['GET', 'users?$filter=displayName eq 1', 400, 'BadRequest'],
    ['GET', 'users/ada/colour', 400, 'BadRequest'],
    ['GET', 'colours', 400, 'BadRequest'],
  ])('%s %s is %d %s', async (method, url, status, code) => {
    const answer = await service.send(
      method,
      url.replaceAll(' ', '%20'),
      method === 'POST' ? { json: { displayName: 1 } } : {},
    );
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });
});

// [Graph: section "Response" of the pages "Update …"]
describe('an update', () => {
  const silent = [
    'accessPackage',
    'accessPackageCatalog',
    'attributeSet',
    'conditionalAccessPolicy',
    'federatedIdentityCredential',
    'groupSetting',
    'identityApiConnector',
    'oAuth2PermissionGrant',
    'schemaExtension',
    'tiIndicator',
  ];
  const telling = ['accessReviewInstance', 'columnDefinition', 'contentType', 'internalDomainFederation'];
  const names = [...silent, ...telling];
  const tenant = useTenant(
    {
      ...Object.fromEntries(names.map((name) => [name, entityType('description')])),
      identityProviderBase: entityType(''),
      internalDomainFederation: entityType('description', {}, 'identityProviderBase'),
    },
    Object.fromEntries(names.map((name) => [`${name}s`, name])),
  );

  it.each([...silent.map((name) => [name, 204] as const), ...telling.map((name) => [name, 200] as const)])(
    'of a new %s answers %d',
    async (name, status) => {
      const { id } = await tenant.created(`${name}s`, { description: 'old' });
      const answer = await tenant.send('PATCH', `${name}s/${id}`, { description: 'new' });
      expect([answer.status, answer.text === '']).toEqual([status, status === 204]);
      expect(await tenant.read(`${name}s/${id}`)).toMatchObject({ description: 'new' });
    },
  );
});
