import { randomBytes } from 'node:crypto';

import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import { writeJson, type JsonObject, type Model } from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';

const PASS = 'microsoft.graph.temporaryAccessPassAuthenticationMethod';

/** `defaultLifetimeInMinutes` where no policy says otherwise. [Graph: temporaryAccessPassAuthenticationMethodConfiguration resource type] */
const LIFETIME_IN_MINUTES = 60;

/**
 * A pass is made by the service and told once: whoever reads it later finds null. A user has one, so that a new one takes
 * the place of the last. [Graph: Create temporaryAccessPassMethod, temporaryAccessPassAuthenticationMethod resource type]
 */
export function temporaryAccessPasses(model: Model): Behavior {
  return model.type(PASS)?.kind === 'entity' ? { create: { [PASS]: create } } : {};
}

const create: Handler<CreateEvent, Entity> = async (event, next) => {
  const { collection, document, entities, model, type } = event;
  const pass = model.entityTypeOrThrow(type);
  Object.assign(document, declaredOf(pass, { ...usabilityOf(event), temporaryAccessPass: null }));
  await entities.claim(writeJson([PASS, collection]));
  const earlier = (await entities.all(collection)).filter(({ row }) => row.type === PASS);
  for (const each of earlier) await entities.remove(each);
  const { row, document: stored } = await next();
  const told = { ...stored, ...declaredOf(pass, { temporaryAccessPass: randomBytes(6).toString('base64url') }) };
  return { row: { ...row, document: writeJson(told) }, document: told };
};

function usabilityOf({ document, now }: CreateEvent): JsonObject {
  const { isUsableOnce = null, lifetimeInMinutes = null, startDateTime = null } = document;
  const start = startDateTime ?? now;
  const isUsable = Date.parse(String(start)) <= Date.parse(now);
  return {
    isUsable,
    isUsableOnce: isUsableOnce ?? false,
    lifetimeInMinutes: lifetimeInMinutes ?? LIFETIME_IN_MINUTES,
    methodUsabilityReason: isUsable ? 'EnabledByPolicy' : 'NotYetValid',
    startDateTime: start,
  };
}
