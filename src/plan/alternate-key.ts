import {
  isCsdlObject,
  type CsdlValue,
  type Element,
  type EntityType,
  type Scalar,
  type ScalarType,
} from '../edm/index.js';
import type { Argument } from '../url/index.js';

import { scalarOf, type Aliases } from './bind-key.js';
import { combine } from './combine.js';
import type { Expression, Place } from './expression.js';

const ALTERNATE_KEYS = 'Org.OData.Core.V1.AlternateKeys';

/** Names that may stand in a key predicate, by the name of the property that each means. [Core AlternateKeys] */
type AlternateKey = ReadonlyMap<string, string>;

/** The alternate keys that a type or what leads to it declares. [OData-URL 4.3.5] */
export function alternateKeys(type: EntityType, origin: Element | undefined): readonly AlternateKey[] {
  const declared = [...annotated(origin), ...annotatedTypes(type)];
  return declared.filter(isCsdlObject).map(({ Key: parts }) => {
    const list = Array.isArray(parts) ? parts.filter(isCsdlObject) : [];
    return new Map(list.map((part) => [pathText(part['Alias'] ?? part['Name']), pathText(part['Name'])]));
  });
}

/** The values of properties that a predicate demands, where its names are those of an alternate key. */
export function alternateValues(
  type: EntityType,
  origin: Element | undefined,
  predicate: readonly Argument[],
  aliases: Aliases,
): ReadonlyMap<string, Scalar> | undefined {
  if (predicate.some(({ name }) => name === undefined) || isPrimary(type, predicate)) return undefined;
  const key = alternateKeys(type, origin).find(
    (each) => each.size === predicate.length && predicate.every(({ name }) => each.has(name!)),
  );
  const values = new Map<string, Scalar>();
  for (const { name, value } of key === undefined ? [] : predicate) {
    const property = type.properties.get(key!.get(name!)!);
    const scalar = property && scalarOf(property, value, aliases);
    if (scalar === undefined) return undefined;
    values.set(property!.name, scalar);
  }
  return key && values;
}

function isPrimary(type: EntityType, predicate: readonly Argument[]): boolean {
  return (
    type.key.length === predicate.length && type.key.every((key) => predicate.some(({ name }) => name === key.name))
  );
}

/** That properties have these values, as a condition on the row or on a range variable. */
export function havingValues(
  type: EntityType,
  values: ReadonlyMap<string, Scalar>,
  operator: 'and' | 'or',
  variable = 0,
): Expression | undefined {
  const conditions = [...values].flatMap(([name, value]): Expression[] => {
    const property = type.propertyAt(name.split('/'));
    if (property === undefined) return [];
    const scalar = property.type as ScalarType;
    const place = placeAt(name.split('/'), type, variable);
    return [
      {
        kind: 'comparison',
        operator: 'eq',
        left: { kind: 'value', place, type: scalar },
        right: { kind: 'literal', value, type: scalar },
        type: scalar,
      },
    ];
  });
  return combine(operator, conditions);
}

/** The place of a structural property, behind complex ones perhaps, of the row that a variable stands for. */
function placeAt(path: readonly string[], type: EntityType, variable: number): Place {
  const row: Place = { kind: 'variable', variable, type: { type, isCollection: false } };
  return path.reduce<Place>((of, _, index) => {
    const property = type.propertyAt(path.slice(0, index + 1))!;
    return { kind: 'member', of, property, type: { type: property.type, isCollection: false } };
  }, row);
}

function annotatedTypes(type: EntityType): CsdlValue[] {
  const base = type.baseType;
  return [...annotated(type), ...(base?.kind === 'entity' ? annotatedTypes(base) : [])];
}

function annotated(element: Element | undefined): readonly CsdlValue[] {
  const value = element?.annotation(ALTERNATE_KEYS);
  return Array.isArray(value) ? value : [];
}

function pathText(value: CsdlValue | undefined): string {
  return isCsdlObject(value) ? String(value['$PropertyPath'] ?? value['$Path']) : String(value);
}
