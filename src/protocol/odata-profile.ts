import type { ServiceError } from '../error/index.js';

import { standardBatchRules } from './batch/batch-rules.js';
import { noFiles } from './operations/file-rules.js';
import { standardDeltaRules } from './payload/delta-rules.js';
import { randomKey } from './random-key.js';
import type { Profile } from './profile.js';

/** A plain OData service, without any particular service's ways. */
export const odataProfile: Profile = {
  middleware: [],
  path: {
    keyAsSegment: true,
    dynamicPaths: true,
    ignoreCase: false,
    defaultNamespaces: [],
    composesAll: false,
    deltaFunctions: [],
    containsUnbound: false,
    hasUmbrellas: false,
    isImplied: (element) => element.kind === 'singleton' && !element.isNullable,
    linkOf: () => undefined,
    memberNamed: () => undefined,
    treeOf: () => undefined,
    searchOf: () => undefined,
    nameOf: () => undefined,
    aliasOf: () => undefined,
  },
  limits: {
    pageSize: 1000,
    maxTop: Number.MAX_SAFE_INTEGER,
    maxExpandDepth: 6,
    maxExpands: 500,
    maxCrossjoin: 5,
    maxCrossjoinRows: 1_000_000,
    maxUrl: 16_384,
    maxNesting: 100,
    maxParts: 2000,
    maxItems: 1000,
    maxRoots: 2,
    maxPattern: 500,
    maxBody: 4 * 1024 * 1024,
    maxBatch: 1000,
    maxBatchAnswer: 64 * 1024 * 1024,
    maxJobs: 100,
    maxJobSeconds: 600,
  },
  untyped: [],
  pagesOf: () => ({}),
  validation: { missing: 'required', enumNumbers: false, inlineStreams: true },
  unrelated: 'no-content',
  idAtMinimal: false,
  expandedContexts: false,
  writesType: () => false,
  takesComputed: false,
  versions: ['4.0', '4.01'],
  etags: 'always',
  demandsConditions: true,
  hasEtag: () => false,
  alwaysSelectsKey: () => false,
  ignoreCase: false,
  topIsPageSize: false,
  tolerantApply: false,
  tokenSecret: 'mockgraph',
  refuseQuery: () => {},
  tellsCount: () => true,
  updateReturns: () => 'minimal',
  impliedMembers: () => ({}),
  contentMembers: () => undefined,
  newKey: randomKey,
  acceptsClientKeys: true,
  mediaJson: 'stream',
  overwritesNamed: () => true,
  contentOf: () => undefined,
  upserts: true,
  updatesCollections: true,
  writeEnum: (_type, member) => member,
  asynchronous: true,
  asyncResult: ['4.0', '4.01'],
  batch: standardBatchRules,
  delta: standardDeltaRules,
  preferences: [],
  unhandledOperation: 'not-implemented',
  readParameters: () => undefined,
  files: noFiles,
  headers: () => [],
  deprecationHeaders: () => [],
  writeError: (error) => ({ status: error.status, body: JSON.stringify({ error: errorMembers(error) }) }),
};

/** The members of an `error` object that every profile writes alike. [OData-JSON 21.1] */
export function errorMembers(error: ServiceError): Record<string, unknown> {
  return {
    code: error.code,
    message: error.message,
    ...(error.target === undefined ? {} : { target: error.target }),
    ...(error.details.length === 0 ? {} : { details: error.details }),
  };
}
