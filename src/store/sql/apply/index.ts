export { compileApply, compileApplyCount } from './compile-apply.js';
