import { summary } from '../csdl/index.js';
import type { Model } from '../edm/index.js';

/** Declared types, and ways into the data: sets, singletons, imports, navigation properties and bound operations. */
export function serviceCounts(model: Model): { types: number; routes: number } {
  const counts = summary(model);
  return {
    types: counts.entityTypes + counts.complexTypes + counts.enumTypes,
    routes: counts.entitySets + counts.singletons + counts.navigationProperties + counts.actions + counts.functions,
  };
}
