import { changedMeanwhile } from '../error/index.js';
import {
  firstMembers,
  pathOfAddress,
  targetAt,
  wholeRows,
  type CollectionTarget,
  type EntityTarget,
  type Source,
} from '../plan/index.js';
import type { NewRow, Row, Space, Unit } from '../store/index.js';
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
  return isComputed(row) ? storeComputed(target, unit, parts) : unit.insert(newRow(row));
}

/** A computed entity gets a row of its own, as long as what it is computed from is there. */
async function storeComputed(target: EntityTarget, unit: Unit, parts: ServiceParts): Promise<Row> {
  const owner = await locateStored(target.via!.parent, unit, parts);
  const row = await computedMember(target, owner, 'stored', unit, parts);
  if (row === undefined) throw changedMeanwhile('entity');
  return unit.insert(newRow(row), owner);
}

function newRow({ collection, key, type, document, sent }: Row): NewRow {
  return { collection, key, type, document, sent };
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
