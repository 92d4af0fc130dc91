import { isJsonObject, type EntityType, type JsonObject, type JsonValue, type Model } from '../edm/index.js';
import { badRequest, ServiceError } from '../error/index.js';
import type { Draft } from '../validation/index.js';

import type { Seeding } from './seeding.js';

/** What is wrong is taken out in rounds, since one fault may hide another. */
const MOST_ROUNDS = 20;

/**
 * Reads an entity as the service reads one, but takes out what the schema does not know or allow, and reports it.
 * Example: of `{"id": "1", "colour": "red"}` remains `{"id": "1"}`.
 */
export function tolerantDraft(declared: EntityType, given: JsonObject, seeding: Seeding): Draft {
  let json = withConcreteType(declared, given, seeding.model);
  for (let round = 0; ; round++) {
    try {
      return seeding.validator.read(declared, json, { kind: 'create' });
    } catch (error) {
      if (!(error instanceof ServiceError) || seeding.isStrict || round === MOST_ROUNDS) throw error;
      const targets = error.details.flatMap(({ target }) => (target === undefined ? [] : [target]));
      const rest = targets.toReversed().reduce(without, json);
      if (JSON.stringify(rest) === JSON.stringify(json)) throw error;
      seeding.dropped.push(...error.details);
      json = withConcreteType(declared, rest, seeding.model);
    }
  }
}

/**
 * The type of an entity that names none: the declared one, unless that is abstract or another knows more of its members.
 * Example: an item of `members` with a `mailNickname` is no bare directory object.
 */
export function concreteTypeFor(declared: EntityType, json: JsonObject, model: Model): EntityType {
  const names = Object.keys(json).filter((name) => !name.includes('@'));
  const knownBy = (type: EntityType): number => names.filter((name) => type.member(name) !== undefined).length;
  let best = declared.isAbstract ? undefined : declared;
  let most = best === undefined ? -1 : knownBy(best);
  if (most === names.length) return declared;
  for (const type of model.derivedTypes(declared) as readonly EntityType[]) {
    const known = type.isAbstract ? -1 : knownBy(type);
    if (known > most) [best, most] = [type, known];
  }
  if (best === undefined)
    throw badRequest(`The type '${declared.qualifiedName}' is abstract, and nothing derives from it.`);
  return best;
}

function withConcreteType(declared: EntityType, json: JsonObject, model: Model): JsonObject {
  const text = json['@odata.type'];
  const named = typeof text === 'string' ? model.structuredType(text.slice(text.indexOf('#') + 1)) : undefined;
  const isNamed = named?.kind === 'entity' && named.isOrDerivesFrom(declared);
  if (isNamed && !named.isAbstract) return json;
  const type = concreteTypeFor(isNamed ? named : declared, json, model);
  return type === declared && text === undefined ? json : { ...json, '@odata.type': `#${type.qualifiedName}` };
}

/** A payload without the member that a violation names: `a/0/b`. What cannot be found takes what it stands in with it. */
function without(json: JsonObject, target: string): JsonObject {
  return (removed(json, target.split('/')) as JsonObject | undefined) ?? json;
}

function removed(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (Array.isArray(value)) {
    const index = Number(step);
    const item = value[index];
    if (item === undefined) return value;
    const remaining = removed(item, rest);
    return remaining === undefined ? value.toSpliced(index, 1) : value.toSpliced(index, 1, remaining);
  }
  if (!isJsonObject(value)) return undefined;
  const member = value[step];
  if (member === undefined) return undefined;
  const remaining = removed(member, rest);
  const copy = { ...value };
  if (remaining === undefined) delete copy[step];
  else copy[step] = remaining;
  return copy;
}
