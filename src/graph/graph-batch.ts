import { odataProfile, type Profile } from '../protocol/index.js';

/** Graph's ways with batches, as its clients rely on them. [Graph: Combine multiple HTTP requests using JSON batching] */
export const graphBatch: Profile['batch'] = {
  ...odataProfile.batch,
  headerNames: 'as-written',
  binaryBodies: 'base64',
  noContentHasHeaders: false,
  ignoresCaseOfIds: true,
  multipartGoesOn: true,
  inheritedHeaders: [...odataProfile.batch.inheritedHeaders, 'client-request-id'],
};
