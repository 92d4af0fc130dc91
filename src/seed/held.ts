import { hasStatus } from '../error/index.js';
import { containerOf, type EntityTarget, type Target } from '../plan/index.js';
import type { Row } from '../store/index.js';

import { relate } from './relate.js';
import type { Seeding } from './seeding.js';
import { relationFrom } from './slots.js';
import { targetNamed } from './target-named.js';

/**
 * Puts a new entity that stands in a collection by itself under what holds such ones: an event under the default calendar.
 * `rowOf` gives the row of the holder.
 */
export async function putUnderHolder(
  row: Row,
  placing: Pick<Seeding, 'model' | 'rules' | 'unit'>,
  rowOf: (holder: EntityTarget) => Promise<Row | undefined>,
): Promise<void> {
  const { model, rules, unit } = placing;
  const named = rules.holderOf(row.collection);
  const holder = named && targetAt(named.path, placing);
  if (named === undefined || holder?.kind !== 'entity') return;
  const property = holder.type.navigationProperties.get(named.property);
  const parent = property && (await rowOf(holder));
  if (property === undefined || parent === undefined) return;
  await relate(parent, relationFrom(containerOf(holder, model), { property }, { model, rules }), row, unit);
}

/** A cut schema may not have the path. */
function targetAt(path: string, placing: Pick<Seeding, 'model' | 'rules'>): Target | undefined {
  try {
    return targetNamed(path, placing);
  } catch (error) {
    if (hasStatus(error, 404) || hasStatus(error, 400)) return undefined;
    throw error;
  }
}
