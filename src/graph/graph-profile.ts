import { odataProfile, randomKey, type Profile } from '../protocol/index.js';

import { actionStatus } from './action-statuses.js';
import { refuseAdvanced, tellsDirectoryCount } from './advanced-queries.js';
import { overwritesNamed, readConflictBehavior } from './conflict-behavior.js';
import { appliedTimeZone, canonicalTimes, refuseUnknownZones, shownTimes } from './calendar/event-times.js';
import { INCLUDE_UNKNOWN, writeEvolvableEnum } from './evolvable-enums.js';
import { deprecationHeaders } from './deprecation-headers.js';
import { followDriveIds } from './drive-ids.js';
import { unfoldItemPaths } from './drive-item-paths.js';
import { contentOfDriveItem } from './drives.js';
import { folderCounts } from './folder-counts.js';
import { graphBatch } from './graph-batch.js';
import { graphDelta } from './graph-delta.js';
import { graphPaths } from './graph-paths.js';
import { graphSamples } from './graph-samples.js';
import { requireToken, type Authentication } from './identity.js';
import { appliedBodyType, shownBodies } from './item-bodies.js';
import { contentOf } from './mail-content.js';
import { mimeParameters, mimeReader } from './mime-message.js';
import { graphHeaders } from './request-ids.js';
import { answersUpdatesWith, graphPages } from './resource-areas.js';
import { waysOf } from './strictness.js';
import { followSitePaths } from './site-paths.js';
import { tolerateUrls } from './tolerant-urls.js';
import { usageReports } from './usage-reports.js';
import { isOutlookItem, isVersioned } from './versioned-resources.js';
import { refuseUploadSessions } from './upload-sessions.js';
import { upserts } from './upserts.js';
import { writeGraphError } from './write-error.js';

export interface GraphOptions {
  readonly authentication: Authentication;
  /** Whether clients may send no more than the schema allows, even where the documentation does. */
  readonly strict?: boolean;
  /** Whether operations that nothing implements answer with a sample or an example; 501 where they do not. */
  readonly samples?: boolean;
  /** What becomes of an entity that a request names and nobody made: 404, or it is made as a sample of its type. */
  readonly unknownEntities?: Profile['unknownEntities'];
}

/** Microsoft Graph's ways. */
export function graphProfile({
  authentication,
  strict = false,
  samples = true,
  unknownEntities = 'refuse',
}: GraphOptions): Profile {
  return {
    ...odataProfile,
    middleware: [
      tolerateUrls,
      followDriveIds,
      unfoldItemPaths,
      readConflictBehavior,
      followSitePaths,
      requireToken(authentication),
      refuseUploadSessions,
      refuseUnknownZones,
    ],
    path: graphPaths,
    limits: { ...odataProfile.limits, pageSize: 100, maxTop: 999, maxBatch: 20 },
    ...waysOf(strict),
    versions: ['4.0'],
    etags: 'declared',
    demandsConditions: false,
    hasEtag: isVersioned,
    alwaysSelectsKey: isOutlookItem,
    unrelated: 'not-found',
    expandedContexts: true,
    contextLists: 'asked',
    writesType: isIntune,
    ignoreCase: true,
    topIsPageSize: true,
    refuseQuery: refuseAdvanced,
    tellsCount: tellsDirectoryCount,
    updateReturns: answersUpdatesWith,
    pagesOf: graphPages,
    counts: folderCounts,
    contentMembers: contentOfDriveItem,
    newKey: randomKey,
    mediaJson: 'entity',
    overwritesNamed,
    contentOf,
    upserts,
    updatesCollections: false,
    writeEnum: writeEvolvableEnum,
    repeatsBase64: true,
    asynchronous: false,
    batch: graphBatch,
    delta: graphDelta,
    canonical: canonicalTimes,
    shown: (type, document, how) => shownBodies(type, shownTimes(type, document, how), how),
    appliedPreferences: (type, preferences) => [
      ...(preferences.has(INCLUDE_UNKNOWN) ? [INCLUDE_UNKNOWN] : []),
      ...appliedTimeZone(type, preferences),
      ...appliedBodyType(type, preferences),
    ],
    actionStatus,
    unhandledOperation: samples ? 'sample' : 'not-implemented',
    samples: graphSamples,
    unknownEntities,
    readParameters: mimeParameters,
    entityReader: mimeReader,
    files: usageReports,
    headers: graphHeaders,
    deprecationHeaders,
    writeError: writeGraphError,
  };
}

/** Reads of Intune's resources always carry the type. [Graph: Intune, Get deviceConfiguration and its kin] */
function isIntune(contextPath: string): boolean {
  return /^(deviceManagement|deviceAppManagement)(\/|$)/.test(contextPath);
}
