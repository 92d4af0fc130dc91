import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { writeJson, type Model } from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';

const VERIFY = 'microsoft.graph.verify';
const DOMAIN = 'microsoft.graph.domain';

/**
 * Domains are verified when that is asked for, as where their records have been published; those below no other domain of the
 * tenant are root domains. [Graph: domain resource type, isVerified and isRoot; domain: verify]
 */
export function domainVerification(model: Model): Behavior {
  return model.operations(VERIFY).length === 0 ? {} : { action: { [VERIFY]: verify } };
}

const verify: Handler<OperationEvent, OperationResult> = async ({ binding, entities, model }, next) => {
  if (binding?.row.type !== DOMAIN) return next();
  const domains = await entities.all(binding.row.collection);
  const name = String(binding.document['id']).toLowerCase();
  const isBelow = domains.some(({ document }) => name.endsWith(`.${String(document['id']).toLowerCase()}`));
  const type = model.entityTypeOrThrow(DOMAIN);
  const verified = await entities.update(binding, declaredOf(type, { isRoot: !isBelow, isVerified: true }));
  // Told by this answer alone. [Graph: domain resource type, availabilityStatus]
  const told = { ...verified.document, ...declaredOf(type, { availabilityStatus: 'AvailableImmediately' }) };
  return { row: { ...verified.row, document: writeJson(told) }, document: told };
};
