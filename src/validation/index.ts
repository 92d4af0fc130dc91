export type * from './draft.js';
