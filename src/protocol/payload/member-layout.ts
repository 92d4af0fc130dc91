import {
  JsonNumber,
  oncePer,
  writeJson,
  type JsonValue,
  type Property,
  type Scalar,
  type ScalarType,
  type StructuredType,
} from '../../edm/index.js';
import { defaultScalar } from '../../validation/index.js';

/** What is the same for a property in every entity. */
export interface Member {
  readonly property: Property;
  /** `"displayName":` */
  readonly head: string;
  /** Written at `odata.metadata=full` where the JSON type does not tell. [OData-JSON 4.6.3] */
  readonly typeAnnotation: string | undefined;
  /** What stands for a value that was never given. */
  readonly absent: string;
}

const SELF_EXPLAINING = new Set(['Edm.String', 'Edm.Boolean', 'Edm.Double']);

/** The structural properties of a type in the order of the model; streams of entities have addresses instead of values. */
export const layoutOf = oncePer((type: StructuredType): readonly Member[] =>
  [...type.properties.values()].filter((property) => type.kind === 'complex' || !isStream(property)).map(memberOf),
);

/** Streams have addresses, but for those within the value that an operation returns. [OData-JSON 9] */
export function isStream({ type }: Property): boolean {
  return type.qualifiedName === 'Edm.Stream';
}

function memberOf(property: Property): Member {
  const name = property.type.qualifiedName;
  const isObvious = !property.isCollection && (SELF_EXPLAINING.has(name) || property.type.kind === 'complex');
  return {
    property,
    head: `${JSON.stringify(property.name)}:`,
    absent: absentText(property),
    typeAnnotation: isObvious ? undefined : typeAnnotation(property.name, name, property.isCollection),
  };
}

/** Whether the JSON of a value that no schema declares says of which type it is. [OData-JSON 4.6.3] */
export function isSelfExplaining({ qualifiedName }: ScalarType, value: Scalar): boolean {
  if (qualifiedName === 'Edm.Double') return typeof value !== 'string';
  return SELF_EXPLAINING.has(qualifiedName) || qualifiedName === 'Edm.Untyped';
}

/** `"size@odata.type":"#Int64",` [OData-JSON 4.6.3] */
export function typeAnnotation(member: string, typeName: string, isCollection: boolean): string {
  const name = typeName.startsWith('Edm.') ? typeName.slice(4) : typeName;
  return `${JSON.stringify(`${member}@odata.type`)}:${JSON.stringify(isCollection ? `#Collection(${name})` : `#${name}`)},`;
}

/** An unset property is null or empty; where the schema rules null out, the zero of its type. */
export function absentText(property: Property): string {
  if (property.isCollection) return '[]';
  const { type } = property;
  const zero = defaultScalar(property.reference, property.defaultValue);
  return zero === undefined || type.kind === 'entity' || type.kind === 'complex' ? 'null' : type.toJson(zero, false);
}

export function scalarText(type: ScalarType, value: JsonValue, ieee754Compatible: boolean): string {
  return typeof value === 'object' && !(value instanceof JsonNumber)
    ? writeJson(value)
    : type.toJson(value as Scalar, ieee754Compatible);
}

/** Ends an object whose members each carry a comma behind them. */
export function close(text: string): string {
  return `${text.endsWith(',') ? text.slice(0, -1) : text}}`;
}
