import { randomBytes, randomUUID } from 'node:crypto';

import { isJsonObject, oncePer, type EntityType, type JsonObject, type JsonValue } from '../edm/index.js';

import { COLLABORATION_VALUES, MERGED_VALUES, mergedValue } from './collaboration-values.js';
import { declaredOf } from './declared-of.js';
import { identityOf } from './caller.js';
import { idOf, type FirstValues, type Making } from './making.js';
import { messageLink } from './teams-links.js';
import { textOfHtml } from './text-of-html.js';
import { NEVER } from './written-out.js';

/** Mailboxes of work hold their online meetings in Teams; nobody has chosen a colour yet. [Graph: calendar resource type, Create calendar] */
export const CALENDAR_OF_TEAMS: JsonObject = {
  hexColor: '',
  allowedOnlineMeetingProviders: ['teamsForBusiness'],
  defaultOnlineMeetingProvider: 'teamsForBusiness',
};

const EMPTY_BODY: JsonObject = { content: '', contentType: 'text' };

/** What the service writes into a new entity where the client says nothing, as the pages of the types and of their creation have it. */
const FIRST_VALUES: Readonly<Record<string, FirstValues>> = {
  ...COLLABORATION_VALUES,
  'microsoft.graph.message': ({ document, now }) => ({
    receivedDateTime: now,
    sentDateTime: now,
    hasAttachments: false,
    internetMessageId: `<${encodeURIComponent(idOf(document))}@mockgraph.invalid>`,
    body: EMPTY_BODY,
    bodyPreview: bodyPreviewOf(document['body']),
    importance: 'normal',
    inferenceClassification: 'focused',
    conversationId: idOf(document),
    conversationIndex: conversationIndexAt(now),
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    unsubscribeEnabled: false,
    flag: { flagStatus: 'notFlagged' },
    webLink: outlookLink('ItemID', document, 'viewmodel=ReadMessageItem'),
  }),
  'microsoft.graph.event': async ({ document, owner }) => ({
    iCalUId: idOf(document),
    uid: idOf(document),
    reminderMinutesBeforeStart: 15,
    isReminderOn: true,
    hasAttachments: false,
    hideAttendees: false,
    body: EMPTY_BODY,
    bodyPreview: bodyPreviewOf(document['body']),
    importance: 'normal',
    sensitivity: 'normal',
    isAllDay: false,
    isCancelled: false,
    isDraft: false,
    isOrganizer: true,
    responseRequested: true,
    allowNewTimeProposals: true,
    showAs: 'busy',
    isOnlineMeeting: false,
    onlineMeetingProvider: 'unknown',
    responseStatus: { response: 'organizer', time: NEVER },
    webLink: outlookLink('itemid', document, 'path=/calendar/item'),
    ...withAddress(await owner(), (emailAddress) => ({ organizer: { emailAddress } })),
  }),
  'microsoft.graph.calendar': async ({ owner }) => ({
    color: 'auto',
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    isRemovable: true,
    isDefaultCalendar: false,
    ...CALENDAR_OF_TEAMS,
    // Only the primary calendar tells who answered. [Graph: calendar resource type]
    isTallyingResponses: false,
    ...withAddress(await owner(), (emailAddress) => ({ owner: emailAddress })),
  }),
  'microsoft.graph.calendarPermission': ({ document }) => ({
    isRemovable: true,
    isInsideOrganization: false,
    // Outside the organization a calendar is shared to be read. [Graph: Create calendarPermission]
    allowedRoles: [
      'freeBusyRead',
      'limitedRead',
      'read',
      ...(document['isInsideOrganization'] === true ? ['write'] : []),
    ],
  }),
  'microsoft.graph.contact': ({ document }) => {
    const names = ['givenName', 'middleName', 'surname'].flatMap((name) => document[name] ?? []);
    return names.length === 0 ? {} : { displayName: names.join(' ') };
  },
  'microsoft.graph.calendarGroup': () => ({ classId: randomUUID() }),
  'microsoft.graph.messageRule': () => ({ hasError: false, isReadOnly: false }),
  'microsoft.graph.mailSearchFolder': () => ({ isSupported: true }),
  'microsoft.graph.todoTask': () => ({
    importance: 'normal',
    isReminderOn: false,
    status: 'notStarted',
    hasAttachments: false,
    body: EMPTY_BODY,
  }),
  'microsoft.graph.outlookTask': async ({ collection, owner, container }) => ({
    owner: (await owner())?.['displayName'] ?? null,
    ...(collection.includes('/taskFolders/') ? { parentFolderId: (await container())?.['id'] ?? null } : {}),
    importance: 'normal',
    sensitivity: 'normal',
    status: 'notStarted',
    isReminderOn: false,
    hasAttachments: false,
    body: EMPTY_BODY,
  }),
  'microsoft.graph.chatMessage': async ({ document, collection, now, caller }) => ({
    etag: String(Date.parse(now)),
    messageType: 'message',
    importance: 'normal',
    locale: 'en-us',
    ...placeOfChatMessage(document, collection),
    ...sentBy(await caller()),
  }),
};

/** The members that the service adds to a new entity: those that the type declares and the client left out. */
export async function firstValuesOf(type: EntityType, making: Making): Promise<JsonObject> {
  const values: JsonObject = {};
  for (const valuesOf of completionsOf(type)) Object.assign(values, await valuesOf(making));
  const { document } = making;
  const missing = Object.entries(values).flatMap(([name, value]) => {
    const given = document[name];
    if (given === undefined || isUnsaid(given, value)) return [[name, value] as const];
    return MERGED_VALUES.has(name) ? [[name, mergedValue(value, given)] as const] : [];
  });
  return declaredOf(type, Object.fromEntries(missing));
}

/** A collection that nobody gave is empty. */
function isUnsaid(given: JsonValue, value: JsonValue): boolean {
  return Array.isArray(value) && Array.isArray(given) && given.length === 0;
}

/** From the root on, so that what a type says goes over what its base types say. */
const completionsOf = oncePer((type: EntityType): readonly FirstValues[] =>
  [...type.lineage].toReversed().flatMap(({ qualifiedName }) => FIRST_VALUES[qualifiedName] ?? []),
);

/** The names of the types that the service completes. */
export const COMPLETED_TYPES: readonly string[] = Object.keys(FIRST_VALUES);

/** The first 255 characters of what the body says. [Graph: message resource type, event resource type] */
export function bodyPreviewOf(body: JsonValue | undefined): string {
  if (!isJsonObject(body ?? null)) return '';
  const { content, contentType } = body as JsonObject;
  if (typeof content !== 'string') return '';
  const text = contentType === 'html' ? textOfHtml(content) : content;
  return Array.from(text.slice(0, 512)).slice(0, 255).join('');
}

/** [Graph: event resource type, webLink] */
function outlookLink(parameter: string, document: JsonObject, rest: string): string {
  return `https://outlook.office365.com/owa/?${parameter}=${encodeURIComponent(idOf(document))}&exvsurl=1&${rest}`;
}

function withAddress(user: JsonObject | undefined, members: (emailAddress: JsonObject) => JsonObject): JsonObject {
  if (user === undefined) return {};
  const { displayName, mail, userPrincipalName } = user;
  return members({ name: displayName ?? null, address: mail ?? userPrincipalName ?? null });
}

/** Who sends a message is a user, and no conversation. [Graph: identitySet resource type, conversation] */
function sentBy(user: JsonObject | undefined): JsonObject {
  return user === undefined
    ? {}
    : { from: { user: { ...identityOf(user), userIdentityType: 'aadUser' }, conversation: null } };
}

/** `teams/1/channels/2/messages/3/replies`, `chats/4/messages`, also of a user. [Graph: chatMessage resource type] */
function placeOfChatMessage(document: JsonObject, collection: string): JsonObject {
  const place = collection.replace(/^users\/[^/]+\//, '');
  const [set, id, channels, channelId, , messageId] = place.split('/').map(decodeURIComponent);
  if (set === 'chats') return { chatId: id! };
  if (set !== 'teams' || channels !== 'channels') return {};
  return {
    channelIdentity: { teamId: id!, channelId: channelId! },
    replyToId: messageId ?? null,
    webUrl: messageLink(id!, channelId!, idOf(document), messageId ?? idOf(document)),
  };
}

/** The index of a message that begins a conversation: one, the time in five bytes, and an id in sixteen. [MS-OXOMSG 2.2.1.3] */
function conversationIndexAt(now: string): string {
  const ticks = (BigInt(Date.parse(now)) + 11_644_473_600_000n) * 10_000n;
  const header = Buffer.alloc(8);
  header.writeBigUInt64BE(ticks);
  return Buffer.concat([Buffer.from([1]), header.subarray(1, 6), randomBytes(16)]).toString('base64url');
}
