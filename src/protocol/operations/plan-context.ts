import { defaultBindLimits, type PlanContext } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';

/** What planning needs to know of a request. */
export function planContextOf({ parts: { model, profile }, tree }: Exchange): PlanContext {
  return {
    model,
    rules: profile.path,
    aliases: tree.options.aliases,
    tolerantApply: profile.tolerantApply,
    allowEnumNumbers: profile.validation.enumNumbers ?? false,
    limits: { maxExpandDepth: profile.limits.maxExpandDepth, bind: defaultBindLimits },
  };
}
