import type { ItemsPlan } from '../../plan/index.js';
import { newScope, type CompileContext } from './compile-select.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { compileTerm, orderBy } from './order.js';
import { withVariable, type Scope } from './scope.js';
import { constant, join, sql, type Sql, type Statement, toStatement } from './sql.js';

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
  plan: ItemsPlan,
  context: CompileContext,
): { readonly scope: Scope; readonly from: Sql; readonly position: Sql } {
  const outer = newScope(context);
  const [document, alias] = [outer.newAlias(), outer.newAlias()];
  const { tables, position, item } = context.dialect.json.list(plan.json, plan.sent?.json, document, alias);
  const pointer = sql`${constant(`${plan.sent?.pointer ?? ''}/`)} || ${position}`;
  const scope = withVariable(outer, 0, { kind: 'json', row: document, json: { ...item, pointer } });
  const conditions = plan.where === undefined ? [] : [compileFilter(plan.where, scope)];
  return { scope, from: sql`${join(tables, ', ')}${where(conditions)}`, position };
}
