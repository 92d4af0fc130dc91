import type { EntityType, NavigationProperty } from '../edm/index.js';
import type { LinkRule } from '../plan/index.js';

/** Relations between directory objects that Graph keeps in step at both ends: what leads back, by what leads there. */
const LEADS_BACK: Readonly<Record<string, string>> = {
  memberOf: 'members',
  directReports: 'manager',
  ownedObjects: 'owners',
  ownedDevices: 'registeredOwners',
  registeredDevices: 'registeredUsers',
  sponsorOf: 'sponsors',
};

/** Relations that lead on along others. [Graph: List group transitive members, List user transitive memberOf] */
const LEADS_ON: Readonly<Record<string, string>> = {
  transitiveMembers: 'members',
  transitiveMemberOf: 'memberOf',
  transitiveReports: 'directReports',
};

const SINGLE: ReadonlySet<string> = new Set(['manager']);

/**
 * `members` of groups, roles and administrative units are one relation, of which `memberOf` is the other end. The schema
 * declares no partners, the documentation of directory objects does. [Graph: directoryObject, List memberOf, List directReports]
 */
export function directoryLink(property: NavigationProperty): LinkRule | undefined {
  if (!isDirectoryObject(property.declaringType as EntityType) || !isDirectoryObject(property.type)) return undefined;
  const direct = LEADS_ON[property.name];
  const name = direct ?? property.name;
  const forward = LEADS_BACK[name] ?? name;
  if (forward === name && !Object.values(LEADS_BACK).includes(name)) return undefined;
  return {
    name: forward,
    inverse: forward !== name,
    isMutual: true,
    isSingle: SINGLE.has(forward),
    isTransitive: direct !== undefined,
  };
}

/** Whether a type is `directoryObject` or derives from it. */
export function isDirectoryObject(type: EntityType): boolean {
  return type.lineage.some(({ qualifiedName }) => qualifiedName === 'microsoft.graph.directoryObject');
}
