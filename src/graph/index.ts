export { graphProfile, type GraphOptions } from './graph-profile.js';
export type { Authentication } from './identity.js';
