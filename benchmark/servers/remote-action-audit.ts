import { Type } from 'class-transformer';
import { IsArray, IsIn, IsISO8601, IsOptional, IsString, ValidateNested } from 'class-validator';

const ACTIONS = [
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
  'launchRemoteHelp',
  'revokeAppleVppLicenses',
  'removeDeviceFirmwareConfigurationInterfaceManagement',
  'pauseConfigurationRefresh',
  'initiateDeviceAttestation',
  'changeAssignments',
  'delete',
];
const ACTION_STATES = ['none', 'pending', 'canceled', 'active', 'done', 'failed', 'notSupported'];
const CATEGORIES = ['single', 'bulk'];

class KeyValuePair {
  @IsOptional() @IsString() '@odata.type'?: string;
  @IsOptional() @IsString() key?: string | null;
  @IsOptional() @IsString() value?: string | null;
}

/** A remoteActionAudit as one writes its DTO by hand. */
export class RemoteActionAudit {
  @IsOptional() @IsString() '@odata.type'?: string;
  @IsOptional() @IsString() id?: string;
  @IsOptional() @IsString() deviceDisplayName?: string | null;
  @IsOptional() @IsString() userName?: string | null;
  @IsOptional() @IsString() initiatedByUserPrincipalName?: string | null;
  @IsIn(ACTIONS) action!: string;
  @IsISO8601() requestDateTime!: string;
  @IsOptional() @IsString() deviceOwnerUserPrincipalName?: string | null;
  @IsOptional() @IsString() deviceIMEI?: string | null;
  @IsIn(ACTION_STATES) actionState!: string;
  @IsOptional() @IsString() managedDeviceId?: string | null;
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => KeyValuePair)
  deviceActionDetails?: KeyValuePair[];
  @IsIn(CATEGORIES) deviceActionCategory!: string;
  @IsOptional() @IsString() bulkDeviceActionId?: string | null;
}
