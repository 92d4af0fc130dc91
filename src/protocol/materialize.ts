import {
  firstMembers,
  pathOfAddress,
  targetAt,
  wholeRows,
  type CollectionTarget,
  type EntityTarget,
  type Source,
} from '../plan/index.js';
import type { Row, Space, Unit } from '../store/index.js';
import type { Exchange, ServiceParts } from './exchange.js';

import { computedMember, mayBeComputed } from './computed-member.js';
import { locate } from './locate.js';
import { isComputed, isStored } from './row-kind.js';
import { planContextOf } from './plan-context.js';

/** The row of an entity for writes that need one to exist: one that is there without a row gets it now. */
export async function locateStored(target: EntityTarget, unit: Unit, parts: ServiceParts): Promise<Row> {
  const row = await locate(target, unit, parts);
  // What an operation gave is not to be stored.
  if (isStored(row) || (isComputed(row) && !mayBeComputed(target, parts))) return row;
  if (target.via?.parent.isImplied === true) await locateStored(target.via.parent, unit, parts);
  // Another request may write it at the same time.
  await unit.claim(pathOfAddress(row));
  const present = await unit.get(row);
  if (present !== undefined) return present;
  const { collection, key, type, document, sent } = isComputed(row) ? await storable(target, row, unit, parts) : row;
  return unit.insert({ collection, key, type, document, sent });
}

/** What is computed of an entity that is about to have a row. */
async function storable(target: EntityTarget, row: Row, unit: Unit, parts: ServiceParts): Promise<Row> {
  const owner = await locateStored(target.via!.parent, unit, parts);
  return (await computedMember(target, owner, 'stored', unit, parts)) ?? row;
}

/** Gives an entity that is there without one its row, so that what hangs on it can be read in one statement with it. */
export async function materialize(target: EntityTarget, space: Space, parts: ServiceParts): Promise<void> {
  if (target.isImplied) await space.write((unit) => locateStored(target, unit, parts));
}

/**
 * Gives those members of a collection their rows that are there without one, and among all entities the singletons, so that
 * they are found with the others. [OData-URL 4.16]
 */
export async function materializeMembers(target: CollectionTarget, exchange: Exchange): Promise<void> {
  const { space, parts } = exchange;
  for (const member of firstMembers(target, planContextOf(exchange)))
    if ((await storedRow(member, space)) === undefined) await materialize(member, space, parts);
  for (const collection of collectionsOf(target.source)) {
    const singleton = targetAt({ collection }, planContextOf(exchange));
    if (singleton?.kind !== 'entity' || !singleton.isImplied || singleton.type.isAbstract) continue;
    if ((await space.get({ collection, key: '' })) === undefined) await materialize(singleton, space, parts);
  }
}

function storedRow({ address, type, source }: EntityTarget, space: Space): Promise<Row | undefined> {
  return address === undefined ? space.first(wholeRows(type, source)) : space.get(address);
}

function collectionsOf(source: Source): readonly string[] {
  if (source.kind === 'matching') return collectionsOf(source.of);
  return source.kind === 'collections' ? source.collections : [];
}
