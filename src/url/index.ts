export { defaultUrlLimits, type UrlLimits } from './limits.js';
export type * from './tree.js';
export { parseExpression, parsePath, parseQuery, parseReference, parseUrl } from './url.js';
