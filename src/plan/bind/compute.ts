import { badRequest } from '../../error/index.js';
import type { ComputeItem, QueryOptions } from '../../url/index.js';

import type { BindContext, ComputedProperty } from './context.js';
import { bindExpression } from './expression.js';
import { streamAsValue } from './fault.js';

/** `$compute=Price mul 2 as Double`: aliases must differ from each other and from declared properties. [OData-URL 5.1.10] */
export function bindCompute(items: readonly ComputeItem[], context: BindContext): ComputedProperty[] {
  const aliases = new Set<string>();
  return items.map(({ expression, alias, at }) => {
    if (aliases.has(alias)) throw badRequest(`$compute uses the alias '${alias}' twice.`, { position: at });
    aliases.add(alias);
    const { type } = context;
    if ((type.kind === 'entity' || type.kind === 'complex') && type.member(alias) !== undefined)
      throw badRequest(`The alias '${alias}' of $compute is a property of type '${type.qualifiedName}'.`, {
        position: at,
      });
    const bound = bindExpression(expression, context, '$compute');
    if (bound.type?.qualifiedName === 'Edm.Stream') throw streamAsValue(expression.at);
    return { alias, ...bound };
  });
}

/** Computed properties are written unless `$select` leaves them out. [OData-Protocol 11.2.5.3] */
export function visibleComputed(
  compute: readonly ComputedProperty[],
  { select }: QueryOptions,
): readonly ComputedProperty[] {
  if (select === undefined) return compute;
  return compute.filter(({ alias }) => select.value.some((item) => item.path[0] === alias || item.path[0] === '*'));
}
