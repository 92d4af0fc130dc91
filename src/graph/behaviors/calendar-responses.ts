import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { EVENT } from '../mailboxes.js';
import { addressOf } from '../recipients.js';

import { declaredActions } from './declared-actions.js';
import { noteCancelled } from './calendar-exceptions.js';
import { parameter, senderOf } from './sent-mail.js';

type OperationHandler = Handler<OperationEvent, OperationResult>;

/** What an attendee answers with each action. [Graph: responseStatus resource type] */
const RESPONSES: Readonly<Record<string, string>> = {
  accept: 'accepted',
  tentativelyAccept: 'tentativelyAccepted',
  decline: 'declined',
};

/** Attendees answer invitations, and organizers cancel meetings. [Graph: event: accept, tentativelyAccept, decline and cancel] */
export function calendarResponses(model: Model): Behavior {
  if (model.type(EVENT)?.kind !== 'entity') return {};
  const actions = { ...Object.fromEntries(Object.keys(RESPONSES).map((name) => [name, respond])), cancel };
  return declaredActions(actions, model);
}

const respond: OperationHandler = async (event, next) => {
  const { binding: meeting, entities, model, now, operation } = event;
  if (meeting?.row.type !== EVENT) return next();
  refuseProposal(meeting.document, event);
  const status = { response: RESPONSES[operation.name]!, time: now };
  const owner = await senderOf(meeting.row.collection, event);
  const attendees = owner && withStatus(meeting.document['attendees'], addressOf(owner)!.address, status);
  const members = { responseStatus: status, ...(attendees === undefined ? {} : { attendees }) };
  const { collection, key } = meeting.row;
  const stored = isStored(meeting) ? meeting : await entities.at(`${collection}/${key}`);
  await entities.update(stored, declaredOf(model.entityTypeOrThrow(EVENT), members));
  return undefined;
};

/** Another time is proposed for events that allow it, and told to the organizer. [Graph: event: decline, section "Response"] */
function refuseProposal({ allowNewTimeProposals }: JsonObject, event: OperationEvent): void {
  if ((parameter(event, 'proposednewtime') ?? null) === null) return;
  const target = 'proposedNewTime';
  if (allowNewTimeProposals === false) throw badRequest('The event allows no proposals for new times.', { target });
  if (parameter(event, 'sendresponse') === false)
    throw badRequest('A time can be proposed only in a response that is sent.', { target });
}

/** The attendees with the answer of one of them; undefined where it is none of them. */
function withStatus(attendees: JsonValue | undefined, address: string, status: JsonObject): JsonValue[] | undefined {
  if (!Array.isArray(attendees)) return undefined;
  const isOwn = (attendee: JsonValue): boolean => addressOf(attendee)?.address === address;
  return attendees.some(isOwn)
    ? attendees.map((attendee) => (isJsonObject(attendee) && isOwn(attendee) ? { ...attendee, status } : attendee))
    : undefined;
}

/** A meeting that its organizer cancels is in the calendar no more, and neither is an occurrence. [Graph: event: cancel] */
const cancel: OperationHandler = async ({ binding: meeting, entities }, next) => {
  if (meeting?.row.type !== EVENT) return next();
  if (meeting.document['isOrganizer'] === false)
    throw badRequest("Your request can't be completed. You need to be an organizer to cancel a meeting.");
  await noteCancelled(meeting, entities);
  if (isStored(meeting)) await entities.remove(meeting);
  return undefined;
};

/** Occurrences that nobody changed are computed, with sequences below zero. */
function isStored({ row }: Entity): boolean {
  return row.sequence > 0;
}
