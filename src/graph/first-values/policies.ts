import type { FirstValues } from '../making.js';

/** What new policies begin with, and what is decided by them. */
export const FIRST_VALUES_OF_POLICIES: Readonly<Record<string, FirstValues>> = {
  // [Graph: stsPolicy resource type]
  'microsoft.graph.stsPolicy': () => ({ isOrganizationDefault: false }),
  // What is left out matches all. [Graph: permissionGrantConditionSet resource type]
  'microsoft.graph.permissionGrantConditionSet': () => ({
    clientApplicationIds: ['all'],
    clientApplicationPublisherIds: ['all'],
    clientApplicationTenantIds: ['all'],
    clientApplicationsFromVerifiedPublisherOnly: false,
    permissionClassification: 'all',
    permissions: ['all'],
    resourceApplication: 'any',
  }),
  // Clients make custom ones alone, which all satisfy it. [Graph: Create authenticationStrengthPolicy]
  'microsoft.graph.authenticationStrengthPolicy': () => ({ policyType: 'custom', requirementsSatisfied: 'mfa' }),
  // [Graph: Create identityUserFlowAttribute]
  'microsoft.graph.identityUserFlowAttribute': () => ({ userFlowAttributeType: 'custom' }),
  // Nobody signs in by text message unless a policy allows it. [Graph: phoneAuthenticationMethod resource type]
  'microsoft.graph.phoneAuthenticationMethod': ({ document: { phoneType } }) => ({
    smsSignInState: phoneType === 'mobile' ? 'notAllowedByPolicy' : 'notSupported',
  }),
};
