import type { ItemsPlan } from '../../plan/index.js';
import { newScope, type CompileContext } from './compile-select.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { compileTerm, orderBy } from './order.js';
import { stepInto } from './json-place.js';
import { pointerTo } from './pointer.js';
import { jsonOf, withVariable, type Scope } from './scope.js';
import { joinSource } from './source.js';
import { given, join, sql, toStatement, type Sql, type Statement } from './sql.js';

/** One statement for the positions of the items that a plan takes. */
export function compileItems(plan: ItemsPlan, context: CompileContext): Statement {
  const { scope, from, position } = itemsOf(plan, context);
  const order = orderBy(
    plan.order.map((term) => compileTerm(term, scope)),
    position,
  );
  const page = context.dialect.page(plan.page.limit, plan.page.skip);
  return toStatement(sql`SELECT ${position} AS position FROM ${from}${order}${page}`, context.dialect.placeholder);
}

/** One statement for one row whose column `count` says how many items a plan takes, whatever its page. */
export function compileItemCount(plan: ItemsPlan, context: CompileContext): Statement {
  return toStatement(sql`SELECT count(*) AS count FROM ${itemsOf(plan, context).from}`, context.dialect.placeholder);
}

function itemsOf(
  { row: owner, path, where: condition }: ItemsPlan,
  context: CompileContext,
): { readonly scope: Scope; readonly from: Sql; readonly position: Sql } {
  const outer = newScope(context);
  const row = outer.newAlias();
  const { tables } = joinSource({ kind: 'given', rows: [owner] }, row, undefined, outer);
  const array = path.reduce(stepInto, jsonOf({ kind: 'row', row }));
  const { table, condition: isItem, item, index } = context.dialect.json.items(array, outer.newAlias());
  const json = { ...item, pointer: sql`${pointerTo(array, outer)} || '/' || ${index}` };
  const scope = withVariable(outer, 0, { kind: 'json', row, json });
  const conditions = [...given(isItem), ...(condition === undefined ? [] : [compileFilter(condition, scope)])];
  return { scope, from: sql`${join([...tables, table], ', ')}${where(conditions)}`, position: index };
}
