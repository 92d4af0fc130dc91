import type { EnumType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { bindScalar, type Binding, type Scope } from './binding.js';
import { compare } from './comparison.js';
import { fault } from './fault.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { edm, isGeo } from './primitives.js';
import { commonType, convert } from './promotion.js';
import { FALSE } from './truth.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;

/** `Name in ('a','b')`, `'a' in Tags`, `[A,B] in [[1,2],[3,4]]`, `$it in $root/Things(1)/Friends`. [OData-URL 5.1.1.1.11] */
export function bindIn(tree: BinaryTree, scope: Scope, binding: Binding): Operand {
  const operand = binding.bind(tree.left, scope);
  const right = binding.bind(tree.right, scope);
  if (right.kind === 'list') {
    const isPlain = isScalar(operand) && right.items.every(isScalar);
    const expression = isPlain
      ? memberOfList(tree, operand, right.items as readonly ScalarOperand[], binding)
      : memberOfOperands(tree, operand, right.items, binding);
    return isTrueWhere(tree, expression);
  }
  const collection = collectionAt(right);
  if (collection !== undefined) return isTrueWhere(tree, memberOfCollection(tree, operand, collection, binding));
  throw fault(`'in' needs a list or a collection on its right side, not '${typeName(right)}'`, right.at);
}

/** `Pattern has Sales.Pattern'Yellow'`, `Pattern has 'Yellow'`. [OData-URL 5.1.1.1.10] */
export function bindHas(tree: BinaryTree, scope: Scope, binding: Binding): Operand {
  const left = bindScalar(tree.left, scope, binding, "'has'");
  const right = bindScalar(tree.right, scope, binding, "'has'");
  const type = commonType([left, right], binding.context);
  if (type === 'none') throw wrongTypes(tree, left, right);
  if (type === undefined) return { kind: 'null', at: tree.at };
  if (type.kind !== 'enum' || !(type as EnumType).isFlags)
    throw fault(`'has' needs values of an enumeration with flags, not of type '${type.qualifiedName}'`, tree.at);
  const operand = convert(left, type, binding.context);
  return isTrueWhere(tree, { kind: 'has', operand, flags: convert(right, type, binding.context) });
}

/** All items and the operand are promoted to one type, so that the store compares like with like. */
function memberOfList(
  tree: BinaryTree,
  operand: ScalarOperand,
  items: readonly ScalarOperand[],
  { context }: Binding,
): Expression {
  const type = commonType([operand, ...items], context);
  if (type === 'none' || (type !== undefined && (isGeo(type) || type.qualifiedName === 'Edm.Stream'))) {
    const wrong = items.find((item) => commonType([operand, item], context) === 'none') ?? operand;
    throw wrongTypes(tree, operand, wrong);
  }
  return {
    kind: 'in',
    operand: convert(operand, type, context),
    items: items.map((item) => convert(item, type, context)),
  };
}

/** Whether a structured value or a list equals one of several. */
function memberOfOperands(tree: BinaryTree, operand: Operand, items: readonly Operand[], binding: Binding): Expression {
  const conditions = items.map((item) => compare('in', tree.at, operand, item, binding));
  return conditions.reduceRight((right, left) => ({ kind: 'logic', operator: 'or', left, right }), FALSE);
}

/** `x in Tags` means `Tags/any(t:t eq x)`. */
function memberOfCollection(tree: BinaryTree, operand: Operand, collection: Place, binding: Binding): Expression {
  const { variable, place } = newItem(collection, binding);
  const condition = compare('in', tree.at, operandAt(place, tree.at), operand, binding);
  return { kind: 'any', collection, variable, condition };
}

function isTrueWhere(tree: BinaryTree, expression: Expression): Operand {
  return { kind: 'scalar', expression, type: edm('Boolean'), at: tree.at };
}

function wrongTypes(tree: BinaryTree, left: Operand, right: Operand) {
  return fault(
    `The types '${typeName(left)}' and '${typeName(right)}' cannot be compared by '${tree.operator}'`,
    tree.at,
  );
}
