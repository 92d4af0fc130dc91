import { isJsonObject, JsonNumber, type JsonObject, type JsonValue } from '../json.js';
import {
  checkCoordinates,
  COORDINATE_DEPTH,
  type Coordinates,
  DEEPEST_COLLECTION,
  type LocatedShape,
  type Shape,
  ShapeError,
  shapeKindOf,
} from './geo-shape.js';
import { excerpt } from './mismatch.js';

/** Reads a GeoJSON object; a reference system that it doesn't name is the given one. [OData-JSON 7.1] [RFC 7946 3.1] */
export function readGeoJson(value: JsonValue, defaultSrid: number): LocatedShape {
  if (!isJsonObject(value)) throw new ShapeError(`must be a GeoJSON object, not ${excerpt(value)}`);
  return { shape: readShape(value, 0), srid: value['crs'] == null ? defaultSrid : readSrid(value['crs']) };
}

/** Type first, then coordinates, then the reference system where it isn't the default one. */
export function writeGeoJson({ shape, srid }: LocatedShape, defaultSrid: number): string {
  const crs = { type: 'name', properties: { name: `EPSG:${srid}` } };
  return JSON.stringify(srid === defaultSrid ? toGeoJson(shape) : { ...toGeoJson(shape), crs });
}

function readShape(value: JsonObject, depth: number): Shape {
  const type = value['type'];
  const kind = typeof type === 'string' ? shapeKindOf(type) : undefined;
  if (kind === undefined || kind !== type) throw new ShapeError(`must have a GeoJSON 'type' such as 'Point'`);
  const content = kind === 'GeometryCollection' ? 'geometries' : 'coordinates';
  for (const member of Object.keys(value)) {
    const isKnown = member === 'type' || member === content || member === 'bbox' || (member === 'crs' && depth === 0);
    if (!isKnown) throw new ShapeError(`must not have the member ${excerpt(member)} in a GeoJSON ${kind}`);
  }
  const items = value[content];
  if (!Array.isArray(items)) throw new ShapeError(`must have an array '${content}' in a GeoJSON ${kind}`);
  if (kind !== 'GeometryCollection') {
    const coordinates = readCoordinates(items, COORDINATE_DEPTH[kind]);
    checkCoordinates(kind, coordinates);
    return { kind, coordinates };
  }
  if (depth === DEEPEST_COLLECTION) throw new ShapeError('must not nest collections that deep');
  return { kind, shapes: items.map((item) => readItem(item, depth + 1)) };
}

function readItem(item: JsonValue, depth: number): Shape {
  if (!isJsonObject(item)) throw new ShapeError(`must have GeoJSON objects as 'geometries', not ${excerpt(item)}`);
  return readShape(item, depth);
}

function readCoordinates(values: readonly JsonValue[], depth: number): Coordinates {
  if (depth === 1) return readPosition(values);
  return values.map((value) => {
    if (!Array.isArray(value)) throw new ShapeError(`must have positions in nested arrays, not ${excerpt(value)}`);
    return readCoordinates(value, depth - 1);
  });
}

function readPosition(values: readonly JsonValue[]): Coordinates {
  const numbers = values.map((value) => (value instanceof JsonNumber ? Number(value.text) : value));
  const isPosition = numbers.length >= 2 && numbers.length <= 4 && numbers.every(isFiniteNumber);
  if (!isPosition) throw new ShapeError('must have positions of two to four numbers');
  return numbers.map((number) => (number === 0 ? 0 : number));
}

function isFiniteNumber(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function readSrid(crs: JsonValue): number {
  const properties = isJsonObject(crs) && crs['type'] === 'name' ? crs['properties'] : undefined;
  const name = isJsonObject(properties) ? properties['name'] : undefined;
  const match = typeof name === 'string' ? /^EPSG:(\d{1,5})$/.exec(name) : null;
  if (!match) throw new ShapeError(`must have a 'crs' with a name such as EPSG:4326`);
  return Number(match[1]);
}

function toGeoJson(shape: Shape): JsonObject {
  return shape.kind === 'GeometryCollection'
    ? { type: shape.kind, geometries: shape.shapes.map(toGeoJson) }
    : { type: shape.kind, coordinates: shape.coordinates as JsonValue[] };
}
