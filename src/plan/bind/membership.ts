import type { EnumType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { bindScalar, type Binding, type Scope } from './binding.js';
import { fault, unsupported } from './fault.js';
import { operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm, isGeo } from './primitives.js';
import { commonType, convert, isAssignable } from './promotion.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;

/** `Name in ('a','b')`, `'a' in Tags`. [OData-URL 5.1.1.1.12] */
export function bindIn(tree: BinaryTree, scope: Scope, binding: Binding): Operand {
  const operand = bindScalar(tree.left, scope, binding, "'in'");
  const right = binding.bind(tree.right, scope);
  switch (right.kind) {
    case 'list': {
      const items = right.items.map((item) => bindScalar(item, scope, binding, "A list behind 'in'"));
      return isTrueWhere(tree, memberOfList(tree, operand, items, binding));
    }
    case 'collection':
      return isTrueWhere(tree, memberOfCollection(tree, operand, right.place, binding));
    default:
      throw fault(`'in' needs a list or a collection on its right side, not '${typeName(right)}'`, right.at);
  }
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

/** `x in Tags` means `Tags/any(t:t eq x)`. */
function memberOfCollection(tree: BinaryTree, operand: ScalarOperand, collection: Place, binding: Binding): Expression {
  const variable = binding.newVariable(collection);
  const place: Place = { kind: 'variable', variable, type: { ...collection.type, isCollection: false } };
  const item = operandAt(place, tree.at);
  if (item.kind !== 'scalar') throw unsupported("'in' with a collection of structured values is", tree.at);
  const { context } = binding;
  const type = comparisonType(item.type);
  if (!isAssignable(operand, type, context)) throw wrongTypes(tree, operand, item);
  const right = convert(operand, type, context);
  const condition: Expression = {
    kind: 'comparison',
    operator: 'eq',
    left: item.expression,
    right,
    type: operand.kind === 'null' ? undefined : type,
  };
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
