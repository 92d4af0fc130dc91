import { randomUUID } from 'node:crypto';

import type { Entities, Entity } from '../../behavior/index.js';
import type { EntityType, EnumType, JsonObject, JsonValue, Model } from '../../edm/index.js';

export const DEVICE = 'microsoft.graph.managedDevice';

const AUDIT = 'microsoft.graph.remoteActionAudit';
const AUDITS = 'deviceManagement/remoteActionAudits';

/**
 * The member of the enumeration of remote actions that an action is, single or bulk: some have another name.
 * [Graph: remoteAction, managedDeviceRemoteAction enumerations]
 */
export function auditedAs(name: string, parameters: ReadonlyMap<string, JsonValue>): string {
  switch (name) {
    case 'wipe':
      return parameters.get('keepEnrollmentData') === true ? 'factoryResetKeepEnrollmentData' : 'factoryReset';
    case 'retire':
      return 'removeCompanyData';
    case 'signatureUpdate':
      return 'windowsDefenderUpdateSignatures';
    case 'windowsDefenderScan':
      return parameters.get('quickScan') === true ? 'quickScan' : 'fullScan';
    default:
      return name;
  }
}

/** What is written down of an action on a device. */
export interface AuditedAction {
  /** A member of the enumeration of remote actions. */
  readonly action: string;
  readonly category: 'single' | 'bulk';
  readonly bulkDeviceActionId?: string;
  readonly now: string;
}

/** The audits of a schema that has them. [Graph: remoteActionAudit] */
export interface Audits {
  /** Whether the enumeration of remote actions knows an action. */
  knows(action: string): boolean;
  add(device: Entity, audited: AuditedAction, entities: Entities): Promise<void>;
}

export function auditsOf(model: Model): Audits | undefined {
  const members = model.type('microsoft.graph.remoteAction');
  const type = model.type(AUDIT);
  return members?.kind === 'enum' && type?.kind === 'entity' ? auditsIn(members, type) : undefined;
}

function auditsIn(members: EnumType, type: EntityType): Audits {
  return {
    knows: (action) => members.member(action) !== undefined,
    async add({ document }, { action, category, bulkDeviceActionId, now }, entities) {
      const audit: JsonObject = {
        id: randomUUID(),
        deviceDisplayName: document['deviceName'] ?? null,
        action,
        requestDateTime: now,
        deviceOwnerUserPrincipalName: document['userPrincipalName'] ?? null,
        deviceIMEI: document['imei'] ?? null,
        actionState: 'pending',
        managedDeviceId: document['id'] ?? null,
        deviceActionCategory: category,
        bulkDeviceActionId: bulkDeviceActionId ?? null,
      };
      const declared = Object.entries(audit).filter(([name]) => type.properties.has(name));
      await entities.create(AUDITS, AUDIT, Object.fromEntries(declared));
    },
  };
}
