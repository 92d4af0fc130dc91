import type { CrossjoinPart, CrossjoinPlan } from '../../plan/index.js';
import type { CrossjoinRow, Row } from '../store.js';
import { columnsOf } from './columns.js';
import { newScope, type CompileContext } from './compile-select.js';
import { kindOfExpression } from './kind.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { behind, behindRanks, compileTerm, orderBy, type CompiledTerm } from './order.js';
import { readOutput, readRow } from './read-row.js';
import { withVariable, type Scope } from './scope.js';
import { columnValue, fieldsOf } from './select.js';
import { joinSource } from './source.js';
import { join, name, sql, type Sql, type Statement, toStatement } from './sql.js';

/** One statement for a page of a cross join; see `readCrossjoinRow`. */
export function compileCrossjoin(plan: CrossjoinPlan, context: CompileContext): Statement {
  const { rows, scope, tables, conditions } = joined(plan, context);
  const terms = plan.order.map((term) => compileTerm(term, scope));
  const list = plan.parts.flatMap((part, index) => columnsOfPart(part, rows[index]!, index, scope));
  list.push(...terms.map(({ output }, index) => sql`${output} AS ${name(`order_${index}`)}`));
  const sequences = rows.map((row) => sql`${row}.sequence`);
  const all =
    plan.page.after === undefined ? conditions : [...conditions, behindRow(plan.page.after, terms, sequences, scope)];
  const page = context.dialect.page(plan.page.limit, plan.page.skip);
  const order = orderBy(terms, join(sequences, ', '));
  return toStatement(
    sql`SELECT ${join(list, ', ')} FROM ${join(tables, ', ')}${where(all)}${order}${page}`,
    context.dialect.placeholder,
  );
}

/** One statement for one row whose column `count` says how many rows there are, whatever the page. */
export function compileCrossjoinCount(plan: CrossjoinPlan, context: CompileContext): Statement {
  const { tables, conditions } = joined(plan, context);
  return toStatement(
    sql`SELECT count(*) AS count FROM ${join(tables, ', ')}${where(conditions)}`,
    context.dialect.placeholder,
  );
}

function joined(plan: CrossjoinPlan, context: CompileContext) {
  let scope = newScope(context);
  const tables: Sql[] = [];
  const conditions: Sql[] = [];
  const rows = plan.parts.map(({ plan: { from }, variable }) => {
    const row = scope.newAlias();
    const of = joinSource(from, row, undefined, scope);
    tables.push(...of.tables);
    conditions.push(...of.conditions);
    scope = withVariable(scope, variable, { kind: 'row', row });
    return row;
  });
  if (plan.where !== undefined) conditions.push(compileFilter(plan.where, scope));
  return { rows, scope, tables, conditions };
}

/** Columns of the rows of all sets stand beside each other, so that each has the number of its set behind its name. */
function columnsOfPart(part: CrossjoinPart, row: Sql, index: number, outer: Scope): Sql[] {
  // What `$it` means beside this row stands in variables of its own.
  const scope: Scope = { ...withVariable(outer, 0, { kind: 'row', row }), resource: { kind: 'row', row } };
  const alias = scope.newAlias();
  const list = [fieldsOf(row, scope)];
  for (const column of columnsOf(part.plan))
    if (column.kind !== 'field')
      list.push(sql`${columnValue(column, row, [], part.plan, scope)} AS ${name(column.name)}`);
  const packed = columnsOf(part.plan).map((column) => ({ column: name(column.name), isJson: column.kind === 'rows' }));
  return [sql`${scope.dialect.json.rows(packed, sql`SELECT ${join(list, ', ')}`, alias)} AS ${name(`part_${index}`)}`];
}

function behindRow(
  { values, sequence }: NonNullable<CrossjoinPlan['page']['after']>,
  terms: readonly CompiledTerm[],
  sequences: readonly Sql[],
  scope: Scope,
): Sql {
  const last = [...values.slice(terms.length).map(Number), sequence];
  return behind(values, terms, behindRanks(sequences, last, scope), scope);
}

/** The row that a record of `compileCrossjoin`'s statement stands for. */
export function readCrossjoinRow(record: Record<string, unknown>, plan: CrossjoinPlan): CrossjoinRow {
  return {
    rows: plan.parts.map((part, index) => readPart(record[`part_${index}`], part)),
    order: plan.order.map(({ expression }, index) =>
      readOutput(record[`order_${index}`], kindOfExpression(expression)),
    ),
  };
}

/** Drivers give JSON as text or parsed already. */
function readPart(value: unknown, { plan }: CrossjoinPart): Row {
  const [values = []] = (typeof value === 'string' ? JSON.parse(value) : value) as readonly (readonly unknown[])[];
  return readRow(Object.fromEntries(columnsOf(plan).map((column, index) => [column.name, values[index]])), plan);
}
