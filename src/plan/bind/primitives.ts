import { primitiveType, type PrimitiveType, type ScalarType } from '../../edm/index.js';

/** A primitive type by its name without `Edm.`. */
export function edm(name: string): PrimitiveType {
  const type = primitiveType(`Edm.${name}`);
  if (type === undefined) throw new Error(`There is no primitive type Edm.${name}.`);
  return type;
}

/** The type whose values are compared: a type definition stands for the type below it. [CSDL-JSON 11] */
export function comparisonType(type: ScalarType): ScalarType {
  return type.kind === 'definition' && 'underlyingType' in type ? (type.underlyingType as PrimitiveType) : type;
}

/** The lower the number, the sooner another type is promoted to it. [OData-URL 5.1.1.18] */
const RANKS: ReadonlyMap<string, number> = new Map(
  ['Double', 'Single', 'Decimal', 'Int64', 'Int32', 'Int16', 'Byte', 'SByte'].map((name, rank) => [
    `Edm.${name}`,
    rank,
  ]),
);

export function numericRank(type: ScalarType): number | undefined {
  return RANKS.get(type.qualifiedName);
}

export function isNumeric(type: ScalarType): boolean {
  return RANKS.has(type.qualifiedName);
}

export function isIntegral(type: ScalarType): boolean {
  return (RANKS.get(type.qualifiedName) ?? 0) >= 3;
}

export function isGeo(type: ScalarType): boolean {
  return type.qualifiedName.startsWith('Edm.Geo');
}

export function isSame(a: ScalarType, b: ScalarType): boolean {
  return a === b || a.qualifiedName === b.qualifiedName;
}
