import type { JsonObject, JsonValue } from '../edm/index.js';

import { READING, type DataTransferObject } from './data-transfer-object.js';
import { defaultValue } from './default-value.js';
import type { MemberRule } from './member-rule.js';

/** The canonical document of a checked data transfer object, in the order of the schema. */
export function documentOf(object: DataTransferObject): JsonObject {
  const reading = object[READING];
  const document: JsonObject = {};
  if (reading.typeName !== undefined) document['@odata.type'] = reading.typeName;
  for (const rule of reading.members.rules.values()) {
    let value = memberValue(rule, object);
    if (value === undefined && reading.completeness !== 'partial') value = defaultValue(rule);
    if (value !== undefined) document[rule.name] = value;
  }
  return reading.dynamic === undefined ? document : Object.assign(document, reading.dynamic);
}

/** The names of the members that a document has although they were left out. */
export function defaultedIn(object: DataTransferObject, document: JsonObject): ReadonlySet<string> {
  const { rules } = object[READING].members;
  const left = [...rules.values()].filter(
    (rule) => document[rule.name] !== undefined && object[rule.key] === undefined,
  );
  return new Set(left.map(({ name }) => name));
}

/** The canonical value of one member, or undefined where it was not given. */
export function memberValue(rule: MemberRule, object: DataTransferObject): JsonValue | undefined {
  const value = object[rule.key] as JsonValue | undefined;
  if (rule.kind !== 'complex' || value === undefined || value === null) return value;
  return rule.reference.isCollection
    ? (object[rule.key] as (DataTransferObject | null)[]).map((item) => item && documentOf(item))
    : documentOf(object[rule.key] as DataTransferObject);
}
