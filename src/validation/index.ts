export { defaultScalar } from './default-scalar.js';
export type * from './draft.js';
export type { ParameterValues } from './parameters.js';
export { nestedItem } from './related-changes.js';
export { createValidator, type PropertyValue, type Validator } from './validator.js';
export type { ViolationCode } from './violations.js';
