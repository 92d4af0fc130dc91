import { isJsonObject, type EntityType } from '../../edm/index.js';
import { badRequest, methodNotAllowed, notFound } from '../../error/index.js';
import {
  containerOf,
  planRead,
  type CollectionTarget,
  type EntityTarget,
  type ReferenceTarget,
} from '../../plan/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { countAnnotation } from '../payload/count-annotation.js';
import { readJson } from '../payload/read-body.js';
import { refuseNull } from '../payload/property-value.js';
import { readMembers } from '../payload/read-delta.js';
import { resourcePath } from '../payload/resource-path.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';
import { changeEntity } from '../writes/change-entity.js';
import { replaceMembers } from '../writes/change-related.js';
import { entityOfId } from '../writes/entity-id.js';
import { membersBehind } from '../writes/members.js';
import { relationAt } from '../writes/relation-at.js';
import { relate, unrelate } from '../writes/relate.js';
import { relatedRows } from '../writes/related-rows.js';
import { writeContext } from '../writes/write-context.js';

import { holdStored } from './hold.js';
import { tellsCount } from './tells-count.js';
import { locate } from '../locate.js';
import { materializeMembers } from '../materialize.js';
import { refuseMissingParent } from './missing-parent.js';
import type { Operation } from './operation.js';
import { pagingOf } from './page.js';
import { planContextOf } from '../plan-context.js';
import { refuseRebinding } from '../restrictions.js';

/** `GET …/$ref`: entity ids instead of entities. [OData-JSON 14, OData-Protocol 11.2.8] */
export const readReferences: Operation<ReferenceTarget> = {
  options: ['filter', 'orderby', 'search', 'top', 'skip', 'count', 'skiptoken', 'format'],
  run: (exchange) => {
    const { of } = exchange.target;
    return of.kind === 'entity' ? readReference(exchange, of) : readCollection(exchange, of);
  },
};

const COLLECTION_OPTIONS = ['filter', 'orderby', 'search', 'top', 'skip', 'count', 'skiptoken'] as const;

async function readReference(exchange: Exchange, target: EntityTarget): Promise<ServiceResponse> {
  const refused = COLLECTION_OPTIONS.find((name) => exchange.tree.options[name] !== undefined);
  if (refused !== undefined)
    throw badRequest(`$${refused} cannot be applied to the reference of a single entity.`, { target: `$${refused}` });
  const row = await locate(target, exchange.space, exchange.parts);
  return json(exchange, 200, `{${contextAnnotation(exchange, '$ref')}${idMember(exchange, row, target.type)}}`);
}

async function readCollection(exchange: Exchange, target: CollectionTarget): Promise<ServiceResponse> {
  const { tree, space } = exchange;
  const paging = pagingOf(exchange);
  await materializeMembers(target, exchange);
  const plan = planRead(target, tree.options, paging.page, planContextOf(exchange));
  const count = countAnnotation(tellsCount(exchange) ? await space.count(plan) : undefined, exchange.format);
  const ids: string[] = [];
  let nextLink = '';
  let last: Parameters<typeof paging.nextLink>[0] | undefined;
  for await (const row of space.read(plan)) {
    if (ids.length === paging.size) {
      nextLink = last === undefined ? '' : `,"@odata.nextLink":${JSON.stringify(paging.nextLink(last))}`;
      break;
    }
    ids.push(`{${idMember(exchange, row, target.type)}}`);
    last = row;
  }
  if (last === undefined) await refuseMissingParent(target, space, exchange.parts);
  return json(
    exchange,
    200,
    `{${contextAnnotation(exchange, 'Collection($ref)')}${count}"value":[${ids.join(',')}]${nextLink}}`,
  );
}

/** `POST …/members/$ref` adds a reference. [OData-Protocol 11.4.6.1] */
export const addReference: Operation<ReferenceTarget> = {
  options: [],
  async run(exchange) {
    const { of } = exchange.target;
    if (of.kind === 'entity')
      throw methodNotAllowed('A single reference is set by PUT.', ['GET', 'PUT', 'DELETE', 'HEAD']);
    await relateTo(exchange, await idOf(exchange));
    return noContent();
  },
};

/** `PUT …/manager/$ref` sets a reference, and `PUT …/members/$ref` all of a collection. [OData-Protocol 11.4.6.3, 11.4.6.4] */
export const setReferences: Operation<ReferenceTarget> = {
  options: [],
  async run(exchange) {
    if (exchange.target.of.kind === 'collection') await replaceReferences(exchange);
    else await relateTo(exchange, await idOf(exchange));
    return noContent();
  },
};

async function relateTo(exchange: Exchange<ReferenceTarget>, id: string): Promise<void> {
  const via = navigationOf(exchange.target.of);
  const { parent } = via;
  await exchange.space.write(async (unit) => {
    const context = writeContext(exchange, unit);
    const row = await holdStored(exchange, parent, unit);
    refuseNull(row, via);
    const relation = relationAt(via, row, exchange.parts);
    refuseRebinding(containerOf(parent, exchange.parts.model), relation);
    await relate(row, relation, await entityOfId(id, context, relation.property.name), context);
  });
}

async function replaceReferences(exchange: Exchange<ReferenceTarget>): Promise<void> {
  const via = navigationOf(exchange.target.of);
  const { parent } = via;
  const items = readMembers(await readJson(exchange.request, exchange.parts.profile.limits.maxBody));
  const other = items.find((item) => item.kind !== 'reference');
  if (other !== undefined)
    throw badRequest(`'${other.target}' must be a reference: an "@odata.id" alone.`, { target: other.target });
  await exchange.space.write(async (unit) => {
    const context = writeContext(exchange, unit);
    const row = await holdStored(exchange, parent, unit);
    refuseNull(row, via);
    const relation = relationAt(via, row, exchange.parts);
    const container = containerOf(parent, exchange.parts.model);
    refuseRebinding(container, relation);
    if (relation.kind === 'contained')
      throw badRequest(`'${relation.property.name}' contains its entities; they cannot be referred to from elsewhere.`);
    const members = membersBehind(row, relation, container, context);
    const before = await relatedRows(row, relation, context);
    await replaceMembers(items, before, members, { verb: 'replace', changeEntity }, context);
  });
}

/** `DELETE …/members/{id}/$ref`, `…/members/$ref?$id=…`, `…/manager/$ref`. [OData-Protocol 11.4.6.2] */
export const removeReference: Operation<ReferenceTarget> = {
  options: ['id'],
  async run(exchange) {
    const { of } = exchange.target;
    const via = navigationOf(of);
    const { parent } = via;
    const id = exchange.tree.options.id?.value;
    if (of.kind === 'entity' && of.within !== undefined && id !== undefined)
      throw badRequest('The reference is named twice: by its key in the path, and by $id.', { target: '$id' });
    if (of.kind === 'collection' && id === undefined)
      throw badRequest('Say which reference to remove: by its key in the path, or by $id.', { target: '$id' });
    await exchange.space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      const row = await holdStored(exchange, parent, unit);
      refuseNull(row, via);
      const relation = relationAt(via, row, exchange.parts);
      refuseRebinding(containerOf(parent, exchange.parts.model), relation);
      const other =
        id !== undefined
          ? await entityOfId(id, context, '$id')
          : of.kind === 'entity' && relation.property.isCollection
            ? await locate(of, unit, exchange.parts)
            : undefined;
      if ((await unrelate(row, relation, other, context)) === 0)
        throw notFound(`There is no such reference in '${relation.property.name}'.`);
    });
    return noContent();
  },
};

function navigationOf(target: CollectionTarget | EntityTarget): NonNullable<CollectionTarget['via']> {
  if (target.via === undefined) throw badRequest('References belong to navigation properties; this path names none.');
  return target.via;
}

async function idOf({ request, parts }: Exchange): Promise<string> {
  const body = await readJson(request, parts.profile.limits.maxBody);
  const id = isJsonObject(body) ? (body['@odata.id'] ?? body['@id']) : undefined;
  if (typeof id !== 'string')
    throw badRequest('The body of a reference needs an "@odata.id" with the id of an entity.', { target: '@odata.id' });
  return id;
}

function idMember(
  { request, parts }: Exchange,
  row: { readonly type: string; readonly collection: string; readonly key: string },
  declared: EntityType,
): string {
  return `"@odata.id":${JSON.stringify(`${request.root}/${resourcePath(typeOfRow(row, parts, declared), row)}`)}`;
}
