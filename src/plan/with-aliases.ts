import type { Aliases } from './bind-key.js';

/** The aliases of a request with those that options define for themselves. [OData-ABNF expandOption, selectOption] */
export function withAliases(outer: Aliases, own: Aliases): Aliases {
  return own.size === 0 ? outer : new Map([...outer, ...own]);
}
