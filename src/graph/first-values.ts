import { randomBytes, randomUUID } from 'node:crypto';

import { isJsonObject, type EntityType, type JsonObject, type JsonValue } from '../edm/index.js';

import { declaredOf, inDeclaredCase } from './declared-of.js';
import { identityOf } from './caller.js';
import { FIRST_VALUES_OF_CLOUD_PCS } from './first-values/cloud-pcs.js';
import { FIRST_VALUES_OF_DIRECTORY } from './first-values/directory.js';
import { FIRST_VALUES_OF_GOVERNANCE } from './first-values/governance.js';
import { FIRST_VALUES_OF_POLICIES } from './first-values/policies.js';
import { FIRST_VALUES_OF_SECURITY } from './first-values/security.js';
import { FIRST_VALUES_OF_SITES } from './first-values/sites.js';
import { FIRST_VALUES_OF_TENANT_RELATIONSHIPS } from './first-values/tenant-relationships.js';
import type { FirstValues, Making } from './making.js';
import { TENANT_DOMAIN } from './tenant.js';
import { textOfHtml } from './text-of-html.js';
import { NEVER } from './written-out.js';

const EMPTY_BODY: JsonObject = { content: '', contentType: 'text' };

/** What the service writes into a new entity where the client says nothing, as the pages of the types and of their creation have it. */
const FIRST_VALUES: Readonly<Record<string, FirstValues>> = {
  ...FIRST_VALUES_OF_CLOUD_PCS,
  ...FIRST_VALUES_OF_DIRECTORY,
  ...FIRST_VALUES_OF_GOVERNANCE,
  ...FIRST_VALUES_OF_POLICIES,
  ...FIRST_VALUES_OF_SECURITY,
  ...FIRST_VALUES_OF_SITES,
  ...FIRST_VALUES_OF_TENANT_RELATIONSHIPS,
  'microsoft.graph.message': ({ document, now }) => ({
    receivedDateTime: now,
    sentDateTime: now,
    hasAttachments: false,
    internetMessageId: `<${encodeURIComponent(idOf(document))}@${TENANT_DOMAIN}>`,
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
    ...withAddress(await owner(), (emailAddress) => ({ owner: emailAddress })),
  }),
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
  'microsoft.graph.outlookTask': () => ({
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

/**
 * The members that the service adds to a new entity: those that the type declares and the client left out. What a derived
 * type says wins over what its base types say.
 */
export async function firstValuesOf(type: EntityType, making: Making): Promise<JsonObject> {
  const values: JsonObject = {};
  for (const { qualifiedName } of type.lineage.toReversed())
    if (Object.hasOwn(FIRST_VALUES, qualifiedName)) Object.assign(values, await FIRST_VALUES[qualifiedName]!(making));
  const { document, defaulted } = making;
  const missing = Object.entries(values).filter(([name]) => document[name] === undefined || defaulted.has(name));
  return inDeclaredCase(type, declaredOf(type, Object.fromEntries(missing)));
}

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

function idOf({ id }: JsonObject): string {
  return typeof id === 'string' ? id : '';
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

function sentBy(user: JsonObject | undefined): JsonObject {
  return user === undefined ? {} : { from: { user: { ...identityOf(user), userIdentityType: 'aadUser' } } };
}

/** `teams/1/channels/2/messages/3/replies`, `chats/4/messages`, also of a user. [Graph: chatMessage resource type] */
function placeOfChatMessage(document: JsonObject, collection: string): JsonObject {
  const place = collection.replace(/^users\/[^/]+\//, '');
  const [set, id, channels, channelId, , messageId] = place.split('/').map(decodeURIComponent);
  if (set === 'chats') return { chatId: id! };
  if (set !== 'teams' || channels !== 'channels') return {};
  const path = [channelId!, idOf(document)].map(encodeURIComponent).join('/');
  const query = new URLSearchParams({ groupId: id!, parentMessageId: messageId ?? idOf(document) });
  return {
    channelIdentity: { teamId: id!, channelId: channelId! },
    replyToId: messageId ?? null,
    webUrl: `https://teams.microsoft.com/l/message/${path}?${query.toString()}`,
  };
}

/** The index of a message that begins a conversation: one, the time in five bytes, and an id in sixteen. [MS-OXOMSG 2.2.1.3] */
function conversationIndexAt(now: string): string {
  const ticks = (BigInt(Date.parse(now)) + 11_644_473_600_000n) * 10_000n;
  const header = Buffer.alloc(8);
  header.writeBigUInt64BE(ticks);
  return Buffer.concat([Buffer.from([1]), header.subarray(1, 6), randomBytes(16)]).toString('base64url');
}
