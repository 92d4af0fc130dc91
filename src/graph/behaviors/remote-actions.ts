import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

import { auditedAs, auditsOf, DEVICE } from './remote-action-audits.js';

/**
 * Every action on a managed device that the enumeration of remote actions knows leaves an audit.
 * Which ones a schema has, it says itself. [Graph: remoteActionAudit]
 */
export function remoteActions(model: Model): Behavior {
  const audits = auditsOf(model);
  if (audits === undefined) return {};
  const action: Record<string, Handler<OperationEvent, OperationResult>> = {};
  for (const name of model.declaredNames('Action')) {
    const overload = model
      .operations(name)
      .find(
        (each) => each.bindingParameter?.reference.typeName === DEVICE && !each.bindingParameter.reference.isCollection,
      );
    if (overload === undefined || overload.returnType !== undefined) continue;
    action[name] = async ({ binding, parameters, entities, now }, next) => {
      const audited = auditedAs(overload.name, parameters);
      if (binding?.row.type !== DEVICE || !audits.knows(audited)) return next();
      await audits.add(binding, { action: audited, category: 'single', now }, entities);
      return undefined;
    };
  }
  return { action };
}
