import type { NavigationProperty } from '../edm/index.js';
import type { LinkRule, MatchRule } from '../plan/index.js';

import { linkStandingIn } from './standing-link.js';

const TASKS = 'planner/tasks';
const BUCKETS = 'planner/buckets';

const MATCHES: Readonly<Record<string, MatchRule>> = {
  'microsoft.graph.plannerPlan/tasks': { collection: TASKS, here: 'id', there: 'planId' },
  'microsoft.graph.plannerPlan/buckets': { collection: BUCKETS, here: 'id', there: 'planId' },
  'microsoft.graph.plannerBucket/tasks': { collection: TASKS, here: 'id', there: 'bucketId' },
};

/** Tasks and buckets say which plan they belong to, and tasks which bucket. [Graph: plannerTask, plannerBucket resource types] */
export function plannerMatch({ name, declaringType }: NavigationProperty): MatchRule | undefined {
  return MATCHES[`${declaringType.qualifiedName}/${name}`];
}

/** Which entities of Planner a user or group has: what a task and a plan say of it is kept as references as well. */
const HOLDERS: Readonly<Record<string, string>> = {
  'microsoft.graph.plannerUser/tasks': TASKS,
  'microsoft.graph.plannerGroup/plans': 'planner/plans',
};

/** [Graph: List user planner tasks, List plans of a group] */
export function plannerLink({ name, declaringType }: NavigationProperty): LinkRule | undefined {
  const holder = `${declaringType.qualifiedName}/${name}`;
  const collection = HOLDERS[holder];
  return collection === undefined ? undefined : linkStandingIn(holder, () => collection);
}
