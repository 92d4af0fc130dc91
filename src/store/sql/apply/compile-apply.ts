import type { ApplyPlan } from '../../../plan/index.js';
import { newScope, type CompileContext } from '../compile-select.js';
import { type Statement, toStatement } from '../sql.js';
import { countApplied, selectApplied } from './compile-plan.js';

/** One statement for the rows of a plan, however many steps it has; see `readAggregatedRow`. */
export function compileApply(plan: ApplyPlan, context: CompileContext): Statement {
  return toStatement(selectApplied(plan, undefined, newScope(context)), context.dialect.placeholder);
}

/** One statement for one row whose column `count` says how many rows there are, whatever the page. */
export function compileApplyCount(plan: ApplyPlan, context: CompileContext): Statement {
  return toStatement(countApplied(plan, undefined, newScope(context)), context.dialect.placeholder);
}
