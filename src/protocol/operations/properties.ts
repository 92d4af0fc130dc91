import {
  isJsonObject,
  JsonNumber,
  overlay,
  parseJson,
  placed,
  type JsonObject,
  type JsonValue,
  type Property,
  type Scalar,
  type ScalarType,
  type StructuredType,
} from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import { containerOf, stepNames, valueAt, type PropertyTarget, type ValueTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { isUnchanged } from '../headers/etag.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { isOfType, placeOf, propertyValue, settled, valueBehind } from '../payload/property-value.js';
import { decodeText, readBytes, readJson } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';
import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';
import { changeEntity, overlaySent, writeRow } from '../writes/change-entity.js';
import { refuseFixed } from '../writes/settable.js';
import { withoutForeignKeys } from '../writes/without-foreign-keys.js';
import { writeContext } from '../writes/write-context.js';
import { hangingAt, writeHanging, type HangingDraft } from '../writes/write-hanging.js';

import { etagFor } from './entity-answer.js';
import { holdEntity } from './hold.js';
import { locate } from '../locate.js';
import type { Operation } from './operation.js';
import { pointerOf, propertyAnswer } from './property-answer.js';
import { shownRow } from './shown-row.js';
import { withMovedItems } from './sent-items.js';

/** `GET …/$value`: the bare text of a primitive property. [OData-Protocol 11.2.4.1] */
export const readPropertyValue: Operation<ValueTarget & { of: PropertyTarget }> = {
  options: ['format'],
  async run(exchange) {
    const { of } = exchange.target;
    const row = await locate(of.of, exchange.space, exchange.parts);
    const etag = etagFor(exchange, of.of, row);
    const headers = new Map(etag === undefined ? [] : [['ETag', etag]]);
    if (isUnchanged(exchange.request, row)) return { status: 304, headers };
    const value = propertyValue(shownRow(exchange, row), of);
    if (value === undefined || value === null) return noContent(headers);
    if (isJsonObject(value) || Array.isArray(value))
      throw badRequest(`$value is for single primitive values; '${nameOf(of)}' has another.`);
    const type = of.reference.type as ScalarType;
    if (type.qualifiedName === 'Edm.Binary') {
      return {
        status: 200,
        headers: headers.set('Content-Type', 'application/octet-stream'),
        body: Buffer.from(String(value), 'base64url'),
      };
    }
    return {
      status: 200,
      headers: headers.set('Content-Type', 'text/plain;charset=utf-8'),
      body: sentText(row, of) ?? type.toText(value as Scalar),
    };
  },
};

/** `PUT` sets a property, `PATCH` lays members over a complex one. [OData-Protocol 11.4.9] */
export const writeProperty: Operation<PropertyTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, request, parts } = exchange;
    const body = await readJson(request, parts.profile.limits.maxBody);
    const isPatch = request.method === 'PATCH';
    if (isPatch && (target.type === undefined || target.reference.isCollection))
      throw badRequest('PATCH is for complex properties; use PUT here.');
    const given = target.reference.isCollection ? valueMember(body) : itemGiven(target, body);
    return store(exchange, target, given, isPatch);
  },
};

/**
 * `DELETE` sets a property to null, empties a collection, and takes an item out of one.
 * [OData-Protocol 11.4.9.2, 11.4.9.4, 11.4.10]
 */
export const clearProperty: Operation<PropertyTarget> = {
  options: [],
  run: (exchange) => {
    const { target } = exchange;
    if (target.path.at(-1)!.ordinal !== undefined) return removeItem(exchange, target);
    return store(exchange, target, target.reference.isCollection ? [] : null, false);
  },
};

function removeItem(exchange: Exchange, { of, path }: PropertyTarget): Promise<ServiceResponse> {
  const last = path.at(-1)!;
  const { property } = last;
  const whole = { property, cast: undefined };
  const collection = { kind: 'property', of, path: [...path.slice(0, -1), whole], ...valueAt(whole) } as const;
  return storeProperty(exchange, collection, (present) => {
    const items = Array.isArray(present) ? present : [];
    valueBehind({ [property.name]: items }, last);
    const at = placeOf(last.ordinal!, items.length, property.name);
    const placeAfter = (index: number) => (index === at ? undefined : index > at ? index - 1 : index);
    return {
      placeOf: placeAfter,
      value: items.toSpliced(at, 1),
      sent: (before, names) =>
        withMovedItems(before === undefined ? {} : (parseJson(before) as JsonObject), pointerOf(names), placeAfter),
    };
  });
}

/** `PUT …/$value`: the bare text of a primitive property. [OData-Protocol 11.4.9.1] */
export const writePropertyValue: Operation<ValueTarget & { of: PropertyTarget }> = {
  options: [],
  async run(exchange) {
    const { of } = exchange.target;
    const bytes = await readBytes(exchange.request, exchange.parts.profile.limits.maxBody);
    const type = of.reference.type as ScalarType;
    const text =
      type.qualifiedName === 'Edm.Binary'
        ? Buffer.from(bytes).toString('base64url')
        : decodeText(bytes, exchange.request.headers.get('content-type'));
    const reading = type.fromText(text, of.reference.facets);
    if ('problem' in reading)
      throw badRequest(`The property '${nameOf(of)}' ${reading.problem}.`, { target: nameOf(of) });
    return store(
      exchange,
      of,
      type.qualifiedName === 'Edm.Binary' ? text : (JSON.parse(type.toJson(reading.value, true)) as JsonValue),
      false,
    );
  },
};

/** `DELETE …/$value` */
export const clearPropertyValue: Operation<ValueTarget & { of: PropertyTarget }> = {
  options: [],
  run: (exchange) => store(exchange, exchange.target.of, null, false),
};

/** The next value of a property, and the texts as they were sent of the entity that has it. */
interface NextValue {
  readonly value: JsonValue;
  /** `path`: the names and ordinals that lead to it. */
  sent(before: string | undefined, path: readonly string[]): JsonObject;
  /** Where the items of a collection go. */
  placeOf?(index: number): number | undefined;
  /** What hangs on the value from now on, beside what does already. `path`: the names and ordinals that lead to it. */
  hanging?(path: readonly string[]): HangingDraft;
}

function store(
  exchange: Exchange,
  target: PropertyTarget,
  given: JsonValue,
  isPatch: boolean,
): Promise<ServiceResponse> {
  return storeProperty(exchange, target, (before) => {
    const isOverlaid = isPatch && isJsonObject(before);
    const completeness = isOverlaid ? 'partial' : 'defaulted';
    const { property, cast, ordinal } = target.path.at(-1)!;
    const name = ordinal === undefined ? property.name : String(ordinal);
    const read = exchange.parts.validator.readValue(target.reference, name, given, completeness, property);
    const value = withoutForeignKeys({ [name]: read.value }, read.changes)[name]!;
    refuseOtherType(value, property, cast);
    const next = isOverlaid && isJsonObject(value) ? overlay(before, value) : value;
    const own = new Map([...read.sent].map(([each, text]) => [each.slice(name.length + 1), text]));
    return {
      value: next,
      sent: (text, path) => (isOverlaid ? overlaySent(text, within(path, value, own)) : sentAfter(text, path, own)),
      hanging: (path) => hangingAt(read, [name], path),
    };
  });
}

/** Gives a property the value that `next` makes of the present one. */
export async function storeProperty(
  exchange: Exchange,
  target: PropertyTarget,
  next: (before: JsonValue | undefined) => NextValue,
): Promise<ServiceResponse> {
  const { parts, request, space } = exchange;
  const { property, cast } = target.path.at(-1)!;
  if (target.reference.isCollection && cast !== undefined)
    throw notImplemented(`The items of one type in '${property.name}' cannot be written apart from the others.`);
  const row = await space.write(async (unit) => {
    const present = await holdEntity(exchange, target.of, unit);
    const [first] = target.path;
    const { path } = settled(target, present);
    const names = stepNames(path);
    refuseFixed(first!.property, typeOfRow(present, parts), target.of.origin, parts.profile.takesComputed);
    const document = documentOf(present);
    const { value, sent, placeOf: place, hanging } = next(propertyValue(present, { path }));
    const changed = placed(document, names, value) as JsonObject;
    const written = { path: names, ...(place === undefined ? {} : { placeOf: place }) };
    const context = writeContext(exchange, unit);
    const row = await writeRow(present, changed, sent(present.sent, names), context, undefined, written);
    if (hanging === undefined) return row;
    const manner = { verb: request.method === 'PATCH' ? 'update' : 'replace', changeEntity } as const;
    return writeHanging(row, hanging(names), manner, containerOf(target.of, parts.model), context);
  });
  const preference = returnPreference(exchange.preferences);
  const applied = preferenceApplied(appliedReturn(exchange.preferences));
  if ((preference ?? returnedOf(exchange, target)) === 'representation')
    return propertyAnswer({ ...exchange, target }, row, applied);
  const etag = etagFor(exchange, target.of, row);
  return noContent([...applied, ...(etag === undefined ? [] : [['ETag', etag] as const])]);
}

/** What a change answers where the client does not say: as for entities, where it is one of some members. [OData-Protocol 11.4.9.3] */
function returnedOf({ request, parts }: Exchange, { type }: PropertyTarget): 'representation' | 'minimal' {
  return request.method === 'PATCH' && type !== undefined ? parts.profile.updateReturns(type) : 'minimal';
}

/** A value as it was sent, where that differs from its canonical text. */
function sentText(row: Row, target: PropertyTarget): string | undefined {
  if (row.sent === undefined) return undefined;
  const sent = (parseJson(row.sent) as JsonObject)[pointerOf(stepNames(settled(target, row).path))];
  return typeof sent === 'string' || sent instanceof JsonNumber ? String(sent) : undefined;
}

/** A value at a path as the part of a document that it is. */
function within(path: readonly string[], value: JsonValue, sent: ReadonlyMap<string, JsonValue>) {
  return {
    document: path.reduceRight<JsonValue>((inner, name) => ({ [name]: inner }), value) as JsonObject,
    sent: new Map(Object.entries(sentAfter(undefined, path, sent))),
  };
}

function sentAfter(
  text: string | undefined,
  path: readonly string[],
  sent: ReadonlyMap<string, JsonValue>,
): JsonObject {
  const pointer = pointerOf(path);
  const before = text === undefined ? {} : (parseJson(text) as JsonObject);
  const kept = Object.entries(before).filter(([each]) => each !== pointer && !each.startsWith(`${pointer}/`));
  return Object.fromEntries([...kept, ...[...sent].map(([each, value]) => [pointer + each, value] as const)]);
}

/** A single value: a complex one is the body itself, and any other its member `value`. [OData-JSON 11] */
export function itemGiven(target: PropertyTarget, body: JsonValue | undefined): JsonValue {
  const isComplex = target.reference.type.kind === 'complex';
  if (!isComplex || !isJsonObject(body) || body['value'] !== undefined) return valueMember(body);
  const { cast } = target.path.at(-1)!;
  const isOfCast = cast !== undefined && body['@odata.type'] === undefined && body['@type'] === undefined;
  return { ...(isOfCast && { '@odata.type': `#${cast.qualifiedName}` }), ...withoutContext(body) };
}

/** What the path asks to be of one type cannot become another. [OData-URL 4.11] */
function refuseOtherType(value: JsonValue, property: Property, cast: StructuredType | undefined): void {
  if (cast === undefined || !isJsonObject(value) || isOfType(value, property, cast)) return;
  throw badRequest(`The value must be of the type '${cast.qualifiedName}', which the path names.`, {
    target: '@odata.type',
  });
}

function valueMember(body: JsonValue | undefined): JsonValue {
  if (!isJsonObject(body) || body['value'] === undefined)
    throw badRequest('The body must be a JSON object with a "value".', { target: 'value' });
  return body['value'];
}

function withoutContext(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== '@odata.context' && name !== '@context'));
}

function nameOf(target: PropertyTarget): string {
  return stepNames(target.path).join('/');
}
