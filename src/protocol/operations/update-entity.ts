import { badRequest, hasStatus, notFound, preconditionFailed } from '../../error/index.js';
import { containerOf, type EntityTarget } from '../../plan/index.js';
import type { Row, Unit } from '../../store/index.js';
import type { JsonValue } from '../../edm/index.js';
import { isJsonObject } from '../../edm/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { readJson } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';
import { annotated } from '../writes/annotated.js';
import { changeEntity } from '../writes/change-entity.js';
import { insertEntity } from '../writes/insert-entity.js';
import { slotOf } from '../writes/slot.js';
import { writeContext, type WriteContext } from '../writes/write-context.js';

import { createdAnswer } from './create-entity.js';
import { entityAnswer, etagFor } from './entity-answer.js';
import { holdEntity } from './hold.js';
import type { Operation } from './operation.js';
import { requiredOnInsert } from '../restrictions.js';
import { isComputed } from '../row-kind.js';
import { locateStored } from '../materialize.js';
import { asksForRepresentation, shownEntity, type ShownEntity } from './shown-entity.js';

/** `PATCH` of an entity: what is given changes, all else stays. [OData-Protocol 11.4.3] */
export const updateEntity: Operation<EntityTarget> = {
  options: ['select', 'expand', 'format'],
  run: (exchange) => change(exchange, 'update'),
};

/** `PUT` of an entity: what is left out gets its default. [OData-Protocol 11.4.3] */
export const replaceEntity: Operation<EntityTarget> = {
  options: ['select', 'expand', 'format'],
  run: (exchange) => change(exchange, 'replace'),
};

interface Changed {
  readonly shown: ShownEntity;
  readonly isNew: boolean;
  /** Whether the request named the type; the answer does then, too. */
  readonly typeWasGiven: boolean;
}

async function change(exchange: Exchange<EntityTarget>, kind: 'update' | 'replace'): Promise<ServiceResponse> {
  const { target, parts, request, space } = exchange;
  const body = await readJson(request, parts.profile.limits.maxBody);
  if (body === undefined) throw badRequest('The request body is empty; an update needs a JSON object.');
  const { shown, isNew, typeWasGiven } = await space.write(async (unit): Promise<Changed> => {
    const context = writeContext(exchange, unit);
    const present = await presentRow(exchange, unit);
    if (present === undefined)
      return { shown: await upsert(exchange, body, context), isNew: true, typeWasGiven: false };
    const type = typeOfRow(present, parts);
    const draft = annotated(parts.validator.read(type, body, { kind }), request);
    const changed = await changeEntity(present, draft, kind, containerOf(target, parts.model), context);
    const shown = await shownEntity(exchange, target, changed, unit);
    return { shown, isNew: false, typeWasGiven: draft.typeWasGiven };
  });
  return isNew ? createdAnswer(exchange, target, shown, false) : changedAnswer(exchange, shown, typeWasGiven);
}

/** The row to change; undefined where an upsert may create it. [OData-Protocol 11.4.4] */
async function presentRow(exchange: Exchange<EntityTarget>, unit: Unit): Promise<Row | undefined> {
  const { target, parts, request } = exchange;
  try {
    const row = await holdEntity(exchange, target, unit);
    return isComputed(row) ? await locateStored(target, unit, parts) : row;
  } catch (error) {
    const isFree = target.address !== undefined && !target.isImplied;
    const through = target.via?.relation.property;
    const mayCreate = isFree && parts.profile.upserts(target.type, request.method, through);
    if (!hasStatus(error, 404) || !mayCreate) throw error;
    if (request.headers.has('if-match')) throw preconditionFailed('The entity that If-Match asks for does not exist.');
    return undefined;
  }
}

async function upsert(exchange: Exchange<EntityTarget>, body: JsonValue, context: WriteContext): Promise<ShownEntity> {
  const { target, parts } = exchange;
  const slot = await slotOf(target.within ?? target, context);
  const withKey = isJsonObject(body) && target.address?.key !== '' ? { ...body, ...keyMembers(target) } : body;
  const draft = parts.validator.read(target.type, withKey, {
    kind: 'create',
    required: requiredOnInsert(target.origin),
  });
  const row = await insertEntity(draft, slot, context, { keepsKey: true });
  return shownEntity(exchange, target, row, context.unit, draft);
}

/** The key of the URL, as members of a payload. */
function keyMembers({ type, address }: EntityTarget): Record<string, JsonValue> {
  const parts =
    type.key.length === 1 ? [address!.key] : address!.key.split(',').map((part) => part.slice(part.indexOf('=') + 1));
  return Object.fromEntries(
    type.key.map((key, index) => {
      const scalar = key.property.type;
      if (scalar.kind === 'entity' || scalar.kind === 'complex') throw notFound('The key has no scalar value.');
      const reading = scalar.fromText(decodeURIComponent(parts[index]!), {});
      return [key.name, 'value' in reading ? reading.value : null];
    }),
  );
}

function changedAnswer(
  exchange: Exchange<EntityTarget>,
  { row, plan }: ShownEntity,
  alwaysType: boolean,
): ServiceResponse {
  const preference = returnPreference(exchange.preferences);
  const headers = preferenceApplied(appliedReturn(exchange.preferences));
  const { updateReturns } = exchange.parts.profile;
  const implied = asksForRepresentation(exchange) ? 'representation' : updateReturns(typeOfRow(row, exchange.parts));
  if ((preference ?? implied) === 'representation') {
    return entityAnswer(exchange, exchange.target, row, plan, { headers, alwaysType });
  }
  const etag = etagFor(exchange, exchange.target, row);
  return noContent(etag === undefined ? headers : [['ETag', etag], ...headers]);
}
