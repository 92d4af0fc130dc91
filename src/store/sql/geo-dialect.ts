import type { Sql } from './sql.js';

/** Geometry is flat; geography is on a sphere, its positions are longitude and latitude in degrees, its lengths are metres. */
export type Surface = 'plane' | 'sphere';

/** The mean radius of the ellipsoid of WGS 84, in metres. */
export const MEAN_RADIUS = 6_371_008.7714;

/** Shapes, given as GeoJSON texts. Coordinates and lengths have a form of their own, until `double`. */
export interface GeoDialect {
  /** The coordinates of a point. */
  position(point: Sql): { readonly x: Sql; readonly y: Sql };
  /** The positions of a line as JSON. */
  coordinates(line: Sql): Sql;
  /** A table with a row per position of a line; the columns `x1`, `y1` and those of the next, null at the last. */
  edges(coordinates: Sql): { readonly table: Sql; readonly columns: Sql };
  /** The rings of a polygon as a table: the positions of each as JSON, and its number, from 0 on. */
  rings(polygon: Sql): { readonly table: Sql; readonly ring: Sql; readonly index: Sql };
  /** The shapes of a collection as a table: the GeoJSON text of each, and its number, from 0 on; none for other shapes. */
  shapes(collection: Sql): { readonly table: Sql; readonly shape: Sql; readonly index: Sql };
  /** The name of a shape's reference system; null for the default one. */
  referenceSystem(shape: Sql): Sql;
  /** The length of an edge by its columns. */
  readonly distance: Readonly<Record<Surface, Sql>>;
  /** A length in the form of doubles. */
  double(length: Sql): Sql;
}
