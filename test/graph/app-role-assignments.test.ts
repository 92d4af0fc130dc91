import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase } from './directory-service.js';

const ROLE = '00000000-0000-0000-0000-000000000000';
const APP = '11111111-0000-4000-8000-000000000001';
const OTHER_APP = '11111111-0000-4000-8000-000000000002';
const ADA = '22222222-0000-4000-8000-000000000001';
const TEAM = '33333333-0000-4000-8000-000000000001';

onEachDatabase('roles of applications [Graph: appRoleAssignment resource type]', (service) => {
  const assignment = (principalId: string, resourceId = APP) => ({ principalId, resourceId, appRoleId: ROLE });

  beforeAll(async () => {
    await service.create('users', { id: ADA, displayName: 'Ada' });
    await service.create('groups', { id: TEAM, displayName: 'Team' });
    await service.create('servicePrincipals', { id: APP, displayName: 'App' });
    await service.create('servicePrincipals', { id: OTHER_APP, displayName: 'Other' });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  describe.each([
    ['users', ADA, 'User', 'Ada'],
    ['groups', TEAM, 'Group', 'Team'],
    ['servicePrincipals', OTHER_APP, 'ServicePrincipal', 'Other'],
  ])('granted to %s', (set, id, principalType, principalDisplayName) => {
    const members = { principalType, principalDisplayName, resourceDisplayName: 'App', resourceId: APP };

    it.each([`${set}/${id}/appRoleAssignments`, `servicePrincipals/${APP}/appRoleAssignedTo`])(
      'by %s are found at both ends',
      async (path) => {
        const made = await service.create(path, assignment(id));
        expect(made).toMatchObject(members);
        for (const each of [`${set}/${id}/appRoleAssignments`, `servicePrincipals/${APP}/appRoleAssignedTo`]) {
          expect((await service.get(`${each}/${made.id}`)).json).toMatchObject({ id: made.id, ...members });
          expect(await service.ids(each)).toContain(made.id);
        }
        expect(await service.ids(`servicePrincipals/${OTHER_APP}/appRoleAssignedTo`)).toEqual([]);
        expect((await service.send('DELETE', `${set}/${id}/appRoleAssignments/${made.id}`)).status).toBe(204);
        expect((await service.get(`servicePrincipals/${APP}/appRoleAssignedTo/${made.id}`)).status).toBe(404);
      },
    );
  });

  it.each([
    ['a principal that does not exist', `servicePrincipals/${APP}/appRoleAssignedTo`, assignment(ROLE), 400],
    ['no principal', `servicePrincipals/${APP}/appRoleAssignedTo`, { resourceId: APP, appRoleId: ROLE }, 400],
    ['another principal than the path', `users/${ADA}/appRoleAssignments`, assignment(TEAM), 400],
    ['another resource than the path', `servicePrincipals/${APP}/appRoleAssignedTo`, assignment(ADA, OTHER_APP), 400],
    ['a resource that does not exist', `users/${ADA}/appRoleAssignments`, assignment(ADA, ROLE), 404],
  ])('are not granted with %s', async (_what, path, body, status) => {
    expect((await service.post(path, body)).status).toBe(status);
    expect(await service.ids(`users/${ADA}/appRoleAssignments`)).toEqual([]);
    expect(await service.ids(`servicePrincipals/${APP}/appRoleAssignedTo`)).toEqual([]);
  });
});
