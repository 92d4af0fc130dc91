import { instantAfter } from '../instant-after.js';
import type { FirstValues } from '../making.js';

/** What new parts of Windows 365, and relations of partners to their customers, begin with. */
export const FIRST_VALUES_OF_CLOUD_PCS: Readonly<Record<string, FirstValues>> = {
  // [Graph: Create cloudPcProvisioningPolicy]
  'microsoft.graph.cloudPcProvisioningPolicy': () => ({ managedBy: 'windows365', provisioningType: 'dedicated' }),
  // [Graph: Create cloudPcOnPremisesConnection]
  'microsoft.graph.cloudPcOnPremisesConnection': () => ({
    connectionType: 'hybridAzureADJoin',
    healthCheckStatus: 'pending',
    managedBy: 'windows365',
    type: 'hybridAzureADJoin',
  }),
  // [Graph: Create cloudPcDeviceImage]
  'microsoft.graph.cloudPcDeviceImage': () => ({ osStatus: 'supported', status: 'pending' }),
  // [Graph: delegatedAdminRelationship resource type, Create delegatedAdminRelationship]
  'microsoft.graph.delegatedAdminRelationship': ({ document: { duration }, now }) => ({
    autoExtendDuration: 'PT0S',
    endDateTime: typeof duration === 'string' ? instantAfter(now, duration) : null,
    status: 'created',
  }),
};
