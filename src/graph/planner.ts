import { isJsonObject, type JsonObject, type JsonValue, type NavigationProperty } from '../edm/index.js';
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

/** Where containers of plans are found, by their types. [Graph: plannerPlanContainer resource type] */
const CONTAINERS: Readonly<Record<string, string>> = {
  group: 'https://graph.microsoft.com/v1.0/groups/',
  roster: 'https://graph.microsoft.com/beta/planner/rosters/',
};

/** A container with its address, id and type, of which clients give the first or the others. [Graph: Create plannerPlan] */
export function wholeContainer(container: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(container ?? null)) return undefined;
  const { url = null, containerId = null, type = null } = container as JsonObject;
  const named = typeof url === 'string' ? /\/(groups|rosters)[/(]'?([^/()']+)'?\)?$/.exec(url) : null;
  if (named !== null && containerId === null)
    return { ...(container as JsonObject), containerId: named[2]!, type: type ?? named[1]!.slice(0, -1) };
  const base = typeof type === 'string' && Object.hasOwn(CONTAINERS, type) ? CONTAINERS[type] : undefined;
  if (url !== null || base === undefined || typeof containerId !== 'string') return container as JsonObject;
  return { ...(container as JsonObject), url: `${base}${containerId}` };
}
