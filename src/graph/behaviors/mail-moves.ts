import { randomUUID } from 'node:crypto';

import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type Model } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { CHILD_FOLDERS, isFirst, MAIL_FOLDER, mailboxOf, MESSAGE, MESSAGES } from '../mailboxes.js';

import { declaredActions } from './declared-actions.js';
import { refuseCircle } from './folder-trees.js';
import { keyOfId } from './key-of-id.js';
import { createTree, treeOf } from './mail-trees.js';
import { relink } from './relink.js';
import { isMessage, keepSent, parameter, refuseWithoutRecipients, SENT, sentMembers } from './sent-mail.js';

/**
 * Messages and folders are moved and copied to other folders, and what is sent is kept in that of sent messages. A message
 * that is moved has another id. [Graph: message: move, copy and send; mailFolder: move and copy; user: sendMail]
 */
export function mailMoves(model: Model): Behavior {
  if (model.type(MAIL_FOLDER)?.kind !== 'entity') return {};
  return declaredActions({ move, copy, send, sendMail }, model);
}

type OperationHandler = Handler<OperationEvent, OperationResult>;

const move: OperationHandler = async (event, next) => {
  const { binding: item, entities } = event;
  if (!isMail(item, event)) return next();
  const folder = await destination(item, event);
  if (item.row.type !== MAIL_FOLDER) return current(await moveMessage(item, folder, {}, event), event);
  if (isFirst(item.row)) throw badRequest('What every mailbox has from the start cannot be moved.');
  await refuseCircle(item, folder, entities, DESTINATION);
  const before = await foldersOf(item, CHILD_FOLDERS, event);
  const moved = await entities.update(item, declaredIn(item, placed(folder), event));
  await relink(moved, CHILD_FOLDERS, before, [folder], entities);
  return current(moved, event);
};

const copy: OperationHandler = async (event, next) => {
  const { binding: item } = event;
  if (!isMail(item, event)) return next();
  const folder = await destination(item, event);
  if (item.row.type !== MAIL_FOLDER) return current(await copyMessage(item, folder, event), event);
  await refuseCircle(item, folder, event.entities, DESTINATION);
  return current(await copyFolder(item, folder, event), event);
};

/** A draft that is sent is one no more. */
const send: OperationHandler = async (event, next) => {
  const { binding: draft } = event;
  if (!isMessage(draft, event)) return next();
  if (draft.document['isDraft'] === false) throw badRequest('The message was sent already.');
  refuseWithoutRecipients(draft.document);
  const members = await sentMembers(draft.row.collection, draft.document, event);
  await moveMessage(draft, await folderOf(draft, SENT, event), members, event);
  return undefined;
};

const sendMail: OperationHandler = async (event, next) => {
  const { binding: user } = event;
  const message = parameter(event, 'message');
  if (user === undefined || !isJsonObject(message)) return next();
  refuseWithoutRecipients(message);
  if (parameter(event, 'savetosentitems') === false) return undefined;
  await keepSent(`${user.row.collection}/${user.row.key}`, message, event);
  return undefined;
};

const DESTINATION = 'destinationId';

function isMail(item: Entity | undefined, event: OperationEvent): item is Entity {
  return item?.row.type === MAIL_FOLDER || isMessage(item, event);
}

async function destination(item: Entity, event: OperationEvent): Promise<Entity> {
  const id = String(parameter(event, 'destinationid'));
  const unknown = () => badRequest(`The mailbox has no folder '${id}'.`, { target: DESTINATION });
  const key = keyOfId(id);
  if (key === undefined) throw unknown();
  try {
    return await folderOf(item, key, event);
  } catch (error) {
    throw hasStatus(error, 404) ? unknown() : error;
  }
}

function folderOf({ row }: Entity, key: string, { entities }: OperationEvent): Promise<Entity> {
  return entities.at(`${mailboxOf(row.collection)}/mailFolders/${key}`);
}

/** The folders that hold a message or a folder. */
function foldersOf(item: Entity, property: string, { entities, model }: OperationEvent): Promise<readonly Entity[]> {
  return entities.holding(item, model.entityTypeOrThrow(MAIL_FOLDER), property);
}

function placed(folder: Entity): JsonObject {
  return { parentFolderId: folder.document['id'] ?? null };
}

function declaredIn({ row }: Entity, members: JsonObject, { model }: OperationEvent): JsonObject {
  return declaredOf(model.entityTypeOrThrow(row.type), members);
}

/** With all that it contains, and under another id. */
async function moveMessage(message: Entity, folder: Entity, more: JsonObject, event: OperationEvent): Promise<Entity> {
  const { entities } = event;
  const before = await foldersOf(message, MESSAGES, event);
  const id = randomUUID();
  const changes = { ...declaredIn(message, { ...placed(folder), ...more }, event), id };
  const moved = await entities.move(message, { collection: message.row.collection, key: id }, changes);
  await relink(moved, MESSAGES, before, [folder], entities);
  return moved;
}

/** An entity as it is once its folders count it. */
async function current(item: Entity, { entities }: OperationEvent): Promise<Entity> {
  return (await entities.get(item.row)) ?? item;
}

async function copyFolder(folder: Entity, parent: Entity, event: OperationEvent): Promise<Entity> {
  const { entities } = event;
  const changes = { ...declaredIn(folder, placed(parent), event), id: randomUUID() };
  const created = await entities.create(folder.row.collection, MAIL_FOLDER, { ...folder.document, ...changes });
  await entities.link(parent, CHILD_FOLDERS, created);
  for (const message of await entities.related(folder, MESSAGES)) await copyMessage(message, created, event);
  for (const child of await entities.related(folder, CHILD_FOLDERS)) await copyFolder(child, created, event);
  return created;
}

async function copyMessage(message: Entity, folder: Entity, event: OperationEvent): Promise<Entity> {
  const { entities, model } = event;
  const whole = { ...(await treeOf(message, event)), ...declaredIn(message, placed(folder), event) };
  const created = await createTree(message.row.collection, model.entityTypeOrThrow(MESSAGE), whole, event);
  await entities.link(folder, MESSAGES, created);
  return created;
}
