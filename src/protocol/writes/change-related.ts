import { badRequest, hasStatus } from '../../error/index.js';
import { keyOfDocument, type Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { NestedItem, RelatedChange } from '../../validation/index.js';
import { documentOf } from '../row-document.js';

import { refuseDeep, refuseRebinding } from '../restrictions.js';
import { entityOfId } from './entity-id.js';
import { keyIn, membersBehind, type Members } from './members.js';
import { dropMember, putMember, removeMember, type Manner } from './put-member.js';
import { relate, unrelate } from './relate.js';
import { relatedRows } from './related-rows.js';
import { removeEntity } from './remove-entity.js';
import { relationFrom, type Slot } from './slot.js';
import type { WriteContext } from './write-context.js';

/**
 * Makes the entities behind one navigation property what the payload says: those it names exist afterwards as it says,
 * and of a whole collection no others are related. [OData-Protocol 11.4.3.1]
 */
export async function changeRelated(
  row: Row,
  change: RelatedChange,
  manner: Manner,
  container: Slot['container'],
  context: WriteContext,
): Promise<void> {
  const { property } = change;
  refuseRebinding(container, change);
  const relation = relationFrom(container, change, context);
  switch (change.kind) {
    case 'empty':
      return empty(row, relation, container, context);
    case 'bind':
      for (const id of change.ids) await relate(row, relation, await entityOfId(id, context, property.name), context);
      return;
    case 'whole':
    case 'delta': {
      if (change.items.some((item) => item.kind !== 'reference'))
        refuseDeep([container, context.parts.model.container], 'DeepUpdateSupport', property.name);
      const members = membersBehind(row, relation, container, context);
      if (change.kind === 'delta') return applyDelta(change.items, members, manner, context);
      if (!property.isCollection) return putSingle(change.items[0]!, members, manner, context);
      await replaceMembers(change.items, await relatedRows(row, relation, context), members, manner, context);
    }
  }
}

/** The entities given are the members from now on. */
export async function replaceMembers(
  items: readonly NestedItem[],
  before: readonly Row[],
  members: Members,
  manner: Manner,
  context: WriteContext,
): Promise<Row[]> {
  const rows = new Map<number, Row>();
  for (const item of items) {
    if (item.kind === 'removed') continue;
    const row = await putMember(item, members, manner, context);
    if (rows.has(row.sequence))
      throw badRequest(`'${item.target}' names an entity that stands in the list already.`, { target: item.target });
    rows.set(row.sequence, row);
  }
  for (const row of before) {
    if (rows.has(row.sequence)) continue;
    const present = await context.unit.hold(row);
    if (present !== undefined) await dropMember(present, 'changed', members.origin?.name ?? '', members, context);
  }
  return [...rows.values()];
}

async function applyDelta(
  items: readonly NestedItem[],
  members: Members,
  manner: Manner,
  context: WriteContext,
): Promise<void> {
  for (const item of items) {
    if (item.kind === 'removed') await removedFrom(item, members, context);
    else await putMember(item, members, manner, context);
  }
}

/** Within a payload an entity that is not there is a mistake of the payload. */
async function removedFrom(item: Extract<NestedItem, { kind: 'removed' }>, members: Members, context: WriteContext) {
  try {
    await removeMember(item, members, context);
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    throw badRequest(error.message, { target: item.target, cause: error });
  }
}

/** A contained entity is changed where it stands, unless the payload gives it another key. */
async function putSingle(item: NestedItem, members: Members, manner: Manner, context: WriteContext): Promise<void> {
  if (item.kind === 'removed') return;
  if (members.kind === 'contained' && item.kind === 'entity') {
    const present = await context.unit.hold({ collection: members.slot().collection, key: '' });
    const key = keyIn(item.json, item.target, members, context);
    if (present !== undefined && key !== undefined && key !== keyOf(present, members))
      await removeEntity(present, members.container, context);
  }
  await putMember(item, members, manner, context);
}

function keyOf(row: Row, { type }: Members): string {
  return keyOfDocument(type, documentOf(row));
}

async function empty(row: Row, relation: Relation, container: Slot['container'], context: WriteContext): Promise<void> {
  if (relation.kind !== 'contained') {
    await unrelate(row, relation, undefined, context);
    return;
  }
  const members = membersBehind(row, relation, container, context);
  for (const each of await relatedRows(row, relation, context))
    await dropMember(each, 'deleted', relation.property.name, members, context);
}
