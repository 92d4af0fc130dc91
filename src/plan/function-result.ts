import type { EntitySet, EntityType, JsonValue, Model, Operation, TypeReference } from '../edm/index.js';
import { badRequest } from '../error/index.js';

import { bareContextName } from './context-name.js';
import type { GivenRow, Source } from './expression.js';
import { keyPredicate } from './key.js';
import type { PathContext } from './path-context.js';
import { boundSet, containerOf } from './relation.js';
import { noSegment } from './resolve-member.js';
import { namesOf, ordinalWithin, pathWithin, refuseSingle, refuseStructured, valueAt } from './resolve-property.js';
import { targetAt } from './target-at.js';
import type { CollectionTarget, EntityTarget, OperationTarget, ResultTarget, Target } from './target.js';
import { textOf, type TargetStep } from './target-step.js';

/** What an operation gave: rows, those that are not stored with the sequence 0, or a value. */
export type Given =
  | { readonly kind: 'rows'; readonly rows: readonly GivenRow[]; readonly isMadeUp: boolean }
  | { readonly kind: 'value'; readonly value: JsonValue };

/** What a call comes to; without what it gave, as far as the schema says. [OData-Protocol 11.5.4, 11.5.5] */
export function resultTarget(
  call: OperationTarget,
  operation: Operation,
  given: Given | undefined,
  context: PathContext,
): CollectionTarget | EntityTarget | ResultTarget {
  const reference = returnTypeOf(call, operation);
  if (reference === undefined) throw new Error(`${operation.qualifiedName} returns nothing.`);
  const { type, isCollection } = reference;
  if (type.kind !== 'entity') {
    const value = given?.kind === 'value' ? given.value : undefined;
    return {
      kind: 'result',
      as: 'value',
      value,
      path: [],
      reference,
      type: type.kind === 'complex' ? type : undefined,
    };
  }
  const { rows = [], isMadeUp = false } = given?.kind === 'rows' ? given : {};
  const set = setOfResult(call, operation, type, context.model);
  const target = isCollection
    ? membersTarget(type, set, rows, operation, context)
    : memberTarget(type, set, rows[0], context);
  return isMadeUp ? { ...target, isMadeUp } : target;
}

/** Behind `$each` the results of all members; the items of a collection are no collections. [OData-URL 4.13] [CSDL-JSON 4.3] */
export function returnTypeOf({ binding }: OperationTarget, { returnType, name }: Operation): TypeReference | undefined {
  if (binding?.kind !== 'collection' || !binding.each || returnType === undefined) return returnType;
  if (returnType.isCollection)
    throw badRequest(`'${name}' gives a collection for each member, and there are no collections of collections.`);
  return returnType.asCollection();
}

/** The set that returned entities belong to: by the import, the path that is declared, the binding, or as the only set of the type. [OData-Protocol 10.16] */
function setOfResult(
  call: OperationTarget,
  operation: Operation,
  type: EntityType,
  model: Model,
): EntitySet | undefined {
  const { binding } = call;
  if (call.entitySet !== undefined) return call.entitySet;
  if (operation.entitySetPath !== undefined && binding !== undefined && binding.kind !== 'property')
    return setAlong(operation.entitySetPath.split('/').slice(1), binding, model);
  if (
    binding !== undefined &&
    binding.kind !== 'property' &&
    binding.origin?.kind === 'entitySet' &&
    type.isOrDerivesFrom(binding.origin.type)
  )
    return binding.origin;
  const sets = model.setsOf(type);
  return sets.length === 1 ? sets[0] : undefined;
}

/** Navigation properties and casts from the binding parameter on. [CSDL-JSON 12.6] */
function setAlong(
  path: readonly string[],
  binding: CollectionTarget | EntityTarget,
  model: Model,
): EntitySet | undefined {
  let container = containerOf(binding, model);
  let { type } = binding;
  for (const name of path) {
    const property = type.navigationProperties.get(name);
    if (property?.containsTarget === true) return undefined;
    if (property !== undefined) container = boundSet(model, container, property);
    const next = property?.type ?? model.structuredType(name);
    if (next?.kind === 'entity') type = next;
  }
  return container?.kind === 'entitySet' ? container : undefined;
}

function membersTarget(
  type: EntityType,
  set: EntitySet | undefined,
  rows: readonly GivenRow[],
  { bindingParameter }: Operation,
  { rules }: PathContext,
): CollectionTarget {
  const isOfCollection = set === undefined && bindingParameter?.reference.isCollection === true;
  return {
    kind: 'collection',
    ...placed(type, set),
    ...(isOfCollection && { contextName: bareContextName(type, rules) }),
    source: sourceOf(rows),
    typeNames: undefined,
    via: undefined,
    collection: undefined,
    each: false,
  };
}

/** Stored rows are read where they stand; where some are not stored, all are as the operation gave them. */
function sourceOf(rows: readonly GivenRow[]): Source {
  if (rows.every(isStored)) return { kind: 'listed', sequences: [...new Set(rows.map(({ sequence }) => sequence))] };
  return {
    kind: 'given',
    rows: rows.map((row, index) => (isStored(row) ? row : { ...row, sequence: -index - 1 })),
  };
}

function isStored({ sequence }: GivenRow): boolean {
  return sequence > 0;
}

/** An entity that is known stands where it stands, so that all may follow that follows there. */
function memberTarget(
  type: EntityType,
  set: EntitySet | undefined,
  row: GivenRow | undefined,
  context: PathContext,
): EntityTarget {
  const place = row === undefined || !isStored(row) ? undefined : targetAt(row, context);
  if (place?.kind === 'entity') {
    const named =
      set === undefined
        ? {}
        : { contextPath: set.name, contextName: undefined, declaredType: placed(type, set).declaredType };
    return { ...place, type, ...named, predicate: row!.key === '' ? undefined : keyPredicate(type, row!.key) };
  }
  const address = row === undefined || !isStored(row) ? undefined : { collection: row.collection, key: row.key };
  return {
    kind: 'entity',
    ...placed(type, set),
    source: address === undefined ? sourceOf(row === undefined ? [] : [row]) : { kind: 'entity', ...address },
    typeNames: undefined,
    via: undefined,
    address,
    predicate: undefined,
    isSingleton: false,
    isImplied: false,
    within: undefined,
  };
}

function placed(type: EntityType, set: EntitySet | undefined) {
  const declaredType = set !== undefined && type.isOrDerivesFrom(set.type) ? set.type : type;
  return { type, declaredType, origin: set, contextPath: set?.name };
}

/** What may follow a value. [OData-URL 4.6, 4.7, 4.8] */
export function valueWithin(target: ResultTarget, segment: TargetStep, context: PathContext): Target {
  if (target.as === 'value') {
    if (segment.kind === 'value') {
      refuseStructured(target, segment);
      return { ...target, as: 'text' };
    }
    if (segment.kind === 'count') {
      refuseSingle(target, segment);
      return { ...target, as: 'count' };
    }
    const path = ordinalWithin(target, segment) ?? pathWithin(target, segment, context);
    if (path !== undefined) return { ...target, path, ...valueAt(path.at(-1)!) };
  }
  throw noSegment(textOf(segment), segment.at, namesOf(target));
}
