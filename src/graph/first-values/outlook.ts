import { randomBytes, randomUUID } from 'node:crypto';

import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import { idOf, type FirstValues } from '../making.js';
import { TENANT_DOMAIN } from '../tenant.js';
import { textOfHtml } from '../text-of-html.js';
import { NEVER } from '../written-out.js';

/** Mailboxes of work hold their online meetings in Teams; nobody has chosen a colour yet. [Graph: calendar resource type, Create calendar] */
const CALENDAR_OF_TEAMS: JsonObject = {
  hexColor: '',
  allowedOnlineMeetingProviders: ['teamsForBusiness'],
  defaultOnlineMeetingProvider: 'teamsForBusiness',
};

const EMPTY_BODY: JsonObject = { content: '', contentType: 'text' };

/** What new items of mailboxes begin with. */
export const FIRST_VALUES_OF_OUTLOOK: Readonly<Record<string, FirstValues>> = {
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
};

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

/** The index of a message that begins a conversation: one, the time in five bytes, and an id in sixteen. [MS-OXOMSG 2.2.1.3] */
function conversationIndexAt(now: string): string {
  const ticks = (BigInt(Date.parse(now)) + 11_644_473_600_000n) * 10_000n;
  const header = Buffer.alloc(8);
  header.writeBigUInt64BE(ticks);
  return Buffer.concat([Buffer.from([1]), header.subarray(1, 6), randomBytes(16)]).toString('base64url');
}
