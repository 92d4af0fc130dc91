import { isJsonObject, type EnumType, type JsonValue, type ScalarType, type SchemaType } from '../edm/index.js';
import { suggestion } from '../error/index.js';

import { describeKind, isWrittenAs, jsonKind } from './json-kind.js';
import type { MemberRule } from './member-rule.js';
import type { ObjectReading } from './object-reading.js';

/** The canonical form of a scalar or of a collection of scalars; undefined where a problem was noted. [OData-JSON 7.1, 7.3] */
export function readScalars(rule: MemberRule, json: JsonValue, reading: ObjectReading): JsonValue | undefined {
  if (!rule.reference.isCollection) return readScalar(rule, json, reading, '');
  if (!Array.isArray(json)) {
    reading.note(rule, 'InvalidType', `must be an array of ${rule.reference.typeName}, not ${describeKind(json)}.`);
    return undefined;
  }
  const items: JsonValue[] = [];
  let isValid = true;
  for (let index = 0; index < json.length; index++) {
    const item = readItem(rule, json[index]!, reading, `/${index}`);
    if (item === undefined) isValid = false;
    else items.push(item);
  }
  return isValid ? items : undefined;
}

function readItem(rule: MemberRule, json: JsonValue, reading: ObjectReading, at: string): JsonValue | undefined {
  if (json !== null) return readScalar(rule, json, reading, at);
  if (rule.reference.isNullable) return null;
  reading.note(rule, 'NullNotAllowed', 'must not be null.', at);
  return undefined;
}

function readScalar(rule: MemberRule, json: JsonValue, reading: ObjectReading, at: string): JsonValue | undefined {
  const type = rule.reference.type as ScalarType & SchemaType;
  if (type.qualifiedName === 'Edm.Untyped' && (Array.isArray(json) || isJsonObject(json))) return json;
  const isNumberedMember =
    type.kind === 'enum' && typeof json === 'number' && reading.draft.payload.options.enumNumbers === true;
  const given = isNumberedMember ? String(json) : inDeclaredForm(type, json, reading);
  const result = type.fromJson(given, rule.facets);
  if ('problem' in result) {
    const code = isWrittenAs(type, json) ? 'InvalidValue' : 'InvalidType';
    reading.note(rule, code, () => `${result.problem}.${memberSuggestion(type, json)}`, at);
    return undefined;
  }
  if (rule.pattern !== undefined && typeof result.value === 'string' && !rule.pattern.test(result.value)) {
    reading.note(rule, 'InvalidValue', `must match the pattern ${rule.pattern.source}.`);
    return undefined;
  }
  if (result.value !== given && isRepeatable(type, given, result.value))
    reading.draft.sent.set(`/${reading.pathOf(rule.name)}${at}`, given);
  return result.value;
}

const DATE_OF_DATE_TIME = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d/;

/** What the service is lenient about: enumeration members in another case than the schema spells them, a date-time for its date. */
function inDeclaredForm(type: SchemaType, json: JsonValue, { draft }: ObjectReading): JsonValue {
  if (typeof json !== 'string') return json;
  const { enumIgnoreCase, datesOfDateTimes } = draft.payload.options;
  if (type.kind === 'enum') return enumIgnoreCase === true ? type.inDeclaredCase(json) : json;
  const isDate = datesOfDateTimes === true && type.qualifiedName === 'Edm.Date';
  return isDate ? (DATE_OF_DATE_TIME.exec(json)?.[1] ?? json) : json;
}

/**
 * Whether an answer may repeat a value as it was sent: it differs from the canonical one and is written in the same way.
 * A plain number says no more than its canonical form. Enumeration members are answered by name and numbers as numbers, whatever was sent for them. [OData-JSON 7.1]
 */
function isRepeatable(type: SchemaType, sent: JsonValue, canonical: JsonValue): boolean {
  return (
    type.kind !== 'enum' &&
    typeof sent !== 'number' &&
    jsonKind(sent) === jsonKind(canonical) &&
    String(sent) !== String(canonical)
  );
}

function memberSuggestion(type: SchemaType, json: JsonValue): string {
  return type.kind === 'enum' && typeof json === 'string' ? suggestion(json, memberNames(type)) : '';
}

function memberNames(type: EnumType): readonly string[] {
  return type.members.map((member) => member.name);
}
