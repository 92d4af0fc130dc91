import { itemOf, memberOf, type JsonPlace } from './json-place.js';
import { where } from './lambda.js';
import type { Scope } from './scope.js';
import { given, integer, join, sql, type Sql } from './sql.js';

export type ShapeKind = 'Point' | 'LineString' | 'Polygon';

/** How deep positions stand in the coordinates of a shape. [RFC 7946 3.1] */
const DEPTHS: Readonly<Record<ShapeKind, number>> = { Point: 1, LineString: 2, Polygon: 3 };

/** Whether a value that no schema describes is a GeoJSON shape as payloads of its type must be. [OData-JSON 7.1] */
export function isShape(value: JsonPlace, kind: ShapeKind, scope: Scope): Sql {
  const { json, values } = scope.dialect;
  const system = memberOf(value, 'crs');
  const hasName = sql`coalesce(${json.valueAt(memberOf(memberOf(system, 'properties'), 'name'), 'string')}, '') <> ''`;
  const conditions = [
    sql`coalesce(${json.valueAt(memberOf(value, 'type'), 'string')}, '') = ${values.text(kind)}`,
    sql`(NOT ${json.isPresent(system)} OR ${hasName})`,
    areCoordinates(memberOf(value, 'coordinates'), kind, DEPTHS[kind], scope),
  ];
  return sql`(${join(conditions, ' AND ')})`;
}

function areCoordinates(array: JsonPlace, kind: ShapeKind, depth: number, scope: Scope): Sql {
  const { json } = scope.dialect;
  const { table, condition, item } = json.items(array, scope.newAlias());
  if (depth === 1) {
    const isOther = sql`NOT ${json.isFiniteNumber(item)}`;
    const hasOther = sql`EXISTS (SELECT 1 FROM ${table}${where([...given(condition), isOther])})`;
    return sql`(${countOf(array, scope)} BETWEEN 2 AND 4 AND NOT ${hasOther})`;
  }
  const nested = { base: json.itemJson(item), steps: [], isOpen: true };
  const isOther = sql`NOT ${areCoordinates(nested, kind, depth - 1, scope)}`;
  const hasOther = sql`EXISTS (SELECT 1 FROM ${table}${where([...given(condition), isOther])})`;
  const isRing = kind === 'Polygon' && depth === 2;
  const least = isRing ? 4 : kind === 'LineString' ? 2 : 1;
  const isLongEnough = sql`${countOf(array, scope)} >= ${integer(least)}`;
  return sql`(${join([isLongEnough, sql`NOT ${hasOther}`, ...(isRing ? [isClosed(array, scope)] : [])], ' AND ')})`;
}

/** Whether a ring ends where it starts. */
function isClosed(ring: JsonPlace, scope: Scope): Sql {
  const { json } = scope.dialect;
  const { table, condition, index, item } = json.items(ring, scope.newAlias());
  const last = { base: json.itemJson(item), steps: [], isOpen: true };
  const isSame = [0, 1].map((axis) => {
    const [a, b] = [itemOf(itemOf(ring, 0), axis), itemOf(last, axis)].map((place) => json.valueAt(place, 'double'));
    return sql`${a!} = ${b!}`;
  });
  const isLast = sql`${index} = ${countOf(ring, scope)} - 1`;
  return sql`EXISTS (SELECT 1 FROM ${table}${where([...given(condition), isLast, ...isSame])})`;
}

function countOf(array: JsonPlace, scope: Scope): Sql {
  const { table, condition } = scope.dialect.json.items(array, scope.newAlias());
  return sql`(SELECT count(*) FROM ${table}${where(given(condition))})`;
}
