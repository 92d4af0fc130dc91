import { randomUUID } from 'node:crypto';

import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { missingIn } from './first-values.js';
import { parameter } from './sent-mail.js';
import { stampNew } from './timestamps.js';

const MEETING = 'microsoft.graph.onlineMeeting';
const CREATE_OR_GET = 'microsoft.graph.createOrGet';
const GIVEN = ['chatInfo', 'endDateTime', 'externalId', 'participants', 'startDateTime', 'subject'];

/** Each user has one meeting by an external id. [Graph: onlineMeeting: createOrGet] */
export function onlineMeetings(model: Model): Behavior {
  const meeting = model.type(MEETING);
  const isDeclared = meeting?.kind === 'entity' && meeting.properties.has('externalId');
  return isDeclared && model.operations(CREATE_OR_GET).length > 0 ? { action: { [CREATE_OR_GET]: createOrGet } } : {};
}

const createOrGet: Handler<OperationEvent, OperationResult> = async (event, next) => {
  const { collection, entities, model, now } = event;
  const externalId = parameter(event, 'externalid');
  if (collection === undefined || typeof externalId !== 'string') return next();
  const type = model.entityTypeOrThrow(MEETING);
  const given: JsonObject = Object.fromEntries(
    GIVEN.filter((name) => type.properties.has(name))
      .map((name) => [name, parameter(event, name.toLowerCase()) ?? null] as const)
      .filter(([, value]) => value !== null),
  );
  refuseTimes(given);
  await entities.claim(`${collection}/${externalId}`);
  const [known] = await entities.having(type, [collection], { externalId });
  if (known !== undefined) return known;
  const document: JsonObject = { id: randomUUID(), ...given };
  stampNew(document, MEETING, now, model);
  Object.assign(document, await missingIn(document, collection, type, event));
  return entities.create(collection, MEETING, document);
};

function refuseTimes({ startDateTime, endDateTime }: JsonObject): void {
  const target = 'endDateTime';
  if (endDateTime === undefined) return;
  if (startDateTime === undefined) throw badRequest('A meeting that ends has a startDateTime.', { target });
  if (Date.parse(String(endDateTime)) < Date.parse(String(startDateTime)))
    throw badRequest('A meeting does not end before it starts.', { target });
}
