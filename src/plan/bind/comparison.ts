import type { ScalarType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Comparison, Expression } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { fault, unsupported } from './fault.js';
import { isScalar, typeName, type Operand, type ScalarOperand } from './operand.js';
import { edm, isGeo } from './primitives.js';
import { commonType, convert } from './promotion.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;

type Operator = Comparison['operator'];

/** [OData-URL 5.1.1.1.1 to 5.1.1.1.6] */
export function bindComparison(tree: BinaryTree, operator: Operator, scope: Scope, binding: Binding): Operand {
  const left = binding.bind(tree.left, scope);
  const right = binding.bind(tree.right, scope);
  const expression = compare(operator, tree.at, left, right, binding);
  return { kind: 'scalar', expression, type: edm('Boolean'), at: tree.at };
}

export function compare(operator: Operator, at: number, left: Operand, right: Operand, binding: Binding): Expression {
  return isScalar(left) && isScalar(right)
    ? compareScalars(operator, at, left, right, binding)
    : compareOthers(operator, at, left, right);
}

function compareScalars(
  operator: Operator,
  at: number,
  left: ScalarOperand,
  right: ScalarOperand,
  { context }: Binding,
): Expression {
  const type = commonType([left, right], context);
  const hasNull = left.kind === 'null' || right.kind === 'null';
  if (type === 'none' || (!hasNull && type !== undefined && !isComparable(type, operator)))
    throw incomparable(operator, at, left, right);
  return {
    kind: 'comparison',
    operator,
    left: convert(left, type, context),
    right: convert(right, type, context),
    type: hasNull ? undefined : type,
  };
}

/** Entities and complex values are there or they are null; nothing else is asked of them. */
function compareOthers(operator: Operator, at: number, left: Operand, right: Operand): Expression {
  for (const operand of [left, right]) {
    if (operand.kind === 'collection' || operand.kind === 'list')
      throw fault(`A collection cannot be compared by '${operator}'; use any, all or $count`, operand.at);
  }
  const isEquality = operator === 'eq' || operator === 'ne';
  const [place, other] = left.kind === 'structured' ? [left, right] : [right, left];
  if (!isEquality || place.kind !== 'structured' || (other.kind !== 'null' && other.kind !== 'structured'))
    throw incomparable(operator, at, left, right);
  if (other.kind === 'structured') throw unsupported('Comparing structured values is', at);
  const exists: Expression = { kind: 'exists', place: place.place };
  return operator === 'ne' ? exists : { kind: 'not', operand: exists };
}

/** Binary values have no order, geographical ones not even equality. [OData-URL 5.1.1.1] */
function isComparable(type: ScalarType, operator: Operator): boolean {
  if (isGeo(type) || type.qualifiedName === 'Edm.Stream') return false;
  return type.qualifiedName !== 'Edm.Binary' || operator === 'eq' || operator === 'ne';
}

function incomparable(operator: Operator, at: number, left: Operand, right: Operand) {
  return fault(`The types '${typeName(left)}' and '${typeName(right)}' cannot be compared by '${operator}'`, at);
}
