import type { StructuredType } from '../../edm/index.js';
import type { PathExpression, PathStep } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { fault, unsupported } from './fault.js';
import { bindCount, bindLambda, type Filter } from './item.js';
import { operandAt, typeName, type Operand } from './operand.js';
import { isBoundFunction, unknownMember, unknownProperty } from './property-names.js';
import { castPlace, findType, unknownType } from './type-names.js';

/** A path and how far it has come. */
interface Walk {
  readonly tree: PathExpression;
  readonly scope: Scope;
  readonly binding: Binding;
}

/** `Address/City`, `$it/Name`, `Items/any(i:i/Price gt 5)`, `i/ns.Derived/Name`. [OData-URL 5.1.1.15] */
export function bindPath(tree: PathExpression, scope: Scope, binding: Binding): Operand {
  const walk: Walk = { tree, scope, binding };
  let [operand, next] = firstStep(walk);
  let filters: readonly Filter[] = [];
  for (; next < tree.steps.length; next++) {
    const step = tree.steps[next]!;
    if (step.kind === 'filter') {
      if (step.key !== undefined) throw unsupported('A key behind $filter within an expression is', step.at);
      filters = [...filters, step.expression];
      continue;
    }
    if (filters.length > 0 && !isTerminal(step))
      throw unsupported('A path behind $filter other than any, all and $count is', step.at);
    operand = isTerminal(step) ? terminal(step, operand, filters, walk) : follow(step, operand, walk);
    filters = [];
  }
  if (filters.length > 0) throw fault('A filtered collection can be used with any, all or $count', tree.at);
  return operand;
}

/** What the path starts from, and the index of the step behind it. */
function firstStep(walk: Walk): [Operand, number] {
  const { scope, binding, tree } = walk;
  const step = tree.steps[0]!;
  switch (step.kind) {
    case '$it':
      if (binding.context.isNested === true) throw unsupported("'$it' within $expand is", step.at);
      return [operandAt(scope.it, step.at), 1];
    case '$this':
      return [operandAt(scope.this, step.at), 1];
    case '$root':
      return fromRoot(walk);
    case 'alias':
      return [binding.bind(step, scope), 1];
    case '$count': {
      // How many rows a group had, where `$apply` counted them.
      const count = scope.implicit.kind === 'record' ? scope.implicit.members.get('$count') : undefined;
      return [operandAt(count ?? scope.implicit, step.at), count === undefined ? 0 : 1];
    }
    case 'name': {
      const variable = scope.variables.get(step.name);
      return variable === undefined ? [operandAt(scope.implicit, step.at), 0] : [operandAt(variable, step.at), 1];
    }
    default:
      return [operandAt(scope.implicit, step.at), 0];
  }
}

/** `$compute` adds to the resource itself. */
function computedProperty(name: string, at: number, place: Place, { binding }: Walk): Operand | undefined {
  const computed = place.kind === 'variable' && place.variable === 0 ? binding.context.computed?.get(name) : undefined;
  if (computed === undefined) return undefined;
  const { expression, type } = computed;
  if (type === undefined) return { kind: 'null', at };
  return operandAt({ kind: 'computed', alias: name, expression, type: { type, isCollection: false } }, at);
}

/** [OData-URL 5.1.1.14.5] */
function fromRoot({ tree, binding }: Walk): [Operand, number] {
  const { resolveRoot } = binding.context;
  if (resolveRoot === undefined) throw unsupported("'$root' within an expression is", tree.at);
  const root = resolveRoot(tree.steps.slice(1));
  if (root === undefined) throw fault("The path behind '$root' names nothing in the service", tree.at);
  const { source, type, isCollection, steps } = root;
  return [operandAt({ kind: 'root', source, type: { type, isCollection } }, tree.at), steps + 1];
}

type Terminal = Extract<PathStep, { readonly kind: 'any' | 'all' | '$count' }>;

function isTerminal(step: PathStep): step is Terminal {
  return step.kind === 'any' || step.kind === 'all' || step.kind === '$count';
}

function terminal(step: Terminal, operand: Operand, filters: readonly Filter[], walk: Walk): Operand {
  if (operand.kind === 'dynamic') throw unsupported('Using a dynamic property as a collection is', step.at);
  if (operand.kind !== 'collection')
    throw fault(`'${step.kind}' needs a collection in front of it, not '${typeName(operand)}'`, step.at);
  const { scope, binding } = walk;
  return step.kind === '$count'
    ? bindCount(step, operand.place, filters, scope, binding)
    : bindLambda(step, operand.place, filters, scope, binding);
}

function follow(step: Exclude<PathStep, Terminal>, operand: Operand, walk: Walk): Operand {
  switch (step.kind) {
    case 'name':
      return followName(step.name, step.at, operand, walk);
    case 'annotation':
      throw unsupported(`The annotation '@${step.term}' within an expression is`, step.at);
    case '$value':
    case '$ref':
      throw unsupported(`'${step.kind}' within an expression is`, step.at);
    case 'arguments':
      return refuseArguments(step.name, step.at, operand, walk);
    case 'text':
      throw fault(`'${step.text}' is no property`, step.at);
    case '$it':
    case '$this':
    case '$root':
    case 'alias':
    case 'filter':
      throw fault('The path cannot continue like this', step.at);
  }
}

function followName(name: string, at: number, operand: Operand, walk: Walk): Operand {
  switch (operand.kind) {
    case 'structured':
      return memberOf(name, at, operand.place, walk);
    case 'collection':
      return name.includes('.') ? castOf(name, at, operand.place, walk) : throughCollection(name, at, walk);
    case 'dynamic':
      throw unsupported('A path into a dynamic property is', at);
    case 'null':
      return operand;
    case 'scalar':
    case 'literal':
    case 'list':
      throw fault(`A value of type '${typeName(operand)}' has no property '${name}'`, at);
  }
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
  const property = type.properties.get(name);
  if (property !== undefined) {
    const placed = { type: property.type, isCollection: property.isCollection };
    return operandAt({ kind: 'member', of: place, property, type: placed }, at);
  }
  const computed = computedProperty(name, at, place, walk);
  if (computed !== undefined) return computed;
  const { context } = walk.binding;
  const navigation = type.navigationProperties.get(name);
  if (navigation !== undefined) {
    const relation = context.relationOf(navigation, walk.binding.navigationsTo(place));
    const placed = { type: navigation.type, isCollection: navigation.isCollection };
    return operandAt({ kind: 'related', of: place, relation, type: placed }, at);
  }
  if (findType(name, context) !== undefined) return castOf(name, at, place, walk);
  if (isBoundFunction(name, type, context.model))
    throw unsupported(`Calling the function '${name}' within an expression is`, at);
  if (type.isOpen) return { kind: 'dynamic', of: place, name, at };
  const others =
    place === walk.scope.implicit ? [...walk.scope.variables.keys(), ...(context.computed?.keys() ?? [])] : [];
  throw unknownProperty(name, type, pathText(walk), at, others);
}

/** What the transformations of `$apply` made comes first, then what the entity has that the row still is. */
function memberOfRecord(name: string, at: number, record: Extract<Place, { kind: 'record' }>, walk: Walk): Operand {
  const member = record.members.get(name);
  if (member !== undefined) return operandAt(member, at);
  const type = record.type.type as StructuredType;
  if (record.of !== undefined) {
    const isKnown = name.includes('.') || type.isOpen || type.member(name) !== undefined;
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
  if (type === undefined && context.model.operations(name).length > 0)
    throw unsupported(`Calling the function '${name}' within an expression is`, at);
  if (type === undefined) throw unknownType(name, context.model, at);
  if (type.kind !== 'entity' && type.kind !== 'complex') throw fault(`A path cannot be cast to '${name}'`, at);
  if (present.kind !== 'entity' && present.kind !== 'complex')
    throw fault(`A value of type '${present.qualifiedName}' cannot be cast to '${name}'`, at);
  return operandAt(castPlace(place, type, context.model, at), at);
}

/** `Items(1)` or `ns.f(a=1)`: known to the grammar, and refused in different words. */
function refuseArguments(name: string, at: number, operand: Operand, walk: Walk): never {
  const { model } = walk.binding.context;
  const type = operand.kind === 'structured' || operand.kind === 'collection' ? operand.type : undefined;
  const structured = type?.kind === 'entity' || type?.kind === 'complex' ? type : undefined;
  if (name.includes('.') && model.operations(name).length > 0)
    throw unsupported(`Calling the function '${name}' within an expression is`, at);
  if (structured?.member(name) !== undefined) throw unsupported('A key predicate within an expression is', at);
  if (structured && isBoundFunction(name, structured, model))
    throw unsupported(`Calling the function '${name}' within an expression is`, at);
  throw fault(`There is neither a collection nor a function named '${name}'`, at);
}

function pathText({ tree }: Walk): string {
  return tree.steps.map((step) => ('name' in step ? step.name : 'text' in step ? step.text : step.kind)).join('/');
}
