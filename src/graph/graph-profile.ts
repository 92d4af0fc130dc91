import { odataProfile, randomKey, type Profile } from '../protocol/index.js';

import { INCLUDE_UNKNOWN, writeEvolvableEnum } from './evolvable-enums.js';
import { graphBatch } from './graph-batch.js';
import { graphDelta } from './graph-delta.js';
import { graphPaths } from './graph-paths.js';
import { requireToken, type Authentication } from './identity.js';
import { graphHeaders } from './request-ids.js';
import { tolerateUrls } from './tolerant-urls.js';
import { writeGraphError } from './write-error.js';

export interface GraphOptions {
  readonly authentication: Authentication;
}

/** Microsoft Graph's ways. */
export function graphProfile({ authentication }: GraphOptions): Profile {
  return {
    ...odataProfile,
    middleware: [tolerateUrls, requireToken(authentication)],
    path: graphPaths,
    limits: { ...odataProfile.limits, pageSize: 100, maxTop: 999, maxBatch: 20 },
    validation: { missing: 'default', enumIgnoreCase: true, abstractComplex: true },
    versions: ['4.0'],
    etags: 'declared',
    demandsConditions: false,
    unrelated: 'not-found',
    writesType: isIntune,
    takesComputed: true,
    ignoreCase: true,
    topIsPageSize: true,
    updateReturns: 'representation',
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
    headers: graphHeaders,
    writeError: writeGraphError,
  };
}

/** Reads of Intune's resources always carry the type. [Graph: Intune, Get deviceConfiguration and its kin] */
function isIntune(contextPath: string): boolean {
  return /^(deviceManagement|deviceAppManagement)(\/|$)/.test(contextPath);
}
