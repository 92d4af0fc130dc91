import { aggregateOver, applyTo, type Aliases, type PlanContext } from '../plan/index.js';
import type { Exchange, ServiceParts } from './exchange.js';
import { bindLimits } from './limits.js';

/** What planning needs to know of a request. */
export function planContextOf({ parts, tree }: Exchange): PlanContext {
  return planContext(parts, tree.options.aliases);
}

export function planContext(
  { model, profile, behaviors }: Pick<ServiceParts, 'model' | 'profile' | 'behaviors'>,
  aliases: Aliases,
): PlanContext {
  const { maxExpandDepth, maxExpands, maxTop } = profile.limits;
  return {
    model,
    rules: profile.path,
    applyTo,
    aggregateOver,
    definitions: behaviors.definitions,
    aggregates: behaviors.aggregates,
    aliases,
    tolerantApply: profile.tolerantApply,
    demandsAliasValues: profile.demandsAliasValues,
    allowEnumNumbers: profile.validation.enumNumbers ?? false,
    limits: { maxExpandDepth, maxExpands, maxTop, bind: bindLimits(profile.limits) },
  };
}
