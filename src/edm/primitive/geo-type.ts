import type { JsonValue } from '../json.js';
import type { Facets, Reading, Scalar, ScalarType } from '../scalar-type.js';
import { readGeoJson, writeGeoJson } from './geo-json.js';
import { type LocatedShape, ShapeError, type ShapeKind } from './geo-shape.js';
import type { PrimitiveType } from './primitive-type.js';
import { compareText } from './text-type.js';
import { readWellKnownText, writeWellKnownText } from './well-known-text.js';

interface Family {
  readonly name: 'Geography' | 'Geometry';
  readonly defaultSrid: number;
}

const FAMILIES: readonly Family[] = [
  { name: 'Geography', defaultSrid: 4326 },
  { name: 'Geometry', defaultSrid: 0 },
];

const KINDS: readonly (readonly [suffix: string, kind: ShapeKind | undefined])[] = [
  ['', undefined],
  ['Point', 'Point'],
  ['LineString', 'LineString'],
  ['Polygon', 'Polygon'],
  ['MultiPoint', 'MultiPoint'],
  ['MultiLineString', 'MultiLineString'],
  ['MultiPolygon', 'MultiPolygon'],
  ['Collection', 'GeometryCollection'],
];

/** `Edm.Geography`, `Edm.Geometry` and the seven types of each. [CSDL-JSON 3.3] */
export const geoTypes: readonly PrimitiveType[] = FAMILIES.flatMap((family) =>
  KINDS.map(([suffix, kind]) => geoType(`Edm.${family.name}${suffix}`, family, kind)),
);

/** Canonical values are GeoJSON texts, which name the reference system where it isn't the default one. [OData-JSON 7.1] */
function geoType(qualifiedName: string, { name, defaultSrid }: Family, kind: ShapeKind | undefined): PrimitiveType {
  const read = (located: (srid: number) => LocatedShape, { srid }: Facets): Reading => {
    const declared = typeof srid === 'number' ? srid : undefined;
    return reading(() => {
      const value = located(declared ?? defaultSrid);
      if (kind !== undefined && value.shape.kind !== kind)
        throw new ShapeError(`must be a ${kind}, not a ${value.shape.kind}`);
      if (declared !== undefined && value.srid !== declared)
        throw new ShapeError(`must have the SRID ${declared}, not ${value.srid}`);
      return writeGeoJson(value, defaultSrid);
    });
  };
  const toText = (value: Scalar) =>
    writeWellKnownText(readGeoJson(JSON.parse(String(value)) as JsonValue, defaultSrid));
  return {
    kind: 'primitive',
    qualifiedName,
    fromJson: (value: JsonValue, facets: Facets) => read((srid) => readGeoJson(value, srid), facets),
    fromText: (text: string, facets: Facets) => read((srid) => readWellKnownText(text, srid), facets),
    toText,
    toLiteral: (value: Scalar) => `${name.toLowerCase()}'${toText(value)}'`,
    toJson: String,
    compare: (a: Scalar, b: Scalar) => compareText(String(a), String(b)),
  };
}

/** The reference system of a canonical value. */
export function sridOf(value: Scalar, { qualifiedName }: ScalarType): number {
  const family = FAMILIES.find(({ name }) => qualifiedName.startsWith(`Edm.${name}`));
  return readGeoJson(JSON.parse(String(value)) as JsonValue, family?.defaultSrid ?? 0).srid;
}

function reading(make: () => string): Reading {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof ShapeError) return { problem: error.message };
    throw error;
  }
}
