import type { ReadPlan } from '../../plan/index.js';
import type { Dialect } from './dialect.js';
import { columnsOf } from './columns.js';
import { compileExpression } from './expression.js';
import { newAliases, type Scope } from './scope.js';
import { countOf, selectOf } from './select.js';
import { toStatement, type Statement } from './sql.js';

export interface CompileContext {
  readonly dialect: Dialect;
  /** Name of the space whose rows are read. */
  readonly space: string;
  /** The canonical date-time that `now()` means; the system's clock where it is absent. */
  readonly now?: () => string;
}

/** One statement for all rows of a plan, their order values, computed values and embedded rows; see `readRow`. */
export function compileSelect(plan: ReadPlan, context: CompileContext): Statement {
  const select = selectOf(plan, undefined, newScope(context), columnsOf(plan));
  return toStatement(select, context.dialect.placeholder);
}

/** One statement for one row whose column `count` says how many rows the plan has, whatever its page. */
export function compileCount(plan: ReadPlan, context: CompileContext): Statement {
  return toStatement(countOf(plan, undefined, newScope(context)), context.dialect.placeholder);
}

function newScope({ dialect, space, now = systemTime }: CompileContext): Scope {
  let time: string | undefined;
  return {
    dialect,
    space: dialect.values.text(space),
    get now() {
      return (time ??= now());
    },
    newAlias: newAliases(),
    variables: new Map(),
    compile: compileExpression,
  };
}

function systemTime(): string {
  return new Date().toISOString().replace(/\.?0*Z$/, 'Z');
}
