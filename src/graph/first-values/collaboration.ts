import { randomBytes, randomInt, randomUUID } from 'node:crypto';

import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';

import { identityOf } from '../caller.js';
import { idOf, keyAfter, type FirstValues } from '../making.js';
import { assignmentLink, channelLink, chatLink, joinLink, messageLink, tabLink } from '../teams-links.js';

const HOUR = 3_600_000;

/** What new things begin with that people work on together. */
export const FIRST_VALUES_OF_COLLABORATION: Readonly<Record<string, FirstValues>> = {
  'microsoft.graph.chat': ({ document }) => ({ webUrl: chatLink(idOf(document)) }),
  'microsoft.graph.channel': ({ document, collection }) => ({
    membershipType: 'standard',
    email: '',
    isArchived: false,
    webUrl: channelLink(keyAfter('teams', collection) ?? '', idOf(document), textOf(document['displayName'])),
  }),
  'microsoft.graph.teamsTab': ({ document, collection }) => ({
    webUrl: tabLink(
      keyAfter('channels', collection) ?? keyAfter('chats', collection) ?? '',
      idOf(document),
      textOf(document['displayName']),
    ),
  }),
  'microsoft.graph.teamworkTag': ({ collection }) => ({
    teamId: keyAfter('teams', collection) ?? null,
    tagType: 'standard',
    memberCount: 0,
  }),
  'microsoft.graph.scheduleChangeRequest': async ({ now, caller }) => ({
    assignedTo: 'manager',
    state: 'pending',
    senderDateTime: now,
    senderUserId: (await caller())?.['id'] ?? null,
  }),
  // What one offers or swaps is for the other to decide first. [Graph: Create offerShiftRequest, Create swapShiftsChangeRequest]
  'microsoft.graph.offerShiftRequest': () => ({ assignedTo: 'recipient' }),
  'microsoft.graph.onlineMeeting': async ({ document, now, caller }) => {
    const threadId = `19:meeting_${randomBytes(24).toString('base64url')}@thread.v2`;
    const startDateTime = document['startDateTime'] ?? now;
    return {
      startDateTime,
      endDateTime: new Date(Date.parse(String(startDateTime)) + HOUR).toISOString(),
      isBroadcast: false,
      allowedPresenters: 'everyone',
      joinWebUrl: joinLink(threadId),
      chatInfo: { threadId, messageId: '0', replyChainMessageId: '0' },
      joinMeetingIdSettings: joinSettingsOf(document['joinMeetingIdSettings']),
      participants: { organizer: organizerOf(await caller()), attendees: [] },
    };
  },
  'microsoft.graph.chatMessage': async ({ document, collection, now, caller }) => ({
    etag: String(Date.parse(now)),
    messageType: 'message',
    importance: 'normal',
    locale: 'en-us',
    ...placeOfChatMessage(document, collection),
    ...sentBy(await caller()),
  }),
  'microsoft.graph.call': () => ({
    state: 'establishing',
    direction: 'outgoing',
    callChainId: randomUUID(),
    myParticipantId: randomUUID(),
  }),
  'microsoft.graph.virtualEvent': () => ({ status: 'draft' }),
  'microsoft.graph.educationAssignment': ({ document, collection }) => ({
    classId: keyAfter('classes', collection) ?? null,
    status: 'draft',
    allowLateSubmissions: true,
    addedStudentAction: 'none',
    addToCalendarAction: 'none',
    webUrl: assignmentLink(keyAfter('classes', collection) ?? '', idOf(document)),
  }),
  'microsoft.graph.plannerTask': ({ now }) => ({
    orderHint: orderHintAt(now),
    percentComplete: 0,
    priority: 5,
    previewType: 'automatic',
    hasDescription: false,
    referenceCount: 0,
    checklistItemCount: 0,
    activeChecklistItemCount: 0,
  }),
  'microsoft.graph.plannerBucket': ({ now }) => ({ orderHint: orderHintAt(now) }),
  'microsoft.graph.conversation': conversationValues,
  'microsoft.graph.conversationThread': conversationValues,
  'microsoft.graph.post': async ({ collection, now, caller }) => {
    const from = senderOf(await caller());
    return {
      receivedDateTime: now,
      hasAttachments: false,
      conversationThreadId: keyAfter('threads', collection) ?? null,
      ...(from === undefined ? {} : { from, sender: from }),
    };
  },
  'microsoft.graph.checklistItem': () => ({ isChecked: false }),
  'microsoft.graph.outlookTaskGroup': () => ({ isDefaultGroup: false, groupKey: randomUUID() }),
  'microsoft.graph.outlookTaskFolder': async ({ container }) => {
    const { groupKey } = (await container()) ?? {};
    return { isDefaultFolder: false, ...(groupKey === undefined ? {} : { parentGroupKey: groupKey }) };
  },
  // Facets of a profile are seen by the organization. [Graph: Create personName, Create itemEmail and their kin]
  'microsoft.graph.itemFacet': () => ({ allowedAudiences: 'organization' }),
};

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

/** Tasks and buckets that come later stand before those that were there. [Graph: Using order hints in Planner] */
function orderHintAt(now: string): string {
  const ticks = (BigInt(Date.parse(now)) + 62_135_596_800_000n) * 10_000n;
  return String(2n ** 63n - 1n - ticks);
}

async function conversationValues({ now, caller }: Parameters<FirstValues>[0]): Promise<JsonObject> {
  const sender = (await caller())?.['displayName'];
  return {
    lastDeliveredDateTime: now,
    hasAttachments: false,
    isLocked: false,
    ...(typeof sender === 'string' ? { uniqueSenders: [sender] } : {}),
  };
}

/** Meetings are joined by a number, and a passcode where that is required. [Graph: joinMeetingIdSettings resource type] */
function joinSettingsOf(given: JsonValue | undefined): JsonObject {
  const isPasscodeRequired = isJsonObject(given ?? null) && (given as JsonObject)['isPasscodeRequired'] === true;
  const joinMeetingId = Array.from({ length: 10 }, () => randomInt(10)).join('');
  return {
    isPasscodeRequired,
    joinMeetingId,
    passcode: isPasscodeRequired ? randomBytes(4).toString('base64url') : null,
  };
}

function organizerOf(user: JsonObject | undefined): JsonObject | null {
  if (user === undefined) return null;
  return { identity: { user: identityOf(user) }, upn: user['userPrincipalName'] ?? null, role: 'presenter' };
}

function senderOf(user: JsonObject | undefined): JsonObject | undefined {
  const address = user?.['mail'] ?? user?.['userPrincipalName'];
  return typeof address === 'string' ? { emailAddress: { name: user!['displayName'] ?? address, address } } : undefined;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
