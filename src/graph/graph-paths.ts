import { oncePer, type EntityType, type StructuredType } from '../edm/index.js';
import { odataProfile, type Profile } from '../protocol/index.js';

import { appRoleLink } from './app-roles.js';
import { documentedExpansions } from './documented-expansions.js';
import { impliedCaller, ME } from './caller.js';
import { directoryLink, isDirectoryObject } from './directory-links.js';
import { documentedReference } from './documented-references.js';
import { driveLink, driveRoot, driveTree, impliedDriveMembers } from './drives.js';
import { impliedCounts } from './folder-counts.js';
import {
  calendarShortcut,
  defaultCalendar,
  defaultHolder,
  firstFolders,
  folderNesting,
  impliedMailboxMembers,
  isCalendarView,
  mailboxLink,
} from './mailboxes.js';
import { seriesOfOccurrence } from './occurrence-ids.js';
import { isMessage } from './mime-message.js';
import { plannerLink, plannerMatch } from './planner.js';
import { isSiteAddress } from './site-paths.js';
import { firstTemplates } from './teams-templates.js';
import { firstApps, impliedTeamworkMembers, primaryChannel, teamworkLink, teamworkMatch } from './teamwork.js';
import { isOutlookItem } from './versioned-resources.js';

interface NameRule {
  readonly property: string;
  readonly isAddress: boolean;
}

/** What documented paths may name entities by instead of their key; names of people and places have an `@` in them. */
const NAMES: Readonly<Record<string, NameRule>> = {
  'microsoft.graph.place': { property: 'emailAddress', isAddress: true },
  'microsoft.graph.serviceHealth': { property: 'service', isAddress: false },
  'microsoft.graph.extension': { property: 'extensionName', isAddress: false },
};
const PRINCIPAL_NAME: NameRule = { property: 'userPrincipalName', isAddress: true };

const nameRuleOf = oncePer((type: EntityType): NameRule | undefined => {
  if (type.properties.has(PRINCIPAL_NAME.property)) return PRINCIPAL_NAME;
  const named = type.lineage.find(({ qualifiedName }) => Object.hasOwn(NAMES, qualifiedName));
  return named && NAMES[named.qualifiedName];
});

/** The property by whose value an entity is found besides its key. [Graph: Get a user, Get place, Get serviceHealth, Get open extension] */
function nameOf(type: EntityType, text: string): string | undefined {
  if (isSiteAddress(type, text)) return 'webUrl';
  const name = nameRuleOf(type);
  return name?.isAddress === true && !text.includes('@') ? undefined : name?.property;
}

/** `extension_…_name` of an application, and `contoso_courses` by a schema extension. [Graph: Add custom data to resources] */
const EXTENSION = /^[a-z][a-z0-9]*_\w+$/i;

/**
 * Directory objects and Outlook items are open types for the sake of extensions alone: by any other name that they do not
 * declare, queries are refused. [Graph: Add custom data to resources; microsoft-graph-docs-contrib#3260]
 */
function declaresAll(type: StructuredType): boolean {
  return type.kind === 'entity' && (isDirectoryObject(type) || isOutlookItem(type));
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
  isDynamic: (type, name) => !declaresAll(type) || EXTENSION.test(name),
  ignoreCase: true,
  promotesDates: true,
  defaultNamespaces: ['microsoft.graph'],
  composesAll: true,
  deltaFunctions: ['microsoft.graph.delta'],
  containsUnbound: true,
  namesSetsOfContained: true,
  // [Graph: chatMessage: delta, accessReviewInstance: filterByCurrentUser, Get incremental changes to messages in a folder]
  namesBareTypes: true,
  hasUmbrellas: true,
  hasMadeContent: isMessage,
  isImplied: (element) => element.kind === 'singleton' || !element.isCollection,
  linkOf: oncePer(
    (property) =>
      directoryLink(property) ??
      driveLink(property) ??
      mailboxLink(property) ??
      plannerLink(property) ??
      appRoleLink(property) ??
      teamworkLink(property) ??
      documentedReference(property),
  ),
  matchOf: oncePer((property) => plannerMatch(property) ?? teamworkMatch(property)),
  nestingOf: folderNesting,
  shortcutOf: calendarShortcut,
  isView: isCalendarView,
  autoExpands: documentedExpansions,
  holderOfMember: seriesOfOccurrence,
  holderOf: defaultHolder,
  impliedMembers: (type, place) => ({
    ...impliedCaller(type, place),
    ...impliedDriveMembers(type, place),
    ...impliedMailboxMembers(type, place),
    ...impliedCounts(type),
    ...impliedTeamworkMembers(type, place),
  }),
  firstKeys: (element) => [...firstFolders(element), ...firstTemplates(element), ...firstApps(element)],
  memberNamed: (property) => driveRoot(property) ?? defaultCalendar(property) ?? primaryChannel(property),
  treeOf: driveTree,
  searchedOf: () => undefined,
  searchOf: (type) => (isDirectoryObject(type) ? SEARCH : undefined),
  nameOf,
  aliasOf: (singleton) => (singleton.name === 'me' ? { set: 'users', key: ME } : undefined),
};
