export { graphBehaviors } from './behaviors/index.js';
export { graphProfile, type GraphOptions } from './graph-profile.js';
export type { Authentication } from './identity.js';
