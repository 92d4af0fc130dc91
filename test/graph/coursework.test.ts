import { beforeEach, describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const ME = '00000000-0000-4000-8000-00000000006d';
const nullable = { $Nullable: true };
const named = (type: string) => ({ $Type: `microsoft.graph.${type}`, ...nullable });
const time = { $Type: 'Edm.DateTimeOffset', ...nullable };
const entity = (members: object) => ({ $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', ...members });
const many = (type: string, containsTarget = true) => ({
  $Kind: 'NavigationProperty',
  $Collection: true,
  $Type: `microsoft.graph.${type}`,
  ...(containsTarget ? { $ContainsTarget: true } : {}),
});
const complex = (members: object, base?: string) => ({
  $Kind: 'ComplexType',
  ...(base === undefined ? {} : { $BaseType: `microsoft.graph.${base}` }),
  ...members,
});
const action = (type: string) => [
  {
    $Kind: 'Action',
    $IsBound: true,
    $Parameter: [{ $Name: 'bindingParameter', $Type: `microsoft.graph.${type}` }],
    $ReturnType: { $Type: `microsoft.graph.${type}` },
  },
];

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    user: entity({ displayName: nullable }),
    educationUser: entity({ displayName: nullable }),
    educationClass: entity({
      assignments: many('educationAssignment'),
      members: many('educationUser', false),
      teachers: many('educationUser', false),
    }),
    educationAssignment: entity({
      status: nullable,
      assignTo: named('educationAssignmentRecipient'),
      submissions: many('educationSubmission'),
    }),
    educationAssignmentRecipient: complex({ $Abstract: true }),
    educationAssignmentClassRecipient: complex({}, 'educationAssignmentRecipient'),
    educationAssignmentGroupRecipient: complex({}, 'educationAssignmentRecipient'),
    educationAssignmentIndividualRecipient: complex(
      { recipients: { $Collection: true, $Type: 'Edm.String' } },
      'educationAssignmentRecipient',
    ),
    educationSubmission: entity({
      status: nullable,
      recipient: named('educationSubmissionRecipient'),
      ...Object.fromEntries(
        ['submitted', 'unsubmitted', 'returned'].flatMap((done) => [
          [`${done}By`, named('identitySet')],
          [`${done}DateTime`, time],
        ]),
      ),
      resources: many('educationSubmissionResource'),
      submittedResources: many('educationSubmissionResource'),
    }),
    educationSubmissionRecipient: complex({ $Abstract: true }),
    educationSubmissionIndividualRecipient: complex({ userId: nullable }, 'educationSubmissionRecipient'),
    educationSubmissionResource: entity({ assignmentResourceUrl: nullable }),
    identitySet: complex({ user: named('identity') }),
    identity: complex({ id: nullable, displayName: nullable }),
    publish: action('educationAssignment'),
    submit: action('educationSubmission'),
    unsubmit: action('educationSubmission'),
    return: action('educationSubmission'),
    GraphService: {
      $Kind: 'EntityContainer',
      users: { $Collection: true, $Type: 'microsoft.graph.user' },
      pupils: { $Collection: true, $Type: 'microsoft.graph.educationUser' },
      classes: { $Collection: true, $Type: 'microsoft.graph.educationClass' },
    },
  },
};

const NOW = '2026-01-02T03:04:05Z';
const service = useService(csdl, {
  profile: graphProfile({ authentication: 'off' }),
  behaviors: graphBehaviors(new Model([csdl])),
  clock: () => new Date(NOW),
});

const post = async (url: string, json: object, status = 201) => {
  const answer = await service.send('POST', url, { json });
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  return answer.text === '' ? undefined : answer.json;
};
const listed = async (url: string) => (await service.send('GET', url)).json.value;
const refer = (url: string, id: string) =>
  post(`${url}/$ref`, { '@odata.id': `http://host/service/pupils/${id}` }, 204);
const usersWith = async (assignment: string) =>
  (await listed(`classes/k/assignments/${assignment}/submissions`))
    .map(({ recipient }: { recipient: { userId: string } }) => recipient.userId)
    .toSorted();

beforeEach(async () => {
  await post('classes', { id: 'k' });
  for (const id of ['ada', 'bo', 'cy', 'teacher']) await post('pupils', { id });
  for (const id of ['ada', 'bo', 'teacher']) await refer('classes/k/members', id);
  await refer('classes/k/teachers', 'teacher');
});

// [Graph: educationAssignment: publish]
describe('publish', () => {
  const assign = (assignTo?: object) => post('classes/k/assignments', { id: 'a', ...(assignTo && { assignTo }) });
  const recipient = (kind: string, more: object = {}) => ({
    '@odata.type': `#microsoft.graph.educationAssignment${kind}Recipient`,
    ...more,
  });

  it.each([
    [undefined, ['ada', 'bo']],
    [recipient('Class'), ['ada', 'bo']],
    [recipient('Individual', { recipients: ['cy'] }), ['cy']],
    [recipient('Group'), []],
  ])('gives those to whom it is assigned a submission: %j', async (assignTo, users) => {
    await assign(assignTo);
    expect(await post('classes/k/assignments/a/publish', {}, 200)).toMatchObject({ id: 'a', status: 'published' });
    expect(await usersWith('a')).toEqual(users);
    expect(
      (await listed('classes/k/assignments/a/submissions')).every(
        ({ status }: { status: string }) => status === 'working',
      ),
    ).toBe(true);
  });

  it('gives nobody a second one', async () => {
    await assign();
    await post('classes/k/assignments/a/publish', {}, 200);
    await post('classes/k/assignments/a/publish', {}, 200);
    expect(await usersWith('a')).toEqual(['ada', 'bo']);
  });
});

// [Graph: educationSubmission: submit, unsubmit and return]
describe('a submission', () => {
  const path = 'classes/k/assignments/a/submissions/s';
  const by = { user: { id: ME, displayName: 'Signed-in user' } };
  const urls = async (name: string) =>
    (await listed(`${path}/${name}`)).map((each: { assignmentResourceUrl: string }) => each.assignmentResourceUrl);

  beforeEach(async () => {
    await post('classes/k/assignments', { id: 'a' });
    await post('classes/k/assignments/a/submissions', { id: 's' });
    await post(`${path}/resources`, { assignmentResourceUrl: 'one' });
  });

  it('is handed in with its resources, again without the earlier ones', async () => {
    const submitted = { status: 'submitted', submittedBy: by, submittedDateTime: NOW };
    expect(await post(`${path}/submit`, {}, 200)).toMatchObject(submitted);
    await post(`${path}/resources`, { assignmentResourceUrl: 'two' });
    expect(await urls('submittedResources')).toEqual(['one']);
    await post(`${path}/submit`, {}, 200);
    expect((await urls('submittedResources')).toSorted()).toEqual(['one', 'two']);
  });

  it('is worked on again with what was handed in', async () => {
    await post(`${path}/submit`, {}, 200);
    await post(`${path}/resources`, { assignmentResourceUrl: 'two' });
    const working = { status: 'working', unsubmittedBy: by, unsubmittedDateTime: NOW, submittedBy: by };
    expect(await post(`${path}/unsubmit`, {}, 200)).toMatchObject(working);
    expect(await urls('resources')).toEqual(['one']);
  });

  it('is given back', async () => {
    const returned = { status: 'returned', returnedBy: by, returnedDateTime: NOW };
    expect(await post(`${path}/return`, {}, 200)).toMatchObject(returned);
    expect((await service.send('GET', path)).json).toMatchObject(returned);
  });
});
