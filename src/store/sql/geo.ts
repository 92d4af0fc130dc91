import type { ScalarType } from '../../edm/index.js';
import type { CanonicalCall, Expression, Place } from '../../plan/index.js';
import type { GeoDialect, Surface } from './geo-dialect.js';
import { typeOf } from './kind.js';
import { operandAs } from './operand.js';
import { findPlace } from './place.js';
import { isElsewhere, scopeAt, type Scope } from './scope.js';
import { isShape, type ShapeKind } from './shape.js';
import { constant, join, once, sql, type Sql } from './sql.js';

/** `geo.distance`, `geo.length` and `geo.intersects`; heights and measures of positions do not count. [OData-URL 5.1.1.11] */
export function compileGeo(call: CanonicalCall, scope: Scope): Sql {
  const [first, second] = call.arguments.map((argument) => shapeText(argument, typeOf(argument), scope));
  switch (call.function) {
    case 'geo.distance':
      return distance(first!, second!, surfaceOf(call), scope);
    case 'geo.length':
      return length(first!, surfaceOf(call), scope);
    case 'geo.intersects':
      return intersects(first!, second!, surfaceOf(call), scope);
    default:
      throw new Error(`'${call.function}' is no function of geography.`);
  }
}

function surfaceOf(call: CanonicalCall): Surface {
  const isGeography = call.arguments.some(
    (argument) => typeOf(argument)?.qualifiedName.startsWith('Edm.Geography') === true,
  );
  return isGeography ? 'sphere' : 'plane';
}

/** The GeoJSON text of a shape: canonical values are such texts, also within documents. */
export function shapeText(argument: Expression, type: ScalarType | undefined, scope: Scope): Sql {
  const { values } = scope.dialect;
  switch (argument.kind) {
    case 'literal':
      return argument.value === null ? values.null('string') : values.text(String(argument.value));
    case 'case': {
      const branches = argument.branches.map(
        ({ condition, value }) => sql` WHEN ${scope.filter(condition, scope)} THEN ${shapeText(value, type, scope)}`,
      );
      return branches.length === 0 ? values.null('string') : sql`(CASE${join(branches, '')} END)`;
    }
    case 'value': {
      const { place } = argument;
      if (isElsewhere(place)) return shapeText({ ...argument, place: place.place }, type, scopeAt(place, scope));
      if (place.kind === 'computed') return shapeText(place.expression, type, scope);
      if (isOpen(place, scope)) return dynamicShape(argument, type, scope);
      if (place.kind !== 'column') return operandAs(argument, 'string', scope);
    }
  }
  const json = { base: operandAs(argument, 'untyped', scope), steps: [], isOpen: true };
  return scope.dialect.json.valueAt(json, 'string');
}

/** Whether no schema says what stands at a place. */
function isOpen(place: Place, scope: Scope): boolean {
  if (place.kind === 'column') return false;
  const { located } = findPlace(place, scope);
  return located.kind === 'json' && located.json.isOpen;
}

/** Null where the value is no such shape. */
function dynamicShape(argument: Expression, type: ScalarType | undefined, scope: Scope): Sql {
  const kind = type?.qualifiedName.replace(/^Edm\.Geo(?:graphy|metry)/, '') as ShapeKind;
  return once(operandAs(argument, 'untyped', scope), (json) => {
    const place = { base: json, steps: [], isOpen: true };
    return sql`CASE WHEN ${isShape(place, kind, scope)} THEN ${scope.dialect.values.output(json, 'untyped')} END`;
  });
}

function distance(a: Sql, b: Sql, surface: Surface, { dialect: { geo } }: Scope): Sql {
  const [left, right] = [geo.position(sql`a`), geo.position(sql`b`)];
  const positions = sql`SELECT ${left.x} AS x1, ${left.y} AS y1, ${right.x} AS x2, ${right.y} AS y2 FROM g0 WHERE ${isSameSystem(surface, geo)}`;
  return sql`(WITH g0 AS (SELECT ${a} AS a, ${b} AS b), g1 AS (${positions}) SELECT ${geo.double(geo.distance[surface])} FROM g1)`;
}

function length(line: Sql, surface: Surface, { dialect: { geo } }: Scope): Sql {
  const { table, columns } = geo.edges(geo.coordinates(sql`a`));
  const edges = sql`SELECT ${columns} FROM g0, ${table}`;
  return sql`(WITH g0 AS (SELECT ${line} AS a), g1 AS (${edges}) SELECT ${geo.double(sql`sum(${geo.distance[surface]})`)} FROM g1 WHERE x2 IS NOT NULL)`;
}

/**
 * Whether a point is in a polygon: within its first ring and not within any other, which are holes. Borders belong to it,
 * those of holes too. Edges are straight lines between their positions, also where these are longitudes and latitudes.
 * Null for coordinates so large that doubles cannot tell.
 */
function intersects(point: Sql, polygon: Sql, surface: Surface, { dialect: { geo } }: Scope): Sql {
  const { x, y } = geo.position(sql`a`);
  const { table, ring, index } = geo.rings(sql`b`);
  const edges = geo.edges(ring);
  const tables = [
    sql`g0 AS (SELECT ${point} AS a, ${polygon} AS b)`,
    sql`g1 AS (SELECT ${x} AS x, ${y} AS y, ${index} AS ring, ${edges.columns} FROM g0, ${table}, ${edges.table} WHERE ${isSameSystem(surface, geo)})`,
    sql`g2 AS (SELECT *, ${SIDE} AS side, ${UNCERTAINTY} AS uncertainty FROM g1 WHERE x IS NOT NULL AND x2 IS NOT NULL)`,
    sql`g3 AS (SELECT ring, max(${oneIf(IS_BORDER)}) AS border, sum(${oneIf(IS_CROSSED)}) % 2 AS odd FROM g2 GROUP BY ring)`,
  ];
  const isWithin = sql`CASE WHEN ring = 0 THEN ${oneIf(sql`border = 1 OR odd = 1`)} ELSE ${oneIf(sql`border = 1 OR odd = 0`)} END`;
  const isBeyond = sql`EXISTS (SELECT 1 FROM g2 WHERE uncertainty > 1e280)`;
  return sql`(WITH ${join(tables, ', ')} SELECT CASE WHEN NOT ${isBeyond} THEN min(${isWithin}) = 1 END FROM g3)`;
}

/** On which side of an edge a point lies: positive where it is on the left. */
const SIDE = sql`(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)`;

/** What doubles may add to a side or take from it: a point is on an edge where its side could be none. */
const UNCERTAINTY = sql`((abs(x2) + abs(x1)) * (abs(y) + abs(y1)) + (abs(y2) + abs(y1)) * (abs(x) + abs(x1))) * 1e-15`;

const IS_BORDER = sql`abs(side) <= uncertainty AND (x BETWEEN x1 AND x2 OR x BETWEEN x2 AND x1) AND (y BETWEEN y1 AND y2 OR y BETWEEN y2 AND y1)`;

/** Whether a line from the point to the right crosses the edge. */
const IS_CROSSED = sql`(y1 > y) <> (y2 > y) AND (side > 0) = (y2 > y1)`;

function oneIf(condition: Sql): Sql {
  return sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
}

const DEFAULT_SYSTEMS: Readonly<Record<Surface, Sql>> = { sphere: constant('EPSG:4326'), plane: constant('EPSG:0') };

/** What is measured in different systems has nothing in common: the result is null. */
function isSameSystem(surface: Surface, geo: GeoDialect): Sql {
  const [a, b] = [sql`a`, sql`b`].map(
    (shape) => sql`coalesce(${geo.referenceSystem(shape)}, ${DEFAULT_SYSTEMS[surface]})`,
  );
  return sql`${a!} = ${b!}`;
}
