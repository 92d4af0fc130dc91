import { randomBytes, randomUUID } from 'node:crypto';

import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Model, type StructuredType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { instantYearsAfter } from '../instant-after.js';

import { declaredActions } from './declared-actions.js';

const PROPERTY = 'passwordCredentials';

/** Length of the part of a secret that is kept as its hint. [Graph: passwordCredential resource type] */
const HINT = 3;

const LIFETIME_IN_YEARS = 2;

/** 32 characters: secrets have 16 to 64 of them. [Graph: passwordCredential resource type] */
const BYTES = 24;

/**
 * Passwords of applications and service principals are made by the service and told once; afterwards they are known by their
 * ids and hints. [Graph: application: addPassword, removePassword; servicePrincipal: addPassword, removePassword]
 */
export function applicationPasswords(model: Model): Behavior {
  return declaredActions({ addPassword: add, removePassword: remove }, model);
}

const add: Handler<OperationEvent, OperationResult> = async ({ binding, entities, model, now, parameters }, next) => {
  const type = binding && credentialTypeOf(binding, model);
  const owner = binding && (await entities.hold(binding.row));
  if (type === undefined || owner === undefined) return next();
  const given = parameters.get('passwordCredential') ?? null;
  const secretText = randomBytes(BYTES).toString('base64url');
  const credential = declaredOf(type, {
    customKeyIdentifier: null,
    ...lifetimeOf(isJsonObject(given) ? given : {}, now),
    displayName: (isJsonObject(given) ? given['displayName'] : null) ?? null,
    hint: secretText.slice(0, HINT),
    keyId: randomUUID(),
    secretText: null,
  });
  await entities.update(owner, { [PROPERTY]: [...passwordsOf(owner), credential] });
  return { ...credential, ...declaredOf(type, { secretText }) };
};

/** From now on for two years, unless something else is said. [Graph: application: addPassword, section "Request body"] */
function lifetimeOf({ startDateTime = null, endDateTime = null }: JsonObject, now: string): JsonObject {
  const start = String(startDateTime ?? now);
  const end = endDateTime ?? instantYearsAfter(start, LIFETIME_IN_YEARS);
  if (end !== null && instantOf(end) <= instantOf(start))
    throw badRequest('A password cannot end before it begins.', { target: 'passwordCredential/endDateTime' });
  return { startDateTime: start, endDateTime: end };
}

function instantOf(value: JsonValue): number {
  return Date.parse(String(value));
}

/** One that is not there is left to whatever answers for operations that nothing implements. */
const remove: Handler<OperationEvent, OperationResult> = async ({ binding, entities, model, parameters }, next) => {
  const owner = binding && (await entities.hold(binding.row));
  if (owner === undefined || credentialTypeOf(owner, model) === undefined) return next();
  const keyId = parameters.get('keyId') ?? null;
  const present = passwordsOf(owner);
  const kept = present.filter((each) => each['keyId'] !== keyId);
  if (kept.length === present.length) return next();
  await entities.update(owner, { [PROPERTY]: kept });
  return undefined;
};

function passwordsOf({ document }: Entity): JsonObject[] {
  const present = document[PROPERTY];
  return Array.isArray(present) ? present.filter(isJsonObject) : [];
}

/** The type of an entity's passwords, where this schema lets it have some. */
function credentialTypeOf({ row }: Entity, model: Model): StructuredType | undefined {
  const type = model.structuredType(row.type)?.properties.get(PROPERTY)?.type;
  return type?.kind === 'complex' ? type : undefined;
}
