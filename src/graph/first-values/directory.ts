import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import type { FirstValues, Making } from '../making.js';
import { securityIdentifierOf } from '../security-identifier.js';
import { TENANT_DOMAIN, TENANT_ID } from '../tenant.js';
import { NO_IMPLICIT_GRANTS } from '../written-out.js';

const NO_URLS: JsonObject = { redirectUris: [] };

/** What new objects of the directory begin with. */
export const FIRST_VALUES_OF_DIRECTORY: Readonly<Record<string, FirstValues>> = {
  // [Graph: application resource type, Create application]
  'microsoft.graph.application': () => ({
    signInAudience: 'AzureADMyOrg',
    publisherDomain: TENANT_DOMAIN,
    api: {
      requestedAccessTokenVersion: 2,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    },
    info: {},
    parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
    publicClient: NO_URLS,
    spa: NO_URLS,
    web: { ...NO_URLS, implicitGrantSettings: NO_IMPLICIT_GRANTS },
  }),
  'microsoft.graph.servicePrincipal': servicePrincipal,
  // [Graph: extensionProperty resource type, Create extensionProperty]
  'microsoft.graph.extensionProperty': async ({ container }) => ({
    appDisplayName: (await container())?.['displayName'] ?? null,
    isMultiValued: false,
    isSyncedFromOnPremises: false,
  }),
  'microsoft.graph.group': group,
  // [Graph: user resource type, securityIdentifier]
  'microsoft.graph.user': ({ document }) => withIdentifier(document),
  // [Graph: schemaExtension resource type, status]
  'microsoft.graph.schemaExtension': () => ({ status: 'InDevelopment' }),
  // [Graph: domain resource type, Create domain]
  'microsoft.graph.domain': () => ({
    authenticationType: 'Managed',
    isAdminManaged: true,
    isDefault: false,
    isInitial: false,
    isRoot: false,
    isVerified: false,
  }),
  // A role is what its template says. [Graph: Activate directoryRole]
  'microsoft.graph.directoryRole': async ({ document: { roleTemplateId }, known }) =>
    namesOf(await known('directoryRoleTemplates', { id: roleTemplateId ?? null })),
  // Settings inherit the name of their template. [Graph: Create settings, Create a directory setting]
  'microsoft.graph.groupSetting': async ({ document: { templateId }, known }) =>
    namesOf(await known('groupSettingTemplates', { id: templateId ?? null })),
  'microsoft.graph.directorySetting': async ({ document: { templateId }, known }) =>
    namesOf(await known('directorySettingTemplates', { id: templateId ?? null })),
  // [Graph: invitation resource type, Create invitation]
  'microsoft.graph.invitation': ({ document }) => ({
    invitedUserDisplayName: localPartOf(document['invitedUserEmailAddress']),
    invitedUserMessageInfo: { ccRecipients: [{ emailAddress: { address: null, name: null } }] },
    invitedUserType: 'Guest',
    inviteRedeemUrl: redeemUrl(document),
    sendInvitationMessage: false,
    status: 'PendingAcceptance',
  }),
  // Jobs begin disabled and without a configuration. [Graph: Create synchronizationJob]
  'microsoft.graph.synchronizationJob': () => ({
    schedule: { interval: 'P10675199DT2H48M5.4775807S', state: 'Disabled' },
    status: {
      code: 'NotConfigured',
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
      steadyStateLastAchievedTime: '0001-01-01T00:00:00Z',
      synchronizedEntryCountByType: [],
    },
  }),
};

/** A service principal is an application within a tenant, and takes over what that says of itself. [Graph: servicePrincipal resource type] */
async function servicePrincipal({ document: { appId }, known }: Making): Promise<JsonObject> {
  const application = await known('applications', { appId: appId ?? null });
  return {
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    info: {},
    servicePrincipalNames: typeof appId === 'string' ? [appId] : [],
    servicePrincipalType: 'Application',
    ...(application === undefined ? {} : takenOver(application)),
  };
}

function takenOver(application: JsonObject): JsonObject {
  const { appId, appRoles, description, displayName, identifierUris, info, signInAudience } = application;
  const [api, web] = [objectOf(application['api']), objectOf(application['web'])];
  return {
    appDescription: description ?? null,
    appDisplayName: displayName ?? null,
    appOwnerOrganizationId: TENANT_ID,
    appRoles: listOf(appRoles),
    displayName: displayName ?? null,
    homepage: web['homePageUrl'] ?? null,
    info: info ?? {},
    logoutUrl: web['logoutUrl'] ?? null,
    oauth2PermissionScopes: listOf(api['oauth2PermissionScopes']),
    replyUrls: ['web', 'spa', 'publicClient'].flatMap((name) => listOf(objectOf(application[name])['redirectUris'])),
    servicePrincipalNames: [appId ?? null, ...listOf(identifierUris)],
    signInAudience: signInAudience ?? null,
  };
}

/**
 * Groups with mail have an address in the tenant's domain; Microsoft 365 groups are public unless roles can be assigned to
 * them. [Graph: group resource type, Create group]
 */
function group({ document, now }: Making): JsonObject {
  const { groupTypes, isAssignableToRole, mailEnabled, mailNickname } = document;
  const isUnified = listOf(groupTypes).includes('Unified');
  const mail =
    mailEnabled === true && typeof mailNickname === 'string' ? `${mailNickname}@${TENANT_DOMAIN}` : undefined;
  return {
    ...withIdentifier(document),
    ...(mail === undefined ? {} : { mail, proxyAddresses: [`SMTP:${mail}`] }),
    ...(isUnified ? { visibility: isAssignableToRole === true ? 'Private' : 'Public' } : {}),
    renewedDateTime: now,
  };
}

function withIdentifier({ id }: JsonObject): JsonObject {
  const securityIdentifier = securityIdentifierOf(id);
  return securityIdentifier === undefined ? {} : { securityIdentifier };
}

function namesOf(template: JsonObject | undefined): JsonObject {
  if (template === undefined) return {};
  const { description, displayName } = template;
  return { description: description ?? null, displayName: displayName ?? null };
}

function redeemUrl({ id }: JsonObject): string {
  const query = new URLSearchParams({ tenant: TENANT_ID, user: String(id) });
  return `https://invitations.microsoft.com/redeem/?${query.toString()}`;
}

/** Who has no name is called by the address. [Graph: Create invitation] */
function localPartOf(address: JsonValue | undefined): string | null {
  return typeof address === 'string' ? address.split('@', 1)[0]! : null;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value ?? null) ? (value as JsonObject) : {};
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
