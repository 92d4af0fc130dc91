import { beforeEach, describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const optional = (type: string) => ({ $Type: type, ...nullable });
const named = (type: string) => optional(`microsoft.graph.${type}`);
const list = (type: string) => ({ $Type: type, $Collection: true });
const flag = optional('Edm.Boolean');
const count = optional('Edm.Int32');
const time = optional('Edm.DateTimeOffset');
const derived = (base: string, members: object = {}) => ({
  $Kind: 'EntityType',
  $BaseType: `microsoft.graph.${base}`,
  ...members,
});
const entity = (members: object = {}) => derived('entity', members);
const contained = (type: string, isCollection = true) => ({
  $Kind: 'NavigationProperty',
  ...(isCollection ? { $Collection: true } : nullable),
  $ContainsTarget: true,
  $Type: `microsoft.graph.${type}`,
});
const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, nullable]));

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    user: entity({
      ...texts('displayName', 'mail', 'userPrincipalName'),
      contacts: contained('contact'),
      calendars: contained('calendar'),
      onlineMeetings: contained('onlineMeeting'),
      taskGroups: contained('outlookTaskGroup'),
      names: contained('personName'),
    }),
    contact: entity(texts('displayName', 'givenName', 'surname')),
    calendar: entity({
      ...texts('name', 'hexColor', 'defaultOnlineMeetingProvider'),
      allowedOnlineMeetingProviders: list('Edm.String'),
      isTallyingResponses: flag,
      calendarPermissions: contained('calendarPermission'),
    }),
    calendarPermission: entity({
      allowedRoles: list('Edm.String'),
      isInsideOrganization: flag,
      isRemovable: flag,
      role: nullable,
    }),
    onlineMeeting: entity({
      ...texts('subject', 'joinWebUrl', 'allowedPresenters', 'externalId'),
      startDateTime: time,
      endDateTime: time,
      chatInfo: named('chatInfo'),
      participants: named('meetingParticipants'),
      joinMeetingIdSettings: named('joinMeetingIdSettings'),
    }),
    chatInfo: { $Kind: 'ComplexType', ...texts('threadId', 'messageId', 'replyChainMessageId') },
    meetingParticipants: {
      $Kind: 'ComplexType',
      organizer: named('participant'),
      attendees: list('microsoft.graph.participant'),
    },
    participant: { $Kind: 'ComplexType', identity: named('identitySet'), ...texts('upn', 'role') },
    joinMeetingIdSettings: { $Kind: 'ComplexType', isPasscodeRequired: flag, ...texts('joinMeetingId', 'passcode') },
    outlookTaskGroup: entity({
      name: nullable,
      isDefaultGroup: flag,
      groupKey: optional('Edm.Guid'),
      taskFolders: contained('outlookTaskFolder'),
    }),
    outlookTaskFolder: entity({ name: nullable, isDefaultFolder: flag, parentGroupKey: optional('Edm.Guid') }),
    itemFacet: entity({ allowedAudiences: nullable }),
    personName: derived('itemFacet', texts('first')),
    team: entity({
      displayName: nullable,
      channels: contained('channel'),
      schedule: contained('schedule', false),
      tags: contained('teamworkTag'),
    }),
    channel: entity({
      ...texts('displayName', 'email', 'webUrl', 'membershipType'),
      tabs: contained('teamsTab'),
      messages: contained('chatMessage'),
    }),
    teamsTab: entity(texts('displayName', 'webUrl')),
    teamworkTag: entity({ ...texts('displayName', 'teamId', 'tagType'), memberCount: count }),
    chatMessage: entity({ from: named('identitySet'), ...texts('webUrl', 'replyToId') }),
    changeTrackedEntity: entity({ lastModifiedBy: named('identitySet'), lastModifiedDateTime: time, $Abstract: true }),
    scheduleChangeRequest: derived('changeTrackedEntity', {
      $Abstract: true,
      ...texts('assignedTo', 'state', 'senderUserId', 'senderMessage'),
      senderDateTime: time,
    }),
    timeOffRequest: derived('scheduleChangeRequest'),
    offerShiftRequest: derived('scheduleChangeRequest', texts('recipientUserId')),
    swapShiftsChangeRequest: derived('offerShiftRequest', texts('recipientShiftId')),
    schedule: entity({
      enabled: flag,
      provisionStatus: nullable,
      openShiftsEnabled: flag,
      timeOffRequests: contained('timeOffRequest'),
      offerShiftRequests: contained('offerShiftRequest'),
      swapShiftsChangeRequests: contained('swapShiftsChangeRequest'),
    }),
    call: entity(texts('callbackUri', 'state', 'direction', 'callChainId')),
    educationClass: entity({ assignments: contained('educationAssignment') }),
    educationAssignment: entity({
      ...texts('displayName', 'classId', 'status', 'addedStudentAction', 'webUrl'),
      allowLateSubmissions: flag,
      resources: contained('educationSubmissionResource'),
    }),
    educationSubmissionResource: entity({ resource: named('educationResource') }),
    educationResource: {
      $Kind: 'ComplexType',
      $Abstract: true,
      displayName: nullable,
      createdBy: named('identitySet'),
      createdDateTime: time,
      lastModifiedBy: named('identitySet'),
      lastModifiedDateTime: time,
    },
    educationWordResource: { $Kind: 'ComplexType', $BaseType: 'microsoft.graph.educationResource', fileUrl: nullable },
    group: entity({ displayName: nullable, threads: contained('conversationThread') }),
    conversationThread: entity({
      topic: nullable,
      uniqueSenders: list('Edm.String'),
      lastDeliveredDateTime: time,
      posts: contained('post'),
    }),
    post: entity({ conversationThreadId: nullable, from: named('recipient'), receivedDateTime: time }),
    recipient: { $Kind: 'ComplexType', emailAddress: named('emailAddress') },
    emailAddress: { $Kind: 'ComplexType', ...texts('name', 'address') },
    planner: entity({
      plans: contained('plannerPlan'),
      tasks: contained('plannerTask'),
      buckets: contained('plannerBucket'),
    }),
    plannerPlan: entity({ title: nullable, container: named('plannerPlanContainer'), owner: nullable }),
    plannerPlanContainer: { $Kind: 'ComplexType', ...texts('url', 'containerId', 'type') },
    plannerBucket: entity(texts('name', 'orderHint')),
    plannerTask: entity({
      ...texts('title', 'orderHint'),
      percentComplete: count,
      priority: count,
      assignments: named('plannerAssignments'),
    }),
    plannerAssignments: { $Kind: 'ComplexType', $OpenType: true },
    plannerAssignment: {
      $Kind: 'ComplexType',
      assignedBy: named('identitySet'),
      assignedDateTime: time,
      orderHint: nullable,
    },
    plannerUser: entity({ tasks: contained('plannerTask') }),
    plannerGroup: entity({ plans: contained('plannerPlan') }),
    identitySet: { $Kind: 'ComplexType', $OpenType: true, application: named('identity'), user: named('identity') },
    identity: { $Kind: 'ComplexType', $OpenType: true, ...texts('id', 'displayName') },
    createOrGet: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [
          { $Name: 'bindingParameter', $Type: 'microsoft.graph.onlineMeeting', $Collection: true },
          { $Name: 'externalId' },
          { $Name: 'subject', ...nullable },
          { $Name: 'startDateTime', ...time },
          { $Name: 'endDateTime', ...time },
        ],
        $ReturnType: { $Type: 'microsoft.graph.onlineMeeting' },
      },
    ],
    GraphService: {
      $Kind: 'EntityContainer',
      users: list('microsoft.graph.user'),
      teams: list('microsoft.graph.team'),
      groups: list('microsoft.graph.group'),
      calls: list('microsoft.graph.call'),
      classes: list('microsoft.graph.educationClass'),
      me: { $Type: 'microsoft.graph.user' },
      planner: { $Type: 'microsoft.graph.planner' },
    },
  },
};

const NOW = '2026-01-02T03:04:05Z';
const ME = { id: '00000000-0000-4000-8000-00000000006d', displayName: 'Signed-in user' };
const service = useService(csdl, {
  profile: graphProfile({ authentication: 'off' }),
  behaviors: graphBehaviors(new Model([csdl])),
  clock: () => new Date(NOW),
});

const send = (method: string, url: string, json: object) => service.send(method, url, { json });
const created = async (url: string, json: object) => {
  const { status, text, json: answer } = await send('POST', url, json);
  expect([status, text]).toEqual([201, text]);
  return answer;
};

beforeEach(async () => {
  await created('teams', { id: 't', displayName: 'Team' });
  await created('teams/t/channels', { id: 'c', displayName: 'General & more' });
  await created('groups', { id: 'g', displayName: 'Group' });
  await created('classes', { id: 'k' });
});

describe('what a new object says that the client did not', () => {
  it.each([
    ['me/contacts', { givenName: 'Ada', surname: 'Lovelace' }, { displayName: 'Ada Lovelace' }],
    ['me/contacts', { givenName: 'Ada', displayName: 'A' }, { displayName: 'A' }],
    ['me/contacts', {}, { displayName: null }],
    [
      'me/calendars',
      { name: 'x' },
      { hexColor: '', allowedOnlineMeetingProviders: ['teamsForBusiness'], isTallyingResponses: false },
    ],
    [
      'me/calendars',
      { name: 'x', allowedOnlineMeetingProviders: ['unknown'] },
      { allowedOnlineMeetingProviders: ['unknown'] },
    ],
    ['me/names', { first: 'Ada' }, { allowedAudiences: 'organization' }],
    ['me/taskGroups', { name: 'x' }, { isDefaultGroup: false, groupKey: expect.any(String) }],
    ['teams/t/channels', { displayName: 'x' }, { email: '', membershipType: 'standard' }],
    ['teams/t/channels', { displayName: 'x', membershipType: 'private' }, { membershipType: 'private' }],
    [
      'teams/t/channels/c/tabs',
      { id: 'tab', displayName: 'a b' },
      { webUrl: 'https://teams.microsoft.com/l/channel/c/tab%3A%3Atab?label=a+b' },
    ],
    ['teams/t/tags', { displayName: 'x' }, { teamId: 't', tagType: 'standard', memberCount: 0 }],
    [
      'teams/t/schedule/timeOffRequests',
      {},
      { assignedTo: 'manager', state: 'pending', senderUserId: ME.id, senderDateTime: NOW },
    ],
    ['teams/t/schedule/offerShiftRequests', {}, { assignedTo: 'recipient', state: 'pending' }],
    ['teams/t/schedule/swapShiftsChangeRequests', {}, { assignedTo: 'recipient', senderUserId: ME.id }],
    ['calls', { callbackUri: 'x' }, { state: 'establishing', direction: 'outgoing', callChainId: expect.any(String) }],
    [
      'classes/k/assignments',
      {},
      { classId: 'k', status: 'draft', allowLateSubmissions: true, addedStudentAction: 'none' },
    ],
    ['groups/g/threads', { topic: 'x' }, { uniqueSenders: [ME.displayName], lastDeliveredDateTime: NOW }],
    ['planner/buckets', { name: 'x' }, { orderHint: expect.stringMatching(/^\d{19}$/) }],
    ['planner/tasks', { title: 'x', priority: 1 }, { percentComplete: 0, priority: 1, orderHint: expect.any(String) }],
  ])('%s %j', async (url, json, values) => {
    expect(await created(url, json)).toMatchObject(values);
  });

  // [Graph: calendarPermission resource type, allowedRoles]
  it('calendars are shared outside the organization to be read', async () => {
    const { id } = await created('me/calendars', { name: 'shared' });
    const roles = async (json: object) =>
      (await created(`me/calendars/${id}/calendarPermissions`, { role: 'read', ...json })).allowedRoles;
    expect(await roles({})).toEqual(['freeBusyRead', 'limitedRead', 'read']);
    expect(await roles({ isInsideOrganization: true })).toEqual(['freeBusyRead', 'limitedRead', 'read', 'write']);
  });

  // [Graph: outlookTaskFolder resource type, parentGroupKey]
  it('folders of tasks know their group', async () => {
    const { id, groupKey } = await created('me/taskGroups', { name: 'x' });
    expect(await created(`me/taskGroups/${id}/taskFolders`, { name: 'y' })).toMatchObject({ parentGroupKey: groupKey });
  });

  // [Graph: Create onlineMeeting, onlineMeeting resource type]
  it('meetings have their organizer, an address to join and an hour', async () => {
    const attendees = [{ upn: 'bo@contoso.com' }];
    const json = {
      startDateTime: '2026-05-01T10:00:00Z',
      participants: { attendees },
      joinMeetingIdSettings: { isPasscodeRequired: true },
    };
    const meeting = await created('me/onlineMeetings', json);
    expect(meeting).toMatchObject({
      endDateTime: '2026-05-01T11:00:00.000Z',
      allowedPresenters: 'everyone',
      participants: { organizer: { identity: { user: ME }, role: 'presenter' }, attendees },
      joinMeetingIdSettings: {
        isPasscodeRequired: true,
        joinMeetingId: expect.stringMatching(/^\d{10}$/),
        passcode: expect.any(String),
      },
    });
    expect(meeting.joinWebUrl).toContain(encodeURIComponent(meeting.chatInfo.threadId));
    expect((await created('me/onlineMeetings', {})).joinMeetingIdSettings.passcode).toBeNull();
  });

  it('posts say who wrote them, and in which thread', async () => {
    const { id } = await created('groups/g/threads', { topic: 'x' });
    expect(await created(`groups/g/threads/${id}/posts`, {})).toMatchObject({
      conversationThreadId: id,
      receivedDateTime: NOW,
      from: { emailAddress: { name: ME.displayName } },
    });
  });

  // [Graph: identitySet resource type, conversation]
  it('in Teams, a user who does something is no conversation', async () => {
    const message = await created('teams/t/channels/c/messages', {});
    expect(message.from).toEqual({
      application: null,
      user: { ...ME, userIdentityType: 'aadUser' },
      conversation: null,
    });
    const request = await created('teams/t/schedule/timeOffRequests', {});
    expect(request.lastModifiedBy).toEqual({ application: null, user: ME, conversation: null });
  });
});

// [Graph: Create or replace schedule]
it('a schedule is provisioned once it is enabled', async () => {
  await created('teams', { id: 's' });
  const off = await send('PUT', 'teams/s/schedule', { enabled: false });
  expect(off.json).toMatchObject({ provisionStatus: null, openShiftsEnabled: null });
  const on = await send('PUT', 'teams/s/schedule', { enabled: true, openShiftsEnabled: false });
  expect(on.json).toMatchObject({ provisionStatus: 'completed', openShiftsEnabled: false });
});

describe('values within an object are signed', () => {
  // [Graph: plannerAssignment resource type]
  it('when they are new, and again when they change', async () => {
    const { id } = await created('planner/tasks', {
      title: 'x',
      assignments: { a: { '@odata.type': '#microsoft.graph.plannerAssignment', orderHint: ' !' } },
    });
    const path = `planner/tasks/${id}`;
    const { assignments } = (await service.send('GET', path)).json;
    expect(assignments.a).toMatchObject({ assignedBy: { user: ME }, assignedDateTime: NOW, orderHint: ' !' });
    const given = { user: { id: 'someone', displayName: null } };
    const b = {
      '@odata.type': '#microsoft.graph.plannerAssignment',
      assignedBy: given,
      assignedDateTime: '2020-01-01T00:00:00Z',
    };
    const changed = await send('PATCH', path, { assignments: { b, a: null } });
    expect(changed.json.assignments.b).toMatchObject({ assignedBy: given, assignedDateTime: '2020-01-01T00:00:00Z' });
  });

  // [Graph: educationResource resource type]
  it('also those of types that derive from a signed one', async () => {
    const { id } = await created('classes/k/assignments', {});
    const resource = { '@odata.type': '#microsoft.graph.educationWordResource', displayName: 'Report.docx' };
    const answer = await created(`classes/k/assignments/${id}/resources`, { resource });
    expect(answer.resource).toMatchObject({
      createdBy: { user: ME },
      createdDateTime: NOW,
      lastModifiedBy: { user: ME },
      lastModifiedDateTime: NOW,
    });
  });
});

// [Graph: plannerPlanContainer resource type]
it.each([
  [{ url: 'https://graph.microsoft.com/v1.0/groups/g1' }, { containerId: 'g1', type: 'group' }],
  [{ url: "https://graph.microsoft.com/beta/planner/rosters('r1')" }, { containerId: 'r1', type: 'roster' }],
  [{ containerId: 'g1', type: 'group' }, { url: 'https://graph.microsoft.com/v1.0/groups/g1' }],
  [{ url: 'nowhere' }, { containerId: null, type: null }],
])('the container %j of a plan is told whole', async (container, rest) => {
  expect((await created('planner/plans', { title: 'x', container })).container).toEqual({ ...container, ...rest });
});

// [Graph: onlineMeeting: createOrGet]
describe('createOrGet', () => {
  const createOrGet = (json: object) => send('POST', 'me/onlineMeetings/createOrGet', json);

  it('makes one meeting for an external id', async () => {
    const first = await createOrGet({ externalId: 'x', subject: 'one' });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({
      externalId: 'x',
      subject: 'one',
      joinWebUrl: expect.any(String),
      startDateTime: NOW,
      endDateTime: '2026-01-02T04:04:05.000Z',
    });
    expect((await createOrGet({ externalId: 'x', subject: 'two' })).json).toEqual(first.json);
    expect((await createOrGet({ externalId: 'y' })).json.id).not.toBe(first.json.id);
    expect((await service.send('GET', 'me/onlineMeetings')).json.value).toHaveLength(2);
  });

  it.each([[{ endDateTime: NOW }], [{ startDateTime: '2026-01-02T03:04:06Z', endDateTime: NOW }]])(
    'refuses %j',
    async (times) => {
      expect((await createOrGet({ externalId: 'x', ...times })).status).toBe(400);
    },
  );
});
