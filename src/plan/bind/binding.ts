import type { NavigationProperty, Operation } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import type { Relation } from '../relation-kind.js';
import type { BindContext, Origin } from './context.js';
import { fault } from './fault.js';
import { isScalar, typeName, type Operand, type ScalarOperand } from './operand.js';
import { convert, isAssignable } from './promotion.js';
import { edm } from './primitives.js';

/** One expression on its way from syntax to meaning. */
export interface Binding {
  readonly context: BindContext;
  /** The parts of an expression are bound by this; it counts nodes and depth. */
  bind(tree: Tree, scope: Scope): Operand;
  /** Binds what is asked of each item of a collection. */
  forEachOf<T>(collection: Place, bind: () => T): T;
  /** Numbers of range variables are unique within the expression. */
  newVariable(collection: Place): number;
  /** Binds the definition of a function; one that leads back to itself is refused. */
  within(operation: Operation, bind: () => Operand): Operand;
  /** The container element that the entities at a place are of, or in which complex values there are. */
  containerOf(place: Place): Origin['container'];
  /** How a navigation property is followed from a place. */
  relationFrom(place: Place, property: NavigationProperty): Relation;
}

/** What names mean at one point of an expression. */
export interface Scope {
  /** What a path starts from that has no range variable. */
  readonly implicit: Place;
  readonly it: Place;
  readonly this: Place;
  readonly variables: ReadonlyMap<string, Place>;
  /** The collection whose items a condition in a path is asked of. */
  readonly these?: Place;
  /** Within the definition of a function: what `@name` stands for. */
  readonly parameters?: ReadonlyMap<string, Operand>;
}

/** A part that must have a single scalar value. */
export function bindScalar(tree: Tree, scope: Scope, binding: Binding, user: string): ScalarOperand {
  return asScalar(binding.bind(tree, scope), user);
}

export function asScalar(operand: Operand, user: string): ScalarOperand {
  if (isScalar(operand)) return operand;
  throw operand.kind === 'structured' || operand.kind === 'object'
    ? fault(`${user} needs a primitive value, not one of type '${typeName(operand)}'`, operand.at)
    : fault(`${user} needs a single value; a collection can be used with any, all or $count`, operand.at);
}

export function bindBoolean(tree: Tree, scope: Scope, binding: Binding, user: string): Expression {
  const operand = bindScalar(tree, scope, binding, user);
  const type = edm('Boolean');
  if (!isAssignable(operand, type, binding.context))
    throw fault(`${user} needs a value of type 'Edm.Boolean', not '${typeName(operand)}'`, operand.at);
  return convert(operand, type, binding.context);
}
