import { defineBehavior, type Entities, type Entity, type OperationEvent } from '../../behavior/index.js';
import type { JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

/** Who belongs to what, through groups in groups too. [Graph: directoryObject: getMemberGroups and its kin] */
export const membership = defineBehavior({
  action: {
    'microsoft.graph.getMemberGroups': async (event) => ids(await groupsOf(event)),
    'microsoft.graph.getMemberObjects': async (event) => ids(await memberships(event.entities, bound(event))),
    'microsoft.graph.checkMemberGroups': async (event) =>
      amongst(event, 'groupIds', await memberships(event.entities, bound(event), isGroup)),
    'microsoft.graph.checkMemberObjects': async (event) =>
      amongst(event, 'ids', await memberships(event.entities, bound(event))),
    'microsoft.graph.getByIds': (event) => byIds(event),
    'microsoft.graph.validateProperties': async () => undefined,
  },
});

function bound({ binding, operation }: OperationEvent): Entity {
  if (binding === undefined) throw badRequest(`'${operation.name}' needs an entity to be called on.`);
  return binding;
}

async function groupsOf(event: OperationEvent): Promise<Entity[]> {
  const securityOnly = event.parameters.get('securityEnabledOnly') === true;
  const groups = await memberships(event.entities, bound(event), isGroup);
  return securityOnly ? groups.filter(({ document }) => document['securityEnabled'] === true) : groups;
}

/** Everything that an object is a member of, directly or not; each once, and circles end. */
async function memberships(
  entities: Entities,
  start: Entity,
  accepts: (entity: Entity) => boolean = () => true,
): Promise<Entity[]> {
  const seen = new Map<number, Entity>();
  const open = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const container of await entities.related(next, 'memberOf')) {
      if (seen.has(container.row.sequence)) continue;
      seen.set(container.row.sequence, container);
      open.push(container);
    }
  }
  return [...seen.values()].filter(accepts);
}

function isGroup({ row }: Entity): boolean {
  return row.type === 'microsoft.graph.group';
}

function ids(found: readonly Entity[]): JsonValue {
  return found.map(({ document }) => document['id'] ?? null);
}

function amongst({ parameters }: OperationEvent, name: string, found: readonly Entity[]): JsonValue {
  const asked = new Set(parameters.get(name) as readonly JsonValue[]);
  return found.map(({ document }) => document['id'] ?? null).filter((id) => asked.has(id));
}

const MOST_IDS = 1000;

/** Objects of any kind by their ids; unknown ones are left out. [Graph: directoryObject: getByIds] */
async function byIds({ entities, parameters, model }: OperationEvent): Promise<readonly Entity[]> {
  const wanted = parameters.get('ids') as readonly string[];
  if (wanted.length > MOST_IDS)
    throw badRequest(`At most ${String(MOST_IDS)} ids may be asked for at once.`, { target: 'ids' });
  const types = (parameters.get('types') as readonly string[] | null) ?? ['directoryObject'];
  const found: Entity[] = [];
  for (const child of model.container?.children.values() ?? []) {
    if (child.kind !== 'entitySet' || !types.some((name) => isOrDerives(child.type.qualifiedName, name))) continue;
    for (const id of wanted) {
      const entity = await entities.get({ collection: child.name, key: encodeURIComponent(id) });
      if (entity !== undefined) found.push(entity);
    }
  }
  return found;

  function isOrDerives(qualifiedName: string, name: string): boolean {
    const base = model.structuredType(name.includes('.') ? name : `microsoft.graph.${name}`);
    const type = model.structuredType(qualifiedName);
    return base !== undefined && type !== undefined && type.isOrDerivesFrom(base);
  }
}
