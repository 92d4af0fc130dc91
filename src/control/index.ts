export { ControlModule, type AsyncControlOptions } from './control.module.js';
export type { ControlledService, ControlOptions } from './control-options.js';
export { CONTROL_ROOT } from './control-root.js';
