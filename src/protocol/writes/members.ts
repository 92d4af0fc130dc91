import type { EntitySet, EntityType, JsonObject, NavigationProperty, Singleton } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';
import { boundSet, isUmbrella, keyOfDocument, keyPredicate, type Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { rowAtPath } from './entity-id.js';
import { ownerKey, relatedSlot, type Slot } from './slot.js';
import type { WriteContext } from './write-context.js';

/** The entities of a collection, or behind a navigation property, as writes meet them. */
export interface Members {
  readonly type: EntityType;
  /** What makes an entity a member: to stand in a set, to stand below another entity, or a relation to one. */
  readonly kind: 'set' | 'contained' | 'related';
  /** The entity to which the members are related, and how. */
  readonly via: { readonly row: Row; readonly relation: Relation } | undefined;
  /** Where new members go; throws where the schema names no place for them. */
  slot(): Slot;
  /** The set or singleton whose bindings lead on from the members. */
  readonly container: EntitySet | Singleton | undefined;
  /** What in the model has the annotations that govern them. */
  readonly origin: EntitySet | Singleton | NavigationProperty | undefined;
}

/** The entities behind a navigation property of a stored entity. */
export function membersBehind(
  row: Row,
  relation: Relation,
  from: EntitySet | Singleton | undefined,
  context: WriteContext,
): Members {
  const { property } = relation;
  const isContained = relation.kind === 'contained';
  const container = boundSet(context.parts.model, from, property, relation.within);
  return {
    type: property.type,
    kind: isContained ? 'contained' : 'related',
    via: isContained ? undefined : { row, relation },
    container,
    origin: isContained ? property : (container ?? property),
    slot: () => relatedSlot(row, relation, from, context),
  };
}

/** The members of the collection that a slot belongs to. */
export function membersAt(slot: Slot, origin: Members['origin']): Members {
  const apart = origin?.kind === 'navigation' ? 'contained' : 'set';
  return {
    type: slot.type,
    kind: slot.via === undefined ? apart : 'related',
    via: slot.via,
    container: slot.container,
    origin,
    slot: () => slot,
  };
}

/**
 * The stored entity that an object of a payload means, by its id or its key, held for the writer; undefined where it
 * means none. Both must mean the same. [OData-Protocol 11.4.3.1]
 */
export async function storedMember(
  json: JsonObject,
  target: string,
  members: Members,
  context: WriteContext,
): Promise<Row | undefined> {
  const id = json['@odata.id'] ?? json['@id'];
  const key = keyIn(json, target, members, context);
  const byKey = await atKey(key, members, context);
  if (typeof id !== 'string') return byKey;
  const byId = await whereThereIsOne(() => rowAtPath(id, context));
  if (byId !== undefined && key !== undefined && (byKey === undefined || byKey.sequence !== byId.sequence))
    throw badRequest(`The id and the key of '${target}' name different entities.`, { target });
  return byId === undefined ? byKey : context.unit.hold(byId);
}

async function atKey(key: string | undefined, members: Members, context: WriteContext): Promise<Row | undefined> {
  const { unit } = context;
  if (members.kind === 'contained') {
    const { collection, isSingle } = members.slot();
    return isSingle || key !== undefined ? unit.hold({ collection, key: isSingle ? '' : key! }) : undefined;
  }
  const set = members.container;
  if (key === undefined || set === undefined) return undefined;
  const address = { collection: set.name, key };
  if (!isUmbrella(members.type, context.parts.model, context.parts.profile.path)) return unit.hold(address);
  const path = `${set.name}(${keyPredicate(members.type, key)})`;
  const found = await whereThereIsOne(() => rowAtPath(path, context));
  return found && unit.hold(found);
}

/**
 * The canonical key that an object gives; undefined unless it gives all of it. Behind a relation, parts of it that are
 * tied to the owner may be left out, as they may in URLs. [OData-URL 4.3.3]
 */
export function keyIn(
  json: JsonObject,
  target: string,
  { type, via }: Pick<Members, 'type' | 'via'>,
  { parts }: WriteContext,
): string | undefined {
  const names = type.key.map((key) => key.path[0]!);
  const tied = ownerKey(via);
  const given = names.filter((name) => (json[name] ?? null) !== null);
  if (names.length === 0 || names.some((name) => !given.includes(name) && (tied[name] ?? null) === null))
    return undefined;
  const members = Object.fromEntries(given.map((name) => [name, json[name]!]));
  const { document } = parts.validator.read(type, members, { kind: 'update' }, prefixOf(target));
  return keyOfDocument(type, { ...tied, ...document });
}

/** What the paths of an object's own members begin with. */
export function prefixOf(target: string): string {
  return target === '' ? '' : `${target}/`;
}

async function whereThereIsOne(find: () => Promise<Row>): Promise<Row | undefined> {
  try {
    return await find();
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** Whether an entity stands where the members do; related ones may stand anywhere. */
export function isWithin(row: Row, members: Members, context: WriteContext): boolean {
  if (members.kind === 'related') return true;
  if (members.kind === 'set' && isUmbrella(members.type, context.parts.model, context.parts.profile.path))
    return !row.collection.includes('/');
  return row.collection === members.slot().collection;
}
