import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { DRAFTS, MAIL_FOLDER, mailboxOf, MESSAGE, MESSAGES } from '../mailboxes.js';
import { addressOf, distinctRecipients } from '../recipients.js';
import { continuedIndex, prefixedSubject, quotingBody, type Prefix } from '../reply-content.js';

import { declaredActions } from './declared-actions.js';
import { ATTACHMENTS } from './attachments.js';
import { createTree, treeOf } from './mail-trees.js';
import { isMessage, keepSent, parameter, senderOf } from './sent-mail.js';

type OperationHandler = Handler<OperationEvent, OperationResult>;
type Recipients = { readonly toRecipients: JsonValue[]; readonly ccRecipients?: JsonValue[] };

/** How an action answers a message: what stands before its subject, and whom the answer goes to. */
interface Answering {
  readonly prefix: Prefix;
  recipients(original: JsonObject, owner: JsonObject | undefined): Recipients;
}

/** To whoever shall get replies. [Graph: message: reply] */
const REPLY: Answering = { prefix: 'RE', recipients: (original) => ({ toRecipients: repliedTo(original) }) };

/** To them and to all who got the original, but for the owner of the mailbox. [Graph: message: replyAll] */
const REPLY_ALL: Answering = {
  prefix: 'RE',
  recipients(original, owner) {
    const own = owner === undefined ? [] : [addressOf(owner)!.address];
    const toRecipients = distinctRecipients([...repliedTo(original), ...listOf(original['toRecipients'])], own);
    const told = [...own, ...toRecipients.map((recipient) => addressOf(recipient)!.address)];
    return { toRecipients, ccRecipients: distinctRecipients(listOf(original['ccRecipients']), told) };
  },
};

/** To whom the request says. [Graph: message: forward] */
const FORWARD: Answering = { prefix: 'FW', recipients: () => ({ toRecipients: [] }) };

/**
 * Replies and forwarded messages are new ones of the same conversation: drafts, or kept among what was sent. [Graph: message:
 * createReply, createReplyAll, createForward, reply, replyAll and forward]
 */
export function mailReplies(model: Model): Behavior {
  if (model.type(MAIL_FOLDER)?.kind !== 'entity') return {};
  const actions: Readonly<Record<string, OperationHandler>> = {
    createReply: drafted(REPLY),
    createReplyAll: drafted(REPLY_ALL),
    createForward: drafted(FORWARD),
    reply: sent(REPLY),
    replyAll: sent(REPLY_ALL),
    forward: sent(FORWARD),
  };
  return declaredActions(actions, model);
}

function drafted(answering: Answering): OperationHandler {
  return async (event, next) => {
    const { binding: original, entities, model } = event;
    if (!isMessage(original, event)) return next();
    const folder = await entities.at(`${mailboxOf(original.row.collection)}/${DRAFTS}`);
    const type = model.entityTypeOrThrow(MESSAGE);
    const members = { parentFolderId: folder.document['id'] ?? null, isDraft: true, isRead: true };
    const answer = await answerTo(original, answering, event);
    const draft = await createTree(original.row.collection, type, { ...answer, ...declaredOf(type, members) }, event);
    await entities.link(folder, MESSAGES, draft);
    return draft;
  };
}

function sent(answering: Answering): OperationHandler {
  return async (event, next) => {
    const { binding: original } = event;
    if (!isMessage(original, event)) return next();
    const answer = await answerTo(original, answering, event);
    if (answering === FORWARD) refuseUnaddressed(event);
    await keepSent(mailboxOf(original.row.collection)!, answer, event);
    return undefined;
  };
}

/** Whoever forwards a message says to whom; a reply goes to whomever the original names. [Graph: message: forward] */
function refuseUnaddressed(event: OperationEvent): void {
  if (changesOf(event)['toRecipients'] === undefined)
    throw badRequest('Recipients must be given as a parameter or in the message.', { target: 'toRecipients' });
}

/** The new message: what follows from the original, and over it what the request says. */
async function answerTo(original: Entity, answering: Answering, event: OperationEvent): Promise<JsonObject> {
  const { document } = original;
  const changes = changesOf(event);
  const owner = await senderOf(original.row.collection, event);
  const members: JsonObject = {
    subject: prefixedSubject(answering.prefix, document['subject']),
    conversationId: document['conversationId'] ?? document['id'] ?? null,
    ...continuedIndex(document['conversationIndex'], document['sentDateTime'], event.now),
    ...answering.recipients(document, owner),
    ...(owner === undefined ? {} : { from: owner, sender: owner }),
    body: quotingBody(String(parameter(event, 'comment') ?? ''), document),
  };
  const attachments = answering === FORWARD ? (await treeOf(original, event))[ATTACHMENTS] : undefined;
  const all = [...listOf(attachments), ...listOf(changes[ATTACHMENTS])];
  return {
    ...declaredOf(event.model.entityTypeOrThrow(MESSAGE), members),
    ...changes,
    ...(all.length === 0 ? {} : { [ATTACHMENTS]: all }),
  };
}

/** What the request says of the new message. Whoever says something twice is refused. [Graph: message: reply, forward] */
function changesOf(event: OperationEvent): JsonObject {
  const message = parameter(event, 'message') ?? null;
  const given = isJsonObject(message) ? Object.entries(message).filter(([, value]) => value !== null) : [];
  const changes = Object.fromEntries(given);
  const isCommented = (parameter(event, 'comment') ?? '') !== '';
  if (isCommented && changes['body'] !== undefined)
    throw badRequest('Either a comment or the body of the message may be given, not both.', { target: 'comment' });
  const recipients = parameter(event, 'torecipients') ?? null;
  if (!Array.isArray(recipients) || recipients.length === 0) return changes;
  const isTwice = Array.isArray(changes['toRecipients']) && changes['toRecipients'].length > 0;
  if (isTwice && JSON.stringify(changes['toRecipients']) !== JSON.stringify(recipients))
    throw badRequest('Recipients may be given as a parameter or in the message, not both.', { target: 'toRecipients' });
  return { ...changes, toRecipients: recipients };
}

/** Who shall get replies: whom the message names for that, else who sent it. [RFC 5322 3.6.2] */
function repliedTo(original: JsonObject): JsonValue[] {
  const named = listOf(original['replyTo']);
  return distinctRecipients(named.length > 0 ? named : [original['from'] ?? original['sender'] ?? null]);
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
