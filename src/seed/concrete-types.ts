import {
  isJsonObject,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
  type StructuredType,
} from '../edm/index.js';

import { typeOf } from './mend.js';

/**
 * The type of an object that names none: the declared one, unless that is abstract or another knows more of its members.
 * Example: an item of `members` with a `mailNickname` is no bare directory object. Undefined where all are abstract.
 */
function nearestType<T extends StructuredType>(declared: T, json: JsonObject, model: Model): T | undefined {
  const names = Object.keys(json).filter((name) => !name.includes('@'));
  const knownBy = (type: StructuredType): number => names.filter((name) => type.member(name) !== undefined).length;
  let best = declared.isAbstract ? undefined : declared;
  let most = best === undefined ? -1 : knownBy(best);
  if (most === names.length) return declared;
  for (const type of model.derivedTypes(declared) as readonly T[]) {
    const known = type.isAbstract ? -1 : knownBy(type);
    if (known > most) [best, most] = [type, known];
  }
  return best;
}

/** An entity in which it, the entities within it and all complex values name their types, where the declared ones will not do. */
export function withConcreteTypes(declared: EntityType, json: JsonObject, model: Model): JsonObject {
  return typed(declared, json, model);
}

function typed(declared: StructuredType, json: JsonObject, model: Model): JsonObject {
  const named = typeOf(declared, json, model);
  const isNamed = json['@odata.type'] !== undefined && named !== declared;
  const type = isNamed && !named.isAbstract ? named : (nearestType(named, json, model) ?? named);
  const members = Object.entries(json).map(([name, value]) => {
    const member = type.member(name)?.type;
    const isStructured = member?.kind === 'complex' || member?.kind === 'entity';
    return [name, isStructured ? typedValue(member, value, model) : value] as const;
  });
  const result: JsonObject = Object.fromEntries(members);
  return type === declared || (isNamed && type === named)
    ? result
    : { ...result, '@odata.type': `#${type.qualifiedName}` };
}

function typedValue(declared: StructuredType, value: JsonValue, model: Model): JsonValue {
  if (Array.isArray(value)) return value.map((item) => typedValue(declared, item, model));
  return isJsonObject(value) ? typed(declared, value, model) : value;
}

/** The type of a stored entity; undefined where another service of the same tenant stored it with a type that this one lacks. */
export function entityTypeNamed(name: string, model: Model): EntityType | undefined {
  const type = model.type(name);
  return type?.kind === 'entity' ? type : undefined;
}
