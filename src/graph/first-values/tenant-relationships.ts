import { instantAfter } from '../instant-after.js';
import type { FirstValues } from '../making.js';
import { TENANT_ID } from '../tenant.js';

/** What new relations of the tenant to others begin with. */
export const FIRST_VALUES_OF_TENANT_RELATIONSHIPS: Readonly<Record<string, FirstValues>> = {
  // [Graph: delegatedAdminRelationship resource type, Create delegatedAdminRelationship]
  'microsoft.graph.delegatedAdminRelationship': ({ document: { duration }, now }) => ({
    autoExtendDuration: 'PT0S',
    endDateTime: typeof duration === 'string' ? instantAfter(now, duration) : null,
    status: 'created',
  }),
  // [Graph: Create accessAssignments, Create requests]
  'microsoft.graph.delegatedAdminAccessAssignment': () => ({ status: 'pending' }),
  'microsoft.graph.delegatedAdminRelationshipRequest': () => ({ status: 'created' }),
  // [Graph: Add multiTenantOrganizationMember]
  'microsoft.graph.multiTenantOrganizationMember': ({ now }) => ({
    addedByTenantId: TENANT_ID,
    addedDateTime: now,
    role: 'member',
    state: 'pending',
  }),
};
