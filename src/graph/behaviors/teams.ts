import type {
  Behavior,
  CreateEvent,
  DeleteEvent,
  Entities,
  Entity,
  Handler,
  OperationEvent,
  OperationResult,
} from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { ME } from '../caller.js';
import { declaredOf } from '../declared-of.js';
import { DELETED_ITEMS, hasDeletedItems } from '../directory-places.js';
import { CHANNEL, CHATS, GENERAL, GROUP, JOINED_TEAMS, MEMBER, TEAM, TEAMS } from '../teamwork.js';

import { missingIn } from './first-values.js';
import { stampNew } from './timestamps.js';

const DIRECTORY_OBJECT = 'microsoft.graph.directoryObject';
const OWNER = 'owner';
const IS_TEAM = 'Team';
const RESTORE = 'microsoft.graph.restore';
/** Teams of deleted groups wait here, where no path leads. */
const WAITING = 'deletedTeams';

/**
 * Every team has a group with the same id, which is made with it unless it is there. [Graph: Create team, Use the Microsoft
 * Graph API to work with Microsoft Teams]
 */
export function teams(model: Model): Behavior {
  if (!hasTeams(model)) return {};
  const keepsDeleted = hasDeletedItems(model) && model.operations(RESTORE).length > 0;
  return {
    create: { [TEAM]: createTeam },
    delete: {
      // Around what is done with all objects of the directory.
      ...(keepsDeleted ? { [DIRECTORY_OBJECT]: removeGroup } : {}),
      ...(model.type(CHANNEL)?.kind === 'entity' ? { [CHANNEL]: refuseGeneral } : {}),
    },
    ...(keepsDeleted ? { action: { [RESTORE]: restoreTeam } } : {}),
  };
}

/** Whether a schema has all that teams are related to. */
export function hasTeams(model: Model): boolean {
  const hasProperty = (type: string, ...names: string[]): boolean => {
    const declared = model.type(type);
    return declared?.kind === 'entity' && names.every((name) => declared.navigationProperties.has(name));
  };
  return (
    hasProperty(TEAM, 'group', 'members') &&
    hasProperty(GROUP, 'members', 'owners') &&
    hasProperty(MEMBER, 'user') &&
    hasProperty('microsoft.graph.user', JOINED_TEAMS, CHATS)
  );
}

const createTeam: Handler<CreateEvent, Entity> = async (event, next) => {
  const { document, collection, entities, comesWith } = event;
  if (collection !== TEAMS) return next();
  const group = await groupFor(event);
  if (group !== undefined) Object.assign(document, inherited(document, group, event));
  stampNew(document, TEAM, event.now, event.model);
  const team = await next();
  const own = group ?? (await makeGroup(team, event));
  await markAsTeam(own, entities);
  await entities.link(team, 'group', own);
  if (group !== undefined) await takeMembers(team, group, event);
  else if (!comesWith('members')) await admit(await entities.at(`users/${ME}`), team, [OWNER], event);
  return team;
};

/** The group that the request names, or in whose place the team is made. */
async function groupFor({ document, entities, via, bound }: CreateEvent): Promise<Entity | undefined> {
  if (via !== undefined && via.entity.row.type === GROUP) return via.entity;
  const [named] = await bound('group');
  if (named !== undefined) document['id'] = named.document['id']!;
  if (named !== undefined && (await entities.get({ collection: TEAMS, key: named.row.key })) !== undefined)
    throw badRequest('The group has a team already.', { target: 'group' });
  return named;
}

/** A team is called and seen as its group. [Graph: Create team from group] */
function inherited(document: JsonObject, group: Entity, { model }: CreateEvent): JsonObject {
  const { displayName = null, description = null, visibility } = group.document;
  const members: JsonObject = {
    displayName: document['displayName'] ?? displayName,
    description: document['description'] ?? description,
    ...(typeof visibility === 'string' ? { visibility: visibility.toLowerCase() } : {}),
  };
  return declaredOf(model.entityTypeOrThrow(TEAM), members);
}

async function makeGroup(team: Entity, event: CreateEvent): Promise<Entity> {
  const { entities, model, now } = event;
  const { id, displayName = null, description = null, visibility = null } = team.document;
  const type = model.entityTypeOrThrow(GROUP);
  const members = {
    displayName,
    description,
    visibility: typeof visibility === 'string' ? visibility[0]!.toUpperCase() + visibility.slice(1) : null,
    groupTypes: ['Unified'],
    mailEnabled: true,
    securityEnabled: false,
  };
  const document: JsonObject = { id: id!, ...declaredOf(type, members) };
  stampNew(document, GROUP, now, model);
  Object.assign(document, await missingIn(document, 'groups', type, event));
  return entities.create('groups', GROUP, document);
}

/** [Graph: List all teams in Microsoft Teams for an organization] */
async function markAsTeam(group: Entity, entities: Entities): Promise<void> {
  const options = group.document['resourceProvisioningOptions'];
  const others = Array.isArray(options) ? options : [];
  if (!others.includes(IS_TEAM)) await entities.update(group, { resourceProvisioningOptions: [...others, IS_TEAM] });
}

/** The members and owners of the group are those of the team. [Graph: Create team from group] */
async function takeMembers(team: Entity, group: Entity, event: CreateEvent): Promise<void> {
  const owners = await event.entities.related(group, 'owners');
  const isOwner = ({ row }: Entity): boolean => owners.some((each) => each.row.sequence === row.sequence);
  const members = await event.entities.related(group, 'members');
  const all = [...owners, ...members.filter((each) => !isOwner(each))];
  for (const user of all.filter(({ row }) => row.collection === 'users'))
    await admit(user, team, isOwner(user) ? [OWNER] : [], event);
}

/** Makes a user a member of a team that has just been made. */
async function admit(user: Entity, team: Entity, roles: string[], { entities, model }: CreateEvent): Promise<void> {
  await addMember(user, team, { roles }, entities, model);
  await join(user, team, roles, entities);
}

/** Writes down that a user is a member of a conversation. */
export async function addMember(
  user: Entity,
  { row: { collection, key } }: Entity,
  given: JsonObject,
  entities: Entities,
  model: Model,
): Promise<void> {
  const id = Buffer.from(`${key}##${user.row.key}`).toString('base64url');
  const document = { id, ...given, ...memberValues(user, model) };
  const member = await entities.create(`${collection}/${key}/members`, MEMBER, document);
  await entities.link(member, 'user', user);
}

/** What a member of a conversation says of the user. [Graph: aadUserConversationMember resource type] */
export function memberValues({ document }: Entity, model: Model): JsonObject {
  const { id = null, displayName = null, mail = null, userPrincipalName = null } = document;
  const members = { userId: id, displayName, email: mail ?? userPrincipalName };
  return declaredOf(model.entityTypeOrThrow(MEMBER), members);
}

/** A member of a team is in its group, and an owner owns it. [Graph: Add member to team] */
export async function join(user: Entity, team: Entity, roles: unknown, entities: Entities): Promise<void> {
  await entities.link(user, JOINED_TEAMS, team);
  const group = await entities.get({ collection: 'groups', key: team.row.key });
  if (group === undefined) return;
  await entities.link(group, 'members', user);
  if (Array.isArray(roles) && roles.includes(OWNER)) await entities.link(group, 'owners', user);
  else await entities.unlink(group, 'owners', user);
}

export async function leave(user: Entity, team: Entity, entities: Entities): Promise<void> {
  await entities.unlink(user, JOINED_TEAMS, team);
  const group = await entities.get({ collection: 'groups', key: team.row.key });
  if (group === undefined) return;
  await entities.unlink(group, 'members', user);
  await entities.unlink(group, 'owners', user);
}

/** A team goes with its group, and waits with it to be restored. [Graph: Delete group] */
const removeGroup: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
  const { collection, key, type } = entity.row;
  await next();
  if (type !== GROUP) return;
  const isForGood = collection === DELETED_ITEMS;
  const team = await entities.get({ collection: isForGood ? WAITING : TEAMS, key });
  if (team === undefined) return;
  await entities.isolate(team);
  const isWaiting = !isForGood && (await entities.get({ collection: DELETED_ITEMS, key })) !== undefined;
  const alone = (await entities.get(team.row))!;
  if (isWaiting) await entities.move(alone, { collection: WAITING, key }, {});
  else await entities.remove(alone);
};

const restoreTeam: Handler<OperationEvent, OperationResult> = async ({ binding, entities }, next) => {
  const restored = await next();
  const key = binding?.row.key;
  const waiting = key === undefined ? undefined : await entities.get({ collection: WAITING, key });
  if (waiting === undefined) return restored;
  const group = await entities.get({ collection: 'groups', key: key! });
  if (group === undefined) return restored;
  const team = await entities.move(waiting, { collection: TEAMS, key: key! }, {});
  await entities.link(team, 'group', group);
  for (const member of await entities.related(team, 'members')) {
    const [user] = await entities.related(member, 'user');
    if (user !== undefined) await join(user, team, member.document['roles'], entities);
  }
  return (await entities.get(group.row)) ?? restored;
};

/** [Graph: Delete channel] */
const refuseGeneral: Handler<DeleteEvent, void> = ({ entity }, next) => {
  if (entity.document['id'] === GENERAL) throw badRequest('The General channel of a team cannot be deleted.');
  return next();
};
