import { randomUUID } from 'node:crypto';

import type { Entity, OperationEvent } from '../../behavior/index.js';
import type { EntityType, JsonObject, JsonValue } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';

import { areAttached, ATTACHMENTS, HAS_ATTACHMENTS } from './attachments.js';
import { missingIn } from './first-values.js';
import { derive } from './outlook-items.js';
import { stampNew } from './timestamps.js';

/** A document with what the entity contains within it, as payloads have it. */
export async function treeOf(item: Entity, event: OperationEvent): Promise<JsonObject> {
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

/** Creates what a document describes, with what stands within it, each under an id of its own and completed as new ones are. */
export async function createTree(
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
  stampNew(document, type.qualifiedName, event.now, model);
  derive(document, {}, type);
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
