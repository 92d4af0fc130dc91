import { loadModel } from '../src/csdl/index.js';
import { graphProfile } from '../src/graph/index.js';
import { aggregateOver, applyTo, defaultBindLimits, planRead, resolvePath, type ReadPlan } from '../src/plan/index.js';
import { parseUrl } from '../src/url/index.js';

import { PACKAGE } from './servers.js';

const { path: rules, limits } = graphProfile({ authentication: 'off' });

/** The model of the document that ships. */
export const { model } = loadModel([`${PACKAGE}/metadata/beta.csdl.xml`]);

/** The plan of a URL of a collection, as the service makes it. */
export function planOf(url: string, page: ReadPlan['page']): ReadPlan {
  const tree = parseUrl(url);
  const { aliases } = tree.options;
  const target = resolvePath(tree.path, { model, rules, aliases });
  if (target.kind !== 'collection') throw new Error(`'${url}' is no collection.`);
  return planRead(target, tree.options, page, {
    model,
    rules,
    aggregateOver,
    applyTo,
    aliases,
    limits: { ...limits, bind: defaultBindLimits },
  });
}
