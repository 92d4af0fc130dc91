import type { EntityType } from '../edm/index.js';
import { odataProfile, type Profile } from '../protocol/index.js';

import { appRoleLink } from './app-roles.js';
import { directoryLink, isDirectoryObject } from './directory-links.js';
import { driveLink, driveRoot, driveTree } from './drives.js';
import { defaultCalendar, firstFolders, mailboxLink } from './mailboxes.js';
import { plannerLink, plannerMatch } from './planner.js';

/** The user that `/me` is: one of the users, with a key of its own. */
export const ME = '00000000-0000-4000-8000-00000000006d';

const PRINCIPAL_NAME = 'userPrincipalName';
const PLACE = 'microsoft.graph.place';

/** The property by whose value, which has an `@` in it, entities are found besides their key. [Graph: Get a user, Get place] */
function addressOf(type: EntityType): string | undefined {
  if (type.properties.has(PRINCIPAL_NAME)) return PRINCIPAL_NAME;
  return type.lineage.some(({ qualifiedName }) => qualifiedName === PLACE) ? 'emailAddress' : undefined;
}

/** `$search="displayName:Ann"`. [Graph: Use the $search query parameter, directory objects] */
const SEARCH = { byWord: ['displayName', 'description'] };

/**
 * How Graph's paths differ. Its documents leave containment, bindings and composability out in many places; whatever a singleton or an
 * entity owns alone (`/users/{id}/settings`, `/me/drive`) is there from the start. [Graph: Use the API]
 */
export const graphPaths: Profile['path'] = {
  ...odataProfile.path,
  keyAsSegment: true,
  dynamicPaths: false,
  ignoreCase: true,
  defaultNamespaces: ['microsoft.graph'],
  composesAll: true,
  deltaFunctions: ['microsoft.graph.delta'],
  containsUnbound: true,
  namesSetsOfContained: true,
  hasUmbrellas: true,
  isImplied: (element) => element.kind === 'singleton' || !element.isCollection,
  linkOf: (property) =>
    directoryLink(property) ??
    driveLink(property) ??
    mailboxLink(property) ??
    plannerLink(property) ??
    appRoleLink(property),
  matchOf: plannerMatch,
  firstKeys: firstFolders,
  memberNamed: (property) => driveRoot(property) ?? defaultCalendar(property),
  treeOf: driveTree,
  searchOf: (type) => (isDirectoryObject(type) ? SEARCH : undefined),
  nameOf: (type, text) => (text.includes('@') ? addressOf(type) : undefined),
  aliasOf: (singleton) => (singleton.name === 'me' ? { set: 'users', key: ME } : undefined),
};
