import {
  isJsonObject,
  JsonNumber,
  overlay,
  parseJson,
  type JsonObject,
  type JsonValue,
  type Scalar,
  type ScalarType,
} from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { PropertyTarget, ValueTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { etagOf, isUnchanged } from '../headers/etag.js';
import { returnPreference } from '../headers/preferences.js';
import { propertyContext } from '../payload/context-url.js';
import { propertyValue } from '../payload/property-value.js';
import { readBytes, readJson } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';
import { writeRow } from '../writes/change-entity.js';
import { writeContext } from '../writes/write-context.js';

import { etagFor } from './entity-answer.js';
import { holdEntity } from './hold.js';
import { locate } from './locate.js';
import type { Operation } from './operation.js';

/** `GET` of a property; 204 for null. [OData-Protocol 11.2.4, OData-JSON 11] */
export const readProperty: Operation<PropertyTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, request, space, parts } = exchange;
    const row = await locate(target.of, space, parts);
    if (isUnchanged(request, row)) return { status: 304, headers: new Map([['ETag', etagOf(row)]]) };
    return propertyAnswer(exchange, row);
  },
};

/** `GET …/$value`: the bare text of a primitive property. [OData-Protocol 11.2.4.1] */
export const readPropertyValue: Operation<ValueTarget & { of: PropertyTarget }> = {
  options: ['format'],
  async run(exchange) {
    const { of } = exchange.target;
    const row = await locate(of.of, exchange.space, exchange.parts);
    const value = propertyValue(row, of);
    if (value === undefined || value === null) return noContent();
    const type = of.reference.type as ScalarType;
    if (type.qualifiedName === 'Edm.Binary') {
      return {
        status: 200,
        headers: new Map([['Content-Type', 'application/octet-stream']]),
        body: Buffer.from(String(value), 'base64url'),
      };
    }
    return {
      status: 200,
      headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]),
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
    const given =
      target.type !== undefined && !target.reference.isCollection && isJsonObject(body) && body['value'] === undefined
        ? withoutContext(body)
        : valueMember(body);
    return store(exchange, target, given, isPatch);
  },
};

/** `DELETE` sets a property to null. [OData-Protocol 11.4.9.2] */
export const clearProperty: Operation<PropertyTarget> = {
  options: [],
  run: (exchange) => store(exchange, exchange.target, null, false),
};

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
        : Buffer.from(bytes).toString('utf8');
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

async function store(
  exchange: Exchange,
  target: PropertyTarget,
  given: JsonValue,
  isPatch: boolean,
): Promise<ServiceResponse> {
  const { parts, space } = exchange;
  const row = await space.write(async (unit) => {
    const present = await holdEntity(exchange, target.of, unit);
    const document = parseJson(present.document) as JsonObject;
    const path = target.path.map((step) => step.property.name);
    const { value, sent } = parts.validator.readValue(target.reference, path.at(-1)!, given);
    const before = isPatch ? propertyValue(present, target) : undefined;
    const next = isPatch && isJsonObject(before) && isJsonObject(value) ? overlay(before, value) : value;
    return writeRow(
      present,
      placed(document, path, next),
      sentAfter(present, path, sent),
      writeContext(exchange, unit),
    );
  });
  const preference = returnPreference(exchange.preferences);
  if (preference === 'representation')
    return propertyAnswer({ ...exchange, target }, row, [['Preference-Applied', 'return=representation']]);
  const etag = etagFor(exchange, target.of, row);
  return noContent([
    ...(preference === undefined ? [] : [['Preference-Applied', 'return=minimal'] as const]),
    ...(etag === undefined ? [] : [['ETag', etag] as const]),
  ]);
}

function propertyAnswer(
  exchange: Exchange<PropertyTarget>,
  row: Row,
  headers: readonly (readonly [string, string])[] = [],
): ServiceResponse {
  const { target, parts, request, format, preferences } = exchange;
  const value = propertyValue(row, target);
  const etag = etagFor(exchange, target.of, row);
  const all: (readonly [string, string])[] = [...headers, ...(etag === undefined ? [] : [['ETag', etag] as const])];
  if ((value === undefined || value === null) && !target.reference.isCollection) return noContent(all);
  const pointer = pointerOf({ path: target.path.slice(0, -1) });
  const options = { declaredType: target.of.type, shape: { contextList: '' }, format, preferences, root: request.root };
  const text = parts.writer.writeValue(target.path.at(-1)!.property, value, row, pointer, options);
  const context = contextAnnotation(exchange, propertyContext(target));
  const isComplex = target.type !== undefined && !target.reference.isCollection;
  if (!isComplex) return json(exchange, 200, `{${context}"value":${text}}`, all);
  return json(exchange, 200, text === '{}' ? `{${context.slice(0, -1)}}` : `{${context}${text.slice(1)}`, all);
}

/** A value as it was sent, where that differs from its canonical text. */
function sentText(row: Row, target: PropertyTarget): string | undefined {
  if (row.sent === undefined) return undefined;
  const sent = (parseJson(row.sent) as JsonObject)[pointerOf(target)];
  return typeof sent === 'string' || sent instanceof JsonNumber ? String(sent) : undefined;
}

function pointerOf(target: Pick<PropertyTarget, 'path'>): string {
  return target.path.map((step) => `/${step.property.name}`).join('');
}

/** The document with a value put at a path; complex values on the way are made where they are missing. */
function placed(document: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return document;
  const present = document[name];
  return { ...document, [name]: rest.length === 0 ? value : placed(isJsonObject(present) ? present : {}, rest, value) };
}

function sentAfter(present: Row, path: readonly string[], sent: ReadonlyMap<string, JsonValue>): JsonObject {
  const pointer = path.map((name) => `/${name}`).join('');
  const parent = path
    .slice(0, -1)
    .map((name) => `/${name}`)
    .join('');
  const before = present.sent === undefined ? {} : (parseJson(present.sent) as JsonObject);
  const kept = Object.entries(before).filter(([each]) => each !== pointer && !each.startsWith(`${pointer}/`));
  return Object.fromEntries([...kept, ...[...sent].map(([each, value]) => [parent + each, value] as const)]);
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
  return target.path.map((step) => step.property.name).join('/');
}
