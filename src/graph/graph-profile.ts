import { odataProfile, randomKey, type Profile } from '../protocol/index.js';

import { refuseAdvanced, tellsDirectoryCount } from './advanced-queries.js';
import { INCLUDE_UNKNOWN, writeEvolvableEnum } from './evolvable-enums.js';
import { followDriveIds } from './drive-ids.js';
import { contentOfDriveItem, impliedDriveMembers } from './drives.js';
import { graphBatch } from './graph-batch.js';
import { graphDelta } from './graph-delta.js';
import { graphPaths } from './graph-paths.js';
import { requireToken, type Authentication } from './identity.js';
import { graphHeaders } from './request-ids.js';
import { answersUpdatesWith, graphPages } from './resource-areas.js';
import { tolerateUrls } from './tolerant-urls.js';
import { usageReport } from './usage-reports.js';
import { isOutlookItem, isVersioned } from './versioned-resources.js';
import { refuseUploadSessions } from './upload-sessions.js';
import { writeGraphError } from './write-error.js';

/** Values of cells, rows and formulas: texts, numbers, or arrays of arrays of them. [Graph: range, tableRow] */
const JSON_TYPE = 'microsoft.graph.Json';

export interface GraphOptions {
  readonly authentication: Authentication;
}

/** Microsoft Graph's ways. */
export function graphProfile({ authentication }: GraphOptions): Profile {
  return {
    ...odataProfile,
    middleware: [tolerateUrls, followDriveIds, requireToken(authentication), refuseUploadSessions],
    path: graphPaths,
    limits: { ...odataProfile.limits, pageSize: 100, maxTop: 999, maxBatch: 20 },
    validation: { missing: 'default', enumIgnoreCase: true, abstractComplex: true, anyDynamicName: true },
    untyped: [JSON_TYPE],
    versions: ['4.0'],
    etags: 'declared',
    demandsConditions: false,
    hasEtag: isVersioned,
    alwaysSelectsKey: isOutlookItem,
    unrelated: 'not-found',
    writesType: isIntune,
    takesComputed: true,
    ignoreCase: true,
    topIsPageSize: true,
    refuseQuery: refuseAdvanced,
    tellsCount: tellsDirectoryCount,
    updateReturns: answersUpdatesWith,
    pagesOf: graphPages,
    impliedMembers: impliedDriveMembers,
    contentMembers: contentOfDriveItem,
    newKey: randomKey,
    mediaJson: 'entity',
    upserts: false,
    updatesCollections: false,
    writeEnum: writeEvolvableEnum,
    asynchronous: false,
    batch: graphBatch,
    delta: graphDelta,
    preferences: [INCLUDE_UNKNOWN],
    unhandledOperation: 'sample',
    reportOf: usageReport,
    headers: graphHeaders,
    writeError: writeGraphError,
  };
}

/** Reads of Intune's resources always carry the type. [Graph: Intune, Get deviceConfiguration and its kin] */
function isIntune(contextPath: string): boolean {
  return /^(deviceManagement|deviceAppManagement)(\/|$)/.test(contextPath);
}
