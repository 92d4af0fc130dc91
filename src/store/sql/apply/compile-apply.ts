import type { ApplyPlan } from '../../../plan/index.js';
import { newScope, type CompileContext } from '../compile-select.js';
import { join, name, sql, type Sql, type Statement, toStatement } from '../sql.js';
import { outputList } from './output.js';
import { fromStage, type Chain, type Stage } from './stage.js';
import { compileFrom, compileSteps } from './steps.js';

/** One statement for the rows of a plan, however many steps it has; see `readAggregatedRow`. */
export function compileApply(plan: ApplyPlan, context: CompileContext): Statement {
  const { chain, stage, tables } = compilePlan(plan, context);
  const from = fromStage(stage, chain);
  const list = join(outputList(plan.result, from), ', ');
  const page = context.dialect.page(plan.page.limit, plan.page.skip);
  const rows = sql`SELECT ${list} FROM ${from.from} ORDER BY ${from.row}.o${page}`;
  return toStatement(sql`WITH RECURSIVE ${join(tables, ', ')} ${rows}`, context.dialect.placeholder);
}

/** One statement for one row whose column `count` says how many rows there are, whatever the page. */
export function compileApplyCount(plan: ApplyPlan, context: CompileContext): Statement {
  const { stage, tables } = compilePlan(plan, context);
  return toStatement(
    sql`WITH RECURSIVE ${join(tables, ', ')} SELECT count(*) AS count FROM ${stage.table}`,
    context.dialect.placeholder,
  );
}

function compilePlan(
  plan: ApplyPlan,
  context: CompileContext,
): { readonly chain: Chain; readonly stage: Stage; readonly tables: readonly Sql[] } {
  const tables: Sql[] = [];
  let count = 0;
  const addRecursive = (select: (self: Sql) => Sql): Sql => {
    const table = name(`r${++count}`);
    tables.push(sql`${table} AS (${select(table)})`);
    return table;
  };
  const chain: Chain = {
    scope: newScope(context),
    partition: [],
    addRecursive,
    add: (select) => addRecursive(() => select),
  };
  return { chain, stage: compileSteps(plan.steps, compileFrom(plan.from, chain), chain), tables };
}
