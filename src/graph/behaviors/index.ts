import type { Behavior } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

import { declaredActions } from './declared-actions.js';
import { accounts } from './accounts.js';
import { appRoleAssignments } from './app-role-assignments.js';
import { applicationIds } from './application-ids.js';
import { applicationPasswords } from './application-passwords.js';
import { attachments } from './attachments.js';
import { authorship } from './authorship.js';
import { bulkActions } from './bulk-actions.js';
import { calendarExceptions } from './calendar-exceptions.js';
import { calendarResponses } from './calendar-responses.js';
import { calendarViews } from './calendar-views.js';
import { chatMessages } from './chat-messages.js';
import { conversationMembers } from './conversation-members.js';
import { coursework } from './coursework.js';
import { composedNames } from './composed-names.js';
import { deletedItems } from './deleted-items.js';
import { domainVerification } from './domain-verification.js';
import { driveItems } from './drive-items.js';
import { firstValues } from './first-values.js';
import { invitations } from './invitations.js';
import { itemTags } from './item-tags.js';
import { mailMoves } from './mail-moves.js';
import { mailReplies } from './mail-replies.js';
import { mailboxItems } from './mailbox-items.js';
import { memberLists } from './member-lists.js';
import { membership } from './membership.js';
import { onlineMeetings } from './online-meetings.js';
import { outlookItems } from './outlook-items.js';
import { openExtensions } from './open-extensions.js';
import { plannerItems } from './planner-items.js';
import { remoteActions } from './remote-actions.js';
import { shiftSchedules } from './shift-schedules.js';
import { signedValues } from './signed-values.js';
import { teams } from './teams.js';
import { scheduleRequests } from './schedule-requests.js';
import { stateActions } from './state-actions.js';
import { temporaryAccessPasses } from './temporary-access-passes.js';
import { timestamps } from './timestamps.js';
import { unfollowed } from './unfollowed.js';
import { uniqueness } from './uniqueness.js';

/** What Graph does beyond its schema, as far as a schema declares it. */
export function graphBehaviors(model: Model): readonly Behavior[] {
  return [
    applicationIds(model),
    applicationPasswords(model),
    composedNames(model),
    openExtensions(model),
    appRoleAssignments(model),
    uniqueness(model),
    timestamps(model),
    authorship(model),
    signedValues(model),
    outlookItems(model),
    firstValues(model),
    scheduleRequests(model),
    stateActions(model),
    domainVerification(model),
    invitations(model),
    temporaryAccessPasses(model),
    attachments(model),
    chatMessages(model),
    conversationMembers(model),
    memberLists(model),
    coursework(model),
    onlineMeetings(model),
    teams(model),
    deletedItems(model),
    declaredActions(membership.action ?? {}, model),
    declaredActions(accounts.action ?? {}, model),
    unfollowed(model),
    itemTags(model),
    driveItems(model),
    mailboxItems(model),
    mailMoves(model),
    mailReplies(model),
    calendarViews(model),
    calendarExceptions(model),
    calendarResponses(model),
    plannerItems(model),
    shiftSchedules(model),
    remoteActions(model),
    bulkActions(model),
  ];
}
