export { bindCalled } from './called.js';
export { checkDefinition } from './check-definition.js';
export { chooseItems, withTheseLeft } from './choose-items.js';
export { constantOf } from './constant-of.js';
export { bindCompute, visibleComputed } from './compute.js';
export {
  defaultBindLimits,
  type BindContext,
  type BindLimits,
  type BoundExpression,
  type ComputedProperty,
  type Origin,
  type Resource,
  type RootPlace,
} from './context.js';
export { withPossibleKey } from './fault.js';
export { bindExpression, bindFilter, bindOperand } from './expression.js';
export type { Operand } from './operand.js';
export { bindOrder } from './order.js';
export { MOST_DISTANCE, recursiveHierarchy, rollupMember } from './recursive-hierarchy.js';
export { bindSearch, searchTexts } from './search.js';
export { bindSelect } from './select.js';
