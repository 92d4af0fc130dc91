import { defineBehavior, type Entity, type OperationEvent } from '../../behavior/index.js';
import type { JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { DELETED_ITEMS, directoryCollections } from '../directory-places.js';
import { keyOfId } from './key-of-id.js';

/** Who belongs to what, through groups in groups too. [Graph: directoryObject: getMemberGroups and its kin] */
export const membership = defineBehavior({
  action: {
    'microsoft.graph.getMemberGroups': async (event) => ids(await asked(event, isGroup)),
    'microsoft.graph.getMemberObjects': async (event) => ids(await asked(event, () => true)),
    'microsoft.graph.checkMemberGroups': async (event) => checked(event, 'groupIds', isGroup),
    'microsoft.graph.checkMemberObjects': async (event) => checked(event, 'ids', () => true),
    'microsoft.graph.getByIds': (event) => byIds(event),
    'microsoft.graph.validateProperties': ({ parameters }) => validateProperties(parameters),
  },
});

function bound({ binding, operation }: OperationEvent): Entity {
  if (binding === undefined) throw badRequest(`'${operation.name}' needs an entity to be called on.`);
  return binding;
}

/** Everything that the entity is a member of, directly or not, each once. */
function memberships(event: OperationEvent): Promise<readonly Entity[]> {
  return event.entities.reached(bound(event), 'memberOf');
}

/** With `securityEnabledOnly` the security groups alone, whatever else was asked for. */
async function asked(event: OperationEvent, accepts: (entity: Entity) => boolean): Promise<Entity[]> {
  const securityOnly = event.parameters.get('securityEnabledOnly') === true;
  const accepted = (await memberships(event)).filter(accepts);
  return securityOnly
    ? accepted.filter((each) => isGroup(each) && each.document['securityEnabled'] === true)
    : accepted;
}

function isGroup({ row }: Entity): boolean {
  return row.type === 'microsoft.graph.group';
}

function ids(found: readonly Entity[]): JsonValue {
  return found.map(({ document }) => document['id'] ?? null);
}

const MOST_CHECKED = 20;

/** Those of the given ids that the entity is a member of. [Graph: directoryObject: checkMemberGroups, checkMemberObjects] */
async function checked(event: OperationEvent, name: string, accepts: (entity: Entity) => boolean): Promise<JsonValue> {
  const wanted = event.parameters.get(name) as readonly JsonValue[];
  if (wanted.length > MOST_CHECKED)
    throw badRequest(`At most ${String(MOST_CHECKED)} ids may be checked at once.`, { target: name });
  const found = new Set((await memberships(event)).filter(accepts).map(({ document }) => document['id'] ?? null));
  return [...new Set(wanted)].filter((id) => found.has(id));
}

/** Names are valid where no policy forbids them; there are policies for groups alone. [Graph: directoryObject: validateProperties] */
function validateProperties(parameters: ReadonlyMap<string, JsonValue>): undefined {
  const type = parameters.get('entityType') ?? null;
  if (type !== null && type !== 'Group')
    throw badRequest(
      `Names of the type '${String(type).slice(0, 100)}' cannot be validated, only those of a 'Group'.`,
      {
        target: 'entityType',
      },
    );
  return undefined;
}

const MOST_IDS = 1000;

/** Objects of any kind by their ids; unknown ones are left out. [Graph: directoryObject: getByIds] */
async function byIds({ entities, parameters, model }: OperationEvent): Promise<readonly Entity[]> {
  const wanted = parameters.get('ids') as readonly string[];
  if (wanted.length > MOST_IDS)
    throw badRequest(`At most ${String(MOST_IDS)} ids may be asked for at once.`, { target: 'ids' });
  const names = (parameters.get('types') as readonly string[] | null) ?? ['directoryObject'];
  const types = names.flatMap(
    (name) => model.structuredType(name.includes('.') ? name : `microsoft.graph.${name}`) ?? [],
  );
  const collections = directoryCollections(model).filter((collection) => collection !== DELETED_ITEMS);
  const root = model.entityTypeOrThrow('microsoft.graph.directoryObject');
  const found: Entity[] = [];
  for (const key of new Set(wanted.flatMap((id) => keyOfId(id) ?? [])))
    found.push(...(await entities.keyed(root, collections, key)));
  return found.filter(({ row }) => types.some((type) => model.entityTypeOrThrow(row.type).isOrDerivesFrom(type)));
}
