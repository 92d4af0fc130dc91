import type { EntityType, NavigationProperty } from '../edm/index.js';
import type { PathRules } from '../plan/index.js';

/** Relations between directory objects that Graph keeps in step at both ends: what leads back, by what leads there. */
const LEADS_BACK: Readonly<Record<string, string>> = {
  memberOf: 'members',
  directReports: 'manager',
  ownedObjects: 'owners',
  ownedDevices: 'registeredOwners',
  registeredDevices: 'registeredUsers',
};

const SINGLE: ReadonlySet<string> = new Set(['manager']);

/**
 * `members` of groups, roles and administrative units are one relation, of which `memberOf` is the other end. The schema
 * declares no partners, the documentation of directory objects does. [Graph: directoryObject, List memberOf, List directReports]
 */
export function directoryLink(property: NavigationProperty): ReturnType<PathRules['linkOf']> {
  if (!isDirectoryObject(property.declaringType as EntityType) || !isDirectoryObject(property.type)) return undefined;
  const forward = LEADS_BACK[property.name];
  if (forward !== undefined) return { name: forward, inverse: true, isSingle: SINGLE.has(forward) };
  return Object.values(LEADS_BACK).includes(property.name)
    ? { name: property.name, inverse: false, isSingle: SINGLE.has(property.name) }
    : undefined;
}

function isDirectoryObject(type: EntityType): boolean {
  for (let each: EntityType['baseType'] = type; each; each = each.baseType)
    if (each.name === 'directoryObject') return true;
  return false;
}
