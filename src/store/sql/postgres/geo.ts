import { MEAN_RADIUS, type GeoDialect } from '../geo-dialect.js';
import { constant, once, sql, type Sql } from '../sql.js';
import { toFinite } from './numbers.js';

/** Coordinates and lengths are `numeric`, for `float8` fails where a result is too large or too small. */
export const postgresGeo: GeoDialect = {
  position: (point) => ({ x: at(point, sql`0`), y: at(point, sql`1`) }),
  coordinates: (line) => sql`(${line}::jsonb -> 'coordinates')`,
  edges(coordinates) {
    const next = sql`${coordinates} -> p.number::integer`;
    const columns = sql`(p.value ->> 0)::numeric AS x1, (p.value ->> 1)::numeric AS y1, (${next} ->> 0)::numeric AS x2, (${next} ->> 1)::numeric AS y2`;
    return { table: sql`jsonb_array_elements(${coordinates}) WITH ORDINALITY AS p(value, number)`, columns };
  },
  rings: (polygon) => ({
    table: sql`jsonb_array_elements(${polygon}::jsonb -> 'coordinates') WITH ORDINALITY AS r(value, number)`,
    ring: sql`r.value`,
    index: sql`(r.number - 1)`,
  }),
  // As `json` texts stay as they are.
  shapes: (collection) => ({
    table: sql`json_array_elements((${collection})::json -> 'geometries') WITH ORDINALITY AS q(value, number)`,
    shape: sql`q.value::text`,
    index: sql`(q.number - 1)`,
  }),
  referenceSystem: (shape) => sql`(${shape}::jsonb #>> '{crs,properties,name}')`,
  distance: {
    plane: sql`sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1))`,
    sphere: sphere(),
  },
  double: (length) => once(length, toFinite),
};

function at(point: Sql, index: Sql): Sql {
  return sql`(${point}::jsonb -> 'coordinates' ->> ${index})::numeric`;
}

/** By haversines, which keep their digits at small distances. What is too small for the squares of `float8` is nothing. */
function sphere(): Sql {
  const angle = (degrees: Sql): Sql =>
    sql`radians(CASE WHEN abs(${degrees}) < 1e-100 THEN 0 ELSE ${degrees} END::float8)`;
  const half = (from: Sql, to: Sql): Sql => sql`sin(${angle(sql`(${to} - ${from})`)} / 2)`;
  const [north, east] = [half(sql`y1`, sql`y2`), half(sql`x1`, sql`x2`)];
  const haversine = sql`${north} * ${north} + cos(${angle(sql`y1`)}) * cos(${angle(sql`y2`)}) * ${east} * ${east}`;
  const length = sql`${constant(String(2 * MEAN_RADIUS))}::float8 * asin(least(1, sqrt(${haversine})))`;
  return sql`CASE WHEN x1 IS NOT NULL AND x2 IS NOT NULL THEN (${length})::text::numeric END`;
}
