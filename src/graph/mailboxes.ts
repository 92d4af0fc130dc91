import type { EntityType, JsonObject, NavigationProperty } from '../edm/index.js';
import type { LinkRule, PathRules } from '../plan/index.js';

import { linkStandingIn } from './standing-link.js';

export const MAIL_FOLDER = 'microsoft.graph.mailFolder';
export const CALENDAR = 'microsoft.graph.calendar';
export const MESSAGES = 'messages';
export const EVENTS = 'events';

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
/** The default calendar among the calendars of a user. [Graph: calendar resource type] */
export const DEFAULT_CALENDAR = 'calendar';

/**
 * All messages of a mailbox stand in one collection, whatever folder they are in, and so do all events, whatever calendar
 * they are in: `/me/messages` shows those of `/me/mailFolders/inbox/messages`. [Graph: List messages, List events]
 */
export function mailboxLink({ name, declaringType }: NavigationProperty): LinkRule | undefined {
  const holder = `${declaringType.qualifiedName}/${name}`;
  if (holder !== `${MAIL_FOLDER}/${MESSAGES}` && holder !== `${CALENDAR}/${EVENTS}`) return undefined;
  return linkStandingIn(holder, ({ collection }) => collectionOfMailbox(collection, name));
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
  return name === 'calendar' && type.qualifiedName === CALENDAR
    ? { collection: 'calendars', key: DEFAULT_CALENDAR }
    : undefined;
}

export function firstFolders({ name, type }: NavigationProperty): readonly string[] {
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
