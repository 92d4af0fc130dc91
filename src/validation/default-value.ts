import type { JsonObject, JsonValue, StructuredType } from '../edm/index.js';

import type { MemberRule } from './member-rule.js';
import { shapeOf } from './shape.js';

/** The value of a property that is left out, or undefined where it stays unset. */
export function defaultValue(rule: MemberRule, within: readonly StructuredType[] = []): JsonValue | undefined {
  if (rule.isGivenByService) return undefined;
  if (rule.reference.isCollection) return [];
  if (rule.kind === 'scalar') return rule.defaultScalar;
  const { type } = rule.reference;
  if (rule.reference.isNullable || type.kind !== 'complex' || type.isAbstract || within.includes(type))
    return undefined;
  return defaultObject(type, [...within, type]);
}

function defaultObject(type: StructuredType, within: readonly StructuredType[]): JsonObject {
  const object: JsonObject = {};
  for (const rule of shapeOf(type).rules.values()) {
    const value = defaultValue(rule, within);
    if (value !== undefined) object[rule.name] = value;
  }
  return object;
}
