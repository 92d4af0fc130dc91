import { randomUUID } from 'node:crypto';

import { type EntityType, type JsonObject, type Scalar, writeJson } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import { keyOfDocument, type CollectionTarget, type EntityTarget } from '../../plan/index.js';
import type { Address, NewRow, Row, Unit } from '../../store/index.js';
import type { Draft } from '../../validation/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { returnPreference } from '../headers/preferences.js';
import { readJson } from '../payload/read-body.js';
import { resourcePath } from '../payload/resource-path.js';

import { entityAnswer, etagFor } from './entity-answer.js';
import { addressOf } from './locate.js';
import type { Operation } from './operation.js';
import { EVERYTHING } from './plan-row.js';
import { requiredOnInsert } from './rules-of.js';
import { pathOfAddress } from '../../plan/index.js';

/** `POST` to a collection. [OData-Protocol 11.4.2] */
export const createEntity: Operation<CollectionTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, parts, request, space } = exchange;
    const body = await readJson(request, parts.profile.limits.maxBody);
    if (body === undefined) throw badRequest('The request body is empty; a create needs a JSON object.');
    const draft = parts.validator.read(target.type, body, {
      kind: 'create',
      required: requiredOnInsert(target.origin),
    });
    refuseRelated(draft);
    const document = withKey(draft, parts.profile.acceptsClientKeys, (type) => parts.profile.newKey(type));
    const row = await space.write((unit) => insert(exchange, unit, draft, document));
    return created(exchange, row, draft);
  },
};

async function insert(
  { target, parts }: Exchange<CollectionTarget>,
  unit: Unit,
  draft: Draft,
  document: JsonObject,
): Promise<Row> {
  const parent = target.via === undefined ? undefined : await addressOf(target.via.parent, unit, parts);
  const collection = target.collection ?? `${pathOfAddress(parent!)}/${target.via!.relation.property.name}`;
  const row: NewRow = {
    collection,
    key: keyOfDocument(draft.type as EntityType, document),
    type: draft.type.qualifiedName,
    document: writeJson(document),
    sent: draft.sent.size === 0 ? undefined : writeJson(Object.fromEntries(draft.sent)),
  };
  return unit.insert(row, parentToCheck(target.via?.parent, parent));
}

/** A singleton is there without a row of its own. */
function parentToCheck(parent: EntityTarget | undefined, address: Address | undefined): Address | undefined {
  return parent === undefined || parent.isSingleton ? undefined : address;
}

function created(exchange: Exchange<CollectionTarget>, row: Row, draft: Draft) {
  const { target, request, preferences } = exchange;
  const location = `${request.root}/${resourcePath(target.type, row)}`;
  const entity = memberOf(target, row);
  const preference = returnPreference(preferences);
  const headers: [string, string][] = [['Location', location]];
  if (preference !== undefined) headers.push(['Preference-Applied', `return=${preference}`]);
  if (preference === 'minimal') {
    const etag = etagFor(exchange, entity, row);
    return noContent([
      ...headers,
      ['OData-EntityId', location],
      ...(etag === undefined ? [] : [['ETag', etag] as const]),
    ]);
  }
  return entityAnswer(exchange, entity, row, EVERYTHING, { status: 201, alwaysType: draft.typeWasGiven, headers });
}

/** The target of one member of a collection, by its stored address. */
export function memberOf(collection: CollectionTarget, address: Address): EntityTarget {
  const { type, declaredType, typeNames, origin, via, contextPath } = collection;
  return {
    kind: 'entity',
    type,
    declaredType,
    typeNames,
    origin,
    via,
    contextPath,
    source: { kind: 'entity', collection: address.collection, key: address.key },
    address,
    isSingleton: false,
    within: collection,
  };
}

function withKey(
  draft: Draft,
  acceptsClientKeys: boolean,
  newKey: (type: EntityType) => Scalar | undefined,
): JsonObject {
  const document = { ...draft.document };
  const type = draft.type as EntityType;
  for (const key of type.key) {
    const [name] = key.path;
    if (name === undefined || key.path.length > 1) continue;
    const generated = type.key.length === 1 ? newKey(type) : undefined;
    if (document[name] !== undefined && (acceptsClientKeys || generated === undefined)) continue;
    if (generated === undefined)
      throw badRequest(`The key property '${name}' of '${type.qualifiedName}' is missing.`, { target: name });
    document[name] = generated;
  }
  return document;
}

function refuseRelated(draft: Draft): void {
  const related = [...draft.links, ...draft.children][0];
  if (related !== undefined) {
    throw notImplemented(
      `Creating an entity together with related ones ('${related.property.name}') is not supported.`,
      { target: related.property.name },
    );
  }
}

/** A fresh GUID for keys that can hold one. */
export function randomKey(type: EntityType): Scalar | undefined {
  const [key, ...others] = type.key;
  const name = key?.property.type.qualifiedName;
  return others.length === 0 && (name === 'Edm.String' || name === 'Edm.Guid') ? randomUUID() : undefined;
}
