import type { EntitySet, EntityType, JsonObject, NavigationProperty } from '../edm/index.js';
import type { LinkRule, PathRules } from '../plan/index.js';

import { linkStandingIn } from './standing-link.js';

export const MAIL_FOLDER = 'microsoft.graph.mailFolder';
export const CONTACT_FOLDER = 'microsoft.graph.contactFolder';
export const MESSAGE = 'microsoft.graph.message';
export const CHILD_FOLDERS = 'childFolders';
export const CALENDAR = 'microsoft.graph.calendar';
export const MESSAGES = 'messages';
export const EVENTS = 'events';
export const EVENT = 'microsoft.graph.event';
export const CALENDAR_VIEW = 'calendarView';
export const INSTANCES = 'instances';
export const EXCEPTIONS = 'exceptionOccurrences';

/** Folders that every mailbox has from the start, by the names that stand for their ids. [Graph: mailFolder resource type] */
const FOLDERS: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
  outbox: 'Outbox',
  archive: 'Archive',
};

/** The folder of messages that are created in none. [Graph: Create message] */
export const DRAFTS = 'mailFolders/drafts';
/** The default calendar as users and groups have it. [Graph: calendar resource type] */
export const CALENDAR_OF_MAILBOX = 'calendar';
/** The default calendar among the calendars of a user. [Graph: calendar resource type] */
export const DEFAULT_CALENDAR = 'calendar';

/** Folders form trees. All of a mailbox stand in the collection that shows those of them that are in no other. */
const FOLDER_SETS: Readonly<Record<string, string>> = {
  [MAIL_FOLDER]: 'mailFolders',
  [CONTACT_FOLDER]: 'contactFolders',
};

/** Which collection of a mailbox holds what a folder or calendar leads to. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  [`${MAIL_FOLDER}/${MESSAGES}`]: MESSAGES,
  [`${CALENDAR}/${EVENTS}`]: EVENTS,
  ...Object.fromEntries(Object.entries(FOLDER_SETS).map(([type, set]) => [linkOfNesting(type), set])),
};

/**
 * All messages of a mailbox stand in one collection, whatever folder they are in, and so do all events, whatever calendar
 * they are in: `/me/messages` shows those of `/me/mailFolders/inbox/messages`. Folders within folders are found among all
 * by their ids. [Graph: List messages, List events, Get mailFolder, Get contactFolder]
 */
export function mailboxLink({ name, declaringType }: NavigationProperty): LinkRule | undefined {
  const holder = `${declaringType.qualifiedName}/${name}`;
  if (holder === `${CALENDAR}/${CALENDAR_VIEW}`) return linkOf(`${CALENDAR}/${EVENTS}`);
  return COLLECTIONS[holder] === undefined ? undefined : linkOf(holder);
}

function linkOf(holder: string): LinkRule {
  return linkStandingIn(holder, ({ collection }) => collectionOfMailbox(collection, COLLECTIONS[holder]!));
}

/** The view of a user or group is that of their calendar, and shows events of it. [Graph: List calendarView] */
export function calendarShortcut({ name, type, declaringType }: NavigationProperty): readonly string[] | undefined {
  if (name !== CALENDAR_VIEW || type.qualifiedName !== EVENT) return undefined;
  const hasCalendar = declaringType.kind === 'entity' && declaringType.navigationProperties.has(CALENDAR_OF_MAILBOX);
  return hasCalendar ? [CALENDAR_OF_MAILBOX, CALENDAR_VIEW] : undefined;
}

/** What is shown for a time that the request says. */
export function isCalendarView({ name, type }: NavigationProperty): boolean {
  return type.qualifiedName === EVENT && (name === CALENDAR_VIEW || name === INSTANCES);
}

/** Lists of a mailbox's folders show those that are in no other one. [Graph: List mailFolders, List childFolders] */
export function folderNesting({ name, type }: NavigationProperty): string | undefined {
  return FOLDER_SETS[type.qualifiedName] === name ? linkOfNesting(type.qualifiedName) : undefined;
}

function linkOfNesting(type: string): string {
  return `${type}/${CHILD_FOLDERS}`;
}

/** `users/1/messages`, for what is below `users/1`. */
function collectionOfMailbox(collection: string, name: string): string | undefined {
  const mailbox = mailboxOf(collection);
  return mailbox === undefined ? undefined : `${mailbox}/${name}`;
}

/** The path of the user or group that a collection belongs to. */
export function mailboxOf(collection: string): string | undefined {
  const [set, key, ...below] = collection.split('/');
  return below.length === 0 ? undefined : `${set!}/${key!}`;
}

/** `calendar` is the user's calendar of that name. */
export function defaultCalendar({ name, type }: NavigationProperty): ReturnType<PathRules['memberNamed']> {
  return name === CALENDAR_OF_MAILBOX && type.qualifiedName === CALENDAR
    ? { collection: 'calendars', key: DEFAULT_CALENDAR }
    : undefined;
}

/** Events that are put in no calendar are in the default one. [Graph: Create event] */
export function defaultHolder(collection: string): ReturnType<PathRules['holderOf']> {
  const path = besideIn(collection, EVENTS, CALENDAR_OF_MAILBOX);
  return path === undefined ? undefined : { path, property: EVENTS };
}

/** The path of something else in the mailbox whose collection of this name is meant. */
export function besideIn(collection: string, name: string, other: string): string | undefined {
  const mailbox = mailboxOf(collection);
  return mailbox !== undefined && collection === `${mailbox}/${name}` ? `${mailbox}/${other}` : undefined;
}

export function firstFolders({ name, type }: EntitySet | NavigationProperty): readonly string[] {
  return name === 'mailFolders' && type.qualifiedName === MAIL_FOLDER ? Object.keys(FOLDERS) : [];
}

/** Whether a mailbox has it from the start, and keeps it. */
export function isFirst({ collection, key }: { readonly collection: string; readonly key: string }): boolean {
  if (collection.endsWith('/mailFolders')) return Object.hasOwn(FOLDERS, key);
  return collection.endsWith('/calendars') ? key === DEFAULT_CALENDAR : collection.endsWith('/calendar');
}

/** What folders and calendars are before anybody wrote them. */
export function impliedMailboxMembers(type: EntityType, { key }: { readonly key: string }): JsonObject {
  if (type.qualifiedName === MAIL_FOLDER) {
    const displayName = FOLDERS[key];
    return displayName === undefined ? {} : { displayName };
  }
  return type.qualifiedName === CALENDAR ? { name: 'Calendar' } : {};
}
