import type { AddNestedStep, Nested, NestStep, Step } from '../../../plan/index.js';
import { where } from '../lambda.js';
import { areLinked, type Link } from '../scope.js';
import { join, name, sql } from '../sql.js';
import { ofEachRow, relatedStage } from './flatten.js';
import { outputList, packedOutput } from './output.js';
import { carried, column, fromStage, groupBy, groupsBehind, select, type Chain, type Stage } from './stage.js';

type CompileSteps = (steps: readonly Step[], stage: Stage, chain: Chain) => Stage;

/** One row, or one for each group, with the rows of the steps as a JSON text. [OData-Aggregation 3.5.2] */
export function compileNest({ nested }: NestStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { partition } = chain;
  const all = fromStage(stage, chain);
  const keys = partition.map((each) => column(all.row, each));
  const first = keys.length === 0 ? sql`coalesce(min(${all.row}.o), 0)` : sql`min(${all.row}.o)`;
  const table =
    groupsBehind(stage, chain) ??
    chain.add(sql`${select([sql`${first} AS o`, ...keys], all.from)}${groupBy(partition, all.row)}`);
  const groups: Stage = { table, hasEntities: false, hasAllGroups: true, columns: partition };
  return withRows(
    nested,
    groups,
    stage,
    chain,
    compileSteps,
    partition.map((each) => ({ own: each, outer: each, mayBeNull: true })),
  );
}

/** Each row with the rows that the steps make of those that it leads to. [OData-Aggregation 3.4.3] */
export function compileAddNested(step: AddNestedStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const owner = `${step.nested[0]!.column}_o`;
  const related = relatedStage(step, owner, stage, chain);
  const within = ofEachRow(owner, stage, chain);
  const outer = `${step.nested[0]!.column}_r`;
  const { row, from } = fromStage(stage, chain);
  const table = chain.add(select([...carried(stage, row), sql`${row}.o AS ${name(outer)}`], from));
  const numbered: Stage = { ...stage, table, columns: [...stage.columns, outer] };
  return withRows(step.nested, numbered, related, within, compileSteps, [{ own: owner, outer, mayBeNull: false }]);
}

/** Rows with columns that hold what the steps make of others, as JSON texts; `links` are what these have in common with the rows. */
function withRows(
  nested: readonly Nested[],
  rows: Stage,
  from: Stage,
  chain: Chain,
  compileSteps: CompileSteps,
  links: readonly Link[],
): Stage {
  const { scope } = chain;
  const outer = fromStage(rows, chain);
  const made = new Map(rows.made);
  const added = nested.map(({ steps, further = [], page = [], isCounted = false, result, column: columnName }) => {
    const whole = compileSteps(steps, from, chain);
    made.set(columnName, { ...whole, links });
    const all = compileSteps(further, whole, chain);
    const inner = fromStage(compileSteps(page, all, chain), chain);
    const list = join(outputList(result, inner), ', ');
    const belonging = where(areLinked(links, inner.row, outer.row, scope));
    const select = sql`SELECT ${list} FROM ${inner.from}${belonging} ORDER BY ${inner.row}.o`;
    const json = scope.dialect.json.rows(packedOutput(result), select, scope.newAlias());
    const text = sql`CAST(${json} AS TEXT)`;
    if (!isCounted) return sql`${text} AS ${name(columnName)}`;
    const counted = fromStage(all, chain);
    const count = sql`SELECT count(*) FROM ${counted.from}${where(areLinked(links, counted.row, outer.row, scope))}`;
    return sql`('[' || CAST((${count}) AS TEXT) || ',' || ${text} || ']') AS ${name(columnName)}`;
  });
  return {
    ...rows,
    made,
    columns: [...rows.columns, ...nested.map((each) => each.column)],
    table: chain.add(select([...carried(rows, outer.row), ...added], outer.from)),
  };
}
