import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { JsonValue, Model } from '../../edm/index.js';

import { auditsOf, DEVICE } from './remote-action-audits.js';

/** Actions whose audit has another name than they. [Graph: remoteAction enumeration] */
const AUDITED_AS: Readonly<Record<string, (parameters: ReadonlyMap<string, JsonValue>) => string>> = {
  wipe: (parameters) =>
    parameters.get('keepEnrollmentData') === true ? 'factoryResetKeepEnrollmentData' : 'factoryReset',
  retire: () => 'removeCompanyData',
  windowsDefenderScan: (parameters) => (parameters.get('quickScan') === true ? 'quickScan' : 'fullScan'),
};

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
    const auditName = AUDITED_AS[overload.name] ?? (() => overload.name);
    action[name] = async ({ binding, parameters, entities, now }, next) => {
      const audited = auditName(parameters);
      if (binding?.row.type !== DEVICE || !audits.knows(audited)) return next();
      await audits.add(binding, { action: audited, category: 'single', now }, entities);
      return undefined;
    };
  }
  return { action };
}
