import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { APP_ROLE_ASSIGNMENT, GRANTED, resourceOf } from '../app-roles.js';
import { declaredOf } from '../declared-of.js';

import { keyOfId } from './key-of-id.js';

/** Whom roles can be granted to, with what an assignment calls them. [Graph: appRoleAssignment resource type] */
const PRINCIPALS: Readonly<Record<string, string>> = {
  users: 'User',
  groups: 'Group',
  servicePrincipals: 'ServicePrincipal',
};

/**
 * A role is granted by a service principal to a user, group or service principal, and found with both. Both must exist,
 * and the assignment tells their names. [Graph: Grant an appRoleAssignment, Grant an appRoleAssignment for a service principal]
 */
export function appRoleAssignments(model: Model): Behavior {
  return model.type(APP_ROLE_ASSIGNMENT)?.kind === 'entity' ? { create: { [APP_ROLE_ASSIGNMENT]: create } } : {};
}

const create: Handler<CreateEvent, Entity> = async (event, next) => {
  const { collection, document, entities, model, type, via } = event;
  const path = resourceOf(collection);
  if (path === undefined) return next();
  const resource = await entities.at(path);
  const principal = via?.property === GRANTED ? via.entity : await principalOf(event);
  refuseOther('principalId', principal, document);
  refuseOther('resourceId', resource, document);
  Object.assign(
    document,
    declaredOf(model.entityTypeOrThrow(type), {
      principalId: principal.document['id'] ?? null,
      principalType: PRINCIPALS[principal.row.collection] ?? null,
      principalDisplayName: principal.document['displayName'] ?? null,
      resourceId: resource.document['id'] ?? null,
      resourceDisplayName: resource.document['displayName'] ?? null,
    }),
  );
  const created = await next();
  if (via === undefined) await entities.link(principal, GRANTED, created);
  return created;
};

/** What the path says already cannot be said otherwise by the body. */
function refuseOther(name: string, { document: { id } }: Entity, document: JsonObject): void {
  const given = document[name] ?? id;
  if (given !== id) throw badRequest(`'${name}' must be '${String(id)}', as the path says.`, { target: name });
}

async function principalOf({ document, entities }: CreateEvent): Promise<Entity> {
  const id = document['principalId'];
  const key = typeof id === 'string' ? keyOfId(id) : undefined;
  if (key === undefined)
    throw badRequest('The principal that the role is granted to is missing.', { target: 'principalId' });
  for (const collection of Object.keys(PRINCIPALS)) {
    const principal = await entities.get({ collection, key });
    if (principal !== undefined) return principal;
  }
  throw badRequest(`There is no user, group or service principal '${String(id)}'.`, { target: 'principalId' });
}
