import { describe, expect, it } from '@jest/globals';

import { complexType, entityType, flag, instant, list, NOW, of, optional, useTenant } from './tenant-in-test.js';

const own = (type: string) => optional(of(type));
const required = { $Type: 'Edm.Boolean' };

const tenant = useTenant(
  {
    accessPackage: entityType('displayName', { isHidden: flag, isRoleScopesVisible: flag }),
    accessPackageCatalog: entityType('catalogStatus', { catalogType: own('catalogType') }),
    catalogType: { $Kind: 'EnumType', userManaged: 0, serviceDefault: 1 },
    accessPackageAssignmentRequest: entityType('requestState requestStatus status', {
      isValidationOnly: flag,
      schedule: own('requestSchedule'),
    }),
    requestSchedule: complexType('', { startDateTime: instant, expiration: own('expirationPattern') }),
    expirationPattern: complexType('', { endDateTime: instant, type: own('expirationPatternType') }),
    expirationPatternType: { $Kind: 'EnumType', notSpecified: 0, noExpiration: 1 },
    accessReviewScheduleDefinition: entityType('status'),
    accessReviewHistoryDefinition: entityType('', { status: own('historyStatus') }),
    historyStatus: { $Kind: 'EnumType', done: 0, inprogress: 1, error: 2, requested: 3 },
    unifiedRoleDefinition: entityType('templateId', { isBuiltIn: flag, resourceScopes: list() }),
    unifiedRoleAssignment: entityType('directoryScopeId resourceScope'),
    governanceRoleAssignmentRequest: entityType('type linkedEligibleRoleAssignmentId', {
      status: own('requestStatus'),
    }),
    requestStatus: complexType('status subStatus'),
    stsPolicy: entityType('displayName', { definition: list(), isOrganizationDefault: flag }, 'directoryObject'),
    claimsMappingPolicy: entityType('', {}, 'stsPolicy'),
    permissionGrantPolicy: entityType('displayName', {
      includes: {
        $Kind: 'NavigationProperty',
        $Collection: true,
        $ContainsTarget: true,
        $Type: of('permissionGrantConditionSet'),
      },
      excludes: {
        $Kind: 'NavigationProperty',
        $Collection: true,
        $ContainsTarget: true,
        $Type: of('permissionGrantConditionSet'),
      },
    }),
    permissionGrantConditionSet: entityType('permissionClassification resourceApplication', {
      clientApplicationIds: list(),
      clientApplicationsFromVerifiedPublisherOnly: flag,
      permissions: list(),
    }),
    authenticationStrengthPolicy: entityType('displayName', {
      policyType: { $Type: of('strengthType') },
      requirementsSatisfied: { $Type: of('strengthRequirements') },
    }),
    strengthType: { $Kind: 'EnumType', builtIn: 0, custom: 1 },
    strengthRequirements: { $Kind: 'EnumType', $IsFlags: true, none: 0, mfa: 1 },
    phoneAuthenticationMethod: entityType('phoneNumber smsSignInState', { phoneType: own('phoneType') }),
    phoneType: { $Kind: 'EnumType', mobile: 0, alternateMobile: 1, office: 2 },
    threatAssessmentRequest: {
      ...entityType('contentType requestSource status', { createdDateTime: instant }),
      $Abstract: true,
    },
    mailAssessmentRequest: entityType('destinationRoutingReason', {}, 'threatAssessmentRequest'),
    urlAssessmentRequest: entityType('url', {}, 'threatAssessmentRequest'),
    tiIndicator: entityType('azureTenantId', { ingestedDateTime: instant, isActive: flag }),
    securityAction: entityType('name', { lastActionDateTime: instant, status: own('operationStatus') }),
    operationStatus: { $Kind: 'EnumType', NotStarted: 0, Running: 1 },
    columnDefinition: entityType('name displayName'),
    list: entityType('displayName', { list: own('listInfo') }),
    listInfo: complexType('template', { hidden: flag }),
    permission: entityType('', {
      roles: list(),
      grantedTo: own('identitySet'),
      grantedToV2: own('identitySet'),
      grantedToIdentities: list(of('identitySet')),
      grantedToIdentitiesV2: list(of('identitySet')),
    }),
    identitySet: complexType('', { user: own('identity'), application: own('identity'), device: own('identity') }),
    identity: complexType('id displayName'),
    cloudPcProvisioningPolicy: entityType('managedBy provisioningType'),
    cloudPcOnPremisesConnection: entityType('healthCheckStatus type'),
    delegatedAdminRelationship: entityType('autoExtendDuration status', {
      duration: optional('Edm.Duration'),
      endDateTime: instant,
    }),
    multiTenantOrganizationMember: entityType('displayName', {
      addedDateTime: instant,
      role: { $Type: of('memberRole') },
      state: own('memberState'),
    }),
    memberRole: { $Kind: 'EnumType', owner: 0, member: 1 },
    memberState: { $Kind: 'EnumType', active: 0, pending: 1 },
    delegatedAdminAccessAssignment: entityType('status'),
    conditionalAccessPolicy: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: {},
      createdDateTime: instant,
      isEnabled: required,
    },
  },
  {
    accessPackages: 'accessPackage',
    catalogs: 'accessPackageCatalog',
    assignmentRequests: 'accessPackageAssignmentRequest',
    definitions: 'accessReviewScheduleDefinition',
    historyDefinitions: 'accessReviewHistoryDefinition',
    roleDefinitions: 'unifiedRoleDefinition',
    roleAssignments: 'unifiedRoleAssignment',
    roleAssignmentRequests: 'governanceRoleAssignmentRequest',
    claimsMappingPolicies: 'claimsMappingPolicy',
    permissionGrantPolicies: 'permissionGrantPolicy',
    authenticationStrengthPolicies: 'authenticationStrengthPolicy',
    phoneMethods: 'phoneAuthenticationMethod',
    threatAssessmentRequests: 'threatAssessmentRequest',
    tiIndicators: 'tiIndicator',
    securityActions: 'securityAction',
    columns: 'columnDefinition',
    lists: 'list',
    permissions: 'permission',
    provisioningPolicies: 'cloudPcProvisioningPolicy',
    onPremisesConnections: 'cloudPcOnPremisesConnection',
    delegatedAdminRelationships: 'delegatedAdminRelationship',
    conditionalAccessPolicies: 'conditionalAccessPolicy',
    tenants: 'multiTenantOrganizationMember',
    accessAssignments: 'delegatedAdminAccessAssignment',
  },
);

const user = { id: '1', displayName: 'Ada' };

// [Graph: the pages that the maps of first values name]
describe('what Graph writes into new entities of', () => {
  it.each<[string, object, object]>([
    ['accessPackages', {}, { isHidden: false, isRoleScopesVisible: false }],
    ['accessPackages', { isHidden: true }, { isHidden: true }],
    ['catalogs', {}, { catalogStatus: 'Published', catalogType: 'userManaged' }],
    [
      'assignmentRequests',
      {},
      {
        isValidationOnly: false,
        requestState: 'Submitted',
        requestStatus: 'Accepted',
        schedule: { startDateTime: null, expiration: { endDateTime: null, type: 'notSpecified' } },
      },
    ],
    ['definitions', {}, { status: 'NotStarted' }],
    ['historyDefinitions', {}, { status: 'requested' }],
    ['roleDefinitions', {}, { isBuiltIn: false, resourceScopes: ['/'] }],
    ['roleDefinitions', { templateId: 'mine' }, { templateId: 'mine' }],
    ['roleAssignments', { directoryScopeId: '/' }, { resourceScope: '/' }],
    ['roleAssignments', { resourceScope: '/a' }, { directoryScopeId: '/a' }],
    ['roleAssignmentRequests', { type: 'AdminAdd' }, { status: { status: 'InProgress', subStatus: 'Granted' } }],
    ['roleAssignmentRequests', { type: 'UserRemove' }, { status: { status: 'Closed', subStatus: 'Revoked' } }],
    ['claimsMappingPolicies', {}, { isOrganizationDefault: false }],
    ['claimsMappingPolicies', { isOrganizationDefault: true }, { isOrganizationDefault: true }],
    ['authenticationStrengthPolicies', {}, { policyType: 'custom', requirementsSatisfied: 'mfa' }],
    ['authenticationStrengthPolicies', { policyType: 'builtIn' }, { policyType: 'builtIn' }],
    ['phoneMethods', { phoneType: 'mobile' }, { smsSignInState: 'notAllowedByPolicy' }],
    ['phoneMethods', { phoneType: 'office' }, { smsSignInState: 'notSupported' }],
    [
      'threatAssessmentRequests',
      { '@odata.type': '#microsoft.graph.mailAssessmentRequest' },
      { contentType: 'mail', destinationRoutingReason: 'none', requestSource: 'administrator', status: 'pending' },
    ],
    [
      'threatAssessmentRequests',
      { '@odata.type': '#microsoft.graph.urlAssessmentRequest', status: 'completed' },
      { contentType: 'url', status: 'completed' },
    ],
    ['tiIndicators', {}, { ingestedDateTime: NOW, isActive: true }],
    ['securityActions', {}, { lastActionDateTime: NOW, status: 'NotStarted' }],
    ['columns', { name: 'Title' }, { displayName: 'Title' }],
    ['columns', { name: 'Title', displayName: 'Other' }, { displayName: 'Other' }],
    ['lists', {}, { list: { template: 'genericList' } }],
    ['lists', { list: { hidden: true } }, { list: { template: 'genericList', hidden: true } }],
    ['lists', { list: { template: 'documentLibrary' } }, { list: { template: 'documentLibrary' } }],
    ['permissions', { grantedTo: { user } }, { grantedTo: { user }, grantedToV2: { user } }],
    ['permissions', { grantedToV2: { user } }, { grantedTo: { user } }],
    ['permissions', { grantedToIdentities: [{ user }] }, { grantedToIdentitiesV2: [{ user }] }],
    ['permissions', { grantedToIdentitiesV2: [{ user }] }, { grantedToIdentities: [{ user }] }],
    ['provisioningPolicies', {}, { managedBy: 'windows365', provisioningType: 'dedicated' }],
    ['onPremisesConnections', { type: 'azureADJoin' }, { healthCheckStatus: 'pending', type: 'azureADJoin' }],
    [
      'delegatedAdminRelationships',
      { duration: 'P730D' },
      { autoExtendDuration: 'PT0S', endDateTime: '2028-01-02T03:04:05Z', status: 'created' },
    ],
    ['delegatedAdminRelationships', {}, { endDateTime: null }],
    ['tenants', { displayName: 'F' }, { addedDateTime: NOW, role: 'member', state: 'pending' }],
    ['tenants', { role: 'owner' }, { role: 'owner' }],
    ['accessAssignments', {}, { status: 'pending' }],
    ['conditionalAccessPolicies', {}, { createdDateTime: NOW, isEnabled: false }],
  ])('%s: to %j it adds %j', async (set, given, values) => {
    const made = await tenant.created(set, given);
    expect(made).toMatchObject(values);
    expect(await tenant.read(`${set}/${made.id}`)).toMatchObject(values);
  });

  it('a role names itself as its template', async () => {
    const { id, templateId } = await tenant.created('roleDefinitions', {});
    expect(templateId).toBe(id);
  });

  it.each(['P99999999999D', '-P99999999D'])('a relationship of %s ends beyond all calendars', async (duration) => {
    expect(await tenant.created('delegatedAdminRelationships', { duration })).toMatchObject({ endDateTime: null });
  });

  it('a relationship has versions', async () => {
    const made = await tenant.created('delegatedAdminRelationships', {});
    expect(made['@odata.etag']).toBeDefined();
  });
});

// [Graph: permissionGrantPolicy, permissionGrantConditionSet resource types]
describe('permission grant policies', () => {
  const sets = 'permissionGrantPolicies/mine/includes';
  const all = {
    clientApplicationIds: ['all'],
    clientApplicationsFromVerifiedPublisherOnly: false,
    permissionClassification: 'all',
    permissions: ['all'],
    resourceApplication: 'any',
  };

  it('come with their condition sets, which match all where nothing is said', async () => {
    const made = await tenant.created('permissionGrantPolicies', { id: 'mine', displayName: 'Mine' });
    expect(made).toMatchObject({ includes: [], excludes: [] });
    expect(made['@odata.context']).toMatch(/#permissionGrantPolicies\/\$entity$/);
    expect(await tenant.created(sets, {})).toMatchObject(all);
    const some = { permissions: ['1'], clientApplicationIds: [] };
    expect(await tenant.created(sets, some)).toMatchObject({ ...all, ...some });
    const { value } = await tenant.read('permissionGrantPolicies');
    expect(value).toMatchObject([{ includes: [all, some], excludes: [] }]);
    expect(await tenant.read('permissionGrantPolicies/mine')).toMatchObject({ includes: [all, some] });
  });

  it('come alone where $select asks for something else', async () => {
    await tenant.created('permissionGrantPolicies', { id: 'mine' });
    expect(await tenant.read('permissionGrantPolicies/mine?$select=displayName')).not.toHaveProperty('includes');
  });
});
