import { isJsonObject, type JsonObject, type JsonValue, type Operation, type StructuredType } from '../edm/index.js';
import { badRequest } from '../error/index.js';

import { checkAnnotation } from './annotations.js';
import { checkObject } from './check-object.js';
import { annotationName } from './control-information.js';
import type { DataTransferObject } from './data-transfer-object.js';
import { memberValue } from './document.js';
import type { Draft } from './draft.js';
import { readEntity } from './entity.js';
import { describeKind } from './json-kind.js';
import { memberKey, type MemberRule } from './member-rule.js';
import type { MemberSet } from './member-set.js';
import { ObjectReading, type DraftReading, type PayloadReading } from './object-reading.js';
import { referenceId } from './related.js';
import { shapeOfParameters } from './shape.js';
import { placeValue } from './take-apart.js';

/** The parameters of one call. */
export interface ParameterValues {
  /** Canonical values by declared name, in declared order; its default or null where a parameter was left out. */
  readonly values: JsonObject;
  /** From JSON Pointer into `values` to the value as it was sent, wherever that differs. */
  readonly sent: ReadonlyMap<string, JsonValue>;
}

/** Reads the body of an action call; none at all and null stand for no parameters. [OData-JSON 18] */
export function readParameterObject(
  payload: PayloadReading,
  operation: Operation,
  json: JsonValue | undefined,
): ParameterValues {
  if (json !== undefined && json !== null && !isJsonObject(json))
    throw badRequest(`The parameters of ${operation.qualifiedName} must be a JSON object, not ${describeKind(json)}.`);
  const draft: DraftReading = { payload, prefix: '', sent: new Map(), related: [], streams: [] };
  const shape = shapeOfParameters(operation);
  const reading = new ObjectReading(draft, shape, '', 'demanded');
  const object = new shape.transferClass(reading);
  for (const [name, value] of Object.entries(json ?? {})) placeParameter(name, value, reading, object);
  checkObject(object);
  payload.violations.throwIfAny();
  const values: JsonObject = {};
  for (const rule of shape.rules.values()) {
    const value = memberValue(rule, object);
    values[rule.name] = value === undefined ? (rule.defaultScalar ?? null) : value;
  }
  return { values, sent: draft.sent };
}

function placeParameter(name: string, json: JsonValue, reading: ObjectReading, object: DataTransferObject): void {
  const rule = ruleNamed(reading.members, name);
  if (rule && object[rule.key] !== undefined) reading.note(rule, 'InvalidValue', 'is given twice.');
  else if (rule?.kind === 'entity') object[rule.key] = placeEntities(rule, json, reading);
  else if (rule) object[rule.key] = placeValue(rule, json, reading);
  else if (name.includes('@')) checkAnnotation(name, annotationName(name), reading);
  else object[memberKey(name)] = json;
}

/** Graph's documentation writes `message` where its metadata says `Message`. */
function ruleNamed({ rules }: MemberSet, name: string): MemberRule | undefined {
  const exact = rules.get(name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  return [...rules.values()].find((rule) => rule.name.toLowerCase() === lower);
}

function placeEntities(rule: MemberRule, json: JsonValue, reading: ObjectReading): JsonValue | undefined {
  if (json === null || !rule.reference.isCollection) return json && placeEntity(rule, json, reading, '');
  if (Array.isArray(json)) return json.map((item, index) => placeEntity(rule, item, reading, `/${index}`) ?? null);
  reading.note(rule, 'InvalidType', `must be an array of ${rule.reference.typeName}, not ${describeKind(json)}.`);
  return undefined;
}

/** An entity comes as a reference or inline, with what the caller cares to say about it. [OData-JSON 18] */
function placeEntity(rule: MemberRule, json: JsonValue, reading: ObjectReading, at: string): JsonValue | undefined {
  const id = referenceId(json);
  if (id !== undefined) return { '@odata.id': id };
  if (!isJsonObject(json)) {
    const text = `must be an object of type ${rule.reference.typeName}, not ${describeKind(json)}.`;
    reading.note(rule, json === null ? 'NullNotAllowed' : 'InvalidType', text, at);
    return undefined;
  }
  const path = rule.name + at;
  const entity = readEntity(
    reading.draft.payload,
    rule.reference.type as StructuredType,
    json,
    { kind: 'inline' },
    `${path}/`,
  );
  // What is wrong with it is reported, but it is not missing.
  return entity ? inlineDocument(entity, `/${path}`, reading.draft.sent) : {};
}

/** A draft as one object: related entities stand in it as they stood in the payload. */
function inlineDocument(draft: Draft, pointer: string, sent: Map<string, JsonValue>): JsonObject {
  for (const [place, value] of draft.sent) sent.set(pointer + place, value);
  const document: JsonObject = draft.typeWasGiven
    ? { '@odata.type': draft.type.qualifiedName, ...draft.document }
    : draft.document;
  for (const { property, drafts } of draft.children) {
    const path = `${pointer}/${property.name}`;
    const documents = drafts?.map((child, index) =>
      inlineDocument(child, property.isCollection ? `${path}/${index}` : path, sent),
    );
    document[property.name] = (property.isCollection ? documents : documents?.[0]) ?? null;
  }
  for (const { property, ids } of draft.links) {
    const references = ids.map((id) => ({ '@odata.id': id }));
    const others = document[property.name];
    if (!property.isCollection) document[property.name] = references[0] ?? null;
    else document[property.name] = Array.isArray(others) ? [...others, ...references] : references;
  }
  return document;
}
