import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const entity = { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', name: nullable };
const one = (type: string) => ({ $Kind: 'NavigationProperty', $Type: `microsoft.graph.${type}`, ...nullable });
const some = (type: string) => ({ $Kind: 'NavigationProperty', $Type: `microsoft.graph.${type}`, $Collection: true });
const contained = { $ContainsTarget: true };

/** As Graph's schema has them: much is contained that the documentation refers to. */
const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    directoryObject: entity,
    user: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.directoryObject' },
    policyRoot: { $Kind: 'EntityType', featureRolloutPolicies: { ...some('featureRolloutPolicy'), ...contained } },
    featureRolloutPolicy: { ...entity, appliesTo: { ...some('directoryObject'), ...contained } },
    educationRoot: {
      $Kind: 'EntityType',
      classes: { ...some('educationClass'), ...contained },
      schools: { ...some('educationSchool'), ...contained },
      users: { ...some('educationUser'), ...contained },
    },
    educationClass: {
      ...entity,
      schools: some('educationSchool'),
      members: some('educationUser'),
      assignmentCategories: { ...some('educationCategory'), ...contained },
      assignments: { ...some('educationAssignment'), ...contained },
    },
    educationSchool: { ...entity, classes: some('educationClass') },
    educationUser: {
      ...entity,
      classes: some('educationClass'),
      rubrics: { ...some('educationRubric'), ...contained },
    },
    educationAssignment: {
      ...entity,
      categories: { ...some('educationCategory'), ...contained },
      rubric: { ...one('educationRubric'), ...contained },
    },
    educationCategory: entity,
    educationRubric: entity,
    identityContainer: {
      $Kind: 'EntityType',
      apiConnectors: { ...some('identityApiConnector'), ...contained },
      b2xUserFlows: { ...some('b2xIdentityUserFlow'), ...contained },
    },
    identityApiConnector: entity,
    b2xIdentityUserFlow: {
      ...entity,
      apiConnectorConfiguration: { $Type: 'microsoft.graph.userFlowApiConnectorConfiguration', ...nullable },
    },
    userFlowApiConnectorConfiguration: {
      $Kind: 'ComplexType',
      postFederationSignup: { ...one('identityApiConnector'), ...contained },
    },
    onPremisesPublishingProfile: {
      ...entity,
      connectors: { ...some('connector'), ...contained },
      connectorGroups: { ...some('connectorGroup'), ...contained },
    },
    connector: { ...entity, memberOf: { ...some('connectorGroup'), ...contained } },
    connectorGroup: { ...entity, members: { ...some('connector'), ...contained } },
    GraphService: {
      $Kind: 'EntityContainer',
      directoryObjects: { $Collection: true, $Type: 'microsoft.graph.directoryObject' },
      users: { $Collection: true, $Type: 'microsoft.graph.user' },
      policies: { $Type: 'microsoft.graph.policyRoot' },
      education: { $Type: 'microsoft.graph.educationRoot' },
      identity: { $Type: 'microsoft.graph.identityContainer' },
      onPremisesPublishingProfiles: { $Collection: true, $Type: 'microsoft.graph.onPremisesPublishingProfile' },
    },
  },
};

const service = useService(csdl, { profile: graphProfile({ authentication: 'off' }) });

describe('references that the documentation makes, whatever the schema contains', () => {
  const create = async (path: string, id: string): Promise<void> => {
    expect((await service.send('POST', path, { json: { id, name: id } })).status).toBe(201);
  };
  const refer = async (method: 'POST' | 'PUT', path: string, to: string): Promise<number> =>
    (await service.send(method, `${path}/$ref`, { json: { '@odata.id': `https://graph.microsoft.com/v1.0/${to}` } }))
      .status;
  const ids = async (path: string): Promise<string[]> => {
    const { status, json } = await service.send('GET', path);
    expect(status).toBe(200);
    return json.value.map(({ id }: { id: string }) => id);
  };

  beforeEach(async () => {
    await create('users', 'ada');
    await create('education/classes', 'class');
    await create('education/schools', 'school');
    await create('education/users', 'pupil');
  });

  it('lead to objects of the directory wherever these stand [Graph: featureRolloutPolicy, Assign appliesTo]', async () => {
    const applies = 'policies/featureRolloutPolicies/p/appliesTo';
    await create('policies/featureRolloutPolicies', 'p');
    expect(await refer('POST', applies, 'directoryObjects/ada')).toBe(204);
    expect(await ids(applies)).toEqual(['ada']);
    expect(
      (await service.send('GET', 'policies/featureRolloutPolicies/p?$expand=appliesTo')).json.appliesTo,
    ).toMatchObject([{ id: 'ada' }]);
    expect(await refer('POST', applies, 'directoryObjects/nobody')).toBe(400);
    expect((await service.send('DELETE', `${applies}/ada/$ref`)).status).toBe(204);
    expect(await ids(applies)).toEqual([]);
    expect((await service.send('GET', 'users/ada')).status).toBe(200);
  });

  it('are read from both ends [Graph: Add class to a school, Add member to an educationClass]', async () => {
    expect(await refer('POST', 'education/schools/school/classes', 'education/classes/class')).toBe(204);
    expect(await ids('education/schools/school/classes')).toEqual(['class']);
    expect(await ids('education/classes/class/schools')).toEqual(['school']);
    expect(await refer('POST', 'education/classes/class/members', 'education/users/pupil')).toBe(204);
    expect(await ids('education/users/pupil/classes')).toEqual(['class']);
    expect((await service.send('DELETE', 'education/schools/school/classes/class/$ref')).status).toBe(204);
    expect(await ids('education/classes/class/schools')).toEqual([]);
    expect(await ids('education/classes')).toEqual(['class']);
  });

  it('lead to what stands beside their source [Graph: Add connector to connectorGroup]', async () => {
    const profile = 'onPremisesPublishingProfiles/applicationProxy';
    await create('onPremisesPublishingProfiles', 'applicationProxy');
    await create(`${profile}/connectors`, 'c');
    await create(`${profile}/connectorGroups`, 'g');
    expect(await refer('POST', `${profile}/connectors/c/memberOf`, `${profile}/connectorGroups/g`)).toBe(204);
    expect(await ids(`${profile}/connectorGroups/g/members`)).toEqual(['c']);
    await create(`${profile}/connectorGroups/g/members`, 'd');
    expect(await ids(`${profile}/connectors`)).toEqual(['c', 'd']);
  });

  it('lead from assignments to the categories of their class [Graph: Add categories to assignment]', async () => {
    const categories = 'education/classes/class/assignments/essay/categories';
    await create('education/classes/class/assignments', 'essay');
    await create('education/classes/class/assignmentCategories', 'homework');
    expect(await refer('POST', categories, 'education/classes/class/assignmentCategories/homework')).toBe(204);
    expect(await ids(categories)).toEqual(['homework']);
    expect(await refer('POST', categories, 'education/classes/class/assignmentCategories/other')).toBe(400);
    expect((await service.send('DELETE', `${categories}/homework/$ref`)).status).toBe(204);
    expect(await ids(categories)).toEqual([]);
    expect(await ids('education/classes/class/assignmentCategories')).toEqual(['homework']);
  });

  it('of which there is one are replaced and ended [Graph: Attach rubric to assignment, Update apiConnectorConfiguration]', async () => {
    await create('education/classes/class/assignments', 'work');
    for (const each of ['r1', 'r2']) await create('education/users/pupil/rubrics', each);
    const rubric = 'education/classes/class/assignments/work/rubric';
    for (const each of ['r1', 'r2']) {
      expect(await refer('PUT', rubric, `education/users/pupil/rubrics/${each}`)).toBe(204);
      expect((await service.send('GET', rubric)).json.id).toBe(each);
    }
    expect((await service.send('DELETE', `${rubric}/$ref`)).status).toBe(204);
    expect((await service.send('GET', rubric)).status).toBe(404);
    expect(await ids('education/users/pupil/rubrics')).toEqual(['r1', 'r2']);

    await create('identity/apiConnectors', 'api');
    const flow = { id: 'flow', name: 'flow', apiConnectorConfiguration: {} };
    expect((await service.send('POST', 'identity/b2xUserFlows', { json: flow })).status).toBe(201);
    const connector = 'identity/b2xUserFlows/flow/apiConnectorConfiguration/postFederationSignup';
    expect(await refer('PUT', connector, 'identity/apiConnectors/api')).toBe(204);
    expect((await service.send('GET', connector)).json.id).toBe('api');
  });
});
