import type { FirstValues } from '../making.js';

/** What new parts of Windows 365 begin with. */
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
};
