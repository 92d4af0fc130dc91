import type { Entities } from '../behavior/index.js';
import type { EntityType, JsonObject } from '../edm/index.js';

import { declaredOf } from './declared-of.js';
import { TENANT_DOMAIN } from './tenant.js';

/** The user that `/me` is: one of the users, with a key of its own. */
export const ME = '00000000-0000-4000-8000-00000000006d';

/** Nobody signs in without a name. [Graph: user resource type, displayName and userPrincipalName] */
const NAMES = {
  displayName: 'Signed-in user',
  mail: `me@${TENANT_DOMAIN}`,
  userPrincipalName: `me@${TENANT_DOMAIN}`,
};

/** What the signed-in user is called before anybody wrote it. */
export function impliedCaller(
  type: EntityType,
  place: { readonly collection: string; readonly key: string },
): JsonObject {
  return place.collection === 'users' && place.key === ME ? declaredOf(type, NAMES) : {};
}

/** A user as sets of identities have one. [Graph: identity resource type] */
export function identityOf({ id, displayName }: JsonObject): JsonObject {
  return { id: id ?? null, displayName: displayName ?? null };
}

/** The user who asks; undefined where it was written without a name. */
export async function callerOf(entities: Entities): Promise<JsonObject | undefined> {
  const stored = await entities.get({ collection: 'users', key: ME });
  const document = stored?.document ?? { id: ME, ...NAMES };
  return typeof document['displayName'] === 'string' ? document : undefined;
}
