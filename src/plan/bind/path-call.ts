import type { Argument } from '../../url/index.js';

import { fault } from './fault.js';
import { bindFunction, functionsNamed } from './function.js';
import { bindHierarchyFunction } from './hierarchy-function.js';
import type { Operand } from './operand.js';
import type { Walk } from './path-start.js';
import { findType } from './type-names.js';

/** A step that may call a function. */
interface CallStep {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly at: number;
}

/**
 * `ns.f(a=1)`: the result of a function bound to what stands in front of it. At the beginning of a path an unbound function
 * comes first, then one that is bound to the present item. Undefined where the name is none of a function.
 */
export function callOn(step: CallStep, operand: Operand, { tree, scope, binding }: Walk): Operand | undefined {
  const { name, at } = step;
  const { context } = binding;
  const isFirst = tree.steps[0]?.at === at && tree.steps[0].kind !== '$root';
  const tested = isFirst ? bindHierarchyFunction(step, scope, binding) : undefined;
  if (tested !== undefined) return tested;
  const unbound = isFirst ? functionsNamed(name, undefined, context) : [];
  if (unbound.length > 0) return bindFunction({ ...step, binding: undefined }, unbound, scope, binding);
  const bound = functionsNamed(name, operand, context);
  if (bound.length > 0) return bindFunction({ ...step, binding: operand }, bound, scope, binding);
  const isOperation =
    name.includes('.') && findType(name, context) === undefined && context.model.operations(name).length > 0;
  if (isOperation) throw fault(`'${name}' is no function that could be called here`, at);
  return undefined;
}
