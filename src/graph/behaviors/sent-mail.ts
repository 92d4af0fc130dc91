import type { Entity, OperationEvent } from '../../behavior/index.js';
import type { JsonObject, JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { MESSAGE, MESSAGES } from '../mailboxes.js';

import { ownerOf } from './first-values.js';
import { createTree } from './mail-trees.js';

/** The folder of what was sent. */
export const SENT = 'sentitems';
export const RECIPIENTS = ['toRecipients', 'ccRecipients', 'bccRecipients'] as const;

/** Keeps a message as one that its mailbox sent. [Graph: user: sendMail, message: reply] */
export async function keepSent(mailbox: string, message: JsonObject, event: OperationEvent): Promise<Entity> {
  const { entities, model } = event;
  const folder = await entities.at(`${mailbox}/mailFolders/${SENT}`);
  const collection = `${mailbox}/${MESSAGES}`;
  const type = model.entityTypeOrThrow(MESSAGE);
  const members = {
    parentFolderId: folder.document['id'] ?? null,
    isRead: true,
    ...(await sentMembers(collection, message, event)),
  };
  const sent = await createTree(collection, type, { ...message, ...declaredOf(type, members) }, event);
  await entities.link(folder, MESSAGES, sent);
  return sent;
}

/** What a message says once it is sent; it comes from the owner of the mailbox unless it says otherwise. [Graph: message resource type, from and sender] */
export async function sentMembers(collection: string, message: JsonObject, event: OperationEvent): Promise<JsonObject> {
  const { now } = event;
  const from = message['from'] ?? message['sender'] ?? (await senderOf(collection, event));
  const senders = from === undefined ? {} : { from, sender: message['sender'] ?? from };
  return { isDraft: false, sentDateTime: now, ...senders };
}

/** The owner of the mailbox that a collection is in, as a recipient; undefined where nobody knows its address. */
export async function senderOf(collection: string, { entities }: OperationEvent): Promise<JsonObject | undefined> {
  const owner = await ownerOf(collection, entities);
  const address = owner?.['mail'] ?? owner?.['userPrincipalName'];
  return typeof address === 'string'
    ? { emailAddress: { name: owner!['displayName'] ?? address, address } }
    : undefined;
}

/** Whether it is a message, or one of the types that derive from it, such as invitations. */
export function isMessage(item: Entity | undefined, { model }: OperationEvent): item is Entity {
  return item !== undefined && model.entityTypeOrThrow(item.row.type).isOrDerivesFrom(model.entityTypeOrThrow(MESSAGE));
}

/** Schemas differ in how they write the names of parameters. */
export function parameter({ parameters }: OperationEvent, name: string): JsonValue | undefined {
  return [...parameters].find(([each]) => each.toLowerCase() === name)?.[1];
}

/** [microsoftgraph/msgraph-sdk-dotnet#1891] */
export function refuseWithoutRecipients(message: JsonObject): void {
  const hasAny = RECIPIENTS.some((name) => Array.isArray(message[name]) && message[name].length > 0);
  if (!hasAny) throw badRequest('A message needs a recipient to be sent.', { target: RECIPIENTS[0] });
}
