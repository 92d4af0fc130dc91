import type { Behavior, CreateEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type Model } from '../../edm/index.js';

import { wholeContainer } from '../planner.js';

import { keyOfId } from './key-of-id.js';
import { relink } from './relink.js';

/** Who has an entity of Planner, by what it says itself. */
interface Holding {
  /** The type of the holder, of which each member of `set` has one below `planner`. */
  readonly type: string;
  readonly set: string;
  readonly property: string;
  /** Ids of those who have it. */
  holders(document: JsonObject): readonly string[];
}

/** Tasks belong to the users whom they are assigned to. [Graph: plannerAssignments resource type] */
const TASKS: Holding = {
  type: 'microsoft.graph.plannerUser',
  set: 'users',
  property: 'tasks',
  holders: ({ assignments }) =>
    Object.entries(isJsonObject(assignments) ? assignments : {}).flatMap(([id, assignment]) =>
      isJsonObject(assignment) && !id.includes('@') ? [id] : [],
    ),
};

/** Plans belong to the group that contains them. [Graph: plannerPlan, plannerPlanContainer resource types] */
const PLANS: Holding = {
  type: 'microsoft.graph.plannerGroup',
  set: 'groups',
  property: 'plans',
  holders: ({ container, owner }) => {
    const id = (isJsonObject(container) ? container['containerId'] : undefined) ?? owner;
    return typeof id === 'string' ? [id] : [];
  },
};

const HOLDINGS: Readonly<Record<string, Holding>> = {
  'microsoft.graph.plannerTask': TASKS,
  'microsoft.graph.plannerPlan': PLANS,
};

/** Tasks are found with whom they are assigned to, and plans with their group. [Graph: List tasks, List plans] */
export function plannerItems(model: Model): Behavior {
  const create: Record<string, Handler<CreateEvent, Entity>> = {};
  const update: Record<string, Handler<UpdateEvent, Entity>> = {};
  for (const [type, holding] of Object.entries(HOLDINGS)) {
    const holder = model.type(holding.type);
    if (holder?.kind !== 'entity' || !holder.navigationProperties.has(holding.property)) continue;
    create[type] = async ({ document, entities }, next) => {
      const container = wholeContainer(document['container']);
      if (container !== undefined) document['container'] = container;
      const created = await next();
      await relink(created, holding.property, [], await holdersOf(created, holding, entities), entities);
      return created;
    };
    update[type] = async ({ entity, entities }, next) => {
      const before = await holdersOf(entity, holding, entities);
      const changed = await next();
      await relink(changed, holding.property, before, await holdersOf(changed, holding, entities), entities);
      return changed;
    };
  }
  return { create, update };
}

/** Those who have an entity of Planner. Nobody says that they must exist. */
async function holdersOf(
  { document }: Entity,
  { set, holders }: Holding,
  entities: Entities,
): Promise<readonly Entity[]> {
  const found: Entity[] = [];
  for (const id of holders(document)) {
    const key = keyOfId(id);
    const owner = key === undefined ? undefined : await entities.get({ collection: set, key });
    if (owner !== undefined) found.push(await entities.at(`${set}/${key!}/planner`));
  }
  return found;
}
