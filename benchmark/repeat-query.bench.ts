import { BehaviorRegistry } from '../src/behavior/index.js';
import { graphProfile } from '../src/graph/index.js';
import { aggregateOver, applyTo, defaultBindLimits } from '../src/plan/index.js';
import { rememberedPlan, UrlMemory } from '../src/protocol/index.js';

import type { Benchmark } from './benchmark.js';
import { model } from './plan-of.js';

const profile = graphProfile({ authentication: 'off' });
const urls = new UrlMemory({ model, profile, behaviors: new BehaviorRegistry(model, [], profile.path) });
const URL_TEXT =
  "deviceManagement/remoteActionAudits?$filter=startswith(deviceDisplayName,'Device') and actionState eq 'pending'" +
  '&$orderby=requestDateTime desc&$select=id,deviceDisplayName,action,requestDateTime&$top=20';

/** The same query again and again, as clients that poll send it. */
export const repeatQuery: Benchmark = {
  name: 'the same URL again, to plan',
  count: 2000,
  measure: () => {
    const tree = urls.parse(URL_TEXT);
    const target = urls.resolve(tree);
    if (target.kind !== 'collection') throw new Error(`'${URL_TEXT}' is no collection.`);
    const limits = { ...profile.limits, bind: defaultBindLimits };
    return rememberedPlan(target, tree.options, { limit: 20, skip: 0 }, () => ({
      model,
      rules: profile.path,
      aggregateOver,
      applyTo,
      aliases: tree.options.aliases,
      limits,
    }));
  },
  aim: { microseconds: 5 },
};
