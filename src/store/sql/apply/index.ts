export { compileApply, compileApplyCount } from './compile-apply.js';
export { readAggregatedRow } from './read-aggregated-row.js';
