import type { EntityType, KeyProperty, NavigationProperty, Scalar, ScalarType } from '../edm/index.js';
import type { Argument } from '../url/index.js';

/**
 * What a key behind a navigation property has to say: parts of it that a referential constraint of its partner ties to
 * where the way came from may be left out. `Orders(1)/Items(2)` [OData-URL 4.3.3]
 */
export function untiedKey({ key }: EntityType, property: NavigationProperty | undefined): readonly KeyProperty[] {
  const constraints = property?.partner?.referentialConstraints ?? [];
  const tied = new Set(constraints.map(({ dependent }) => dependent.join('/')));
  const untied = key.filter(({ path }) => !tied.has(path.join('/')));
  return untied.length === 0 ? key : untied;
}

/** The parts that a predicate gives: all of the key, unless it says just what it has to. */
export function givenKey(
  type: EntityType,
  property: NavigationProperty | undefined,
  predicate: readonly Argument[],
): readonly KeyProperty[] {
  const untied = untiedKey(type, property);
  const isShort = predicate.every(({ name }) =>
    name === undefined ? untied.length === 1 : untied.some((part) => part.name === name),
  );
  return isShort && predicate.length === untied.length ? untied : type.key;
}

/** The values of parts of a key by the paths of their properties rather than by their names. */
export function byPath(
  parts: readonly KeyProperty[],
  values: ReadonlyMap<string, Scalar>,
): ReadonlyMap<string, Scalar> {
  return new Map(parts.map(({ name, path }) => [path.join('/'), values.get(name)!]));
}

/** `2`, `Day=2024-01-01,Seat='A'`; percent-encoded. [OData-URL 4.3.1] */
export function writtenParts(parts: readonly KeyProperty[], values: ReadonlyMap<string, Scalar>): string {
  return parts
    .map(({ name, property }) => {
      const literal = encodeURIComponent((property.type as ScalarType).toLiteral(values.get(name)!));
      return parts.length === 1 ? literal : `${name}=${literal}`;
    })
    .join(',');
}
