import {
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
  type Property,
  type StructuredType,
} from '../../edm/index.js';
import { notFound } from '../../error/index.js';
import { stepNames, type PropertyStep, type PropertyTarget, type Via } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

/** The stored value at a property path; undefined where nothing is stored. 404 below a null. [OData-Protocol 11.2.4] */
export function propertyValue(row: Row, { path }: Pick<PropertyTarget, 'path'>): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(valueBehind, parseJson(row.document));
}

/**
 * What a step leads to from a value; an item by its ordinal. 404 where there is nothing that it could start from, and where a
 * single value is not of the type that a cast asks for. [OData-URL 4.10, 4.11]
 */
export function valueBehind(
  value: JsonValue | undefined,
  { property, cast, ordinal }: PropertyStep,
): JsonValue | undefined {
  if (!isJsonObject(value))
    throw notFound(`The property '${property.name}' does not exist, since what it belongs to is null.`);
  const found = value[property.name];
  const items = Array.isArray(found) ? found : [];
  const one = ordinal === undefined ? found : items[placeOf(ordinal, items.length, property.name)];
  if (cast !== undefined && isJsonObject(one) && !isOfType(one, property, cast))
    throw notFound(`What is at '${property.name}' is not of the type '${cast.qualifiedName}'.`);
  return one;
}

/** Whether a complex value is of a type or of one that derives from it. */
export function isOfType(
  { '@odata.type': name }: JsonObject,
  { type: declared }: Property,
  asked: StructuredType,
): boolean {
  return typeof name === 'string' ? asked.includes(name) : asked.includes(declared.qualifiedName);
}

/** The place of an item; 404 where there is none. */
export function placeOf(ordinal: number, length: number, name: string): number {
  const place = ordinal < 0 ? length + ordinal : ordinal;
  if (place >= 0 && place < length) return place;
  throw notFound(`There is no item ${String(ordinal)} in '${name}', which has ${String(length)}.`);
}

/** The target with ordinals that count from the beginning, as what is stored at present has them. [OData-URL 4.10] */
export function settled(target: PropertyTarget, row: Row): PropertyTarget {
  return { ...target, path: settledPath(target.path, row) };
}

/** The same of a path; its last step need not lead to anything. */
export function settledPath(steps: readonly PropertyStep[], row: Row): readonly PropertyStep[] {
  if (steps.every(({ ordinal }) => ordinal === undefined)) return steps;
  let value: JsonValue | undefined = parseJson(row.document);
  return steps.map(({ property, cast, ordinal }): PropertyStep => {
    const whole = valueBehind(value, { property, cast });
    if (ordinal === undefined) {
      value = whole;
      return { property, cast };
    }
    const items = Array.isArray(whole) ? whole : [];
    const place = placeOf(ordinal, items.length, property.name);
    value = items[place];
    return { property, cast, ordinal: place };
  });
}

/** Nothing can be related to a complex value that is null. [OData-Protocol 11.2.4] */
export function refuseNull(parent: Row, { within }: Pick<Via, 'within'>): void {
  if (within.length > 0 && (propertyValue(parent, { path: within }) ?? null) === null)
    throw notFound(`The property '${stepNames(within).join('/')}' is null.`);
}
