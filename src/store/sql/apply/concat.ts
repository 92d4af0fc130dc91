import type { ColumnType, ConcatBranch, ConcatColumn, ConcatStep, Expression, Step } from '../../../plan/index.js';
import { kindOf } from '../kind.js';
import { operandAs } from '../operand.js';
import type { Scope } from '../scope.js';
import { integer, join, name, sql, type Sql } from '../sql.js';
import { column, entityColumns, fromStage, select, type Chain, type Stage } from './stage.js';

type CompileSteps = (steps: readonly Step[], stage: Stage, chain: Chain) => Stage;

/** The rows of the branches, in their order, with the columns of all. [OData-Aggregation 3.2.2] */
export function compileConcat(step: ConcatStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { partition } = chain;
  const branches = step.branches.map((branch, index) => {
    const rows = compileSteps(branch.steps, stage, chain);
    return branchRows(step, branch, index, rows, chain);
  });
  const union = branches.reduce((left, right) => sql`${left} UNION ALL ${right}`);
  const row = chain.scope.newAlias();
  const names = [...partition, ...step.columns.map((each) => each.column)];
  if (step.formColumn !== undefined) names.push(step.formColumn);
  const list = [
    sql`row_number() OVER (ORDER BY ${row}.b, ${row}.o) AS o`,
    ...(step.hasEntities ? entityColumns(row) : []),
    ...names.map((each) => column(row, each)),
  ];
  const table = chain.add(select(list, sql`(${union}) AS ${row}`));
  return { table, hasEntities: step.hasEntities, columns: names };
}

function branchRows(step: ConcatStep, branch: ConcatBranch, index: number, stage: Stage, chain: Chain): Sql {
  const { row, from, scope } = fromStage(stage, chain);
  const nobody = chain.scope.newAlias();
  const needsNobody = step.hasEntities && !stage.hasEntities;
  const list = [
    sql`${integer(index)} AS b`,
    sql`${row}.o AS o`,
    ...(step.hasEntities ? entityColumns(stage.hasEntities ? row : nobody) : []),
    ...chain.partition.map((each) => column(row, each)),
    ...step.columns.map((each, position) => {
      const source = branch.sources[position];
      return sql`${sourceOf(each, source, row, scope)} AS ${name(each.column)}`;
    }),
  ];
  if (step.formColumn !== undefined) list.push(sql`${formOf(branch, row)} AS ${name(step.formColumn)}`);
  // Nulls of the right types.
  return select(list, needsNobody ? sql`${from} LEFT JOIN entity AS ${nobody} ON FALSE` : from);
}

function sourceOf({ type }: ConcatColumn, source: string | Expression | undefined, row: Sql, scope: Scope): Sql {
  if (typeof source === 'string') return column(row, source);
  if (source === undefined) return nullOf(type, scope);
  return typeof type === 'object' ? operandAs(source, kindOf(type), scope) : scope.compile(source, scope).sql;
}

function nullOf(type: ColumnType, { dialect }: Scope): Sql {
  if (type === 'entity') return sql`(SELECT sequence FROM entity LIMIT 0)`;
  if (type === 'rows') return dialect.values.null('string');
  return dialect.values.null(type === undefined ? 'untyped' : kindOf(type));
}

function formOf({ formColumn, forms }: ConcatBranch, row: Sql): Sql {
  if (formColumn === undefined) return integer(forms[0]!);
  const cases = forms.map((form, index) => sql` WHEN ${integer(index)} THEN ${integer(form)}`);
  return sql`CASE ${column(row, formColumn)}${join(cases, '')} END`;
}
