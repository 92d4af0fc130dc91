import type { EntityType, NavigationProperty } from '../../edm/index.js';
import { badRequest, notFound, suggestion } from '../../error/index.js';
import { resolvePath, type CollectionTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { parsePath } from '../../url/index.js';
import type { NestedItem } from '../../validation/index.js';
import type { FailedOperation } from '../payload/failed-change.js';
import type { DeltaItem } from '../payload/read-delta.js';
import { typeOfRow } from '../row-type.js';

import { refuseRebinding } from '../restrictions.js';
import { changeEntity } from './change-entity.js';
import { containerOfCollection } from './container-of-collection.js';
import { entityOfId } from './entity-id.js';
import { membersAt, storedMember, type Members } from './members.js';
import { putMember, removeMember, type Manner } from './put-member.js';
import { relate, unrelate } from './relate.js';
import { isRelated } from './related-rows.js';
import { relationFrom, slotOf } from './slot.js';
import type { WriteContext } from './write-context.js';

/** What a change has come to. */
export type Applied =
  | { readonly kind: 'put'; readonly row: Row }
  | { readonly kind: 'removed'; readonly row: Row; readonly reason: 'changed' | 'deleted' }
  | { readonly kind: 'link' };

const UPDATE: Manner = { verb: 'update', changeEntity };

/** The members of the collection that a request is for. */
export async function membersOf(target: CollectionTarget, context: WriteContext): Promise<Members> {
  return membersAt(await slotOf(target, context), target.origin);
}

/** Makes one change of a list: entities are created or updated, or removed, links are made or taken away. [OData-Protocol 11.4.12] */
export async function applyChange(change: DeltaItem, collection: Members, context: WriteContext): Promise<Applied> {
  if (change.kind !== 'member') return applyLink(change, context);
  const members = await membersFor(change, collection, context);
  const { item } = change;
  if (item.kind !== 'removed') return { kind: 'put', row: await putMember(item, members, UPDATE, context) };
  const row = await removeMember(item, members, context);
  return { kind: 'removed', row, reason: members.kind === 'related' ? item.reason : 'deleted' };
}

/** What has failed, as far as what is stored can tell. */
export async function operationOf(
  change: DeltaItem,
  members: Members,
  context: WriteContext,
): Promise<FailedOperation> {
  if (change.kind !== 'member') return change.kind === 'link' ? 'link' : 'unlink';
  return memberOperation(change.item, members, context);
}

async function memberOperation(item: NestedItem, members: Members, context: WriteContext): Promise<FailedOperation> {
  switch (item.kind) {
    case 'reference':
      return 'link';
    case 'removed':
      return members.kind === 'related' && item.reason === 'changed' ? 'unlink' : 'delete';
    case 'entity':
      try {
        return (await storedMember(item.json, item.target, members, context)) === undefined ? 'insert' : 'update';
      } catch {
        // Its key or id cannot be read, which is what the change has failed for.
        return 'upsert';
      }
  }
}

/** Entities of another set name it in their context. [OData-JSON 15.4.2] */
async function membersFor(
  { set, item }: Extract<DeltaItem, { kind: 'member' }>,
  members: Members,
  context: WriteContext,
): Promise<Members> {
  if (set === undefined || set === members.container?.name || set === members.origin?.name) return members;
  const { model, profile } = context.parts;
  if (model.container?.child(set)?.kind !== 'entitySet')
    throw badRequest(`The context of '${item.target}' names '${set}', which is no entity set.`, {
      target: item.target,
    });
  const target = resolvePath(parsePath(set), { model, rules: profile.path, aliases: new Map() });
  if (target.kind !== 'collection') throw badRequest(`'${set}' is no collection.`, { target: item.target });
  return membersOf(target, context);
}

async function applyLink(change: Exclude<DeltaItem, { kind: 'member' }>, context: WriteContext): Promise<Applied> {
  const { source, relationship, linked, target } = change;
  const row = await entityOfId(source, context, `${target}/source`);
  const held = (await context.unit.hold(row)) ?? row;
  const type = typeOfRow(row, context.parts);
  const property = navigationNamed(relationship, type, target);
  const container = containerOfCollection(row.collection, context.parts.model);
  refuseRebinding(container, { property });
  const relation = relationFrom(container, { property }, context);
  const other = await entityOfId(linked, context, `${target}/target`);
  const isThere = await isRelated(held, relation, other, context);
  if (change.kind === 'link') {
    if (!isThere) await relate(held, relation, other, context);
  } else if (!isThere) {
    throw notFound(`There is no such link to remove at '${target}'.`, { target });
  } else await unrelate(held, relation, other, context);
  return { kind: 'link' };
}

/** `Tags`, or `ns.Order/Tags` with a cast. */
function navigationNamed(path: string, type: EntityType, target: string): NavigationProperty {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const property = type.navigationProperties.get(name);
  if (property !== undefined) return property;
  const hint = suggestion(name, type.navigationProperties.keys());
  throw badRequest(`'${name.slice(0, 100)}' is no navigation property of '${type.qualifiedName}'.${hint}`, {
    target: `${target}/relationship`,
  });
}
