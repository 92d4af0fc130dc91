import { parseJson, writeJson, type JsonObject, type JsonValue } from '../../edm/index.js';
import { planShape, type ItemsPlan, type PropertyTarget, type Shape } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { propertyContext } from '../payload/context-url.js';
import { propertyValue, settled, stepNames } from '../payload/property-value.js';
import type { ServiceResponse } from '../request.js';

import { etagFor } from './entity-answer.js';
import { itemsOf } from './items-of.js';
import { planContextOf } from '../plan-context.js';
import { withMovedItems } from './sent-items.js';

/** A property of an entity as the request asks for it; 204 for null. [OData-Protocol 11.2.4, OData-JSON 11] */
export async function propertyAnswer(
  asked: Exchange<PropertyTarget>,
  row: Row,
  headers: readonly (readonly [string, string])[] = [],
): Promise<ServiceResponse> {
  const exchange = { ...asked, target: settled(asked.target, row) };
  const { target, parts, request, format, preferences } = exchange;
  const value = propertyValue(row, target);
  const etag = etagFor(exchange, target.of, row);
  const all: (readonly [string, string])[] = [...headers, ...(etag === undefined ? [] : [['ETag', etag] as const])];
  if ((value === undefined || value === null) && !target.reference.isCollection) return noContent(all);
  const shape = shapeOf(exchange);
  const options = { declaredType: target.of.type, shape, format, preferences, root: request.root };
  const { property } = target.path.at(-1)!;
  const names = stepNames(target.path);
  const place = { name: names.at(-1)!, pointer: pointerOf(names.slice(0, -1)) };
  const list = shape.contextList === '' ? '' : `(${shape.contextList})`;
  const context = contextAnnotation(exchange, `${propertyContext(target)}${list}`);
  if (target.reference.isCollection) {
    const { items, sent, count } = await itemsOfProperty(exchange, row, value);
    const shown = { ...row, sent };
    const text = parts.writer.writeValue(property, items, shown, place, options);
    const counted = count === undefined ? '' : `"@odata.count":${String(count)},`;
    return json(exchange, 200, `{${context}${counted}"value":${text}}`, all);
  }
  const text = parts.writer.writeValue(property, value, row, place, options);
  if (target.type === undefined) return json(exchange, 200, `{${context}"value":${text}}`, all);
  return json(exchange, 200, text === '{}' ? `{${context.slice(0, -1)}}` : `{${context}${text.slice(1)}`, all);
}

/** JSON Pointer of what names and ordinals lead to. [RFC 6901] */
export function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${name}`).join('');
}

/** What of a row's collection was sent, for the store. */
export function sentOf(row: Row, target: PropertyTarget): ItemsPlan['sent'] {
  return row.sent === undefined
    ? undefined
    : { json: row.sent, pointer: pointerOf(stepNames(settled(target, row).path)) };
}

/** The items that are asked for, with the spellings of those among them that were sent. */
async function itemsOfProperty(
  exchange: Exchange<PropertyTarget>,
  row: Row,
  value: JsonValue | undefined,
): Promise<{ readonly items: JsonValue[]; readonly sent: Row['sent']; readonly count: number | undefined }> {
  const { target } = exchange;
  const values = Array.isArray(value) ? value : [];
  const { items, positions, count } = await itemsOf(exchange, target.reference, values, sentOf(row, target));
  const places = new Map(positions.map((position, place) => [position, place]));
  const moved = (sent: string) =>
    withMovedItems(parseJson(sent) as JsonObject, pointerOf(stepNames(target.path)), (index) => places.get(index));
  return { items, count, sent: row.sent === undefined ? undefined : writeJson(moved(row.sent)) };
}

function shapeOf(exchange: Exchange<PropertyTarget>): Shape {
  const { target, tree } = exchange;
  const { type } = target;
  const { select } = tree.options;
  return select === undefined || type === undefined
    ? { contextList: '' }
    : planShape(type, select.value, planContextOf(exchange));
}
