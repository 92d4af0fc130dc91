import {
  isNullableLeftOpen,
  regularExpression,
  type Facets,
  type JsonValue,
  type KeyProperty,
  type Parameter,
  type Property,
  type StructuredType,
  type TypeReference,
} from '../edm/index.js';

import { defaultScalar } from './default-scalar.js';

const COMPUTED = 'Org.OData.Core.V1.Computed';
const ORDERED = 'Org.OData.Core.V1.Ordered';
const PATTERN = 'Org.OData.Validation.V1.Pattern';

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
  /** Whether the items of a collection have ordinals, under which something may hang on them. [Core Ordered, OData-URL 4.10] */
  readonly isOrdered: boolean;
  /** The schema leaves open whether a parameter that is a collection must be given. */
  readonly isLeftOpen: boolean;
  /** What the member is when it is left out, for single scalars. */
  readonly defaultScalar: JsonValue | undefined;
  /** What a single string must match. [Validation Pattern] */
  readonly pattern: RegExp | undefined;
}

export function propertyRule(property: Property, type: StructuredType): MemberRule {
  const { reference, name } = property;
  const isKey = type.kind === 'entity' && type.key.some((key) => isWhole(key, property));
  const isGivenByService = isKey || property.annotation(COMPUTED) === true;
  const hasDefault = reference.isNullable || reference.isCollection || property.defaultValue !== undefined;
  return {
    ...valueRule(reference, name, property),
    acceptsNull: reference.isNullable && !reference.isCollection && !isKey,
    isGivenByService,
    isEssential: !hasDefault && !isGivenByService && reference.typeName !== 'Edm.Stream',
    defaultScalar: reference.isCollection ? undefined : defaultScalar(reference, property.defaultValue),
  };
}

/** A parameter that may be null may also be absent, as clients leave such parameters out. [OData-JSON 18] */
export function parameterRule(parameter: Parameter): MemberRule {
  const { name, reference, isOptional, defaultText } = parameter;
  const isDispensable = isOptional || reference.isNullable;
  return {
    ...valueRule(reference, name, parameter),
    noun: 'parameter',
    acceptsNull: isDispensable,
    isEssential: !isDispensable,
    isLeftOpen: reference.isCollection && isNullableLeftOpen(parameter.json),
    defaultScalar: defaultText === undefined ? undefined : defaultScalar(reference, defaultText),
  };
}

/** A value on its own, with what the annotations of its property or parameter say, where there is one. */
export function valueRule(reference: TypeReference, name: string, element?: Property | Parameter): MemberRule {
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
    isOrdered: element?.isTagged(ORDERED) === true,
    isLeftOpen: false,
    defaultScalar: undefined,
    pattern: element === undefined ? undefined : patternOf(element),
  };
}

function patternOf(element: Property | Parameter): RegExp | undefined {
  const pattern = element.reference.isCollection ? undefined : element.annotation(PATTERN);
  return typeof pattern === 'string' ? regularExpression(pattern) : undefined;
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
