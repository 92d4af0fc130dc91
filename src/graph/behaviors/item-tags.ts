import type { Behavior, CreateEvent, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { EntityType, JsonObject, JsonValue, Model } from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';

const ITEM = 'microsoft.graph.baseItem';
const VERSION = /,(\d+)"$/;

/**
 * Items of sites and drives tell their version: `eTag` that of all of them, `cTag` that of a file's content.
 * [Graph: baseItem, driveItem resource types]
 */
export function itemTags(model: Model): Behavior {
  if (model.type(ITEM)?.kind !== 'entity') return {};
  const create: Handler<CreateEvent, Entity> = ({ document, type, defaulted }, next) => {
    const isMissing = (name: string) => document[name] === undefined || defaulted.has(name);
    count(
      document,
      {},
      ['eTag', ...(isFile(document) ? ['cTag'] : [])].filter(isMissing),
      model.entityTypeOrThrow(type),
    );
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = ({ document, entity, type, stream }, next) => {
    const names = ['eTag', ...(stream !== undefined && isFile(document) ? ['cTag'] : [])];
    const isKept = (name: string) => document[name] === entity.document[name];
    count(document, entity.document, names.filter(isKept), model.entityTypeOrThrow(type));
    return next();
  };
  return { create: { [ITEM]: create }, update: { [ITEM]: update } };
}

function count(document: JsonObject, before: JsonObject, names: readonly string[], type: EntityType): void {
  const id = String(document['id']).toUpperCase();
  const tags = names.map((name) => {
    const version = versionOf(before[name]) + 1;
    return [name, name === 'cTag' ? `"c:{${id}},${String(version)}"` : `"{${id}},${String(version)}"`] as const;
  });
  Object.assign(document, declaredOf(type, Object.fromEntries(tags)));
}

function versionOf(tag: JsonValue | undefined): number {
  return Number(VERSION.exec(typeof tag === 'string' ? tag : '')?.[1] ?? 0);
}

function isFile({ file = null }: JsonObject): boolean {
  return file !== null;
}
