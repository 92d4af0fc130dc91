import type { Behavior, CreateEvent, DeleteEvent, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { JsonObject, JsonValue, Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import {
  besideIn,
  CALENDAR,
  CALENDAR_OF_MAILBOX,
  CHILD_FOLDERS,
  CONTACT_FOLDER,
  DRAFTS,
  EVENT,
  EVENTS,
  isFirst,
  MAIL_FOLDER,
  MESSAGE,
  MESSAGES,
} from '../mailboxes.js';

import { refuseCircle } from './folder-trees.js';
import { keyOfId } from './key-of-id.js';
import { relink } from './relink.js';

const PARENT = 'parentFolderId';

/**
 * A message that is created in no folder is a draft, and an event that is created in no calendar is in the default one;
 * folders and calendars go with what is in them. [Graph: Create message, Create event, Delete mailFolder, Delete calendar]
 */
export function mailboxItems(model: Model): Behavior {
  const isDeclared = (...names: string[]): boolean => names.every((name) => model.type(name)?.kind === 'entity');
  return {
    create: {
      ...(isDeclared(MAIL_FOLDER) ? { [MAIL_FOLDER]: createFolder } : {}),
      ...(isDeclared(MAIL_FOLDER, MESSAGE) ? { [MESSAGE]: createMessage } : {}),
      ...(isDeclared(CONTACT_FOLDER) ? { [CONTACT_FOLDER]: createFolder } : {}),
      ...(isDeclared(CALENDAR, EVENT) ? { [EVENT]: createEvent } : {}),
    },
    update: {
      ...(isDeclared(MAIL_FOLDER) ? { [MAIL_FOLDER]: refuseOtherFolder } : {}),
      ...(isDeclared(MAIL_FOLDER, MESSAGE) ? { [MESSAGE]: refuseOtherFolder } : {}),
      ...(isDeclared(CONTACT_FOLDER) ? { [CONTACT_FOLDER]: moveFolder } : {}),
      ...(isDeclared(CALENDAR, EVENT) ? { [EVENT]: updateEvent } : {}),
    },
    delete: {
      ...(isDeclared(MAIL_FOLDER) ? { [MAIL_FOLDER]: removeFolder } : {}),
      ...(isDeclared(CONTACT_FOLDER) ? { [CONTACT_FOLDER]: removeFolder } : {}),
      ...(isDeclared(CALENDAR) ? { [CALENDAR]: removeCalendar } : {}),
    },
  };
}

const createMessage: Handler<CreateEvent, Entity> = async (event, next) => {
  const { document, model, type } = event;
  const folder = await holderOf(event, MESSAGES, folderNamed(document['parentFolderId']) ?? DRAFTS);
  if (folder === undefined) return next();
  const { id } = folder.document;
  const parentFolderId = document['parentFolderId'] ?? id ?? null;
  if (parentFolderId !== id)
    throw badRequest(`The message is created in the folder '${String(id)}', not where its parentFolderId says.`, {
      target: 'parentFolderId',
    });
  const members = { isDraft: true, isRead: true, ...document, parentFolderId };
  Object.assign(document, declaredOf(model.entityTypeOrThrow(type), members));
  return createIn(folder, event, MESSAGES, next);
};

/** A folder that is created in another one says so. [Graph: Create child folder] */
const createFolder: Handler<CreateEvent, Entity> = ({ via, document, model, type }, next) => {
  const parentFolderId = via?.property === CHILD_FOLDERS ? (via.entity.document['id'] ?? null) : undefined;
  if (parentFolderId !== undefined)
    Object.assign(document, declaredOf(model.entityTypeOrThrow(type), { parentFolderId }));
  return next();
};

/** Messages and mail folders stay where they are when they are updated. [Graph: Update message, Update mailFolder] */
const refuseOtherFolder: Handler<UpdateEvent, Entity> = (event, next) => {
  if (isMoved(event)) throw badRequest(`'${PARENT}' is not changed by an update.`, OTHER_PARENT);
  return next();
};

/** A folder of contacts is moved by the id of its new parent. The one that all are in is none of them. [Graph: Update contactfolder] */
const moveFolder: Handler<UpdateEvent, Entity> = async (event, next) => {
  if (!isMoved(event)) return next();
  const { entity, document, entities, model } = event;
  const { row } = entity;
  const key = keyOfId(String(document[PARENT] ?? ''));
  const parent = key === undefined ? undefined : await entities.get({ collection: row.collection, key });
  const before = await entities.holding(entity, model.entityTypeOrThrow(row.type), CHILD_FOLDERS);
  if (parent === undefined && before.length === 0) return next();
  if (parent === undefined) throw badRequest('There is no such folder to move this one to.', OTHER_PARENT);
  await refuseCircle(entity, parent, entities, PARENT);
  const changed = await next();
  await relink(changed, CHILD_FOLDERS, before, [parent], entities);
  return changed;
};

const OTHER_PARENT = { target: PARENT };

function isMoved({ entity, document }: UpdateEvent): boolean {
  return (document[PARENT] ?? null) !== (entity.document[PARENT] ?? null);
}

const createEvent: Handler<CreateEvent, Entity> = async (event, next) => {
  const { document, model, type } = event;
  if ((document['type'] ?? null) === null)
    Object.assign(document, declaredOf(model.entityTypeOrThrow(type), { type: typeOfEvent(document) }));
  const calendar = await holderOf(event, EVENTS, CALENDAR_OF_MAILBOX);
  return calendar === undefined ? next() : createIn(calendar, event, EVENTS, next);
};

/** An event becomes a series by its recurrence, and ceases to be one without it. [Graph: event resource type] */
const updateEvent: Handler<UpdateEvent, Entity> = ({ entity, document }, next) => {
  const isDerived = entity.document['type'] === typeOfEvent(entity.document);
  if (isDerived && document['type'] === entity.document['type']) document['type'] = typeOfEvent(document);
  return next();
};

function typeOfEvent({ recurrence = null }: JsonObject): string {
  return recurrence === null ? 'singleInstance' : 'seriesMaster';
}

function folderNamed(id: JsonValue | undefined): string | undefined {
  const key = typeof id === 'string' ? keyOfId(id) : undefined;
  return key === undefined ? undefined : `mailFolders/${key}`;
}

/** The folder or calendar that something is created in; undefined where that is no part of a mailbox. */
async function holderOf(
  { via, collection, entities, model }: CreateEvent,
  property: string,
  standard: string,
): Promise<Entity | undefined> {
  if (via?.property === property) return via.entity;
  const path = besideIn(collection, property, standard);
  if (path === undefined) return undefined;
  const [setName, , name] = path.split('/');
  const set = model.container?.child(setName!);
  const hasHolder = set?.kind === 'entitySet' && set.type.navigationProperties.has(name!);
  return hasHolder ? entities.at(path) : undefined;
}

async function createIn(
  holder: Entity,
  { via, entities }: CreateEvent,
  property: string,
  next: () => Promise<Entity>,
): Promise<Entity> {
  const created = await next();
  if (via === undefined) await entities.link(holder, property, created);
  return created;
}

const removeFolder: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
  refuseFirst(entity);
  const within = (await entities.reached(entity, CHILD_FOLDERS)).filter(
    ({ row }) => row.sequence !== entity.row.sequence,
  );
  for (const folder of [entity, ...within])
    for (const message of await entities.related(folder, MESSAGES)) await entities.remove(message);
  for (const folder of within) await entities.remove(folder);
  await next();
};

const removeCalendar: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
  refuseFirst(entity);
  for (const event of await entities.related(entity, EVENTS)) await entities.remove(event);
  await next();
};

function refuseFirst({ row }: Entity): void {
  if (isFirst(row)) throw badRequest('What every mailbox has from the start cannot be deleted.');
}
