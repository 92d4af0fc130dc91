import {
  isJsonObject,
  parseJson,
  writeJson,
  type EntityType,
  type JsonObject,
  type JsonValue,
} from '../../edm/index.js';
import { badRequest, conflict, notImplemented } from '../../error/index.js';
import { keyOfDocument, type EntityTarget } from '../../plan/index.js';
import type { NewRow, Row } from '../../store/index.js';
import type { Draft, Use } from '../../validation/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { checkConditions } from '../headers/etag.js';
import { returnPreference } from '../headers/preferences.js';
import { readJson } from '../payload/read-body.js';

import { entityAnswer, etagFor } from './entity-answer.js';
import { locate } from './locate.js';
import type { Operation } from './operation.js';
import { EVERYTHING } from './plan-row.js';

/** `PATCH` of an entity: what is given changes, all else stays. [OData-Protocol 11.4.3] */
export const updateEntity: Operation<EntityTarget> = {
  options: ['format'],
  run: (exchange) => change(exchange, 'update'),
};

async function change(exchange: Exchange<EntityTarget>, kind: Use['kind']) {
  const { target, parts, request, space } = exchange;
  const body = await readJson(request, parts.profile.limits.maxBody);
  if (body === undefined) throw badRequest('The request body is empty; an update needs a JSON object.');
  const row = await space.write(async (unit) => {
    const present = await locate(target, unit, parts);
    checkConditions(request, present);
    const type = parts.model.entityTypeOrThrow(present.type);
    const draft = parts.validator.read(type, body, { kind });
    if (draft.links.length + draft.children.length > 0) {
      throw notImplemented('Updating an entity together with related ones is not supported.');
    }
    const next = merge(present, draft, type);
    const stored = present.version === 0 ? await unit.insert(next) : await unit.replace(next, present.version);
    if (stored === undefined) throw conflict('The entity was changed by another request at the same time.');
    return stored;
  });
  return updated(exchange, row);
}

function updated(exchange: Exchange<EntityTarget>, row: Row) {
  const preference = returnPreference(exchange.preferences);
  const headers: [string, string][] = preference === undefined ? [] : [['Preference-Applied', `return=${preference}`]];
  if ((preference ?? exchange.parts.profile.updateReturns) === 'representation') {
    return entityAnswer(exchange, exchange.target, row, EVERYTHING, { headers });
  }
  const etag = etagFor(exchange, exchange.target, row);
  return noContent(etag === undefined ? headers : [['ETag', etag], ...headers]);
}

/** The present document with the draft laid over it. A key may be repeated, but not changed. */
function merge(present: Row, draft: Draft, type: EntityType): NewRow {
  const before = parseJson(present.document) as JsonObject;
  const document = overlay(before, draft.document);
  const key = type.key.length === 0 || present.key === '' ? present.key : keyOfDocument(type, document);
  if (key !== present.key)
    throw badRequest('The key of an entity cannot be changed.', {
      target: type.key.map((each) => each.name).join(','),
    });
  const sent = overlaySent(present.sent === undefined ? {} : (parseJson(present.sent) as JsonObject), draft);
  return {
    collection: present.collection,
    key,
    type: present.type,
    document: writeJson(document),
    sent: Object.keys(sent).length === 0 ? undefined : writeJson(sent),
  };
}

/** Members of complex values that are not given stay as they are, unless the value changes its type. */
function overlay(before: JsonObject, given: JsonObject): JsonObject {
  const result = { ...before };
  for (const [name, value] of Object.entries(given)) {
    const present = result[name];
    result[name] =
      isJsonObject(value) && isJsonObject(present) && isSameType(present, value) ? overlay(present, value) : value;
  }
  return result;
}

function isSameType(present: JsonObject, given: JsonObject): boolean {
  const type: JsonValue | undefined = given['@odata.type'];
  return type === undefined || type === present['@odata.type'];
}

/** Texts as they were sent, of what the update leaves alone and of what it brings. */
function overlaySent(before: JsonObject, draft: Draft): JsonObject {
  const given = pointers(draft.document, '');
  const kept = Object.entries(before).filter(
    ([pointer]) => !given.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
  );
  return Object.fromEntries([...kept, ...draft.sent]);
}

/** JSON Pointers of all values of a document that are no objects. */
function pointers(value: JsonObject, prefix: string): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const pointer = `${prefix}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return isJsonObject(member) ? pointers(member, pointer) : [pointer];
  });
}
