import type { Behavior, Entities, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';

import { MEMBER } from '../teamwork.js';

import { declaredActions } from './declared-actions.js';
import { conversationOf, enter, exit } from './conversation-members.js';
import { addMember, hasTeams } from './teams.js';

const MEMBERS = 'microsoft.graph.conversationMember';
const RESULT = 'microsoft.graph.aadUserConversationMemberResult';

/**
 * Several members of a team, a channel or a chat are added or removed at once, all of them or none.
 * [Graph: conversationMember: add, conversationMember: remove]
 */
export function memberLists(model: Model): Behavior {
  if (!hasTeams(model) || model.type(RESULT)?.kind !== 'complex') return {};
  return declaredActions({ add, remove }, model);
}

type Change = (user: Entity, given: JsonObject, conversation: Entity, event: OperationEvent) => Promise<void>;

const add = eachMember(async (user, given, conversation, { entities, model, now }) => {
  const { roles = [], visibleHistoryStartDateTime = null } = given;
  const [present] = await memberOf(user, conversation, entities, model);
  if (present === undefined)
    await addMember(user, conversation, { roles, visibleHistoryStartDateTime }, entities, model);
  else await entities.update(present, { roles });
  await enter(user, conversation, roles, entities, now);
});

const remove = eachMember(async (user, _, conversation, { entities, model, now }) => {
  const found = await memberOf(user, conversation, entities, model);
  if (found.length === 0)
    throw badRequest(`The user '${String(user.document['id'])}' is no member.`, { target: 'values' });
  for (const member of found) await entities.remove(member);
  await exit(user, conversation, entities, now);
});

function eachMember(change: Change): Handler<OperationEvent, OperationResult> {
  return async (event, next) => {
    const { operation, collection, entities, parameters } = event;
    if (operation.bindingParameter?.reference.typeName !== MEMBERS || collection === undefined) return next();
    const conversation = await conversationOf(collection, entities);
    if (conversation === undefined) return next();
    const results: JsonValue[] = [];
    for (const given of (parameters.get('values') ?? []) as readonly JsonObject[]) {
      const user = await userOf(given, entities);
      await change(user, given, conversation, event);
      results.push({ '@odata.type': RESULT, userId: user.document['id'] ?? null, error: null });
    }
    return results;
  };
}

/** The user that `user@odata.bind` names, or else `userId`. */
async function userOf({ user = null, userId }: JsonObject, entities: Entities): Promise<Entity> {
  const id = isJsonObject(user)
    ? user['@odata.id']
    : typeof userId === 'string'
      ? `users/${encodeURIComponent(userId)}`
      : undefined;
  if (typeof id !== 'string') throw badRequest('A member needs a user.', { target: 'values/user' });
  try {
    return await entities.at(id);
  } catch (cause) {
    if (!hasStatus(cause, 404)) throw cause;
    throw badRequest(`There is no user '${id.slice(0, 200)}'.`, { target: 'values/user', cause });
  }
}

function memberOf(
  { document }: Entity,
  { row: { collection, key } }: Entity,
  entities: Entities,
  model: Model,
): Promise<readonly Entity[]> {
  const userId = document['id'] ?? null;
  return entities.having(model.entityTypeOrThrow(MEMBER), [`${collection}/${key}/members`], { userId });
}
