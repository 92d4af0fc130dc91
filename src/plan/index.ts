export type * from './expression.js';
export type * from './read-plan.js';
export type * from './shape.js';
export type * from './source.js';
