import type { JsonObject } from '../../edm/index.js';
import { badRequest, notFound, preconditionFailed, preconditionRequired } from '../../error/index.js';
import { isDependent } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { Draft, NestedItem } from '../../validation/index.js';

import { demandsCondition, refuseNested, requiredOnInsert } from '../restrictions.js';
import { checkPayloadEtag } from '../headers/etag.js';
import { typeOfRow } from '../row-type.js';
import { entityOfId } from './entity-id.js';
import { insertEntity } from './insert-entity.js';
import { isWithin, prefixOf, storedMember, type Members } from './members.js';
import { relate, unrelate } from './relate.js';
import { isRelated } from './related-rows.js';
import { removeEntity } from './remove-entity.js';
import type { WriteContext } from './write-context.js';

/** How entities that exist are changed: each may hold further ones in turn. */
export interface Manner {
  readonly verb: 'update' | 'replace';
  changeEntity(
    present: Row,
    draft: Draft,
    verb: Manner['verb'],
    container: Members['container'],
    context: WriteContext,
  ): Promise<Row>;
}

/** Makes an entity a member: one that exists is changed as the verb says, and any other is created. [OData-Protocol 11.4.3.1] */
export async function putMember(
  item: Exclude<NestedItem, { kind: 'removed' }>,
  members: Members,
  { verb, changeEntity }: Manner,
  context: WriteContext,
): Promise<Row> {
  if (item.kind === 'reference') {
    const other = await entityOfId(item.id, context, item.target);
    await attach(other, item.target, members, context);
    return other;
  }
  const present = await storedMember(item.json, item.target, members, context);
  if (present === undefined) return create(item, members, context);
  refuseUnconditional(item, members, context);
  const { parts } = context;
  const type = typeOfRow(present, parts);
  if (!type.isOrDerivesFrom(members.type))
    throw badRequest(`'${item.target}' is of the type '${type.qualifiedName}', which does not belong here.`, {
      target: item.target,
    });
  refuseNested(members.origin, verb === 'update' ? 'PATCH' : 'PUT', item.target);
  const draft = parts.validator.read(type, item.json, { kind: verb }, prefixOf(item.target));
  const row = await changeEntity(present, draft, verb, members.container, context);
  await attach(row, item.target, members, context);
  return (await context.unit.get(row)) ?? row;
}

/** Ends a membership: the entity goes too where the reason says so, and where it cannot be without its owner. */
export async function removeMember(
  item: Extract<NestedItem, { kind: 'removed' }>,
  members: Members,
  context: WriteContext,
): Promise<Row> {
  const { json, target, reason } = item;
  const row = await storedMember(json, target, members, context);
  if (row === undefined) throw notFound(`There is no such entity to remove at '${target}'.`, { target });
  refuseUnconditional(item, members, context);
  const etag = etagIn(json);
  if (context.checksEtags && etag !== undefined) checkPayloadEtag(etag, row, target);
  await dropMember(row, reason, target, members, context);
  return row;
}

/** Takes one stored entity out of its members. */
export async function dropMember(
  row: Row,
  reason: 'changed' | 'deleted',
  target: string,
  members: Members,
  context: WriteContext,
): Promise<void> {
  const { via } = members;
  const isMember =
    via === undefined ? isWithin(row, members, context) : await isRelated(via.row, via.relation, row, context);
  if (!isMember) throw notFound(`'${target}' names an entity that is no member.`, { target });
  if (via !== undefined && reason === 'changed') {
    await unrelate(via.row, via.relation, row, context);
    return;
  }
  refuseNested(members.origin, 'DELETE', target);
  await removeEntity(row, members.container, context);
}

/** Within a payload, a set that demands conditions gets them as ETags, which count as of 4.01. [OData-Protocol 11.4.1.1] */
function refuseUnconditional(
  { json, target }: { readonly json: JsonObject; readonly target: string },
  { origin }: Members,
  { parts, checksEtags }: WriteContext,
): void {
  if (!parts.profile.demandsConditions || !demandsCondition(origin)) return;
  if (checksEtags && etagIn(json) !== undefined) return;
  throw preconditionRequired(`The change of '${target}' needs its ETag, in a request of OData-Version 4.01.`, {
    target,
  });
}

function etagIn(json: JsonObject): string | undefined {
  const etag = json['@odata.etag'] ?? json['@etag'];
  return typeof etag === 'string' ? etag : undefined;
}

async function create(
  { json, target }: { readonly json: JsonObject; readonly target: string },
  members: Members,
  context: WriteContext,
): Promise<Row> {
  refuseNested(members.origin, 'POST', target);
  const { parts, checksEtags } = context;
  const use = { kind: 'create', required: requiredOnInsert(members.origin) } as const;
  const draft = parts.validator.read(members.type, json, use, prefixOf(target));
  if (checksEtags && draft.etag !== undefined)
    throw preconditionFailed(`The entity of '${target}', which its ETag asks for, does not exist.`, { target });
  const row = await insertEntity(draft, members.slot(), context);
  const { via } = members;
  if (via?.relation.kind === 'constrained' && isDependent(via.relation))
    await relate(via.row, via.relation, row, context);
  return row;
}

async function attach(row: Row, target: string, members: Members, context: WriteContext): Promise<void> {
  const { via } = members;
  if (!isWithin(row, members, context))
    throw badRequest(`'${target}' names an entity that stands elsewhere and cannot be moved here.`, { target });
  if (via !== undefined && !(await isRelated(via.row, via.relation, row, context)))
    await relate(via.row, via.relation, row, context);
}
