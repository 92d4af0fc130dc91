import { badRequest } from '../error/index.js';
import { literalOf, planArgument, UnsettledKey, type Target } from '../plan/index.js';
import type { Reader } from '../store/index.js';
import type { UrlTree } from '../url/index.js';

import type { ServiceParts } from './exchange.js';
import { planContext } from './plan-context.js';

/**
 * What a URL names, and the URL with the values of its keys: where one is an alias of an expression, the expression is worked
 * out first. `Things(@k)?@k=$root/Settings/Size add 1` [OData-URL 4.3.1, 5.3]
 */
export async function settledKeys(
  tree: UrlTree,
  resolve: (tree: UrlTree) => Target,
  space: Pick<Reader, 'evaluate'>,
  parts: ServiceParts,
): Promise<{ readonly tree: UrlTree; readonly target: Target }> {
  try {
    return { tree, target: resolve(tree) };
  } catch (error) {
    if (!(error instanceof UnsettledKey)) throw error;
    const { alias, value } = error;
    const { options } = tree;
    const plan = planArgument(value, undefined, planContext(parts, options.aliases));
    if (plan !== undefined && plan.type === undefined)
      throw badRequest(`The value of the parameter alias '@${alias}' is no value of a key.`, { position: value.at });
    const found = plan === undefined ? null : await space.evaluate(plan.expression);
    const aliases = new Map(options.aliases).set(alias, literalOf(found, plan?.type, value.at));
    return settledKeys({ ...tree, options: { ...options, aliases } }, resolve, space, parts);
  }
}
