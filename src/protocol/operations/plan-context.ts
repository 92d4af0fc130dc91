import type { PlanContext } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import { bindLimits } from '../limits.js';

/** What planning needs to know of a request. */
export function planContextOf({ parts: { model, profile, behaviors }, tree }: Exchange): PlanContext {
  const { maxExpandDepth, maxExpands, maxTop } = profile.limits;
  return {
    model,
    rules: profile.path,
    definitions: behaviors.definitions,
    aliases: tree.options.aliases,
    tolerantApply: profile.tolerantApply,
    allowEnumNumbers: profile.validation.enumNumbers ?? false,
    limits: { maxExpandDepth, maxExpands, maxTop, bind: bindLimits(profile.limits) },
  };
}
