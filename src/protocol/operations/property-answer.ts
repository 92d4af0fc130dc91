import { parseJson, writeJson, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { changedMeanwhile } from '../../error/index.js';
import {
  containerOf,
  planProperty,
  planShape,
  stepNames,
  type Embed,
  type ItemsPlace,
  type Origin,
  type PropertyTarget,
  type Shape,
} from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { materialize } from '../materialize.js';
import { propertyContext } from '../payload/context-url.js';
import { countAnnotation } from '../payload/count-annotation.js';
import type { Hanging } from '../payload/hanging.js';
import { propertyValue, settled } from '../payload/property-value.js';
import { planContextOf } from '../plan-context.js';
import { isComputed, planOfGiven } from '../row-kind.js';
import type { ServiceResponse } from '../request.js';

import { etagFor } from './entity-answer.js';
import { itemsOf } from './items-of.js';
import { withStreamsOfAll } from './media-heads.js';
import { shownRow } from './shown-row.js';
import { withMovedItems } from './sent-items.js';

/** A property of an entity as the request asks for it; 204 for null. [OData-Protocol 11.2.4, OData-JSON 11] */
export async function propertyAnswer(
  asked: Exchange<PropertyTarget>,
  stored: Row,
  headers: readonly (readonly [string, string])[] = [],
): Promise<ServiceResponse> {
  const exchange = { ...asked, target: settled(asked.target, stored) };
  const { target, parts, request, format, preferences } = exchange;
  const selected = shapeOf(exchange);
  const { row, embed, contextList, shape } = await withExpanded(exchange, stored, selected);
  const value = propertyValue(shownRow(exchange, row), target);
  const etag = etagFor(exchange, target.of, row);
  const all: (readonly [string, string])[] = [...headers, ...(etag === undefined ? [] : [['ETag', etag] as const])];
  if ((value === undefined || value === null) && !target.reference.isCollection) return noContent(all);
  const options = {
    declaredType: target.of.type,
    shape,
    embed,
    format,
    preferences,
    root: request.root,
    ...(parts.profile.expandedContexts ? { contextPath: target.of.contextPath } : {}),
  };
  const { property } = target.path.at(-1)!;
  const names = stepNames(target.path);
  const place = { name: names.at(-1)!, pointer: pointerOf(names.slice(0, -1)) };
  const lists = [selected.contextList, contextList].filter((list) => list !== '').join(',');
  const context = contextAnnotation(exchange, `${propertyContext(target)}${lists === '' ? '' : `(${lists})`}`);
  if (target.reference.isCollection) {
    const { items, shown, count } = await itemsOfProperty(exchange, row, value);
    const text = parts.writer.writeValue(property, items, shown, place, options);
    return json(exchange, 200, `{${context}${countAnnotation(count, exchange.format)}"value":${text}}`, all);
  }
  const text = parts.writer.writeValue(property, value, row, place, options);
  if (target.type === undefined) return json(exchange, 200, `{${context}"value":${text}}`, all);
  return json(exchange, 200, text === '{}' ? `{${context.slice(0, -1)}}` : `{${context}${text.slice(1)}`, all);
}

interface Expanded {
  readonly row: Row;
  readonly embed: readonly Embed[];
  readonly shape: Shape;
  readonly contextList: string;
}

/** The row with what is expanded in the property, and with what refines it, read in one statement. [OData-Protocol 11.2.5.2] */
async function withExpanded(exchange: Exchange<PropertyTarget>, row: Row, selected: Shape): Promise<Expanded> {
  const { target, tree, space, parts } = exchange;
  const { expand } = tree.options;
  if (expand === undefined && selected.refined === undefined)
    return { row, embed: [], contextList: '', shape: selected };
  const { plan, contextList, around } = planProperty(target, tree.options, planContextOf(exchange));
  await materialize(target.of, space, parts);
  const found = await space.first(isComputed(row) ? planOfGiven(plan, row) : plan);
  if (found === undefined) throw changedMeanwhile('entity');
  const [shown = found] = await withStreamsOfAll([found], plan, exchange);
  const { select, ...all } = selected;
  const { streams = [], refined } = plan.shape;
  const shape = {
    ...all,
    streams,
    ...(refined && { refined }),
    ...(select === undefined ? {} : { select: around(select) }),
  };
  return { row: shown, embed: plan.embed, contextList, shape };
}

/** JSON Pointer of what names and ordinals lead to. [RFC 6901] */
export function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${name}`).join('');
}

/** Where a collection of values stands in an entity. */
export function itemsPlace(row: Row, target: PropertyTarget, model: Model): ItemsPlace {
  const { path, reference } = settled(target, row);
  const { cast } = path.at(-1)!;
  return { row, path: stepNames(path), type: reference.type, cast, origin: originOf(target, model) };
}

/** Where what a property leads to starts from. */
function originOf({ of, path }: PropertyTarget, model: Model): Origin {
  return { container: containerOf(of, model), within: path.map(({ property }) => property.name) };
}

/** The items that are asked for, and the row with what was sent of them and hangs on them. */
async function itemsOfProperty(
  exchange: Exchange<PropertyTarget>,
  row: Row,
  value: JsonValue | undefined,
): Promise<{ readonly items: JsonValue[]; readonly shown: Row; readonly count: number | undefined }> {
  const { target } = exchange;
  const values = Array.isArray(value) ? value : [];
  const { items, positions, count } = await itemsOf(exchange, itemsPlace(row, target, exchange.parts.model), values);
  const places = new Map(positions.map((position, place) => [position, place]));
  const movedSent = (sent: string) =>
    withMovedItems(parseJson(sent) as JsonObject, pointerOf(stepNames(target.path)), (index) => places.get(index));
  const sent = row.sent === undefined ? undefined : writeJson(movedSent(row.sent));
  const around = target.path.flatMap(({ ordinal }) => ordinal ?? []);
  const moved = <T extends Hanging<T>>(hanging: ReadonlyMap<string, T>) =>
    new Map([...hanging].map(([name, all]) => [name, itemsAt(all, around, positions)]));
  const { embedded, refined } = row;
  const shown = {
    ...row,
    sent,
    ...(embedded && { embedded: moved(embedded) }),
    ...(refined && { refined: moved(refined) }),
  };
  return { items, count, shown };
}

/** What hangs on the items at some positions of a collection, to which ordinals lead. */
function itemsAt<T extends Hanging<T>>(
  hanging: T,
  [ordinal, ...further]: readonly number[],
  positions: readonly number[],
): T {
  const { items } = hanging;
  if (items === undefined) return hanging;
  if (ordinal === undefined) return { ...hanging, items: positions.map((position) => items[position]!) };
  return { ...hanging, items: items.with(ordinal, itemsAt(items[ordinal]!, further, positions)) };
}

function shapeOf(exchange: Exchange<PropertyTarget>): Shape {
  const { target, tree, parts } = exchange;
  const { type } = target;
  const { select } = tree.options;
  return select === undefined || type === undefined
    ? { contextList: '' }
    : planShape(type, select.value, planContextOf(exchange), originOf(target, parts.model));
}
