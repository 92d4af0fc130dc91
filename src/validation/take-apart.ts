import { isJsonObject, type JsonObject, type JsonValue, type StructuredType } from '../edm/index.js';

import { isAdvertisement, readAnnotation } from './annotations.js';
import { concreteType, isProblem } from './concrete-type.js';
import type { DataTransferObject } from './data-transfer-object.js';
import { withDeclaredNames } from './declared-names.js';
import type { ValidatorOptions } from './draft.js';
import { takeStream } from './inline-stream.js';
import { describeKind } from './json-kind.js';
import { memberKey, type MemberRule } from './member-rule.js';
import { ObjectReading, type Completeness, type DraftReading, type Problem } from './object-reading.js';
import { shapeOf } from './shape.js';

/** Where an object stands and what is expected of it. */
export interface Place {
  readonly declared: StructuredType;
  readonly path: string;
  readonly completeness: Completeness;
  readonly required?: ReadonlySet<string>;
  /** Whether something may hang on it; of what is no part of another value, the draft says so. */
  readonly isAddressable?: boolean;
}

export interface TakenApart {
  readonly type: StructuredType;
  readonly typeWasGiven: boolean;
  readonly object: DataTransferObject;
}

/** An identifier. [CSDL-JSON 17.2] */
const DYNAMIC_NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;

/** Such as `6463a5ce-2119-4198-9f2a-628761df4a62` or `https%3A//contoso%2Ecom`. [Graph: plannerAssignments, plannerExternalReferences] */
const ANY_NAME = /^[^\p{Cc}@]{1,2048}$/u;

/** Sorts the members of a JSON object into a data transfer object of its concrete type, without judging their values. */
export function takeApart(given: JsonObject, place: Place, draft: DraftReading): TakenApart | Problem {
  const { declared, path, completeness, required, isAddressable } = place;
  const { options } = draft.payload;
  const mayBeAbstract = completeness === 'partial' || options.abstractComplex === true;
  const concrete = concreteType(draft.payload, declared, given, mayBeAbstract);
  if (isProblem(concrete)) return concrete;
  const { type, text } = concrete;
  const shape = shapeOf(type);
  const reading = new ObjectReading(draft, shape, path, completeness, required, isAddressable);
  const object = new shape.transferClass(reading);
  if (text !== undefined && path !== '') keepType(reading, type, text);
  const json = options.memberIgnoreCase === true ? withDeclaredNames(given, type) : given;
  for (const name of Object.keys(json)) {
    const rule = shape.rules.get(name);
    if (takeStream(name, json, type, rule, reading)) continue;
    if (rule) object[rule.key] = placeValue(rule, json[name]!, reading);
    else if (name.includes('@')) readAnnotation(name, json[name]!, type, reading);
    else if (!isAdvertisement(name, json[name]!, type, draft.payload.model))
      placeUndeclared(name, json[name]!, type, reading, object);
  }
  return { type, typeWasGiven: text !== undefined, object };
}

/** Nested values keep their type beside their properties, for there is no row to keep it. [OData-JSON 4.6.3] */
function keepType(reading: ObjectReading, type: StructuredType, text: string): void {
  reading.typeName = type.qualifiedName;
  if (text !== type.qualifiedName) reading.draft.sent.set(`/${reading.pathOf('@odata.type')}`, text);
}

/** The value of a member as its data transfer object holds it: objects become data transfer objects. */
export function placeValue(rule: MemberRule, json: JsonValue, reading: ObjectReading): unknown {
  if (rule.kind !== 'complex' || json === null) return json;
  if (!rule.reference.isCollection) {
    return placeObject(rule, json, reading, '', reading.completeness === 'partial' ? 'partial' : 'defaulted');
  }
  if (!Array.isArray(json)) {
    reading.note(rule, 'InvalidType', `must be an array of ${rule.reference.typeName}, not ${describeKind(json)}.`);
    return undefined;
  }
  return json.map((item, index) => {
    if (item !== null) return placeObject(rule, item, reading, `/${index}`, 'defaulted');
    if (!rule.reference.isNullable) reading.note(rule, 'NullNotAllowed', 'must not be null.', `/${index}`);
    return null;
  });
}

function placeObject(
  rule: MemberRule,
  json: JsonValue,
  reading: ObjectReading,
  at: string,
  completeness: Completeness,
): DataTransferObject | undefined {
  if (!isJsonObject(json)) {
    const text = `must be an object of type ${rule.reference.typeName}, not ${describeKind(json)}.`;
    reading.note(rule, 'InvalidType', text, at);
    return undefined;
  }
  const declared = rule.reference.type as StructuredType;
  const isAddressable = reading.isAddressable && (at === '' || rule.isOrdered);
  const place = { declared, path: reading.pathOf(rule.name) + at, completeness, isAddressable };
  const taken = takeApart(json, place, reading.draft);
  if ('object' in taken) return taken.object;
  reading.noteProblem(rule, { ...taken, at: `${at}/${taken.at}` });
  return undefined;
}

function placeUndeclared(
  name: string,
  json: JsonValue,
  type: StructuredType,
  reading: ObjectReading,
  object: DataTransferObject,
): void {
  const navigation = type.navigationProperties.get(name);
  if (navigation) {
    if (reading.keepRelated(navigation, 'value', json)) return;
    const target = reading.targetOf(name);
    const message = `The navigation property '${target}' stands inside a complex value, where this service keeps none.`;
    reading.draft.payload.violations.report('InvalidValue', target, () => message);
  } else if (type.isOpen && isDynamicName(name, reading.draft.payload.options)) {
    (reading.dynamic ??= {})[name] = json;
  } else {
    object[memberKey(name)] = json;
  }
}

/** Names that every JavaScript object inherits are refused, lest they reach code that trusts them. */
function isDynamicName(name: string, { anyDynamicName = false }: ValidatorOptions): boolean {
  return (anyDynamicName ? ANY_NAME : DYNAMIC_NAME).test(name) && !(name in Object.prototype);
}
