import type {
  Behavior,
  CreateEvent,
  DeleteEvent,
  Entities,
  Entity,
  Handler,
  UpdateEvent,
} from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

import { containedIn } from '../contained-in.js';
import { CHAT, CHATS, MEMBER, TEAM } from '../teamwork.js';

import { hasTeams, join, leave, memberValues } from './teams.js';

/**
 * Members of chats, teams and channels are called as their users are, who find there the chats and teams that they are in.
 * [Graph: Add member to a chat, Add member to team, List chats, List joinedTeams]
 */
export function conversationMembers(model: Model): Behavior {
  return hasTeams(model)
    ? { create: { [MEMBER]: createMember }, update: { [MEMBER]: updateMember }, delete: { [MEMBER]: removeMember } }
    : {};
}

const createMember: Handler<CreateEvent, Entity> = async (
  { document, collection, entities, model, now, bound },
  next,
) => {
  const [user] = await bound('user');
  if (user === undefined) return next();
  const unsaid = Object.entries(memberValues(user, model)).filter(([name]) => (document[name] ?? null) === null);
  Object.assign(document, Object.fromEntries(unsaid));
  const member = await next();
  const conversation = await conversationOf(collection, entities);
  if (conversation !== undefined) await enter(user, conversation, document['roles'], entities, now);
  return member;
};

/** Who becomes an owner of a team owns its group. [Graph: Update member in team] */
const updateMember: Handler<UpdateEvent, Entity> = async ({ entity, document, entities }, next) => {
  const changed = await next();
  const [conversation, user] = await endsOf(entity, entities);
  if (conversation?.row.type === TEAM && user !== undefined)
    await join(user, conversation, document['roles'], entities);
  return changed;
};

const removeMember: Handler<DeleteEvent, void> = async ({ entity, entities, now }, next) => {
  const [conversation, user] = await endsOf(entity, entities);
  await next();
  if (conversation !== undefined && user !== undefined) await exit(user, conversation, entities, now);
};

/** What follows from a user's being a member of a chat or a team. */
export async function enter(
  user: Entity,
  conversation: Entity,
  roles: unknown,
  entities: Entities,
  now: string,
): Promise<void> {
  if (conversation.row.type === TEAM) await join(user, conversation, roles, entities);
  if (conversation.row.type !== CHAT) return;
  await entities.link(user, CHATS, conversation);
  await touch(conversation, entities, now);
}

/** What follows from a user's being no member any more. */
export async function exit(user: Entity, conversation: Entity, entities: Entities, now: string): Promise<void> {
  if (conversation.row.type === TEAM) await leave(user, conversation, entities);
  if (conversation.row.type !== CHAT) return;
  await entities.unlink(user, CHATS, conversation);
  await touch(conversation, entities, now);
}

/** When the list of members was last changed. [Graph: chat resource type, lastUpdatedDateTime] */
async function touch(chat: Entity, entities: Entities, now: string): Promise<void> {
  const held = await entities.hold(chat.row);
  if (held !== undefined && held.document['lastUpdatedDateTime'] !== undefined)
    await entities.update(held, { lastUpdatedDateTime: now });
}

async function endsOf(member: Entity, entities: Entities): Promise<[Entity | undefined, Entity | undefined]> {
  const [user] = await entities.related(member, 'user');
  return [await conversationOf(member.row.collection, entities), user];
}

/** The chat, team or channel whose members a collection holds. */
export async function conversationOf(collection: string, entities: Entities): Promise<Entity | undefined> {
  const place = containedIn(collection);
  return place?.property === 'members' ? entities.get(place) : undefined;
}
