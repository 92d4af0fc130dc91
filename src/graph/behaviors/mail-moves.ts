import { randomUUID } from 'node:crypto';

import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type EntityType, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { badRequest, hasStatus, notImplemented } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { CHILD_FOLDERS, isFirst, MAIL_FOLDER, mailboxOf, MESSAGE, MESSAGES } from '../mailboxes.js';

import { areAttached, ATTACHMENTS, HAS_ATTACHMENTS } from './attachments.js';
import { missingIn } from './first-values.js';
import { refuseCircle } from './folder-trees.js';
import { keyOfId } from './key-of-id.js';
import { relink } from './relink.js';

const SENT = 'sentitems';
const RECIPIENTS = ['toRecipients', 'ccRecipients', 'bccRecipients'];

/**
 * Messages and folders are moved and copied to other folders, and what is sent is kept in that of sent messages. A message
 * that is moved has another id. [Graph: message: move, copy and send; mailFolder: move and copy; user: sendMail]
 */
export function mailMoves(model: Model): Behavior {
  if (model.type(MAIL_FOLDER)?.kind !== 'entity') return {};
  const actions = { move, copy, send, sendMail };
  const declared = Object.entries(actions)
    .map(([name, handler]) => [`microsoft.graph.${name}`, handler] as const)
    .filter(([name]) => model.operations(name).length > 0);
  return { action: Object.fromEntries(declared) };
}

type OperationHandler = Handler<OperationEvent, OperationResult>;

const move: OperationHandler = async (event, next) => {
  const { binding: item, entities } = event;
  if (!isMail(item)) return next();
  const folder = await destination(item, event);
  if (item.row.type === MESSAGE) return current(await moveMessage(item, folder, {}, event), event);
  if (isFirst(item.row)) throw badRequest('What every mailbox has from the start cannot be moved.');
  await refuseCircle(item, folder, entities, DESTINATION);
  const before = await foldersOf(item, CHILD_FOLDERS, event);
  const moved = await entities.update(item, declaredIn(item, placed(folder), event));
  await relink(moved, CHILD_FOLDERS, before, [folder], entities);
  return current(moved, event);
};

const copy: OperationHandler = async (event, next) => {
  const { binding: item } = event;
  if (!isMail(item)) return next();
  const folder = await destination(item, event);
  if (item.row.type === MESSAGE) return current(await copyMessage(item, folder, event), event);
  await refuseCircle(item, folder, event.entities, DESTINATION);
  return current(await copyFolder(item, folder, event), event);
};

/** A draft that is sent is one no more. */
const send: OperationHandler = async (event, next) => {
  const { binding: draft, now } = event;
  if (draft?.row.type !== MESSAGE) return next();
  if (draft.document['isDraft'] === false) throw badRequest('The message was sent already.');
  refuseWithoutRecipients(draft.document);
  await moveMessage(draft, await folderOf(draft, SENT, event), sentMembers(now), event);
  return undefined;
};

const sendMail: OperationHandler = async (event, next) => {
  const { binding: user, entities, model, now } = event;
  const message = parameter(event, 'message');
  if (user === undefined || !isJsonObject(message)) return next();
  refuseWithoutRecipients(message);
  if (parameter(event, 'savetosentitems') === false) return undefined;
  const mailbox = `${user.row.collection}/${user.row.key}`;
  const folder = await entities.at(`${mailbox}/mailFolders/${SENT}`);
  const type = model.entityTypeOrThrow(MESSAGE);
  const members = { ...placed(folder), ...sentMembers(now), isRead: true };
  const sent = await createTree(`${mailbox}/${MESSAGES}`, type, { ...message, ...declaredOf(type, members) }, event);
  await entities.link(folder, MESSAGES, sent);
  return undefined;
};

const DESTINATION = 'destinationId';

function isMail(item: Entity | undefined): item is Entity {
  return item?.row.type === MESSAGE || item?.row.type === MAIL_FOLDER;
}

/** Schemas differ in how they write the names of parameters. */
function parameter({ parameters }: OperationEvent, name: string): JsonValue | undefined {
  return [...parameters].find(([each]) => each.toLowerCase() === name)?.[1];
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

function sentMembers(now: string): JsonObject {
  return { isDraft: false, sentDateTime: now };
}

function declaredIn({ row }: Entity, members: JsonObject, { model }: OperationEvent): JsonObject {
  return declaredOf(model.entityTypeOrThrow(row.type), members);
}

/** [microsoftgraph/msgraph-sdk-dotnet#1891] */
function refuseWithoutRecipients(message: JsonObject): void {
  const hasAny = RECIPIENTS.some((name) => Array.isArray(message[name]) && message[name].length > 0);
  if (!hasAny) throw badRequest('A message needs a recipient to be sent.', { target: RECIPIENTS[0]! });
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

/** A document with what the entity contains within it, as payloads have it. */
async function treeOf(item: Entity, event: OperationEvent): Promise<JsonObject> {
  const { entities, model } = event;
  const document: JsonObject = { ...item.document, '@odata.type': item.row.type };
  for (const { name, isCollection } of model.entityTypeOrThrow(item.row.type).navigationProperties.values()) {
    const within = await entities.related(item, name);
    if (within.length === 0) continue;
    if (!isCollection) throw notImplemented(`The '${name}' of an attachment cannot be copied.`);
    const trees: JsonObject[] = [];
    for (const each of within) trees.push(await treeOf(each, event));
    document[name] = trees;
  }
  return document;
}

async function createTree(
  collection: string,
  declared: EntityType,
  { '@odata.type': name, ...tree }: JsonObject,
  event: OperationEvent,
): Promise<Entity> {
  const { entities, model } = event;
  const type = typeof name === 'string' ? model.entityTypeOrThrow(name.replace(/^#/, '')) : declared;
  const [document, within] = [{ id: randomUUID() } as JsonObject, [] as [string, JsonValue][]];
  for (const [member, value] of Object.entries(tree))
    if (type.navigationProperties.has(member)) within.push([member, value]);
    else if (member !== 'id') document[member] = value;
  const attached = within.find(([member]) => member === ATTACHMENTS)?.[1];
  if (Array.isArray(attached)) Object.assign(document, declaredOf(type, { [HAS_ATTACHMENTS]: areAttached(attached) }));
  Object.assign(document, await missingIn(document, collection, type, event));
  const created = await entities.create(collection, type.qualifiedName, document);
  for (const [member, items] of within) {
    if (!Array.isArray(items)) throw notImplemented(`The '${member}' of an attachment cannot be sent.`);
    const below = `${created.row.collection}/${created.row.key}/${member}`;
    const itemType = type.navigationProperties.get(member)!.type;
    for (const item of items) await createTree(below, itemType, item as JsonObject, event);
  }
  return created;
}
