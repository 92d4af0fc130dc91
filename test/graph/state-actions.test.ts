import { describe, expect, it } from '@jest/globals';

import { action, complexType, entityType, flag, instant, NOW, of, optional, useTenant } from './tenant-in-test.js';

const truth = { $ReturnType: { $Type: 'Edm.Boolean' } };
const risk = { riskLastUpdatedDateTime: instant, riskLevel: optional(of('riskLevel')), riskState: {} };
const ids = (name: string) => [{ $Name: name, $Collection: true }];
const onRisky = [
  ...action(of('riskyUser'), ids('userIds'), { $Collection: true }),
  ...action(of('riskyServicePrincipal'), ids('servicePrincipalIds'), { $Collection: true }),
];
const SECURITY = 'microsoft.graph.security';

const tenant = useTenant(
  {
    application: entityType(
      'appId displayName',
      { verifiedPublisher: optional(of('verifiedPublisher')) },
      'directoryObject',
    ),
    verifiedPublisher: complexType('displayName verifiedPublisherId', { addedDateTime: instant }),
    group: entityType('displayName', { renewedDateTime: instant }, 'directoryObject'),
    user: entityType('displayName', { signInSessionsValidFromDateTime: instant }, 'directoryObject'),
    riskyUser: entityType('userDisplayName', { ...risk, isDeleted: flag }),
    riskyServicePrincipal: entityType('displayName', risk),
    riskLevel: { $Kind: 'EnumType', low: 0, medium: 1, high: 2, hidden: 3, none: 4 },
    identitySet: complexType('', { user: optional(of('identity')) }),
    identity: complexType('id displayName'),
    setVerifiedPublisher: action(of('application'), [{ $Name: 'verifiedPublisherId', $Nullable: true }]),
    unsetVerifiedPublisher: action(of('application')),
    domain: entityType('authenticationType availabilityStatus', {
      isAdminManaged: flag,
      isDefault: flag,
      isInitial: flag,
      isRoot: flag,
      isVerified: flag,
    }),
    verify: action(of('domain'), [], { $ReturnType: { $Type: of('domain') } }),
    renew: action(of('group')),
    revokeSignInSessions: action(of('user'), [], truth),
    confirmCompromised: onRisky,
    dismiss: onRisky,
  },
  {
    applications: 'application',
    groups: 'group',
    users: 'user',
    riskyUsers: 'riskyUser',
    riskyServicePrincipals: 'riskyServicePrincipal',
    cases: 'security.ediscoveryCase',
    domains: 'domain',
  },
  {
    [SECURITY]: {
      ediscoveryCase: entityType('displayName', {
        closedBy: optional(of('identitySet')),
        closedDateTime: instant,
        status: optional(`${SECURITY}.caseStatus`),
      }),
      caseStatus: { $Kind: 'EnumType', unknown: 0, active: 1, closed: 4 },
      close: action(`${SECURITY}.ediscoveryCase`),
      reopen: action(`${SECURITY}.ediscoveryCase`),
    },
  },
);

async function done(url: string, json: object = {}) {
  const { status, text } = await tenant.send('POST', url, json);
  expect([status, text]).toEqual([204, '']);
}

const AGO = '2020-01-01T00:00:00Z';

describe('an action whose effect is documented', () => {
  // [Graph: application: setVerifiedPublisher, unsetVerifiedPublisher]
  it('sets the verified publisher of an application, and takes it away', async () => {
    const { id } = await tenant.created('applications', { displayName: 'App' });
    await done(`applications/${id}/setVerifiedPublisher`, { verifiedPublisherId: '1234567' });
    const verifiedPublisher = { addedDateTime: NOW, displayName: null, verifiedPublisherId: '1234567' };
    expect(await tenant.read(`applications/${id}`)).toMatchObject({ verifiedPublisher });
    await done(`applications/${id}/unsetVerifiedPublisher`);
    expect(await tenant.read(`applications/${id}`)).toMatchObject({ displayName: 'App', verifiedPublisher: null });
  });

  // [Graph: group resource type, renewedDateTime]
  it('renews a group', async () => {
    const { id } = await tenant.created('groups', { renewedDateTime: AGO });
    await done(`groups/${id}/renew`);
    expect(await tenant.read(`groups/${id}`)).toMatchObject({ renewedDateTime: NOW });
  });

  // [Graph: user: revokeSignInSessions]
  it('lets the sessions of a user begin anew', async () => {
    const { id } = await tenant.created('users', { signInSessionsValidFromDateTime: AGO });
    const { status, text } = await tenant.send('POST', `users/${id}/revokeSignInSessions`, {});
    expect([status, JSON.parse(text)]).toMatchObject([200, { value: true }]);
    expect(await tenant.read(`users/${id}`)).toMatchObject({ signInSessionsValidFromDateTime: NOW });
  });

  // [Graph: domain: verify; domain resource type, isVerified, isRoot and availabilityStatus]
  it('verifies domains, and answers with them', async () => {
    const verify = async (id: string) => {
      const { status, text } = await tenant.send('POST', `domains/${id}/verify`, {});
      expect([status, text]).toEqual([200, expect.any(String)]);
      return JSON.parse(text);
    };
    const unverified = { isDefault: false, isInitial: false, isRoot: false, isVerified: false };
    for (const id of ['contoso.example', 'Sales.Contoso.example', 'notcontoso.example'])
      expect(await tenant.created('domains', { id })).toMatchObject({ id, ...unverified });
    for (const [id, isRoot] of [
      ['contoso.example', true],
      ['Sales.Contoso.example', false],
      ['notcontoso.example', true],
    ] as const) {
      const verified = { id, isRoot, isVerified: true };
      expect(await verify(id)).toMatchObject({ ...verified, availabilityStatus: 'AvailableImmediately' });
      expect(await tenant.read(`domains/${id}`)).toMatchObject({ ...verified, availabilityStatus: null });
    }
  });

  // [Graph: ediscoveryCase: close, reopen]
  it('closes a case of eDiscovery, and opens it again', async () => {
    const { id } = await tenant.created('cases', { displayName: 'Case' });
    await done(`cases/${id}/microsoft.graph.security.close`);
    const closed = await tenant.read(`cases/${id}`);
    expect(closed).toMatchObject({ status: 'closed', closedDateTime: NOW });
    expect(closed.closedBy.user).toMatchObject({ displayName: 'Signed-in user' });
    await done(`cases/${id}/microsoft.graph.security.reopen`);
    expect(await tenant.read(`cases/${id}`)).toMatchObject({ displayName: 'Case', status: 'active' });
  });

  it('is refused where nobody is', async () => {
    expect((await tenant.send('POST', 'groups/nobody/renew', {})).status).toBe(404);
  });
});

// [Graph: riskyUser: confirmCompromised, dismiss]
describe.each([
  ['riskyUsers', 'userIds'],
  ['riskyServicePrincipals', 'servicePrincipalIds'],
])('the risk of members of %s', (set, parameter) => {
  it('is high once they are confirmed as compromised, and none once it is dismissed', async () => {
    const made = await Promise.all([1, 2, 3].map(() => tenant.created(set, { riskLevel: 'low', riskState: 'atRisk' })));
    const [first, second, third] = made.map(({ id }) => id);
    await done(`${set}/confirmCompromised`, { [parameter]: [first, second, first, 'nobody'] });
    const compromised = { riskLastUpdatedDateTime: NOW, riskLevel: 'high', riskState: 'confirmedCompromised' };
    expect(await tenant.read(`${set}/${first}`)).toMatchObject(compromised);
    await done(`${set}/dismiss`, { [parameter]: [second] });
    expect(await tenant.read(`${set}/${first}`)).toMatchObject(compromised);
    expect(await tenant.read(`${set}/${second}`)).toMatchObject({ riskLevel: 'none', riskState: 'dismissed' });
    expect(await tenant.read(`${set}/${third}`)).toMatchObject({ riskLevel: 'low', riskState: 'atRisk' });
  });

  it('is changed of nobody where no id is right', async () => {
    const { status } = await tenant.send('POST', `${set}/dismiss`, { [parameter]: [1] });
    expect(status).toBe(400);
  });
});
