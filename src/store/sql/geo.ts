import { notImplemented } from '../../error/index.js';
import type { CanonicalCall, Expression } from '../../plan/index.js';
import type { GeoDialect, Surface } from './geo-dialect.js';
import { typeOf } from './kind.js';
import { operandAs } from './operand.js';
import type { Scope } from './scope.js';
import { join, sql, type Sql } from './sql.js';

/** `geo.distance`, `geo.length` and `geo.intersects`; heights and measures of positions do not count. [OData-URL 5.1.1.11] */
export function compileGeo(call: CanonicalCall, scope: Scope): Sql {
  const [first, second] = call.arguments.map((argument) => shapeText(argument, call, scope));
  switch (call.function) {
    case 'geo.distance':
      return distance(first!, second!, surfaceOf(call), scope);
    case 'geo.length':
      return length(first!, surfaceOf(call), scope);
    case 'geo.intersects':
      return intersects(first!, second!, scope);
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
function shapeText(argument: Expression, call: CanonicalCall, scope: Scope): Sql {
  if (argument.kind === 'literal')
    return argument.value === null
      ? scope.dialect.values.null('string')
      : scope.dialect.values.text(String(argument.value));
  if (argument.kind === 'value') {
    const { place } = argument;
    if (place.kind === 'computed') return shapeText(place.expression, call, scope);
    if (place.kind !== 'column' && place.kind !== 'dynamic') return operandAs(argument, 'string', scope);
  }
  throw notImplemented(
    `The function '${call.function}' of anything but declared properties and literals is not supported.`,
  );
}

function distance(a: Sql, b: Sql, surface: Surface, { dialect: { geo } }: Scope): Sql {
  const [left, right] = [geo.position(sql`a`), geo.position(sql`b`)];
  const positions = sql`SELECT ${left.x} AS x1, ${left.y} AS y1, ${right.x} AS x2, ${right.y} AS y2 FROM g0 WHERE ${isSameSystem(geo)}`;
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
function intersects(point: Sql, polygon: Sql, { dialect: { geo } }: Scope): Sql {
  const { x, y } = geo.position(sql`a`);
  const { table, ring, index } = geo.rings(sql`b`);
  const edges = geo.edges(ring);
  const tables = [
    sql`g0 AS (SELECT ${point} AS a, ${polygon} AS b)`,
    sql`g1 AS (SELECT ${x} AS x, ${y} AS y, ${index} AS ring, ${edges.columns} FROM g0, ${table}, ${edges.table} WHERE ${isSameSystem(geo)})`,
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

/** What is measured in different systems has nothing in common: the result is null. */
function isSameSystem(geo: GeoDialect): Sql {
  return sql`coalesce(${geo.referenceSystem(sql`a`)}, '') = coalesce(${geo.referenceSystem(sql`b`)}, '')`;
}
