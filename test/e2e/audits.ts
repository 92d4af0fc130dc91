export const AUDITS = 'deviceManagement/remoteActionAudits';

/** The request body of the API's documentation, byte for byte. */
export const DOCUMENTED_BODY = `{
  "@odata.type": "#microsoft.graph.remoteActionAudit",
  "deviceDisplayName": "Device Display Name value",
  "userName": "User Name value",
  "initiatedByUserPrincipalName": "Initiated By User Principal Name value",
  "action": "factoryReset",
  "requestDateTime": "2017-01-01T00:03:07.1589002-08:00",
  "deviceOwnerUserPrincipalName": "Device Owner User Principal Name value",
  "deviceIMEI": "Device IMEI value",
  "actionState": "pending",
  "managedDeviceId": "Managed Device Id value",
  "deviceActionDetails": [
    {
      "@odata.type": "microsoft.graph.keyValuePair_2OfString_String"
    }
  ],
  "deviceActionCategory": "bulk",
  "bulkDeviceActionId": "Bulk Device Action Id value"
}`;

/** Every read names the type, as the documented answers do. [Graph: Get remoteActionAudit] */
export const TYPE = { '@odata.type': '#microsoft.graph.remoteActionAudit' };

/** Properties as the documentation lists them, which is the order of every answer. */
export const PROPERTIES = [
  'id',
  'deviceDisplayName',
  'userName',
  'initiatedByUserPrincipalName',
  'action',
  'requestDateTime',
  'deviceOwnerUserPrincipalName',
  'deviceIMEI',
  'actionState',
  'managedDeviceId',
  'deviceActionDetails',
  'deviceActionCategory',
  'bulkDeviceActionId',
] as const;

/** The least that a create takes. */
export const REQUIRED = {
  action: 'factoryReset',
  requestDateTime: '2017-01-01T00:03:07.1589002-08:00',
  actionState: 'pending',
  deviceActionCategory: 'bulk',
};

export const ENUMERATIONS = {
  action: [
    'unknown',
    'factoryReset',
    'removeCompanyData',
    'resetPasscode',
    'remoteLock',
    'enableLostMode',
    'disableLostMode',
    'locateDevice',
    'rebootNow',
    'recoverPasscode',
    'cleanWindowsDevice',
    'logoutSharedAppleDeviceActiveUser',
    'quickScan',
    'fullScan',
    'windowsDefenderUpdateSignatures',
    'factoryResetKeepEnrollmentData',
    'updateDeviceAccount',
    'automaticRedeployment',
    'shutDown',
    'rotateBitLockerKeys',
    'rotateFileVaultKey',
    'getFileVaultKey',
    'setDeviceName',
    'activateDeviceEsim',
    'deprovision',
    'disable',
    'reenable',
    'moveDeviceToOrganizationalUnit',
    'initiateMobileDeviceManagementKeyRecovery',
    'initiateOnDemandProactiveRemediation',
    'rotateLocalAdminPassword',
    'unknownFutureValue',
  ],
  actionState: ['none', 'pending', 'canceled', 'active', 'done', 'failed', 'notSupported'],
  deviceActionCategory: ['single', 'bulk'],
} as const;

/** Members of `action` that only a client which asks for them is shown. */
export const UNKNOWN_MEMBERS = [
  'launchRemoteHelp',
  'revokeAppleVppLicenses',
  'removeDeviceFirmwareConfigurationInterfaceManagement',
  'pauseConfigurationRefresh',
  'initiateDeviceAttestation',
  'changeAssignments',
  'delete',
] as const;
