import type { EntityType, StructuredType } from '../edm/index.js';
import type { Profile } from '../protocol/index.js';

/** Types whose updates answer 204, those that derive from them too. [Graph: section "Response" of the pages "Update …"] */
const SILENT: ReadonlySet<string> = new Set(
  [
    'directoryObject',
    'accessPackage',
    'accessPackageCatalog',
    'accessReviewInstanceDecisionItem',
    'accessReviewScheduleDefinition',
    'adminConsentRequestPolicy',
    'adminReportSettings',
    'alert',
    'allowedValue',
    'approvalStage',
    'approvalStep',
    'attributeSet',
    'authenticationContextClassReference',
    'authenticationEventListener',
    'authenticationFlowsPolicy',
    'authenticationMethodConfiguration',
    'authenticationStrengthPolicy',
    'b2cIdentityUserFlow',
    'bookingAppointment',
    'bookingService',
    'channel',
    'cloudPcProvisioningPolicy',
    'conditionalAccessPolicy',
    'continuousAccessEvaluationPolicy',
    'conversationThread',
    'crossTenantAccessPolicyConfigurationDefault',
    'crossTenantAccessPolicyConfigurationPartner',
    'customAuthenticationExtension',
    'customSecurityAttributeDefinition',
    'directorySetting',
    'domain',
    'ediscovery.case',
    'ediscovery.reviewSetQuery',
    'ediscovery.settings',
    'ediscovery.sourceCollection',
    'entitlementManagementSettings',
    'externalConnectors.externalConnection',
    'federatedIdentityCredential',
    'governanceRoleSetting',
    'groupSetting',
    'identityApiConnector',
    'identityGovernance.lifecycleManagementSettings',
    'identityGovernance.task',
    'identityGovernance.workflow',
    'identityProvider',
    'identityProviderBase',
    'identityUserFlowAttribute',
    'multiTenantOrganization',
    'namedLocation',
    'oAuth2PermissionGrant',
    'onPremisesAgentGroup',
    'onPremisesDirectorySynchronization',
    'organizationalBrandingProperties',
    'policyBase',
    'printSettings',
    'publishedResource',
    'regionalAndLanguageSettings',
    'schemaExtension',
    'security.ediscoveryCase',
    'security.ediscoveryCaseSettings',
    'security.ediscoverySearch',
    'team',
    'tiIndicator',
    'unifiedRoleDefinition',
    'unifiedRoleManagementPolicyRule',
  ].map((name) => `microsoft.graph.${name}`),
);

/** Types that answer with themselves although what they derive from does not. [Graph: Update internalDomainFederation] */
const TELLING: ReadonlySet<string> = new Set(['microsoft.graph.internalDomainFederation']);

/** Sizes of pages where they are not 100 objects by default and 999 at most, by type. [Graph: Paging, List … pages] */
const PAGES: Readonly<Record<string, ReturnType<Profile['pagesOf']>>> = {
  'microsoft.graph.auditEvent': { pageSize: 1000, maxTop: 1000 },
  'microsoft.graph.chatMessage': { pageSize: 20, maxTop: 50 },
  'microsoft.graph.contact': { pageSize: 10, maxTop: 1000 },
  'microsoft.graph.driveItem': { pageSize: 200, maxTop: 999 },
  'microsoft.graph.event': { pageSize: 10, maxTop: 1000 },
  'microsoft.graph.mailFolder': { pageSize: 10, maxTop: 1000 },
  'microsoft.graph.message': { pageSize: 10, maxTop: 1000 },
  'microsoft.graph.person': { pageSize: 10, maxTop: 1000 },
  'microsoft.graph.signIn': { pageSize: 1000, maxTop: 1000 },
};

export function answersUpdatesWith(type: StructuredType): 'representation' | 'minimal' {
  const derivesFrom = (names: ReadonlySet<string>) =>
    type.lineage.some(({ qualifiedName }) => names.has(qualifiedName));
  return derivesFrom(SILENT) && !derivesFrom(TELLING) ? 'minimal' : 'representation';
}

export function graphPages(type: EntityType): ReturnType<Profile['pagesOf']> {
  const found = type.lineage.find(({ qualifiedName }) => Object.hasOwn(PAGES, qualifiedName));
  return found === undefined ? {} : PAGES[found.qualifiedName]!;
}
