import type { ScalarType, SchemaType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Binding, Scope } from './binding.js';
import { fault } from './fault.js';
import { naturalType } from './literal-type.js';
import { operandAt, type Operand, type ScalarOperand } from './operand.js';
import { namedEnum } from './promotion.js';
import { findType, unknownType } from './type-names.js';

type TypeTree = Extract<Tree, { readonly kind: 'cast' | 'isof' }>;

/** The type that `cast` or `isof` names; of a collection the type of its items. */
export function targetType(tree: TypeTree, { context }: Binding): SchemaType {
  const name = itemType(tree.type) ?? tree.type;
  const type = findType(name, context);
  if (type === undefined) throw unknownType(name, context.model, tree.at);
  return type;
}

/** `Collection(ns.T)` is about `ns.T`; undefined for single values. */
export function itemType(typeName: string): string | undefined {
  return /^Collection\((.*)\)$/.exec(typeName)?.[1];
}

/** Without an operand `$it` is meant. [OData-URL 5.1.1.10] */
export function operandOf(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const operand = tree.operand ? binding.bind(tree.operand, scope) : operandAt(scope.implicit, tree.at);
  const isCollection = operand.kind === 'collection' || operand.kind === 'list';
  if (isCollection && itemType(tree.type) === undefined)
    throw fault(`'${tree.kind}' needs a single value, not a collection`, operand.at);
  return operand;
}

export function scalarTypeOf(
  operand: Extract<ScalarOperand, { kind: 'scalar' | 'literal' }>,
  { context }: Binding,
): ScalarType {
  if (operand.kind === 'scalar') return operand.type;
  return operand.literal.type === 'enum' ? namedEnum(operand.literal, context) : naturalType(operand.literal);
}
