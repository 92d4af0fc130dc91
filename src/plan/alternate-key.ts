import {
  isCsdlObject,
  type CsdlValue,
  type Element,
  type EntityType,
  type Scalar,
  type ScalarType,
} from '../edm/index.js';

import type { Expression } from './expression.js';

const ALTERNATE_KEYS = 'Org.OData.Core.V1.AlternateKeys';

/** Names that may stand in a key predicate, by the name of the property that each means. [Core AlternateKeys] */
export type AlternateKey = ReadonlyMap<string, string>;

/** The alternate keys that a type or what leads to it declares. [OData-URL 4.3.3] */
export function alternateKeys(type: EntityType, origin: Element | undefined): readonly AlternateKey[] {
  const declared = [...annotated(origin), ...annotatedTypes(type)];
  return declared.filter(isCsdlObject).map(({ Key: parts }) => {
    const list = Array.isArray(parts) ? parts.filter(isCsdlObject) : [];
    return new Map(list.map((part) => [pathText(part['Alias'] ?? part['Name']), pathText(part['Name'])]));
  });
}

/** That properties have these values, as a condition on the row. */
export function havingValues(
  type: EntityType,
  values: ReadonlyMap<string, Scalar>,
  operator: 'and' | 'or',
): Expression | undefined {
  const conditions = [...values].flatMap(([name, value]): Expression[] => {
    const property = type.properties.get(name);
    if (property === undefined) return [];
    const scalar = property.type as ScalarType;
    const row = { kind: 'variable', variable: 0, type: { type, isCollection: false } } as const;
    const place = { kind: 'member', of: row, property, type: { type: scalar, isCollection: false } } as const;
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
  const [first, ...others] = conditions;
  return first === undefined
    ? undefined
    : others.reduce<Expression>((left, right) => ({ kind: 'logic', operator, left, right }), first);
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
