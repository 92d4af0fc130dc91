import { odataProfile, type Profile } from '../../../src/index.js';

/** Where the suite asks for more than the specification does, by options of the service that are off by default. */
const LENIENCIES: Partial<Profile> = {
  /** `$top` that cuts the result has a next link: 10.2, 14.1, 11.2.5.7. */
  topIsPageSize: true,
  /** A key that the client sends is ignored: 11.4.2. */
  acceptsClientKeys: false,
  /** A change of an entity that is not there is 404, since keys are the server's: 11.4.3, 8.2.2. */
  upserts: false,
  /** `filter($count gt 1)` behind `groupby`, and `join(Descriptions as Description)`: 11.2.5.4.1, 11.2.5.4.2. */
  tolerantApply: true,
};

/** The plain profile with the leniencies; bound operations are called without their namespace throughout. */
export const conformanceProfile: Profile = {
  ...odataProfile,
  ...LENIENCIES,
  path: { ...odataProfile.path, defaultNamespaces: ['ComplianceService'] },
};
