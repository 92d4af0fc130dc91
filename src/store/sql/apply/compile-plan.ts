import type { AggregatedExpression, ApplyPlan } from '../../../plan/index.js';
import type { Located, Scope } from '../scope.js';
import { join, sql, type Sql } from '../sql.js';
import { outputList, packedOutput } from './output.js';
import { compileItems } from './flatten.js';
import { column, fromStage, type Chain, type Stage } from './stage.js';
import { compileFrom, compileSteps } from './steps.js';

/** The rows that a plan makes as a select; `parent` is what an embedded source hangs on. */
export function selectApplied(plan: ApplyPlan, parent: Located | undefined, scope: Scope): Sql {
  const { chain, stage, tables } = compilePlan(plan, parent, scope);
  const from = fromStage(stage, chain);
  const list = join(outputList(plan.result, from), ', ');
  const page = scope.dialect.page(plan.page.limit, plan.page.skip);
  return sql`WITH RECURSIVE ${join(tables, ', ')} SELECT ${list} FROM ${from.from} ORDER BY ${from.row}.o${page}`;
}

/** How many rows it makes, whatever its page says. */
export function countApplied(plan: ApplyPlan, parent: Located | undefined, scope: Scope): Sql {
  const { stage, tables } = compilePlan(plan, parent, scope);
  return sql`WITH RECURSIVE ${join(tables, ', ')} SELECT count(*) AS count FROM ${stage.table}`;
}

/** The rows as one JSON array of arrays of their columns. */
export function packApplied(plan: ApplyPlan, parent: Located, scope: Scope): Sql {
  return scope.dialect.json.rows(packedOutput(plan.result), selectApplied(plan, parent, scope), scope.newAlias());
}

/** The one value that steps make of the rows at a place, as a subquery. `$it` is what stands around it. */
export function totalOf(expression: AggregatedExpression, outer: Scope): Sql {
  const { collection, part, steps, column: columnName } = expression;
  const resource = outer.resource ?? outer.variables.get(0);
  const { chain, tables } = newChain(resource === undefined ? outer : { ...outer, resource });
  const stage = compileSteps(steps, compileItems(collection, part, outer, chain), chain);
  const { row, from } = fromStage(stage, chain);
  return sql`(WITH RECURSIVE ${join(tables, ', ')} SELECT ${column(row, columnName)} FROM ${from})`;
}

function compilePlan(
  plan: ApplyPlan,
  parent: Located | undefined,
  scope: Scope,
): { readonly chain: Chain; readonly stage: Stage; readonly tables: readonly Sql[] } {
  const { chain, tables } = newChain(scope);
  return { chain, stage: compileSteps(plan.steps, compileFrom(plan.from, chain, parent), chain), tables };
}

function newChain(scope: Scope): { readonly chain: Chain; readonly tables: readonly Sql[] } {
  const tables: Sql[] = [];
  const addRecursive = (select: (self: Sql) => Sql): Sql => {
    // Unlike those of any statement around, tables of which may be read here.
    const table = scope.newAlias();
    tables.push(sql`${table} AS (${select(table)})`);
    return table;
  };
  return { chain: { scope, partition: [], addRecursive, add: (select) => addRecursive(() => select) }, tables };
}
