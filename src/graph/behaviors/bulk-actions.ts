import { randomUUID } from 'node:crypto';

import type { Behavior, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

import { keyOfId } from './key-of-id.js';
import { auditedAs, auditsOf, DEVICE, type Audits } from './remote-action-audits.js';

const EXECUTE = 'microsoft.graph.executeAction';

/** One action on many devices: each that is there gets an audit, and the answer says which are not. [Graph: executeAction] */
export function bulkActions(model: Model): Behavior {
  const audits = auditsOf(model);
  const isDeclared = model.operations(EXECUTE).some((each) => each.bindingParameter?.reference.typeName === DEVICE);
  if (audits === undefined || !isDeclared) return {};
  return { action: { [EXECUTE]: (event, next) => execute(event, audits, next) } };
}

async function execute(
  event: OperationEvent,
  audits: Audits,
  next: Parameters<Handler<OperationEvent, OperationResult>>[1],
): Promise<OperationResult> {
  const { collection, parameters, entities, now } = event;
  if (collection === undefined) return next();
  const name = String(parameters.get('actionName'));
  const action = auditedAs(name, parameters);
  const bulkDeviceActionId = randomUUID();
  const successful: string[] = [];
  const missing: string[] = [];
  for (const id of new Set((parameters.get('deviceIds') as readonly string[] | null) ?? [])) {
    const key = keyOfId(id);
    const device = key === undefined ? undefined : await entities.get({ collection, key });
    (device === undefined ? missing : successful).push(id);
    if (device === undefined) continue;
    const audited = { action, category: 'bulk', bulkDeviceActionId, now } as const;
    if (audits.knows(action)) await audits.add(device, audited, entities);
    if (name === 'delete') await entities.remove(device);
  }
  return {
    successfulDeviceIds: successful,
    failedDeviceIds: [],
    notFoundDeviceIds: missing,
    notSupportedDeviceIds: [],
  };
}
