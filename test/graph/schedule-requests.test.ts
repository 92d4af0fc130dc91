import { describe, expect, it } from '@jest/globals';

import type { CsdlObject } from '../../src/edm/index.js';

import { complexType, contained, entityType, flag, instant, NOW, of, optional, useTenant } from './tenant-in-test.js';

const own = (type: string) => optional(of(type));
const subject = 'principalId roleDefinitionId directoryScopeId appScopeId';
const period = { scheduleInfo: own('requestSchedule') };

const types: CsdlObject = {
  request: entityType('approvalId', {
    completedDateTime: instant,
    createdBy: own('identitySet'),
    createdDateTime: instant,
    status: {},
  }),
  unifiedRoleAssignmentScheduleRequest: entityType(
    `${subject} justification targetScheduleId`,
    { ...period, action: own('actions'), isValidationOnly: flag, ticketInfo: own('ticketInfo') },
    'request',
  ),
  unifiedRoleAssignmentSchedule: entityType(`${subject} assignmentType createdUsing memberType status`, period),
  unifiedRoleAssignmentScheduleInstance: entityType(`${subject} assignmentType roleAssignmentScheduleId`, {
    endDateTime: instant,
    startDateTime: instant,
  }),
  privilegedAccessGroupAssignmentScheduleRequest: entityType(
    'principalId groupId targetScheduleId',
    { ...period, accessId: own('relationships'), action: own('actions') },
    'request',
  ),
  privilegedAccessGroupAssignmentSchedule: entityType('principalId groupId', {
    accessId: own('relationships'),
    assignmentType: own('assignmentTypes'),
  }),
  relationships: { $Kind: 'EnumType', owner: 1, member: 2 },
  assignmentTypes: { $Kind: 'EnumType', assigned: 1, activated: 2 },
  actions: {
    $Kind: 'EnumType',
    adminAssign: 1,
    adminUpdate: 2,
    adminRemove: 3,
    selfActivate: 4,
    selfDeactivate: 5,
    adminExtend: 6,
    selfExtend: 8,
  },
  requestSchedule: complexType('', { startDateTime: instant, expiration: own('expirationPattern') }),
  expirationPattern: complexType('type', { duration: optional('Edm.Duration'), endDateTime: instant }),
  ticketInfo: complexType('ticketNumber ticketSystem'),
  identitySet: complexType('', { user: own('identity') }),
  identity: complexType('id displayName'),
  rbacApplication: entityType('', {
    roleAssignmentScheduleRequests: contained('unifiedRoleAssignmentScheduleRequest'),
    roleAssignmentSchedules: contained('unifiedRoleAssignmentSchedule'),
    roleAssignmentScheduleInstances: contained('unifiedRoleAssignmentScheduleInstance'),
    assignmentScheduleRequests: contained('privilegedAccessGroupAssignmentScheduleRequest'),
    assignmentSchedules: contained('privilegedAccessGroupAssignmentSchedule'),
  }),
  cancel: [
    {
      $Kind: 'Action',
      $IsBound: true,
      $Parameter: [{ $Name: 'this', $Type: of('unifiedRoleAssignmentScheduleRequest') }],
    },
  ],
};

const tenant = useTenant(types, { providers: 'rbacApplication' });

const REQUESTS = 'providers/directory/roleAssignmentScheduleRequests';
const SCHEDULES = 'providers/directory/roleAssignmentSchedules';
const INSTANCES = 'providers/directory/roleAssignmentScheduleInstances';

const admin = { action: 'adminAssign', principalId: 'ann', roleDefinitionId: 'reader', directoryScopeId: '/' };
const from = (startDateTime: string, expiration: object = { type: 'noExpiration' }) => ({
  scheduleInfo: { startDateTime, expiration },
});
const LATER = '2026-02-01T00:00:00Z';

const listed = async (url: string) => (await tenant.read(url)).value;
const provider = () => tenant.created('providers', { id: 'directory' });
const request = (json: object, at = REQUESTS) => tenant.created(at, json);

// [Graph: Create roleAssignmentScheduleRequests; unifiedRoleAssignmentSchedule, unifiedRoleAssignmentScheduleInstance]
describe('a request for a role', () => {
  it('is carried out at once where it has begun', async () => {
    await provider();
    const expiration = { type: 'afterDuration', duration: 'PT5H' };
    const made = await request({ ...admin, ...from('2026-01-01T00:00:00Z', expiration) });
    expect(made).toMatchObject({
      completedDateTime: NOW,
      createdBy: { user: { displayName: 'Signed-in user' } },
      isValidationOnly: false,
      status: 'Provisioned',
      targetScheduleId: made.id,
      ticketInfo: { ticketNumber: null, ticketSystem: null },
    });
    expect(await listed(SCHEDULES)).toMatchObject([
      {
        id: made.id,
        assignmentType: 'Assigned',
        createdUsing: made.id,
        directoryScopeId: '/',
        memberType: 'Direct',
        principalId: 'ann',
        scheduleInfo: { startDateTime: '2026-01-01T00:00:00Z', expiration },
        status: 'Provisioned',
      },
    ]);
    expect(await listed(INSTANCES)).toMatchObject([
      {
        endDateTime: '2026-01-01T05:00:00Z',
        principalId: 'ann',
        roleAssignmentScheduleId: made.id,
        startDateTime: '2026-01-01T00:00:00Z',
      },
    ]);
  });

  it('begins now where it says nothing of it', async () => {
    await provider();
    expect(await request(admin)).toMatchObject({ scheduleInfo: { startDateTime: NOW }, status: 'Provisioned' });
    expect(await listed(INSTANCES)).toMatchObject([{ startDateTime: NOW, endDateTime: null }]);
  });

  it('is granted, without an instance, where it begins later', async () => {
    await provider();
    const made = await request({ ...admin, action: 'selfActivate', ...from(LATER) });
    expect(made).toMatchObject({ status: 'Granted', completedDateTime: LATER });
    expect(await listed(SCHEDULES)).toMatchObject([{ assignmentType: 'Activated', status: 'Granted' }]);
    expect(await listed(INSTANCES)).toEqual([]);
  });

  it('replaces what was granted of the same, and nothing else', async () => {
    await provider();
    const others = [
      { ...admin, principalId: 'bob' },
      { ...admin, directoryScopeId: '/units/1' },
    ];
    for (const each of [admin, ...others]) await request(each);
    const renewed = await request({ ...admin, action: 'adminExtend', ...from(LATER) });
    const schedules = await listed(SCHEDULES);
    expect(schedules).toHaveLength(3);
    expect(schedules.at(-1)).toMatchObject({ id: renewed.id, principalId: 'ann' });
    expect(await listed(INSTANCES)).toHaveLength(2);
  });

  it.each(['adminRemove', 'selfDeactivate'])('by %s takes away what was granted', async (action) => {
    await provider();
    await request(admin);
    await request({ ...admin, principalId: 'bob' });
    const removal = await request({ ...admin, action });
    expect(removal).toMatchObject({
      status: 'Revoked',
      completedDateTime: null,
      targetScheduleId: null,
      scheduleInfo: null,
    });
    expect(await listed(SCHEDULES)).toMatchObject([{ principalId: 'bob' }]);
    expect(await listed(INSTANCES)).toMatchObject([{ principalId: 'bob' }]);
  });

  it('that says of nobody whom it is about takes nothing away from anybody', async () => {
    await provider();
    await request(admin);
    await request({ action: 'adminRemove', roleDefinitionId: 'reader' });
    await request({ action: 'adminRemove' });
    expect(await listed(SCHEDULES)).toHaveLength(1);
  });

  it('to extend what one has waits for an administrator', async () => {
    await provider();
    expect(await request({ ...admin, action: 'selfExtend' })).toMatchObject({ status: 'PendingAdminDecision' });
    expect(await listed(SCHEDULES)).toEqual([]);
  });

  it('that is only to be validated grants nothing', async () => {
    await provider();
    expect(await request({ ...admin, isValidationOnly: true })).toMatchObject({ isValidationOnly: true });
    expect(await listed(SCHEDULES)).toEqual([]);
  });

  it('leaves one schedule, however many ask at once', async () => {
    await provider();
    await Promise.all([1, 2, 3, 4].map(() => request(admin)));
    expect(await listed(REQUESTS)).toHaveLength(4);
    expect(await listed(SCHEDULES)).toHaveLength(1);
    expect(await listed(INSTANCES)).toHaveLength(1);
  });

  it('whose duration no calendar holds has no end', async () => {
    await provider();
    await request({ ...admin, ...from(NOW, { type: 'afterDuration', duration: 'P99999999999D' }) });
    expect(await listed(INSTANCES)).toMatchObject([{ endDateTime: null }]);
  });
});

// [Graph: unifiedRoleAssignmentScheduleRequest: cancel]
describe('a request that is canceled', () => {
  const cancel = (id: string) => tenant.send('POST', `${REQUESTS}/${id}/cancel`);

  it('says so, and grants nothing any longer', async () => {
    await provider();
    const { id } = await request({ ...admin, ...from(LATER) });
    expect((await cancel(id)).status).toBe(204);
    expect(await tenant.read(`${REQUESTS}/${id}`)).toMatchObject({ status: 'Canceled' });
    expect(await listed(SCHEDULES)).toEqual([]);
    expect((await cancel(id)).status).toBe(400);
  });

  it('must not be carried out yet', async () => {
    await provider();
    const { id } = await request(admin);
    expect((await cancel(id)).status).toBe(400);
    expect(await listed(SCHEDULES)).toHaveLength(1);
  });
});

// [Graph: Create assignmentScheduleRequest]
it('a request for a membership names its schedule after the group', async () => {
  await provider();
  const at = 'providers/directory/assignmentScheduleRequests';
  const json = { accessId: 'member', principalId: 'ann', groupId: 'g', action: 'adminAssign' };
  const made = await request(json, at);
  expect(made).toMatchObject({ status: 'Provisioned', targetScheduleId: `g_member_${made.id}` });
  expect(await listed('providers/directory/assignmentSchedules')).toMatchObject([
    { id: made.targetScheduleId, accessId: 'member', assignmentType: 'assigned', groupId: 'g' },
  ]);
});
