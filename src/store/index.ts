export type { Signal } from './bounds.js';
export { openStore } from './open-store.js';
export type * from './store.js';
