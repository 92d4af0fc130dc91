/** The types of the namespace `Edm` that have values of their own. [CSDL-JSON 3.3] */
export const PRIMITIVE_TYPES: ReadonlySet<string> = new Set(
  [
    'Binary Boolean Byte Date DateTimeOffset Decimal Double Duration Guid Int16 Int32 Int64 SByte Single Stream String TimeOfDay',
    'Geography GeographyPoint GeographyLineString GeographyPolygon GeographyMultiPoint GeographyMultiLineString',
    'GeographyMultiPolygon GeographyCollection Geometry GeometryPoint GeometryLineString GeometryPolygon',
    'GeometryMultiPoint GeometryMultiLineString GeometryMultiPolygon GeometryCollection',
  ].flatMap((names) => names.split(' ').map((name) => `Edm.${name}`)),
);

/** The abstract types and the types of paths, which annotations have. [CSDL-JSON 3.4, 3.5] */
export const ABSTRACT_TYPES: ReadonlySet<string> = new Set(
  (
    'PrimitiveType ComplexType EntityType Untyped AnnotationPath AnyPropertyPath ModelElementPath ' +
    'NavigationPropertyPath PropertyPath'
  )
    .split(' ')
    .map((name) => `Edm.${name}`),
);

/** The primitive types that a key property may have. [CSDL-JSON 6.5] */
export const KEY_TYPES: ReadonlySet<string> = new Set(
  'Boolean Byte Date DateTimeOffset Decimal Duration Guid Int16 Int32 Int64 SByte String TimeOfDay'
    .split(' ')
    .map((name) => `Edm.${name}`),
);

/** The underlying types of enumerations and their ranges. [CSDL-JSON 10.1] */
export const ENUM_RANGES: ReadonlyMap<string, readonly [least: bigint, most: bigint]> = new Map([
  ['Edm.Byte', [0n, 255n]],
  ['Edm.SByte', [-128n, 127n]],
  ['Edm.Int16', [-(2n ** 15n), 2n ** 15n - 1n]],
  ['Edm.Int32', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['Edm.Int64', [-(2n ** 63n), 2n ** 63n - 1n]],
]);
