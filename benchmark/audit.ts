/** The collection that all servers have. */
export const COLLECTION = '/beta/deviceManagement/remoteActionAudits';

/** The documented request body. [Graph: Create remoteActionAudit] */
export const AUDIT = {
  '@odata.type': '#microsoft.graph.remoteActionAudit',
  deviceDisplayName: 'Device Display Name value',
  userName: 'User Name value',
  initiatedByUserPrincipalName: 'Initiated By User Principal Name value',
  action: 'factoryReset',
  requestDateTime: '2017-01-01T00:03:07.1589002-08:00',
  deviceOwnerUserPrincipalName: 'Device Owner User Principal Name value',
  deviceIMEI: 'Device IMEI value',
  actionState: 'pending',
  managedDeviceId: 'Managed Device Id value',
  deviceActionDetails: [{ '@odata.type': 'microsoft.graph.keyValuePair_2OfString_String' }],
  deviceActionCategory: 'bulk',
  bulkDeviceActionId: 'Bulk Device Action Id value',
};
