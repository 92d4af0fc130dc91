import type { EntitySet, EntityType, JsonObject, NavigationProperty } from '../edm/index.js';
import type { LinkRule, MatchRule, PathRules } from '../plan/index.js';

import { linkStandingIn } from './standing-link.js';
import { keyAfter } from './making.js';
import { channelLink } from './teams-links.js';

export const TEAM = 'microsoft.graph.team';
export const CHANNEL = 'microsoft.graph.channel';
export const CHAT = 'microsoft.graph.chat';
export const GROUP = 'microsoft.graph.group';
export const MEMBER = 'microsoft.graph.aadUserConversationMember';
export const TEAMS = 'teams';
export const CHATS = 'chats';
export const JOINED_TEAMS = 'joinedTeams';

/** The channel that every team has from the start, and keeps. [Graph: Get primaryChannel] */
export const GENERAL = '19:general@thread.tacv2';

/** Which chats and teams a user is in follows from who their members are. */
const HELD: Readonly<Record<string, string>> = {
  [`microsoft.graph.user/${CHATS}`]: CHATS,
  [`microsoft.graph.user/${JOINED_TEAMS}`]: TEAMS,
};

/** `/me/chats` and `/me/joinedTeams` show some of `/chats` and `/teams`. [Graph: List chats, List joinedTeams] */
export function teamworkLink({ name, declaringType }: NavigationProperty): LinkRule | undefined {
  const holder = `${declaringType.qualifiedName}/${name}`;
  const collection = HELD[holder];
  return collection === undefined ? undefined : linkStandingIn(holder, () => collection);
}

/** A team has the id of its group. [Graph: team resource type, Create team from group] */
export function teamworkMatch({ name, declaringType, type }: NavigationProperty): MatchRule | undefined {
  const isTeamOfGroup = name === 'team' && declaringType.qualifiedName === GROUP && type.qualifiedName === TEAM;
  return isTeamOfGroup ? { collection: TEAMS, here: 'id', there: 'id' } : undefined;
}

/** The primary channel is one of the channels. [Graph: Get primaryChannel] */
export function primaryChannel({ name, type }: NavigationProperty): ReturnType<PathRules['memberNamed']> {
  return name === 'primaryChannel' && type.qualifiedName === CHANNEL
    ? { collection: 'channels', key: encodeURIComponent(GENERAL) }
    : undefined;
}

/** What the general channel of a team is before anybody wrote it. [Graph: Get channel] */
export function impliedTeamworkMembers(
  type: EntityType,
  { collection, key }: { readonly collection: string; readonly key: string },
): JsonObject {
  if (type.qualifiedName === CHANNEL && decodeURIComponent(key) === GENERAL)
    return {
      displayName: 'General',
      membershipType: 'standard',
      email: '',
      webUrl: channelLink(keyAfter(TEAMS, collection) ?? '', GENERAL, 'General'),
    };
  const name = type.qualifiedName === APP ? BUILT_IN_APPS[decodeURIComponent(key)] : undefined;
  return name === undefined ? {} : { displayName: name, distributionMethod: 'store' };
}

const APP = 'microsoft.graph.teamsApp';

/** Apps behind the tabs that Teams itself offers, in the catalog of every tenant. [Graph: Configuring the built-in tab types in Microsoft Teams] */
const BUILT_IN_APPS: Readonly<Record<string, string>> = {
  'com.microsoft.teamspace.tab.web': 'Website',
  'com.microsoft.teamspace.tab.planner': 'Planner',
  'com.microsoftstream.embed.skypeteamstab': 'Stream',
  '81fef3a6-72aa-4648-a763-de824aeafb7d': 'Forms',
  'com.microsoft.teamspace.tab.file.staticviewer.word': 'Word',
  'com.microsoft.teamspace.tab.file.staticviewer.excel': 'Excel',
  'com.microsoft.teamspace.tab.file.staticviewer.powerpoint': 'PowerPoint',
  'com.microsoft.teamspace.tab.file.staticviewer.pdf': 'PDF',
  'com.microsoft.teamspace.tab.wiki': 'Wiki',
  'com.microsoft.teamspace.tab.files.sharepoint': 'Document Library',
  '0d820ecd-def2-4297-adad-78056cde7c78': 'OneNote',
  'com.microsoft.teamspace.tab.powerbi': 'Power BI',
  '2a527703-1f6f-4559-a332-d8a7d288cd88': 'SharePoint',
};

export function firstApps({ name, type }: EntitySet | NavigationProperty): readonly string[] {
  return name === 'teamsApps' && type.qualifiedName === APP ? Object.keys(BUILT_IN_APPS) : [];
}
