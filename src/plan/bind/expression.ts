import type { Operation } from '../../edm/index.js';
import { badRequest, suggestion } from '../../error/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { refuseLongWay } from '../longest-way.js';
import { boundSet } from '../relation.js';
import { bindArithmetic, bindNegation } from './arithmetic.js';
import { bindBoolean, bindScalar, type Binding, type Scope } from './binding.js';
import { bindCall } from './call.js';
import { bindComparison } from './comparison.js';
import { complexPathOf } from './complex-path.js';
import { bindCase } from './conditional.js';
import type { BindContext, BoundExpression } from './context.js';
import { aliasWithoutValue, fault } from './fault.js';
import { bindLogic, bindNot } from './logic.js';
import { madeRowsIn } from './item.js';
import { bindHas, bindIn } from './membership.js';
import type { Operand, ScalarOperand } from './operand.js';
import { bindPath } from './path.js';
import { edm } from './primitives.js';
import { commonType, convert } from './promotion.js';
import { bindCast } from './cast.js';
import { bindIsof } from './isof.js';
import { wayTo } from './way.js';

/** An expression with a scalar value, by the names and types of the model; messages name its `user`. [OData-URL 5.1.1] */
export function bindExpression(tree: Tree, context: BindContext, user = 'An expression'): BoundExpression {
  const { binding, scope } = begin(context);
  return boundOf(bindScalar(tree, scope, binding, user), context);
}

/** What values are ordered by, one after the other: dynamic ones by what they may be. */
export function bindSortKeys(tree: Tree, context: BindContext): readonly BoundExpression[] {
  const { binding, scope } = begin(context);
  const operand = bindScalar(tree, scope, binding, '$orderby');
  if (operand.kind !== 'dynamic') return [boundOf(operand, context)];
  return ['Boolean', 'Double', 'String'].map((name) => ({
    expression: convert(operand, edm(name), context),
    type: edm(name),
  }));
}

function boundOf(operand: ScalarOperand, context: BindContext): BoundExpression {
  const type = operand.kind === 'scalar' ? operand.type : commonType([operand], context);
  if (type === 'none') throw new Error('One operand always has a type in common with itself.');
  return { expression: operand.kind === 'scalar' ? operand.expression : convert(operand, type, context), type };
}

/** A condition, such as that of `$filter`. [OData-URL 5.1.2] */
export function bindFilter(tree: Tree, context: BindContext): Expression {
  const { binding, scope } = begin(context);
  return bindBoolean(tree, scope, binding, '$filter');
}

/** What a path or another expression stands for, structured values and collections included. */
export function bindOperand(tree: Tree, context: BindContext): Operand {
  const { binding, scope } = begin(context);
  return binding.bind(tree, scope);
}

function begin(context: BindContext): { readonly binding: Binding; readonly scope: Scope } {
  const it: Place = context.row ?? {
    kind: 'variable',
    variable: 0,
    type: { type: context.type, isCollection: context.isCollection ?? false },
  };
  return { binding: newBinding(context), scope: { implicit: it, it, this: it, variables: new Map() } };
}

export function newBinding(context: BindContext): Binding {
  const { nodes: mostNodes, depth: mostDepth } = context.limits;
  const collections: Place[] = [];
  const openAliases = new Set<string>();
  const openFunctions = new Set<Operation>();
  let nodes = 0;
  let roots = 0;
  let depth = 0;
  const binding: Binding = {
    context,
    bind(tree, scope) {
      if (++nodes > mostNodes)
        throw badRequest(`The expression has more than ${mostNodes} parts.`, { position: tree.at });
      if (++depth > mostDepth)
        throw badRequest(`The expression is nested more than ${mostDepth} levels deep.`, { position: tree.at });
      const operand =
        tree.kind === 'alias'
          ? bindAlias(tree.name, tree.at, scope, binding, openAliases)
          : bindTree(tree, scope, binding);
      depth--;
      return operand;
    },
    within(operation, bind) {
      if (openFunctions.has(operation))
        throw badRequest(`The definition of the function '${operation.qualifiedName}' leads back to itself.`);
      openFunctions.add(operation);
      const operand = bind();
      openFunctions.delete(operation);
      return operand;
    },
    newVariable(collection) {
      if (isWholeSet(collection) && roots >= context.limits.roots)
        throw badRequest(
          `Collections behind $root, and of all rows, may be gone through at most ${context.limits.roots} deep within each other.`,
        );
      return collections.push(collection);
    },
    forEachOf(collection, bind) {
      const counted = isWholeSet(collection) ? 1 : 0;
      roots += counted;
      const bound = bind();
      roots -= counted;
      return bound;
    },
    containerOf(place) {
      const { through, from } = wayTo(place, collections, context);
      return through.reduce(
        (container, property) => boundSet(context.model, container, property),
        from === undefined ? context.container : from.container,
      );
    },
    relationFrom(place, property) {
      const { through, from } = wayTo(place, collections, context);
      refuseLongWay(through.length);
      return context.relationOf(property, through, complexPathOf(place, collections), from);
    },
  };
  return binding;
}

/** Whether a collection has the members of a set, however few are left of them. */
function isWholeSet(place: Place): boolean {
  if (place.kind === 'concat') return isWholeSet(place.first) || isWholeSet(place.second);
  if (madeRowsIn(place)?.isOfAll === true) return true;
  const isPart =
    place.kind === 'cast' || place.kind === 'filtered' || place.kind === 'slice' || place.kind === 'mapped';
  return isPart ? isWholeSet(place.of) : place.kind === 'root' && place.type.isCollection;
}

function bindTree(tree: Exclude<Tree, { readonly kind: 'alias' }>, scope: Scope, binding: Binding): Operand {
  switch (tree.kind) {
    case 'literal':
      return tree.type === 'null' ? { kind: 'null', at: tree.at } : { kind: 'literal', literal: tree, at: tree.at };
    case 'path':
      return bindPath(tree, scope, binding);
    case 'call':
      return bindCall(tree, scope, binding);
    case 'binary':
      return bindBinary(tree, scope, binding);
    case 'unary':
      return tree.operator === 'not'
        ? bindNot(tree.operand, tree.at, scope, binding)
        : bindNegation(tree.operand, tree.at, scope, binding);
    case 'list':
      return { kind: 'list', items: tree.items.map((item) => binding.bind(item, scope)), at: tree.at };
    case 'object':
      return bindObject(tree, scope, binding);
    case 'case':
      return bindCase(tree, scope, binding);
    case 'cast':
      return bindCast(tree, scope, binding);
    case 'isof':
      return bindIsof(tree, scope, binding);
  }
}

/** [OData-URL 5.1.1.14.2] */
function bindObject(tree: Extract<Tree, { readonly kind: 'object' }>, scope: Scope, binding: Binding): Operand {
  const members = new Map<string, Operand>();
  for (const { name, value } of tree.members) {
    if (members.has(name)) throw fault(`The member '${name.slice(0, 60)}' occurs twice`, tree.at);
    members.set(name, binding.bind(value, scope));
  }
  return { kind: 'object', members, at: tree.at };
}

function bindBinary(tree: Extract<Tree, { readonly kind: 'binary' }>, scope: Scope, binding: Binding): Operand {
  switch (tree.operator) {
    case 'and':
    case 'or':
      return bindLogic(tree, scope, binding);
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return bindComparison(tree, tree.operator, scope, binding);
    case 'has':
      return bindHas(tree, scope, binding);
    case 'in':
      return bindIn(tree, scope, binding);
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'divby':
    case 'mod':
      return bindArithmetic(tree, tree.operator, scope, binding);
  }
}

/** Within the definition of a function `@name` is a parameter. */
function parameterNamed(name: string, at: number, parameters: ReadonlyMap<string, Operand>): Operand {
  const operand = parameters.get(name);
  if (operand !== undefined) return operand;
  throw badRequest(`There is no parameter '${name}'.${suggestion(name, parameters.keys())}`, { position: at });
}

/** An alias stands for its expression, wherever it is used; without a value it is null. [OData-URL 5.3] */
function bindAlias(name: string, at: number, scope: Scope, binding: Binding, open: Set<string>): Operand {
  if (scope.parameters !== undefined) return parameterNamed(name, at, scope.parameters);
  const { aliases, demandsAliasValues } = binding.context;
  const tree = aliases.get(name);
  if (tree === undefined && demandsAliasValues === true) throw aliasWithoutValue(name, at);
  if (tree === undefined) return { kind: 'null', at };
  if (open.has(name)) throw badRequest(`The parameter alias '@${name}' refers to itself.`, { position: at });
  open.add(name);
  const operand = binding.bind(tree, scope);
  open.delete(name);
  return operand.kind === 'literal' ? { ...operand, literal: { ...operand.literal, at }, at } : { ...operand, at };
}
