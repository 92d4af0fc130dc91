import { Property, type StructuredType, type TypeReference } from '../edm/index.js';
import { badRequest, notImplemented } from '../error/index.js';
import type { NameSegment } from '../url/index.js';

import { named } from './named.js';
import type { PathContext } from './path-context.js';
import { castTo } from './resolve-cast.js';
import { noSegment, refuseArguments } from './resolve-member.js';
import { operationOn } from './resolve-operation.js';
import type { MediaTarget, PropertyStep, PropertyTarget, Target } from './target.js';
import { textOf, type TargetStep } from './target-step.js';

/** A value that a path has come to, in an entity or in what a function gives. */
export interface Value {
  readonly reference: TypeReference;
  /** The structured type, after casts; undefined for scalars. */
  readonly type: StructuredType | undefined;
  readonly path: readonly PropertyStep[];
}

/** What may follow a property. [OData-URL 4.6, 4.7, 4.8] */
export function propertyWithin(target: PropertyTarget, segment: TargetStep, context: PathContext): Target {
  if (segment.kind === 'value') {
    refuseStructured(target, segment);
    return { kind: 'value', of: target };
  }
  if (segment.kind === 'count') {
    refuseSingle(target, segment);
    return { kind: 'count', of: target };
  }
  const path = ordinalWithin(target, segment) ?? pathWithin(target, segment, context);
  if (path !== undefined) return propertyTarget({ of: target.of, path });
  const operation = segment.kind === 'name' ? operationOn(target, segment, context) : undefined;
  if (operation) return operation;
  const dynamic =
    segment.kind === 'name' && target.type !== undefined && !target.reference.isCollection
      ? dynamicProperty(target.type, segment, context)
      : undefined;
  if (dynamic) return propertyTarget({ of: target.of, path: [...target.path, { property: dynamic, cast: undefined }] });
  throw noSegment(textOf(segment), segment.at, namesOf(target));
}

/** Any other name may be that of a dynamic property; one that is not there is as good as null. [OData-Protocol 11.4.9.2] */
export function dynamicProperty(
  type: StructuredType,
  segment: NameSegment,
  context: PathContext,
): Property | undefined {
  const { name } = segment;
  const isName = !name.includes('.') && !(name in Object.prototype) && segment.arguments === undefined;
  if (!type.isOpen || !context.rules.dynamicPaths || !isName) return undefined;
  return Property.dynamic(context.model, type, name);
}

export function propertyTarget(target: Pick<PropertyTarget, 'of' | 'path'>): PropertyTarget | MediaTarget {
  const last = target.path.at(-1)!;
  const { type, isCollection } = last.property;
  if (type.qualifiedName === 'Edm.Stream' && !isCollection) return { kind: 'media', ...target };
  return { kind: 'property', ...target, ...valueAt(last) };
}

/** What a step leads to. */
export function valueAt({ property, cast, ordinal }: PropertyStep): Pick<Value, 'reference' | 'type'> {
  const { type, reference } = property;
  return {
    reference: ordinal === undefined ? reference : reference.asItem(),
    type: cast ?? (type.kind === 'complex' ? type : undefined),
  };
}

const ORDINAL = /^-?\d{1,9}$/;

/** `Addresses/0`, or from the end `Addresses/-1`: an item of a collection that is declared to be ordered. [OData-URL 4.10] */
export function ordinalWithin({ reference, path }: Value, segment: TargetStep): readonly PropertyStep[] | undefined {
  const last = path.at(-1);
  if (segment.kind !== 'text' || last === undefined || !reference.isCollection || !ORDINAL.test(segment.text))
    return undefined;
  if (last.cast !== undefined)
    throw notImplemented(`Ordinals count the items of '${last.property.name}' as a whole, not those of one type.`, {
      position: segment.at,
    });
  if (!last.property.isTagged('Org.OData.Core.V1.Ordered'))
    throw badRequest(`The items of '${last.property.name}' have no order, so that no ordinal can name one.`, {
      position: segment.at,
    });
  // Minus zero is the first, as zero is.
  return [...path.slice(0, -1), { ...last, ordinal: Number(segment.text) + 0 }];
}

/** The path one property or cast further; undefined where the segment is neither. Of a collection a cast leaves the items of its type. [OData-URL 4.11] */
export function pathWithin(
  { reference, type, path }: Value,
  segment: TargetStep,
  context: PathContext,
): readonly PropertyStep[] | undefined {
  if (segment.kind !== 'name' || type === undefined) return undefined;
  const property = reference.isCollection ? undefined : named(type.properties, segment.name, context.rules.ignoreCase);
  const last = path.at(-1);
  const cast = property === undefined && last !== undefined ? castTo(type, segment, context) : undefined;
  if (property === undefined && cast === undefined) return undefined;
  refuseArguments(segment);
  return property === undefined ? [...path.slice(0, -1), { ...last!, cast }] : [...path, { property, cast: undefined }];
}

export function refuseStructured({ reference, type, path }: Value, { at }: TargetStep): void {
  if (reference.isCollection || type !== undefined)
    throw badRequest(`$value is for single primitive values; ${described(path)} is ${reference.toString()}.`, {
      position: at,
    });
}

export function refuseSingle({ reference, path }: Value, { at }: TargetStep): void {
  if (!reference.isCollection)
    throw badRequest(`$count is for collections; ${described(path)} is a single value.`, { position: at });
}

export function namesOf({ type, reference }: Value): readonly string[] {
  return type === undefined || reference.isCollection
    ? []
    : [...type.properties.keys(), ...type.navigationProperties.keys()];
}

function described(path: readonly PropertyStep[]): string {
  return path.length === 0 ? 'the result' : `'${path.map((each) => each.property.name).join('/')}'`;
}
