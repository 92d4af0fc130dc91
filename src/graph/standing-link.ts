import type { LinkRule } from '../plan/index.js';

/**
 * Links that only say which entities of a collection are meant: these stand there, wherever they are read or created.
 * Nothing leads back from them, and they begin and end with the entities.
 */
export function linkStandingIn(name: string, standsIn: NonNullable<LinkRule['standsIn']>): LinkRule {
  return { name, inverse: false, isSingle: false, isMutual: false, isTransitive: false, isOwner: true, standsIn };
}
