import type {
  Facets,
  JsonValue,
  KeyProperty,
  Parameter,
  Property,
  StructuredType,
  TypeReference,
} from '../edm/index.js';

import { defaultScalar } from './default-scalar.js';

const COMPUTED = 'Org.OData.Core.V1.Computed';

/** What a data transfer class demands of one of its members. */
export interface MemberRule {
  readonly name: string;
  /** The member's name in the data transfer class. */
  readonly key: string;
  readonly noun: 'property' | 'parameter';
  readonly reference: TypeReference;
  readonly facets: Facets;
  readonly kind: 'scalar' | 'complex' | 'entity';
  readonly acceptsNull: boolean;
  /** Keys and computed properties are the service's to give: never demanded and never defaulted. [Core Computed] */
  readonly isGivenByService: boolean;
  /** Absence is an error where nothing is defaulted. */
  readonly isEssential: boolean;
  /** What the member is when it is left out, for single scalars. */
  readonly defaultScalar: JsonValue | undefined;
}

export function propertyRule(property: Property, type: StructuredType): MemberRule {
  const { reference, name } = property;
  const isKey = type.kind === 'entity' && type.key.some((key) => isWhole(key, property));
  const isGivenByService = isKey || property.annotation(COMPUTED) === true;
  const hasDefault = reference.isNullable || reference.isCollection || property.defaultValue !== undefined;
  return {
    ...valueRule(reference, name),
    acceptsNull: reference.isNullable && !reference.isCollection && !isKey,
    isGivenByService,
    isEssential: !hasDefault && !isGivenByService && reference.typeName !== 'Edm.Stream',
    defaultScalar: reference.isCollection ? undefined : defaultScalar(reference, property.defaultValue),
  };
}

/** A parameter that may be null may also be absent, as clients leave such parameters out. [OData-JSON 18] */
export function parameterRule({ name, reference, isOptional }: Parameter): MemberRule {
  const isDispensable = isOptional || reference.isNullable;
  return {
    ...valueRule(reference, name),
    noun: 'parameter',
    acceptsNull: isDispensable,
    isEssential: !isDispensable,
  };
}

/** A value on its own. */
export function valueRule(reference: TypeReference, name: string): MemberRule {
  const { kind } = reference.type;
  return {
    name,
    key: memberKey(name),
    noun: 'property',
    reference,
    facets: reference.facets,
    kind: kind === 'complex' || kind === 'entity' ? kind : 'scalar',
    acceptsNull: reference.isNullable && !reference.isCollection,
    isGivenByService: false,
    isEssential: false,
    defaultScalar: undefined,
  };
}

/**
 * Names that every object inherits would lead class-validator astray: `constructor` becomes `$constructor`.
 * Names that start with `$` make room for that.
 */
export function memberKey(name: string): string {
  return name in Object.prototype || name.startsWith('$') ? `$${name}` : name;
}

export function memberName(key: string): string {
  return key.startsWith('$') ? key.slice(1) : key;
}

function isWhole(key: KeyProperty, property: Property): boolean {
  return key.path.length === 1 && key.property === property;
}
