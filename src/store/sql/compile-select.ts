import { notImplemented } from '../../error/index.js';
import type { ReadPlan } from '../../plan/index.js';
import type { Dialect } from './dialect.js';
import { join, name, sql, toStatement, type Sql, type Statement } from './sql.js';

export interface CompileContext {
  readonly dialect: Dialect;
  /** Name of the space whose rows are read. */
  readonly space: string;
}

/** One statement for all rows of a plan, their order values, computed values and embedded rows; see `readRow`. */
export function compileSelect(plan: ReadPlan, { dialect, space }: CompileContext): Statement {
  const row = name('e1');
  const statement = sql`SELECT ${row}.sequence, ${row}.collection, ${row}.key, ${row}.type, ${row}.version, ${dialect.documentText(sql`${row}.document`)} AS document, ${row}.sent FROM entity ${row} WHERE ${conditionsOf(plan, row, dialect, space)} ORDER BY ${row}.sequence${dialect.page(plan.page.limit, plan.page.skip)}`;
  return toStatement(statement, dialect.placeholder);
}

/** One statement for one row whose column `count` says how many rows the plan has, whatever its page. */
export function compileCount(plan: ReadPlan, { dialect, space }: CompileContext): Statement {
  const row = name('e1');
  const { after: _, ...page } = plan.page;
  const conditions = conditionsOf({ ...plan, page }, row, dialect, space);
  return toStatement(sql`SELECT count(*) AS count FROM entity ${row} WHERE ${conditions}`, dialect.placeholder);
}

function conditionsOf(plan: ReadPlan, row: Sql, dialect: Dialect, space: string): Sql {
  const { from } = plan;
  if (plan.where || plan.embed.length > 0 || plan.order.length > 0) throw notImplemented('not yet');
  const conditions = [sql`${row}.space = ${dialect.text(space)}`];
  if (from.kind === 'collections') {
    const collections = from.collections.map((collection) => dialect.text(collection));
    conditions.push(sql`${row}.collection IN (${join(collections, ', ')})`);
  } else if (from.kind === 'entity') {
    conditions.push(sql`${row}.collection = ${dialect.text(from.collection)}`);
    conditions.push(sql`${row}.key = ${dialect.text(from.key)}`);
  } else throw notImplemented('not yet');
  if (plan.page.after) conditions.push(sql`${row}.sequence > ${dialect.whole(plan.page.after.sequence)}`);
  return join(conditions, ' AND ');
}
