import {
  isJsonObject,
  type EntityType,
  type EnumType,
  type JsonObject,
  type JsonValue,
  type Model,
  type NavigationProperty,
  type Property,
  type ScalarType,
  type StructuredType,
} from '../edm/index.js';

/** Texts of which each scalar type accepts one. */
const SAMPLES = ['2021-01-01T00:00:00Z', '2021-01-01', '00:00:00', 'PT0S', '00000000-0000-4000-a000-000000000001', ''];

/**
 * What stands for a text that is no value of its property's type: documentation writes `String (timestamp)` where a
 * time belongs, and members of enumerations in any case. Undefined where the value has to go.
 */
export function replacementAt(
  declared: EntityType,
  json: JsonObject,
  path: readonly string[],
  model: Model,
): JsonValue | undefined {
  let type: StructuredType = declared;
  let property: Property | NavigationProperty | undefined;
  let value: JsonValue | undefined = json;
  for (const step of path) {
    if (isJsonObject(value)) {
      property = typeOf(type, value, model).member(step);
      if (property === undefined) return undefined;
      if (property.type.kind === 'complex' || property.type.kind === 'entity') type = property.type;
      value = value[step];
    } else value = Array.isArray(value) ? value[Number(step)] : undefined;
  }
  if (property?.kind !== 'property') return undefined;
  if (value === null && property.isCollection) return [];
  const isScalar = property.type.kind !== 'complex' && property.type.kind !== 'entity';
  return isScalar && typeof value === 'string' ? sampleOf(property.type as ScalarType, value, property) : undefined;
}

function sampleOf(type: ScalarType, written: string, { facets }: Property): JsonValue | undefined {
  if (type.kind === 'enum') return memberLike(type as EnumType, written);
  if (type.qualifiedName === 'Edm.String') return written.slice(0, facets.maxLength);
  return SAMPLES.find((text) => 'value' in type.fromJson(text, facets));
}

/** `HTML` is `html`; a text that names no member is a placeholder for the first one. */
function memberLike({ members }: EnumType, written: string): string | undefined {
  const same = members.find(({ name }) => name.toLowerCase() === written.trim().toLowerCase());
  return (same ?? members[0])?.name;
}

/** The type that an object names, or the one that is declared for it. */
export function typeOf(declared: StructuredType, json: JsonObject, model: Model): StructuredType {
  const text = json['@odata.type'];
  const named = typeof text === 'string' ? model.structuredType(text.slice(text.indexOf('#') + 1)) : undefined;
  return named?.isOrDerivesFrom(declared) === true ? named : declared;
}

/** A value with the one at a path replaced, or taken out; what cannot be found takes what it stands in with it. */
export function changed(
  value: JsonValue,
  path: readonly string[],
  replacement: JsonValue | undefined,
): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    const index = Number(step);
    const item = value[index];
    if (item === undefined) return value;
    const next = changed(item, rest, replacement);
    return next === undefined ? value.toSpliced(index, 1) : value.toSpliced(index, 1, next);
  }
  if (!isJsonObject(value)) return undefined;
  const member = value[step];
  if (member === undefined) return undefined;
  const next = changed(member, rest, replacement);
  const { [step]: _, ...others } = value;
  return next === undefined ? others : { ...value, [step]: next };
}
