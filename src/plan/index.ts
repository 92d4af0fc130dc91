export type * from './apply/apply-plan.js';
export { aggregateOver, applyTo, checkAggregates, planApply, planCrossApply } from './apply/plan-apply.js';
export { alternateKeys, havingValues } from './alternate-key.js';
export { argumentValue, type ArgumentReading } from './bind-argument.js';
export { isThere } from './is-there.js';
export { literalOf } from './literal-of.js';
export { planArgument } from './plan-argument.js';
export { keyOfPredicate, UnsettledKey, type Aliases } from './bind-key.js';
export { propertyContextPath } from './context-path.js';
export { resultTarget, returnTypeOf, type Given } from './function-result.js';
export type * from './expression.js';
export { foreignKey, isDependent } from './foreign-key.js';
export { readAggregates, type AggregateDefinitions } from './aggregate-definitions.js';
export { readDefinitions, type NamedDefinition } from './function-definitions.js';
export { keyOfDocument, keyPredicate, keyText, pathOfAddress } from './key.js';
export type * from './path-rules.js';
export type * from './read-plan.js';
export { planCall, type CallPlan } from './plan-call.js';
export { planCrossjoin, type CrossjoinPart, type CrossjoinPlan } from './plan-crossjoin.js';
export { planItems, planShape, planValues, rowOf, type ItemsPlace, type ItemsPlan } from './plan-items.js';
export type { Origin } from './bind/index.js';
export { placesAfter, type WrittenPath } from './places-after.js';
export { planProperty } from './plan-property.js';
export { planRead, type PlanContext, type PlanLimits } from './plan-read.js';
export { defaultBindLimits, MOST_DISTANCE, type BindLimits } from './bind/index.js';
export type * from './relation-kind.js';
export {
  boundSet,
  collectionBehind,
  containerOf,
  isOrdinal,
  isUmbrella,
  pathOfRelation,
  relationOf,
  schemaPath,
  typeNamesOf,
} from './relation.js';
export type { FunctionDefinitions, PathContext } from './path-context.js';
export { firstMembers, keyed, withNested } from './resolve-member.js';
export { asChanged, follow, resolvePath } from './resolve-path.js';
export { valueAt } from './resolve-property.js';
export type { Choice, Refinement } from './refinement.js';
export { noOverload, overloadNamed } from './select-overload.js';
export { selectionFor, type ExpandedStream, type Selection, type Shape } from './shape.js';
export { targetAt } from './target-at.js';
export { stepNames } from './target.js';
export type * from './target.js';
export type * from './terms.js';
export { autoExpanded } from './auto-expand.js';
export { EVERYTHING, wholeRows } from './whole-rows.js';
