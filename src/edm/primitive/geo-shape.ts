/** A position, or positions nested as deep as the kind of shape demands. */
export type Coordinates = readonly (number | Coordinates)[];

export type SimpleShapeKind = 'Point' | 'LineString' | 'Polygon' | 'MultiPoint' | 'MultiLineString' | 'MultiPolygon';

export type ShapeKind = SimpleShapeKind | 'GeometryCollection';

/** A shape of any of the kinds that GeoJSON and well-known text share. [RFC 7946 3.1] */
export type Shape =
  | { readonly kind: SimpleShapeKind; readonly coordinates: Coordinates }
  | { readonly kind: 'GeometryCollection'; readonly shapes: readonly Shape[] };

/** A shape and the coordinate reference system that its numbers belong to. [CSDL-JSON 7.2.6] */
export interface LocatedShape {
  readonly shape: Shape;
  readonly srid: number;
}

/** How deep the arrays of a shape are nested: a position alone is 1. */
export const COORDINATE_DEPTH: Readonly<Record<SimpleShapeKind, number>> = {
  Point: 1,
  LineString: 2,
  MultiPoint: 2,
  Polygon: 3,
  MultiLineString: 3,
  MultiPolygon: 4,
};

export const DEEPEST_COLLECTION = 20;

const SHAPE_KINDS: readonly ShapeKind[] = [
  ...(Object.keys(COORDINATE_DEPTH) as SimpleShapeKind[]),
  'GeometryCollection',
];

/** The kind of this name, whatever its case; well-known text may also say `Collection`. */
export function shapeKindOf(name: string): ShapeKind | undefined {
  const lowerCase = name.toLowerCase();
  if (lowerCase === 'collection') return 'GeometryCollection';
  return SHAPE_KINDS.find((kind) => kind.toLowerCase() === lowerCase);
}

/** Thrown while reading; the message ends a sentence as problems do. */
export class ShapeError extends Error {}

/** What the nesting alone doesn't ensure: lines have two ends, and rings are closed. [RFC 7946 3.1.4, 3.1.6] */
export function checkCoordinates(kind: SimpleShapeKind, coordinates: Coordinates): void {
  if (kind === 'LineString') checkLine(coordinates);
  if (kind === 'MultiLineString') for (const line of coordinates) checkLine(line as Coordinates);
  if (kind === 'Polygon') checkPolygon(coordinates);
  if (kind === 'MultiPolygon') for (const polygon of coordinates) checkPolygon(polygon as Coordinates);
}

function checkLine(line: Coordinates): void {
  if (line.length < 2) throw new ShapeError('must have at least two positions in each line');
}

function checkPolygon(polygon: Coordinates): void {
  if (polygon.length === 0) throw new ShapeError('must have at least one ring in each polygon');
  for (const ring of polygon as readonly Coordinates[]) {
    const first = ring[0];
    const last = ring.at(-1);
    if (ring.length < 4 || String(first) !== String(last))
      throw new ShapeError('must have polygon rings of four or more positions that end where they start');
  }
}
