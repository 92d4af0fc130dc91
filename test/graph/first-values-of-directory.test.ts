import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { securityIdentifierOf } from '../../src/graph/security-identifier.js';

import { complexType, entityType, flag, instant, list, NOW, of, optional, useTenant } from './tenant-in-test.js';

const directoryObject = 'directoryObject';
const own = (type: string) => optional(of(type));

const tenant = useTenant(
  {
    application: entityType(
      'appId displayName description signInAudience publisherDomain',
      {
        identifierUris: list(),
        api: own('apiApplication'),
        web: own('webApplication'),
        parentalControlSettings: own('parentalControlSettings'),
        appRoles: list(of('appRole')),
      },
      directoryObject,
    ),
    apiApplication: complexType('', {
      requestedAccessTokenVersion: optional('Edm.Int32'),
      knownClientApplications: list(),
    }),
    webApplication: complexType('homePageUrl logoutUrl', {
      redirectUris: list(),
      implicitGrantSettings: own('implicitGrantSettings'),
    }),
    implicitGrantSettings: complexType('', { enableIdTokenIssuance: flag, enableAccessTokenIssuance: flag }),
    parentalControlSettings: complexType('legalAgeGroupRule', { countriesBlockedForMinors: list() }),
    appRole: complexType('value'),
    servicePrincipal: entityType(
      'appId displayName appDisplayName homepage servicePrincipalType',
      {
        accountEnabled: flag,
        appRoleAssignmentRequired: { $Type: 'Edm.Boolean' },
        appRoles: list(of('appRole')),
        replyUrls: list(),
        servicePrincipalNames: list(),
      },
      directoryObject,
    ),
    group: entityType(
      'displayName mail mailNickname visibility securityIdentifier',
      {
        groupTypes: list(),
        isAssignableToRole: flag,
        mailEnabled: flag,
        proxyAddresses: list(),
        renewedDateTime: instant,
      },
      directoryObject,
    ),
    user: entityType('displayName mail userPrincipalName userType externalUserState', {}, directoryObject),
    directoryRole: entityType('displayName description roleTemplateId', {}, directoryObject),
    directoryRoleTemplate: entityType('displayName description', {}, directoryObject),
    groupSetting: entityType('displayName templateId'),
    groupSettingTemplate: entityType('displayName'),
    domain: entityType('', { authenticationType: {}, isAdminManaged: { $Type: 'Edm.Boolean' } }),
    invitation: entityType(
      'inviteRedeemUrl inviteRedirectUrl invitedUserDisplayName invitedUserEmailAddress invitedUserType status',
      {
        sendInvitationMessage: flag,
        invitedUser: { $Kind: 'NavigationProperty', $Type: of('user'), $Nullable: true },
      },
    ),
  },
  {
    applications: 'application',
    servicePrincipals: 'servicePrincipal',
    groups: 'group',
    users: 'user',
    directoryRoles: 'directoryRole',
    directoryRoleTemplates: 'directoryRoleTemplate',
    groupSettings: 'groupSetting',
    groupSettingTemplates: 'groupSettingTemplate',
    domains: 'domain',
    invitations: 'invitation',
  },
);

// [Graph: application resource type, Create application]
describe('a new application', () => {
  it('is for its own tenant, and has the settings that it was not given', async () => {
    const made = await tenant.created('applications', { displayName: 'App', web: { homePageUrl: 'https://a.b' } });
    expect(made).toMatchObject({
      signInAudience: 'AzureADMyOrg',
      publisherDomain: 'mockgraph.invalid',
      api: { requestedAccessTokenVersion: 2, knownClientApplications: [] },
      parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
      web: {
        homePageUrl: 'https://a.b',
        redirectUris: [],
        implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
      },
    });
    expect(await tenant.read(`applications/${made.id}`)).toEqual(made);
  });

  it('keeps what it was given, null included', async () => {
    const given = { signInAudience: 'AzureADMultipleOrgs', parentalControlSettings: null };
    expect(await tenant.created('applications', given)).toMatchObject(given);
  });
});

// [Graph: servicePrincipal resource type, Create servicePrincipal]
describe('a new service principal', () => {
  it('takes over what its application says', async () => {
    const { appId } = await tenant.created('applications', {
      displayName: 'App',
      identifierUris: ['api://app'],
      appRoles: [{ value: 'Read' }],
      web: { homePageUrl: 'https://a.b', redirectUris: ['https://a.b/back'] },
    });
    expect(await tenant.created('servicePrincipals', { appId, homepage: 'https://mine' })).toMatchObject({
      accountEnabled: true,
      appDisplayName: 'App',
      appRoles: [{ value: 'Read' }],
      displayName: 'App',
      homepage: 'https://mine',
      replyUrls: ['https://a.b/back'],
      servicePrincipalNames: [appId, 'api://app'],
      servicePrincipalType: 'Application',
    });
  });

  it('of an application elsewhere knows no more than its id', async () => {
    const made = await tenant.created('servicePrincipals', { appId: 'far', accountEnabled: false });
    expect(made).toMatchObject({ accountEnabled: false, displayName: null, servicePrincipalNames: ['far'] });
  });

  it('of no application is enabled all the same', async () => {
    expect(await tenant.created('servicePrincipals', {})).toMatchObject({
      accountEnabled: true,
      servicePrincipalNames: [],
    });
  });
});

// [Graph: group resource type, Create group]
describe('a new group', () => {
  it('of Microsoft 365 is public, and has an address', async () => {
    const json = { groupTypes: ['Unified'], mailEnabled: true, mailNickname: 'library' };
    expect(await tenant.created('groups', json)).toMatchObject({
      mail: 'library@mockgraph.invalid',
      proxyAddresses: ['SMTP:library@mockgraph.invalid'],
      renewedDateTime: NOW,
      visibility: 'Public',
    });
    expect(await tenant.created('groups', { ...json, isAssignableToRole: true })).toMatchObject({
      visibility: 'Private',
    });
    expect(await tenant.created('groups', { ...json, visibility: 'HiddenMembership' })).toMatchObject({
      visibility: 'HiddenMembership',
    });
  });

  it('for security alone has neither', async () => {
    const made = await tenant.created('groups', { mailEnabled: false, mailNickname: 'ops' });
    expect(made).toMatchObject({ mail: null, proxyAddresses: [], visibility: null });
    expect(made.securityIdentifier).toBe(securityIdentifierOf(made.id));
  });
});

// [MS-DTYP 2.3.4, 2.4.2]
describe('security identifiers', () => {
  it('are the four words of an id', () => {
    const identifier = 'S-1-12-1-567301463-1099937718-295959174-3827004813';
    expect(securityIdentifierOf('21d05557-b7b6-418f-86fa-a3118d751be4')).toBe(identifier);
    expect(securityIdentifierOf('21D05557-B7B6-418F-86FA-A3118D751BE4')).toBe(identifier);
    for (const none of [undefined, null, '', '21d05557', 5]) expect(securityIdentifierOf(none)).toBeUndefined();
  });

  it('tell all of it', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const words = securityIdentifierOf(id)!.split('-').slice(4).map(Number);
        const bytes = Buffer.alloc(16);
        words.forEach((word, index) => bytes.writeUInt32LE(word, 4 * index));
        const parts = [bytes.readUInt32LE(0), bytes.readUInt16LE(4), bytes.readUInt16LE(6)];
        const [first, second, third] = parts.map((part, index) => part.toString(16).padStart(index === 0 ? 8 : 4, '0'));
        const rest = bytes.subarray(8).toString('hex');
        expect(`${first}-${second}-${third}-${rest.slice(0, 4)}-${rest.slice(4)}`).toBe(id);
      }),
    );
  });
});

describe('what is made after a template', () => {
  // [Graph: Activate directoryRole]
  it('is a role that is called as it', async () => {
    const template = { displayName: 'Reader', description: 'Reads' };
    const { id } = await tenant.created('directoryRoleTemplates', template);
    expect(await tenant.created('directoryRoles', { roleTemplateId: id })).toMatchObject(template);
    expect(await tenant.created('directoryRoles', { roleTemplateId: 'none' })).toMatchObject({ displayName: null });
    expect(await tenant.created('directoryRoles', {})).toMatchObject({ displayName: null });
  });

  // [Graph: Create settings]
  it('is a setting that is called as it', async () => {
    const { id } = await tenant.created('groupSettingTemplates', { displayName: 'Group.Unified' });
    expect(await tenant.created('groupSettings', { templateId: id })).toMatchObject({ displayName: 'Group.Unified' });
  });
});

// [Graph: domain resource type, Create domain]
it('a new domain is managed here, unless the client says otherwise', async () => {
  expect(await tenant.created('domains', { id: 'contoso.com' })).toMatchObject({
    authenticationType: 'Managed',
    isAdminManaged: true,
  });
  const told = { authenticationType: 'Federated', isAdminManaged: false };
  expect(await tenant.created('domains', { id: 'fabrikam.com', ...told })).toMatchObject(told);
});

// [Graph: Create invitation, invitation resource type]
describe('an invitation', () => {
  const mail = 'yyy@test.com';
  const json = { invitedUserEmailAddress: mail, inviteRedirectUrl: 'https://myapp.contoso.com' };

  it('makes a guest, and is answered with who it is', async () => {
    const { invitedUser, ...made } = await tenant.created('invitations', json);
    expect(made).toMatchObject({
      invitedUserDisplayName: 'yyy',
      invitedUserType: 'Guest',
      sendInvitationMessage: false,
      status: 'PendingAcceptance',
    });
    expect(made.inviteRedeemUrl).toContain(`user=${made.id}`);
    expect(made['@odata.context']).toMatch(/#invitations\/\$entity$/);
    expect(await tenant.read(`users/${invitedUser.id}`)).toMatchObject({
      displayName: 'yyy',
      externalUserState: 'PendingAcceptance',
      mail,
      userPrincipalName: 'yyy_test.com#EXT#@mockgraph.invalid',
      userType: 'Guest',
    });
  });

  it('is for whoever has the address already', async () => {
    const { id } = await tenant.created('users', { displayName: 'Y', mail });
    expect(await tenant.created('invitations', json)).toMatchObject({ invitedUser: { id } });
    expect((await tenant.read('users')).value).toHaveLength(1);
  });

  it('of several at once for one address makes them one by one', async () => {
    const made = await Promise.all([1, 2, 3].map(() => tenant.created('invitations', json)));
    expect(new Set(made.map(({ invitedUser }) => invitedUser.id)).size).toBe(1);
  });

  it('without an address makes nobody', async () => {
    expect(await tenant.created('invitations', {})).toMatchObject({ invitedUser: null });
    expect((await tenant.read('users')).value).toEqual([]);
  });
});
