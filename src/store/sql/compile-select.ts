import { badRequest } from '../../error/index.js';
import type { Expression, ReadPlan } from '../../plan/index.js';
import { countApplied, packApplied, totalOf } from './apply/compile-plan.js';
import { arrayAt } from './array.js';
import type { Dialect } from './dialect.js';
import { columnsOf } from './columns.js';
import { compileExpression } from './expression.js';
import { levelsOf } from './levels.js';
import { compileFilter } from './logic.js';
import { findItems } from './place.js';
import { parserDepth } from './parser-depth.js';
import { inParts } from './parts.js';
import { newAliases, type Scope } from './scope.js';
import { selectInLevels } from './select-levels.js';
import { countOf, selectOf } from './select.js';
import { sql, toStatement, type Statement } from './sql.js';

export interface CompileContext {
  readonly dialect: Dialect;
  /** Name of the space whose rows are read. */
  readonly space: string;
  /** The canonical date-time that `now()` means; the system's clock where it is absent. */
  readonly now?: () => string;
}

/** One statement for all rows of a plan, their order values, computed values and embedded rows; see `readRows`. */
export function compileSelect(plan: ReadPlan, context: CompileContext): Statement {
  const { deepestStatement, placeholder } = context.dialect;
  const select = selectOf(plan, undefined, newScope(context), columnsOf(plan));
  const levels = deepestStatement === Infinity ? [] : levelsOf(plan);
  if (levels.length === 0 || parserDepth(select) <= deepestStatement) return toStatement(select, placeholder);
  return toStatement(selectInLevels(plan, levels, { ...newScope(context), rows: 'here' }), placeholder);
}

/** One statement for one row whose column `count` says how many rows the plan has, whatever its page. */
export function compileCount(plan: ReadPlan, context: CompileContext): Statement {
  return toStatement(countOf(plan, undefined, newScope(context)), context.dialect.placeholder);
}

/** One statement for one row whose column `value` is that of an expression; see `readValue`. */
export function compileValue(expression: Expression, context: CompileContext): Statement {
  const scope = newScope(context);
  const { sql: value, kind } = scope.compile(expression, scope);
  return toStatement(sql`SELECT ${scope.dialect.values.output(value, kind)} AS value`, context.dialect.placeholder);
}

/** Computed values are put in wherever they are used, so that a few of them may make very many parts. */
const MOST_PARTS = 20_000;

export function newScope({ dialect, space, now = systemTime }: CompileContext): Scope {
  let time: string | undefined;
  let parts = 0;
  return {
    dialect,
    space: dialect.values.text(space),
    now: () => (time ??= now()),
    newAlias: newAliases(),
    variables: new Map(),
    find: findItems,
    filter: compileFilter,
    array: arrayAt,
    aggregated: packApplied,
    aggregatedCount: countApplied,
    total: totalOf,
    compile(expression, scope) {
      if (++parts > MOST_PARTS)
        throw badRequest(
          `The query is too large: more than ${String(MOST_PARTS)} parts, with all that its names stand for.`,
        );
      return inParts(expression, scope, compileExpression);
    },
  };
}

function systemTime(): string {
  return new Date().toISOString().replace(/\.?0*Z$/, 'Z');
}
