import { oncePer, type EntityType } from '../edm/index.js';

/** Navigation properties that come without being asked for, by type, where the schema does not say so. */
const EXPANSIONS: Readonly<Record<string, readonly string[]>> = {
  // "Automatically expanded on GET" [Graph: permissionGrantPolicy resource type]
  'microsoft.graph.permissionGrantPolicy': ['includes', 'excludes'],
  // "Automatically expanded on GET /policies/authenticationMethodsPolicy" [Graph: authenticationMethodsPolicy resource type]
  'microsoft.graph.authenticationMethodsPolicy': ['authenticationMethodConfigurations'],
  // "Expanded by default" [Graph: softwareOathAuthenticationMethodConfiguration resource type and its kin]
  'microsoft.graph.authenticationMethodConfiguration': ['includeTargets'],
  // [Graph: Get authenticationStrengthPolicy, List and Create authenticationStrengthPolicies]
  'microsoft.graph.authenticationStrengthPolicy': ['combinationConfigurations'],
  // [Graph: Create invitation]
  'microsoft.graph.invitation': ['invitedUser'],
};

export const documentedExpansions = oncePer((type: EntityType): readonly string[] =>
  type.lineage.flatMap(({ qualifiedName }) => EXPANSIONS[qualifiedName] ?? []),
);
