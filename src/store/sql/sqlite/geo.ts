import { MEAN_RADIUS, type GeoDialect } from '../geo-dialect.js';
import { constant, sql, type Sql } from '../sql.js';

/** `sqrt`, `sin`, `cos`, `asin` and `radians` are part of what libsql is built with. Coordinates and lengths are REAL. */
export const sqliteGeo: GeoDialect = {
  position: (point) => ({
    x: real(sql`${point} ->> '$.coordinates[0]'`),
    y: real(sql`${point} ->> '$.coordinates[1]'`),
  }),
  coordinates: (line) => sql`(${line} -> '$.coordinates')`,
  edges(coordinates) {
    const next = sql`${coordinates} -> (p.key + 1)`;
    const columns = sql`${real(sql`p.value ->> 0`)} AS x1, ${real(sql`p.value ->> 1`)} AS y1, ${real(sql`${next} ->> 0`)} AS x2, ${real(sql`${next} ->> 1`)} AS y2`;
    return { table: sql`json_each(${coordinates}) AS p`, columns };
  },
  rings: (polygon) => ({
    table: sql`json_each(${polygon}, '$.coordinates') AS r`,
    ring: sql`r.value`,
    index: sql`r.key`,
  }),
  shapes: (collection) => ({
    table: sql`json_each(${collection}, '$.geometries') AS q`,
    shape: sql`q.value`,
    index: sql`q.key`,
  }),
  referenceSystem: (shape) => sql`(${shape} ->> '$.crs.properties.name')`,
  distance: { plane: plane(), sphere: sphere() },
  double: (length) => length,
};

function real(json: Sql): Sql {
  return sql`CAST(${json} AS REAL)`;
}

/** Without squares of what is too large or too small for them. */
function plane(): Sql {
  const [dx, dy] = [sql`abs(x2 - x1)`, sql`abs(y2 - y1)`];
  const ratio = sql`(min(${dx}, ${dy}) / max(${dx}, ${dy}))`;
  return sql`CASE WHEN max(${dx}, ${dy}) = 0 THEN 0.0 WHEN max(${dx}, ${dy}) > 1.7976931348623157e308 THEN 9e999 ELSE max(${dx}, ${dy}) * sqrt(1 + ${ratio} * ${ratio}) END`;
}

/** By haversines, which keep their digits at small distances. */
function sphere(): Sql {
  const half = (from: Sql, to: Sql): Sql => sql`sin(radians(${to} - ${from}) / 2)`;
  const [north, east] = [half(sql`y1`, sql`y2`), half(sql`x1`, sql`x2`)];
  const haversine = sql`${north} * ${north} + cos(radians(y1)) * cos(radians(y2)) * ${east} * ${east}`;
  return sql`CASE WHEN x1 IS NOT NULL AND x2 IS NOT NULL THEN ${diameter()} * asin(min(1.0, sqrt(${haversine}))) END`;
}

function diameter(): Sql {
  return sql`CAST(${constant(String(2 * MEAN_RADIUS))} AS REAL)`;
}
