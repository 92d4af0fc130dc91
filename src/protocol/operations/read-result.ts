import { isJsonObject, type JsonValue, type Scalar, type ScalarType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import { planShape, planValues, rowOf, type ItemsPlace, type ResultTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { countAnnotation } from '../payload/count-annotation.js';
import { valueBehind } from '../payload/property-value.js';
import type { WriteOptions } from '../payload/write-options.js';
import type { ServiceResponse } from '../request.js';

import { countOfItems, itemsOf } from './items-of.js';
import type { Operation, OptionName } from './operation.js';
import { appliedPageSize, pagingOf } from './page.js';
import { planContextOf } from '../plan-context.js';
import { refuseOptions } from './refuse-options.js';
import { optionsOfValue, VALUE_OPTIONS } from './value-options.js';

/** A value that a function gave, or a part of it. [OData-Protocol 11.5.4, OData-JSON 11] */
export const readResult: Operation<ResultTarget> = {
  options: VALUE_OPTIONS,
  async run(exchange) {
    const { target } = exchange;
    refuseResultOptions(exchange);
    const value = valueOf(target);
    if (target.reference.typeName === 'Edm.Stream' && typeof value !== 'string')
      throw notImplemented('Streams within the result of a function are not supported, but for values in base64url.');
    switch (target.as) {
      case 'value':
        return valueAnswer(exchange, value);
      case 'text':
        return value === null ? noContent() : rawAnswer(target, value);
      case 'count':
        return plainText(String(await countOfItems(exchange, itemsPlace(target, arrayOf(value)), arrayOf(value))));
    }
  },
};

/** Refuses options that mean nothing to such a value, or name what it does not have. */
export function refuseResultOptions(exchange: Exchange<ResultTarget>): void {
  refuseOptions({ options: optionsOf(exchange.target) }, exchange);
  writeOptions(exchange);
}

function optionsOf(target: ResultTarget): readonly OptionName[] {
  if (target.as === 'value') return optionsOfValue(target);
  return target.as === 'text' ? ['format'] : ['format', 'filter', 'search'];
}

/** 404 below a null. [OData-Protocol 11.2.4] */
function valueOf({ value: whole, path }: ResultTarget): JsonValue {
  return path.reduce<JsonValue | undefined>(valueBehind, whole ?? null) ?? null;
}

async function valueAnswer(exchange: Exchange<ResultTarget>, value: JsonValue): Promise<ServiceResponse> {
  const { target, parts } = exchange;
  const { reference, type } = target;
  if (value === null && !reference.isCollection) return noContent();
  const options = writeOptions(exchange);
  const head = contextAnnotation(exchange, `${contextOf(target)}${listOf(options)}`);
  if (reference.isCollection) {
    const paging = pagingOf(exchange);
    const values = arrayOf(value);
    const { items: found, count } = await itemsOf(exchange, itemsPlace(target, values), values, paging.page);
    const items = found.slice(0, paging.size);
    const hasMore = found.length > paging.size;
    const nextLink = hasMore ? `,"@odata.nextLink":${JSON.stringify(paging.nextLink({ sequence: 0 }))}` : '';
    const text = parts.writer.writeReference(reference, items, options, await refinedOf(exchange, items, options));
    const headers = preferenceApplied(appliedPageSize(exchange, paging));
    return json(
      exchange,
      200,
      `{${head}${countAnnotation(count, exchange.format)}"value":${text}${nextLink}}`,
      headers,
    );
  }
  const text = parts.writer.writeReference(reference, value, options, await refinedOf(exchange, value, options));
  if (type === undefined) return json(exchange, 200, `{${head}"value":${text}}`);
  return json(exchange, 200, text === '{}' ? `{${head.slice(0, -1)}}` : `{${head}${text.slice(1)}`);
}

function itemsPlace({ reference, path }: ResultTarget, values: readonly JsonValue[]): ItemsPlace {
  const row = rowOf({ value: [...values] }, reference.typeName);
  return { row, path: ['value'], type: reference.type, cast: path.at(-1)?.cast };
}

/** What options within `$select` make of complex values: the database reads them as rows. [OData-URL 5.1.4] */
async function refinedOf(
  { space, target }: Exchange<ResultTarget>,
  value: JsonValue,
  { shape }: WriteOptions,
): Promise<Row['refined']> {
  if (shape.refined === undefined || target.type === undefined) return undefined;
  const values = Array.isArray(value) ? value : [value];
  const rows: Row[] = [];
  for await (const row of space.read(planValues(target.type, values.filter(isJsonObject), shape))) rows.push(row);
  if (!Array.isArray(value)) return rows[0]?.refined;
  let next = 0;
  const places = values.map((each) => (isJsonObject(each) ? rows[next++]!.refined! : undefined));
  return new Map(shape.refined.map(({ name }) => [name, { items: places.map((each) => each?.get(name) ?? {}) }]));
}

/** What is no part of a stored entity is named by its type. [OData-Protocol 10.14, 10.15, 10.16] */
function contextOf({ reference, type }: ResultTarget): string {
  return reference.isCollection || type === undefined ? reference.toString() : type.qualifiedName;
}

function listOf({ shape }: WriteOptions): string {
  return shape.contextList === '' ? '' : `(${shape.contextList})`;
}

function writeOptions(exchange: Exchange<ResultTarget>): Omit<WriteOptions, 'declaredType'> & WriteOptions {
  const { format, preferences, request, target, tree } = exchange;
  const { type } = target;
  const select = tree.options.select?.value;
  const shape =
    select === undefined || type === undefined ? { contextList: '' } : planShape(type, select, planContextOf(exchange));
  return {
    declaredType: type as WriteOptions['declaredType'],
    shape,
    format,
    preferences,
    root: request.root,
    isMadeUp: true,
  };
}

function rawAnswer({ reference }: ResultTarget, value: JsonValue): ServiceResponse {
  const type = reference.type as ScalarType;
  if (type.qualifiedName !== 'Edm.Binary') return plainText(type.toText(value as Scalar));
  const headers = new Map([['Content-Type', 'application/octet-stream']]);
  return { status: 200, headers, body: Buffer.from(String(value), 'base64url') };
}

function plainText(body: string): ServiceResponse {
  return { status: 200, headers: new Map([['Content-Type', 'text/plain;charset=utf-8']]), body };
}

function arrayOf(value: JsonValue): readonly JsonValue[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw badRequest('The result is no collection.');
  return value;
}
