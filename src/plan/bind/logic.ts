import type { Expression as Tree } from '../../url/index.js';

import type { Expression } from '../expression.js';
import { bindBoolean, type Binding, type Scope } from './binding.js';
import type { Operand } from './operand.js';
import { edm } from './primitives.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;
type Logic = BinaryTree & { readonly operator: 'and' | 'or' };

/**
 * `a or b or c` leans to the left and may be long, so its spine is walked rather than recursed into.
 * [OData-URL 5.1.1.1.7, 5.1.1.1.8]
 */
export function bindLogic(tree: BinaryTree, scope: Scope, binding: Binding): Operand {
  const spine: Logic[] = [];
  let first: Tree = tree;
  while (isLogic(first)) {
    spine.push(first);
    first = first.left;
  }
  const innermost = spine.at(-1)!;
  let expression: Expression = bindBoolean(first, scope, binding, `'${innermost.operator}'`);
  for (const { operator, right } of spine.reverse()) {
    expression = {
      kind: 'logic',
      operator,
      left: expression,
      right: bindBoolean(right, scope, binding, `'${operator}'`),
    };
  }
  return { kind: 'scalar', expression, type: edm('Boolean'), at: tree.at };
}

/** [OData-URL 5.1.1.1.9] */
export function bindNot(operand: Tree, at: number, scope: Scope, binding: Binding): Operand {
  const expression: Expression = { kind: 'not', operand: bindBoolean(operand, scope, binding, "'not'") };
  return { kind: 'scalar', expression, type: edm('Boolean'), at };
}

function isLogic(tree: Tree): tree is Logic {
  return tree.kind === 'binary' && (tree.operator === 'and' || tree.operator === 'or');
}
