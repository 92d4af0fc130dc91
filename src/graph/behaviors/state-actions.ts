import type { Behavior, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';

import { callerOf, identityOf } from '../caller.js';
import { declaredOf, inDeclaredCase } from '../declared-of.js';
import { declaredActions } from './declared-actions.js';
import { keyOfId } from './key-of-id.js';

type Change = (event: OperationEvent) => JsonObject | Promise<JsonObject>;

const CLOSING: Readonly<Record<string, Change>> = {
  close: async ({ entities, now }) => {
    const caller = await callerOf(entities);
    const closedBy = caller === undefined ? null : { user: identityOf(caller) };
    return { status: 'closed', closedBy, closedDateTime: now };
  },
  reopen: () => ({ status: 'active' }),
};

const REVOKING: Change = ({ now }) => ({ signInSessionsValidFromDateTime: now });

/** What actions do to the entity that they are called on, by its type. */
const CHANGES: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  // [Graph: verifiedPublisher resource type; application: setVerifiedPublisher, unsetVerifiedPublisher]
  'microsoft.graph.application': {
    setVerifiedPublisher: ({ now, parameters }) => ({
      verifiedPublisher: { addedDateTime: now, verifiedPublisherId: parameters.get('verifiedPublisherId') ?? null },
    }),
    unsetVerifiedPublisher: () => ({ verifiedPublisher: null }),
  },
  // [Graph: group resource type, renewedDateTime]
  'microsoft.graph.group': { renew: ({ now }) => ({ renewedDateTime: now }) },
  // [Graph: user: revokeSignInSessions, invalidateAllRefreshTokens]
  'microsoft.graph.user': { revokeSignInSessions: REVOKING, invalidateAllRefreshTokens: REVOKING },
  // [Graph: ediscoveryCase resource type, closedBy, closedDateTime and caseStatus values; ediscoveryCase: close, reopen]
  'microsoft.graph.security.ediscoveryCase': CLOSING,
  'microsoft.graph.ediscovery.case': CLOSING,
};

const RISKS: Readonly<Record<string, Change>> = {
  confirmCompromised: ({ now }) => ({
    riskLastUpdatedDateTime: now,
    riskLevel: 'high',
    riskState: 'confirmedCompromised',
  }),
  dismiss: ({ now }) => ({ riskLastUpdatedDateTime: now, riskLevel: 'none', riskState: 'dismissed' }),
};

/** What actions do to those members of a collection whose ids they are given. */
const CHANGES_OF_MEMBERS: typeof CHANGES = {
  // [Graph: riskyUser: confirmCompromised, dismiss; riskyUser resource type]
  'microsoft.graph.riskyUser': RISKS,
  // [Graph: riskyServicePrincipal: confirmCompromised, dismiss]
  'microsoft.graph.riskyServicePrincipal': RISKS,
};

/** Parameters that name the members. */
const IDS = ['userIds', 'servicePrincipalIds'] as const;

/** Actions whose whole effect is that some properties get other values. */
export function stateActions(model: Model): Behavior {
  const names = [CHANGES, CHANGES_OF_MEMBERS].flatMap((changes) =>
    Object.entries(changes).flatMap(([type, actions]) =>
      Object.keys(actions).map((action) => `${type.slice(0, type.lastIndexOf('.'))}.${action}`),
    ),
  );
  return declaredActions(Object.fromEntries(names.map((name) => [name, carryOut])), model);
}

const carryOut: Handler<OperationEvent, OperationResult> = async (event, next) => {
  const { reference } = event.operation.bindingParameter!;
  const changes = reference.isCollection ? CHANGES_OF_MEMBERS : CHANGES;
  const actions = Object.hasOwn(changes, reference.typeName) ? changes[reference.typeName]! : {};
  const change = Object.hasOwn(actions, event.operation.name) ? actions[event.operation.name]! : undefined;
  const changed = change === undefined ? [] : await changedBy(event);
  if (changed.length === 0) return next();
  const type = event.model.entityTypeOrThrow(reference.typeName);
  const values = inDeclaredCase(type, declaredOf(type, await change!(event)));
  for (const each of changed) await event.entities.update(each, values);
  return event.operation.returnType === undefined ? undefined : true;
};

/** The entity that the action is called on, or those members of a collection that it names and that are there. */
async function changedBy({ binding, collection, entities, parameters }: OperationEvent): Promise<readonly Entity[]> {
  if (binding !== undefined) return [binding];
  if (collection === undefined) return [];
  const ids = IDS.flatMap((name) => (parameters.get(name) as readonly string[] | null | undefined) ?? []);
  const found: Entity[] = [];
  for (const key of new Set(ids.flatMap((id) => keyOfId(id) ?? []))) {
    const member = await entities.get({ collection, key });
    if (member !== undefined) found.push(member);
  }
  return found;
}
