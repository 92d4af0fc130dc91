import type { JsonValue } from '../../edm/index.js';
import type { FirstValues } from '../making.js';
import { NEVER } from '../written-out.js';

/** What new access packages, reviews, roles and workflows begin with. */
export const FIRST_VALUES_OF_GOVERNANCE: Readonly<Record<string, FirstValues>> = {
  // [Graph: Create accessPackage]
  'microsoft.graph.accessPackage': () => ({ isHidden: false, isRoleScopesVisible: false }),
  // [Graph: Create accessPackageCatalog]
  'microsoft.graph.accessPackageCatalog': () => ({
    catalogStatus: 'Published',
    catalogType: 'UserManaged',
    state: 'published',
  }),
  // [Graph: Create accessPackageAssignmentRequest]
  'microsoft.graph.accessPackageAssignmentRequest': () => ({
    isValidationOnly: false,
    requestState: 'Submitted',
    requestStatus: 'Accepted',
    schedule: { expiration: { type: 'notSpecified' } },
    state: 'submitted',
    status: 'Accepted',
  }),
  // [Graph: Create accessReview]
  'microsoft.graph.accessReview': () => ({ status: 'Initializing' }),
  // [Graph: Create historyDefinitions]
  'microsoft.graph.accessReviewHistoryDefinition': () => ({ status: 'requested' }),
  // [Graph: Create definitions]
  'microsoft.graph.accessReviewScheduleDefinition': () => ({ status: 'NotStarted' }),
  // Clients make custom roles alone. [Graph: unifiedRoleDefinition resource type, Create roleDefinitions]
  'microsoft.graph.unifiedRoleDefinition': ({ document: { id } }) => ({
    isBuiltIn: false,
    resourceScopes: ['/'],
    templateId: id ?? null,
  }),
  // The scope had another name at first. [Graph: unifiedRoleAssignment resource type, Create unifiedRoleAssignment]
  'microsoft.graph.unifiedRoleAssignment': ({ document: { directoryScopeId, resourceScope } }) => ({
    directoryScopeId: resourceScope ?? null,
    resourceScope: directoryScopeId ?? null,
  }),
  // [Graph: Create governanceRoleAssignmentRequest]
  'microsoft.graph.governanceRoleAssignmentRequest': ({ document: { type } }) => ({
    linkedEligibleRoleAssignmentId: '',
    requestedDateTime: NEVER,
    status: isRemoval(type)
      ? { status: 'Closed', subStatus: 'Revoked', statusDetails: [] }
      : { status: 'InProgress', subStatus: 'Granted', statusDetails: [] },
  }),
  // [Graph: Create workflow]
  'microsoft.graph.identityGovernance.workflow': () => ({ isSchedulingEnabled: false, version: 1 }),
};

function isRemoval(type: JsonValue | undefined): boolean {
  return type === 'AdminRemove' || type === 'UserRemove';
}
