import { oncePer, writeJson, type EntityType, type JsonObject } from '../edm/index.js';
import { ServiceError } from '../error/index.js';
import {
  firstMembers,
  keyOfDocument,
  pathOfAddress,
  wholeRows,
  type CollectionTarget,
  type EntityTarget,
  type Relation,
  type Source,
} from '../plan/index.js';
import type { Address, Row, Unit } from '../store/index.js';

import { entityTypeNamed } from './concrete-types.js';
import { putUnderHolder } from './held.js';
import { relate } from './relate.js';
import { concreteTypes, dependents, sampleEntity, sampleType, type Called, type SampleParts } from './sample-entity.js';
import { slotAt, type Slot } from './slots.js';
import { findEntity, isOfType, setBehind } from './store-entity.js';

export interface MakerOptions extends SampleParts {
  /** The row of an entity that is there without one, which it gets now. */
  readonly storeImplied: (target: EntityTarget, unit: Unit) => Promise<Row>;
  /** Entities of the space, beyond which none is made. */
  readonly most: number;
}

export function createMaker(options: MakerOptions) {
  const parts = { ...options, sampleOf: oncePer((type: EntityType) => withoutDependents(type, options)) };
  return {
    sampleOf: parts.sampleOf,
    make: (target: EntityTarget, unit: Unit, typeName?: string) =>
      counted({ ...parts, unit, count: 0 }, (making) => make(target, making, typeName)),
    makeFirst: (target: CollectionTarget | EntityTarget, unit: Unit) =>
      counted({ ...parts, unit, count: 0 }, (making) => makeFirst(target, making)),
  };
}

/** Foreign keys of samples would lead nowhere. */
function withoutDependents(type: EntityType, { sampleOf }: SampleParts): JsonObject {
  const names = new Set(dependents(type));
  return Object.fromEntries(Object.entries(sampleOf(type)).filter(([name]) => !names.has(name)));
}

interface Making extends MakerOptions {
  readonly unit: Unit;
  /** Entities that were made. */
  count: number;
}

/** What was found or made, and whether anything had to be made for it. */
async function counted(
  making: Making,
  work: (making: Making) => Promise<Row | undefined>,
): Promise<{ readonly row: Row; readonly isNew: boolean } | undefined> {
  const row = await work(making);
  return row && { row, isNew: making.count > 0 };
}

async function make(target: EntityTarget, making: Making, typeName?: string): Promise<Row | undefined> {
  const { unit, storeImplied } = making;
  const found = await findEntity(target, making);
  if (found !== undefined) return isOfType(found, target) ? found : undefined;
  const { via } = target;
  if (via !== undefined && (await make(via.parent, making)) === undefined) return undefined;
  if (target.isImplied) return storeImplied(target, unit);
  const called = calledBy(target);
  if (called === undefined || !leadsBack(via?.relation)) return undefined;
  // Another request may have made it since it was looked for.
  if (called.by === 'key' && (await isTaken(target, called.key, making))) return foundNow(target, making);
  return insert(target, called, typeFor(target, typeName, making), making);
}

/** The type that the request says, where that is one the place allows. */
function typeFor(target: EntityTarget, name: string | undefined, { model }: Making): EntityType | undefined {
  const named = name === undefined ? undefined : entityTypeNamed(name.slice(name.indexOf('#') + 1), model);
  const isFitting = named !== undefined && !named.isAbstract && named.isOrDerivesFrom(target.type);
  return isFitting ? named : sampleType(target, model);
}

/**
 * Whether a key is that of an entity which stands in the set without being reached, or which was removed from it; of
 * several sets under an umbrella from any, since the path does not say which is meant.
 */
async function isTaken(target: EntityTarget, key: string, making: Making): Promise<boolean> {
  const { unit } = making;
  const { type, source } = setBehind(target, making) ?? target;
  const collections = collectionsOf(source);
  for (const collection of collections) if (await unit.hasLost({ collection, key })) return true;
  const all: Source = { kind: 'keyed', of: { kind: 'collections', collections }, key };
  return (await unit.first(wholeRows(type, all))) !== undefined;
}

/** How a path calls an entity; undefined where it does so by its place in a tree, or not at all. */
function calledBy({ source, values, named, within }: EntityTarget): Called | undefined {
  if (values !== undefined)
    return named === undefined
      ? { by: 'values', values, origin: JSON.stringify([within?.contextPath, ...values]) }
      : undefined;
  if ((source.kind === 'entity' || source.kind === 'keyed') && source.key !== '') return { by: 'key', key: source.key };
  return undefined;
}

async function makeFirst(target: CollectionTarget | EntityTarget, making: Making): Promise<Row | undefined> {
  const { unit, model, rules } = making;
  const { via, source, declaredType } = target;
  const collections = source.kind === 'collections' ? source.collections : [];
  if (source.kind !== 'collections' && source.kind !== 'related') return undefined;
  if (target.kind === 'collection' && firstMembers(target, { model, rules }).length > 0) return undefined;
  if (via?.relation.kind === 'constrained' || !leadsBack(via?.relation)) return undefined;
  const parent = via === undefined ? undefined : await make(via.parent, making);
  if (via !== undefined && parent === undefined) return undefined;
  if ((await unit.first(wholeRows(declaredType, source))) !== undefined) return undefined;
  for (const collection of collections) if (await unit.hasLost({ collection })) return undefined;
  if (via?.relation.kind === 'linked' && (await unit.hasUnlinked(parent!, via.relation.storedAs))) return undefined;
  const origin = parent === undefined ? collections.join() : `${pathOfAddress(parent)}/${via!.relation.property.name}`;
  let first: Row | undefined;
  for (const type of firstTypes(target, making)) {
    const called: Called = { by: 'values', values: new Map(), origin: `${origin}/${type.qualifiedName}` };
    first = (await insert(target, called, type, making)) ?? first;
  }
  return first;
}

/**
 * One of each concrete type in a collection, and of each that has a set where entities are referred to; behind a
 * single-valued property there is one in all.
 */
function firstTypes(target: CollectionTarget | EntityTarget, { model }: Making): readonly EntityType[] {
  const { type, source } = target;
  const one = sampleType(target, model);
  if (one === undefined) return [];
  if (target.kind === 'entity') return [one];
  const concrete = concreteTypes(type, model);
  const isOwn = source.kind === 'collections' && source.collections.length === 1;
  const standing = isOwn ? concrete : concrete.filter((each) => model.setsOf(each).length > 0);
  return standing.length > 0 ? standing : [one];
}

/** Whether an entity can be put behind a navigation property: not where that goes on to what is reached from there. */
function leadsBack(relation: Relation | undefined): boolean {
  return relation?.kind !== 'linked' || !relation.isTransitive;
}

/** What others make at the same time is there once they are done; what stands there without being reached stays as it is. */
async function insert(
  target: CollectionTarget | EntityTarget,
  called: Called,
  type: EntityType | undefined,
  making: Making,
): Promise<Row | undefined> {
  const { unit, most } = making;
  if (type === undefined) return undefined;
  const document = sampleEntity(type, called, target, making);
  const slot = await slotFor(target, { type, document }, making);
  if (slot === undefined) return undefined;
  const address: Address = { collection: slot.collection, key: keyOfDocument(type, document) };
  await unit.claim(pathOfAddress(address));
  if ((await unit.get(address)) !== undefined) return foundNow(target, making);
  if ((await unit.hasLost(address)) || (await unit.holdsMore(most - 1))) return undefined;
  const row = await unit.insert({
    ...address,
    type: type.qualifiedName,
    document: writeJson(document),
    // Samples name their types.
    sent: writeJson({ '/@odata.type': `#${type.qualifiedName}` }),
  });
  if (slot.via !== undefined) await relate(slot.via.row, slot.via.relation, row, unit);
  else await putUnderHolder(row, making, (holder) => make(holder, making));
  making.count++;
  return row;
}

async function foundNow(target: CollectionTarget | EntityTarget, making: Making): Promise<Row | undefined> {
  if (target.kind === 'collection') return making.unit.first(wholeRows(target.type, target.source));
  const found = await findEntity(target, making);
  return found !== undefined && isOfType(found, target) ? found : undefined;
}

/** Where it goes; undefined where the schema knows no place for it. */
async function slotFor(
  target: CollectionTarget | EntityTarget,
  seeded: { readonly type: EntityType; readonly document: JsonObject },
  making: Making,
): Promise<Slot | undefined> {
  const parent = target.via === undefined ? undefined : await findParent(target.via.parent, making);
  try {
    return slotAt(target, seeded, parent, making);
  } catch (error) {
    if (error instanceof ServiceError && error.status === 400) return undefined;
    throw error;
  }
}

function findParent(parent: EntityTarget, making: Making): Promise<Row | undefined> {
  return parent.isImplied ? making.storeImplied(parent, making.unit) : findEntity(parent, making);
}

/** The collections that a key may pick from, where these are known. */
function collectionsOf(source: Source): readonly string[] {
  switch (source.kind) {
    case 'entity':
      return [source.collection];
    case 'collections':
      return source.collections;
    case 'keyed':
    case 'matching':
      return collectionsOf(source.of);
    default:
      return [];
  }
}
