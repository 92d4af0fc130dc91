export { defaultUrlLimits, type UrlLimits } from './limits.js';
export { type OptionValue, parseOptionValue } from './option-value.js';
export { printExpression } from './print-expression.js';
export { printSearch } from './print-search.js';
export { type SystemOptionName } from './system-options.js';
export { encodeQuery, printPath, printQuery, printUrl } from './print-url.js';
export type * from './tree.js';
export { parseExpression, parsePath, parseQuery, parseUrl } from './url.js';
