import { randomUUID } from 'node:crypto';

import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { JsonObject, JsonValue, Model } from '../../edm/index.js';

const DEVICE = 'microsoft.graph.managedDevice';
const AUDIT = 'microsoft.graph.remoteActionAudit';
const AUDITS = 'deviceManagement/remoteActionAudits';

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
  const members = model.type('microsoft.graph.remoteAction');
  const audits = model.type(AUDIT);
  if (members?.kind !== 'enum' || audits?.kind !== 'entity') return {};
  const action: Record<string, Handler<OperationEvent, OperationResult>> = {};
  for (const name of model.declaredNames('Action')) {
    const overload = model
      .operations(name)
      .find(
        (each) => each.bindingParameter?.reference.typeName === DEVICE && !each.bindingParameter.reference.isCollection,
      );
    if (overload === undefined || overload.returnType !== undefined) continue;
    const auditName = AUDITED_AS[overload.name] ?? (() => overload.name);
    action[name] = async (event, next) => {
      const audited = auditName(event.parameters);
      if (event.binding?.row.type !== DEVICE || members.member(audited) === undefined) return next();
      await event.entities.create(AUDITS, AUDIT, auditOf(event, audited, audits.properties));
      return undefined;
    };
  }
  return { action };
}

function auditOf(
  { binding, now }: OperationEvent,
  action: string,
  properties: ReadonlyMap<string, unknown>,
): JsonObject {
  const device = binding!.document;
  const audit: JsonObject = {
    id: randomUUID(),
    deviceDisplayName: device['deviceName'] ?? null,
    action,
    requestDateTime: now,
    deviceOwnerUserPrincipalName: device['userPrincipalName'] ?? null,
    deviceIMEI: device['imei'] ?? null,
    actionState: 'pending',
    managedDeviceId: device['id'] ?? null,
    deviceActionCategory: 'single',
  };
  return Object.fromEntries(Object.entries(audit).filter(([name]) => properties.has(name)));
}
