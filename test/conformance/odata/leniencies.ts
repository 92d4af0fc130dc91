import { odataProfile, type Profile } from '../../../src/index.js';
import { writeRemovedEntity } from '../../../src/protocol/index.js';

import { writeError } from './error-texts.js';

/** Where the suite asks for more than the specification does, by options of the service that are off by default. */
const LENIENCIES: Partial<Profile> = {
  /** `$top` that cuts the result has a next link: 10.2, 14.1, 11.2.5.7. */
  topIsPageSize: true,
  /** A key that the client sends is ignored: 11.4.2. */
  acceptsClientKeys: false,
  /** A change of an entity that is not there is 404, since keys are the server's: 11.4.3, 8.2.2. */
  upserts: () => false,
  /** `PUT` and `PATCH` of a collection are 405: 8.1.5, 8.1.7. */
  updatesCollections: false,
  /** `filter($count gt 1)` behind `groupby`, and `join(Descriptions as Description)`: 11.2.5.4.1, 11.2.5.4.2. */
  tolerantApply: true,
  /** An alias without a value is a mistake: 11.2.5.8. */
  demandsAliasValues: true,
  /** Enumeration members as numbers, in payloads and filters: nearly every create, 5.3, 11.3.5. */
  validation: { ...odataProfile.validation, enumNumbers: true },
  /** `@odata.id` without asking for full metadata: 11.6. */
  idAtMinimal: true,
  /** The key whatever `$select` says, by which rows of several answers are told apart: 11.2.5.2, 11.2.5.10. */
  alwaysSelectsKey: () => true,
  /** One answer for each request of a change set that failed, reads within change sets: 11.4.9.3. */
  batch: { ...odataProfile.batch, failedChangeSet: 'each', readsInChangeSets: true, multipartGoesOn: true },
  /** No `AsyncResult` under 4.0: 8.3.1. */
  asyncResult: ['4.01'],
  /** Removed entities in the form of 4.01 whatever the version: 11.2.8. */
  delta: { ...odataProfile.delta, writeRemoved: writeRemovedEntity },
  writeError,
};

/** The plain profile with the leniencies; bound operations are called without their namespace throughout. */
export const conformanceProfile: Profile = {
  ...odataProfile,
  ...LENIENCIES,
  path: {
    ...odataProfile.path,
    defaultNamespaces: ['ComplianceService'],
    searchedOf: ({ properties }) => (properties.has('Name') ? ['Name'] : undefined),
  },
};
