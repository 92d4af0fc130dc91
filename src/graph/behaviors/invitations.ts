import { randomUUID } from 'node:crypto';

import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';
import { TENANT_DOMAIN } from '../tenant.js';

import { missingIn } from './first-values.js';

const INVITATION = 'microsoft.graph.invitation';
const USER = 'microsoft.graph.user';

/** Who is invited is a guest from then on, whether the invitation is redeemed or not. [Graph: Create invitation, invitation resource type] */
export function invitations(model: Model): Behavior {
  const [invitation, user] = [model.type(INVITATION), model.type(USER)];
  if (invitation?.kind !== 'entity' || !invitation.navigationProperties.has('invitedUser')) return {};
  if (user?.kind !== 'entity' || model.container?.child('users')?.kind !== 'entitySet') return {};
  const create: Handler<CreateEvent, Entity> = async (event, next) => {
    const created = await next();
    const { invitedUserEmailAddress: mail } = event.document;
    if (typeof mail !== 'string' || mail === '') return created;
    await event.entities.claim(`${INVITATION} ${mail.toLowerCase()}`);
    const [known] = await event.entities.having(user, ['users'], { mail });
    await event.entities.link(created, 'invitedUser', known ?? (await guestOf(event, mail)));
    return created;
  };
  return { create: { [INVITATION]: create } };
}

async function guestOf(event: CreateEvent, mail: string): Promise<Entity> {
  const { document, entities, model, now } = event;
  const { invitedUserDisplayName = null, invitedUserType = null } = document;
  const type = model.entityTypeOrThrow(USER);
  const guest: JsonObject = declaredOf(type, {
    id: randomUUID(),
    accountEnabled: true,
    createdDateTime: now,
    creationType: 'Invitation',
    displayName: invitedUserDisplayName,
    externalUserState: 'PendingAcceptance',
    externalUserStateChangeDateTime: now,
    mail,
    userPrincipalName: `${mail.replace('@', '_')}#EXT#@${TENANT_DOMAIN}`,
    userType: invitedUserType ?? 'Guest',
  });
  const missing = await missingIn(guest, 'users', type, event);
  return entities.create('users', USER, { ...guest, ...missing });
}
