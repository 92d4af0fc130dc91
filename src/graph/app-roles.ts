import type { NavigationProperty } from '../edm/index.js';
import type { LinkRule } from '../plan/index.js';

import { linkStandingIn } from './standing-link.js';

export const APP_ROLE_ASSIGNMENT = 'microsoft.graph.appRoleAssignment';
export const GRANTED = 'appRoleAssignments';
const RESOURCES = 'servicePrincipals';
const ASSIGNED = 'appRoleAssignedTo';

/**
 * The roles that a user, group or service principal has been granted stand with the service principal that grants them.
 * [Graph: appRoleAssignment resource type]
 */
export function appRoleLink({ name, type }: NavigationProperty): LinkRule | undefined {
  if (name !== GRANTED || type.qualifiedName !== APP_ROLE_ASSIGNMENT) return undefined;
  return linkStandingIn(`${APP_ROLE_ASSIGNMENT}/principal`, (_principal, { resourceId }) =>
    typeof resourceId === 'string' ? assignedBy(encodeURIComponent(resourceId)) : undefined,
  );
}

function assignedBy(key: string): string {
  return `${RESOURCES}/${key}/${ASSIGNED}`;
}

/** The path of the service principal that grants the roles of a collection; undefined where they stand elsewhere. */
export function resourceOf(collection: string): string | undefined {
  const [set, key, name] = collection.split('/');
  return set === RESOURCES && name === ASSIGNED ? `${set}/${key!}` : undefined;
}
