import type { ScalarType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Comparison, Expression } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { equalValues, isNothing } from './equality.js';
import { fault } from './fault.js';
import { isScalar, streamAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { edm, isGeo } from './primitives.js';
import { commonType, convert } from './promotion.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;

/** `in` asks for equality as `eq` does, and names itself in errors. */
type Operator = Comparison['operator'] | 'in';

/** [OData-URL 5.1.1.1.1 to 5.1.1.1.6] */
export function bindComparison(
  tree: BinaryTree,
  operator: Comparison['operator'],
  scope: Scope,
  binding: Binding,
): Operand {
  const left = binding.bind(tree.left, scope);
  const right = binding.bind(tree.right, scope);
  const expression = compare(operator, tree.at, left, right, binding);
  return { kind: 'scalar', expression, type: edm('Boolean'), at: tree.at };
}

/** Two operands of any kind, scalar or not. */
export function compare(operator: Operator, at: number, left: Operand, right: Operand, binding: Binding): Expression {
  return isScalar(left) && isScalar(right)
    ? compareScalars(operator, at, left, right, binding)
    : compareOthers(operator, at, left, right, binding);
}

function compareScalars(
  operator: Operator,
  at: number,
  left: ScalarOperand,
  right: ScalarOperand,
  { context }: Binding,
): Expression {
  const content = left.kind === 'null' ? streamAt(right) : right.kind === 'null' ? streamAt(left) : undefined;
  if (content !== undefined && (operator === 'eq' || operator === 'ne')) {
    const exists: Expression = { kind: 'exists', place: content };
    return operator === 'ne' ? exists : opposite(exists);
  }
  const type = commonType([left, right], context);
  const hasNull = left.kind === 'null' || right.kind === 'null';
  if (type === 'none' || (!hasNull && type !== undefined && !isComparable(type, operator)))
    throw incomparable(operator, at, left, right);
  return {
    kind: 'comparison',
    operator: operator === 'in' ? 'eq' : operator,
    left: convert(left, type, context),
    right: convert(right, type, context),
    type: hasNull ? undefined : type,
  };
}

/** Structured values and collections are equal or they are not; they have no order. */
function compareOthers(operator: Operator, at: number, left: Operand, right: Operand, binding: Binding): Expression {
  if (operator !== 'eq' && operator !== 'ne' && operator !== 'in') throw incomparable(operator, at, left, right);
  const equal =
    left.kind === 'null' || right.kind === 'null'
      ? isNothing(left.kind === 'null' ? right : left)
      : equalValues(left, right, { at, binding, compare: (a, b) => compare('eq', at, a, b, binding) });
  if (equal === undefined) throw incomparable(operator, at, left, right);
  return operator === 'ne' ? opposite(equal) : equal;
}

function opposite(condition: Expression): Expression {
  return condition.kind === 'not' ? condition.operand : { kind: 'not', operand: condition };
}

/** Binary values have no order, geographical ones not even equality. [OData-URL 5.1.1.1] */
function isComparable(type: ScalarType, operator: Operator): boolean {
  if (isGeo(type) || type.qualifiedName === 'Edm.Stream') return false;
  return type.qualifiedName !== 'Edm.Binary' || operator === 'eq' || operator === 'ne' || operator === 'in';
}

function incomparable(operator: Operator, at: number, left: Operand, right: Operand) {
  return fault(`The types '${typeName(left)}' and '${typeName(right)}' cannot be compared by '${operator}'`, at);
}
