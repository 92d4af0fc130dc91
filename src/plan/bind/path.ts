import type { ScalarType, StructuredType } from '../../edm/index.js';
import type { PathExpression, PathStep } from '../../url/index.js';

import type { Place } from '../expression.js';
import { named } from '../named.js';
import type { Binding, Scope } from './binding.js';
import { mayBeDynamic } from './context.js';
import { fault } from './fault.js';
import { bindAggregated } from './aggregated.js';
import { bindAnnotation } from './annotation.js';
import { collectionsOf } from './collections.js';
import { callOn } from './path-call.js';
import { bindCount, bindFiltered, bindLambda } from './item.js';
import { bindKey, bindKeySegment } from './key.js';
import { collectionAt, operandAt, typeName, type Operand } from './operand.js';
import { edm } from './primitives.js';
import { firstStep, pathText, type Walk } from './path-start.js';
import { unknownMember, unknownProperty } from './property-names.js';
import { castPlace, dynamicCast, findType, unknownType } from './type-names.js';

/** `Address/City`, `$it/Name`, `Items/any(i:i/Price gt 5)`, `i/ns.Derived/Name`. [OData-URL 5.1.1.15] */
export function bindPath(tree: PathExpression, scope: Scope, binding: Binding): Operand {
  const walk: Walk = { tree, scope, binding };
  let [operand, next] = firstStep(walk);
  for (; next < tree.steps.length; next++) {
    const step = tree.steps[next]!;
    operand = isTerminal(step) ? terminal(step, operand, walk) : follow(step, operand, walk);
  }
  return operand;
}

/** `$compute` adds to the resource itself. */
function computedProperty(name: string, at: number, place: Place, { binding }: Walk): Operand | undefined {
  const computed = place.kind === 'variable' && place.variable === 0 ? binding.context.computed?.get(name) : undefined;
  if (computed === undefined) return undefined;
  const { expression, type } = computed;
  if (type === undefined) return { kind: 'null', at };
  return operandAt({ kind: 'computed', alias: name, expression, type: { type, isCollection: false } }, at);
}

type Terminal = Extract<PathStep, { readonly kind: 'any' | 'all' | '$count' | 'aggregate' }>;

function isTerminal(step: PathStep): step is Terminal {
  return step.kind === 'any' || step.kind === 'all' || step.kind === '$count' || step.kind === 'aggregate';
}

function terminal(step: Terminal, operand: Operand, walk: Walk): Operand {
  const { scope, binding } = walk;
  if (step.kind === 'aggregate') {
    const collection = collectionAt(operand);
    if (collection !== undefined) return bindAggregated(step, collection, scope, binding);
    throw fault(`'aggregate' needs a collection in front of it, not '${typeName(operand)}'`, step.at);
  }
  const isAsked = step.kind === '$count' ? (step.filter ?? step.search) : step.condition;
  const isListed = operand.kind === 'list' && operand.items.length > 0;
  if (operand.kind === 'null' || (operand.kind === 'list' && !(isListed && isAsked !== undefined)))
    return ofConstant(step, operand);
  const place = isListed ? listed(operand, step, binding) : collectionAt(operand);
  if (place === undefined)
    throw fault(`'${step.kind}' needs a collection in front of it, not '${typeName(operand)}'`, step.at);
  return step.kind === '$count' ? bindCount(step, place, scope, binding) : bindLambda(step, place, scope, binding);
}

/** A list whose items a condition is asked of. */
function listed(operand: Operand, { kind, at }: Terminal, binding: Binding): Place {
  return collectionsOf(`'${kind}'`, [operand], at, binding).places[0]!;
}

/** Where there is nothing, no item is looked at. */
function ofConstant(
  { kind, at }: Exclude<Terminal, { readonly kind: 'aggregate' }>,
  operand: Extract<Operand, { readonly kind: 'null' | 'list' }>,
): Operand {
  const count = operand.kind === 'list' ? operand.items.length : 0;
  const literal =
    kind === '$count'
      ? ({ type: 'integer', text: String(count) } as const)
      : ({ type: 'boolean', text: String(kind === 'all' || count > 0) } as const);
  return { kind: 'literal', literal: { kind: 'literal', ...literal, at }, at };
}

function follow(step: Exclude<PathStep, Terminal>, operand: Operand, walk: Walk): Operand {
  switch (step.kind) {
    case 'name':
      return followName(step.name, step.at, operand, walk);
    case 'annotation':
      return bindAnnotation(step.term, step.at, operand, walk.scope, walk.binding);
    case '$value':
    case '$ref':
      throw fault(`'${step.kind}' cannot stand within an expression`, step.at);
    case 'arguments':
      return withArguments(step, operand, walk);
    case 'text':
      if (operand.kind === 'collection') return bindKeySegment(step.text, step.at, operand.place, walk.binding);
      throw fault(`'${step.text}' is no property`, step.at);
    case 'filter':
      return filtered(step, operand, walk);
    case '$it':
    case '$this':
    case '$these':
    case '$root':
    case 'alias':
      throw fault('The path cannot continue like this', step.at);
  }
}

function followName(name: string, at: number, operand: Operand, walk: Walk): Operand {
  switch (operand.kind) {
    case 'structured':
      return memberOf(name, at, operand.place, walk);
    case 'collection':
      if (name.includes('.')) return castOf(name, at, operand.place, walk);
      if (walk.binding.context.keyAsSegment === true && isNoMember(name, operand.type))
        return bindKeySegment(name, at, operand.place, walk.binding);
      return throughCollection(name, at, walk);
    case 'dynamic':
      if (name.includes('.')) return dynamicCastOf(name, at, operand.place, walk);
      return computedProperty(name, at, operand.place, walk) ?? dynamicAt(name, at, operand.place);
    case 'null':
      return operand;
    case 'object':
      return operand.members.get(name) ?? { kind: 'null', at };
    case 'scalar':
    case 'literal':
    case 'list':
      throw fault(`A value of type '${typeName(operand)}' has no property '${name}'`, at);
  }
}

function isNoMember(name: string, type: ScalarType | StructuredType): boolean {
  return type.kind === 'entity' && type.member(name) === undefined;
}

function throughCollection(name: string, at: number, walk: Walk): never {
  throw fault(
    `The path '${pathText(walk)}' goes through a collection; its items can be reached with any or all, not by '${name}'`,
    at,
  );
}

function memberOf(name: string, at: number, place: Place, walk: Walk): Operand {
  const type = place.type.type;
  if (type.kind !== 'entity' && type.kind !== 'complex') throw fault(`There is no property '${name}'`, at);
  if (place.kind === 'record') return memberOfRecord(name, at, place, walk);
  if (name.includes('.')) return castOf(name, at, place, walk);
  const { context } = walk.binding;
  const property = named(type.properties, name, context.ignoreCase === true);
  if (property !== undefined) {
    const placed = { type: property.type, isCollection: property.isCollection };
    return operandAt({ kind: 'member', of: place, property, type: placed }, at);
  }
  const computed = computedProperty(name, at, place, walk);
  if (computed !== undefined) return computed;
  const navigation = named(type.navigationProperties, name, context.ignoreCase === true);
  if (navigation !== undefined) {
    const relation = walk.binding.relationFrom(place, navigation);
    const placed = { type: navigation.type, isCollection: navigation.isCollection };
    return operandAt({ kind: 'related', of: place, relation, type: placed }, at);
  }
  if (findType(name, context) !== undefined) return castOf(name, at, place, walk);
  const called = callOn({ name, arguments: [], at }, operandAt(place, at), walk);
  if (called !== undefined) return called;
  if (mayBeDynamic(name, type, context)) return dynamicAt(name, at, place);
  const others =
    place === walk.scope.implicit ? [...walk.scope.variables.keys(), ...(context.computed?.keys() ?? [])] : [];
  throw unknownProperty(name, type, pathText(walk), at, others);
}

/** Nothing says what stands there until it is used as something. */
function dynamicAt(name: string, at: number, of: Place): Operand {
  return {
    kind: 'dynamic',
    place: { kind: 'dynamic', of, name, type: { type: edm('Untyped'), isCollection: false } },
    at,
  };
}

/** What the transformations of `$apply` made comes first, then what the entity has that the row still is. */
function memberOfRecord(name: string, at: number, record: Extract<Place, { kind: 'record' }>, walk: Walk): Operand {
  const member = record.members.get(name);
  if (member !== undefined) return operandAt(member, at);
  const type = record.type.type as StructuredType;
  if (record.of !== undefined) {
    const isKnown =
      name.includes('.') || mayBeDynamic(name, type, walk.binding.context) || type.member(name) !== undefined;
    if (isKnown) return memberOf(name, at, record.of, walk);
    throw unknownProperty(name, type, pathText(walk), at, record.members.keys());
  }
  const isCast = findType(name, walk.binding.context) !== undefined;
  if (isCast) return operandAt(record, at);
  throw unknownMember(name, record.members, pathText(walk), at);
}

function castOf(name: string, at: number, place: Place, walk: Walk): Operand {
  const { context } = walk.binding;
  const type = findType(name, context);
  const present = place.type.type;
  const called = type === undefined ? callOn({ name, arguments: [], at }, operandAt(place, at), walk) : undefined;
  if (called !== undefined) return called;
  if (type === undefined) throw unknownType(name, context.model, at);
  if (type.kind !== 'entity' && type.kind !== 'complex') throw fault(`A path cannot be cast to '${name}'`, at);
  if (present.kind !== 'entity' && present.kind !== 'complex')
    throw fault(`A value of type '${present.qualifiedName}' cannot be cast to '${name}'`, at);
  return operandAt(castPlace(place, type, context.model, at), at);
}

function dynamicCastOf(name: string, at: number, place: Place, { binding: { context } }: Walk): Operand {
  const type = findType(name, context);
  if (type === undefined) throw unknownType(name, context.model, at);
  if (type.kind !== 'entity' && type.kind !== 'complex') throw fault(`A path cannot be cast to '${name}'`, at);
  const cast = dynamicCast(place, type, context.model);
  return cast === undefined ? { kind: 'null', at } : operandAt(cast, at);
}

/** `Items/$filter(Price gt 5)`, perhaps with a key behind it. [OData-URL 4.12] */
function filtered(step: Extract<PathStep, { readonly kind: 'filter' }>, operand: Operand, walk: Walk): Operand {
  const collection = collectionAt(operand);
  if (collection === undefined)
    throw fault(`'$filter' needs a collection in front of it, not '${typeName(operand)}'`, step.at);
  const { scope, binding } = walk;
  const place = bindFiltered(step.expression, collection, scope, binding);
  return step.key === undefined ? operandAt(place, step.at) : bindKey(step.key, step.at, place, scope, binding);
}

/** `Items(1)`, `ns.Derived(1)` or `ns.f(a=1)`. */
function withArguments(step: Extract<PathStep, { readonly kind: 'arguments' }>, operand: Operand, walk: Walk): Operand {
  const { name, at } = step;
  const { scope, binding } = walk;
  const called = callOn(step, operand, walk);
  if (called !== undefined) {
    if (step.key === undefined) return called;
    if (called.kind !== 'collection') throw fault(`'${name}' gives no collection whose items have keys`, at);
    return bindKey(step.key, at, called.place, scope, binding);
  }
  const type = operand.kind === 'structured' || operand.kind === 'collection' ? operand.type : undefined;
  const isMember = (type?.kind === 'entity' || type?.kind === 'complex') && type.member(name) !== undefined;
  if (!isMember && findType(name, binding.context) === undefined)
    throw fault(`There is neither a collection nor a function named '${name}'`, at);
  const collection = followName(name, at, operand, walk);
  if (collection.kind !== 'collection') throw fault(`'${name}' is no collection whose items have keys`, at);
  return bindKey(step.arguments, at, collection.place, scope, binding);
}
