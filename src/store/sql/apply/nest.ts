import type { NestStep, Step } from '../../../plan/index.js';
import { join, name, sql } from '../sql.js';
import { outputList, packedOutput } from './output.js';
import { column, fromStage, groupBy, sameGroup, select, type Chain, type Stage } from './stage.js';

type CompileSteps = (steps: readonly Step[], stage: Stage, chain: Chain) => Stage;

/** One row, or one for each group, with the rows of the steps as a JSON text. [OData-Aggregation 3.5.2] */
export function compileNest(step: NestStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { partition, scope } = chain;
  const nested = compileSteps(step.steps, stage, chain);
  const all = fromStage(stage, chain);
  const keys = partition.map((each) => column(all.row, each));
  const first = keys.length === 0 ? sql`coalesce(min(${all.row}.o), 0)` : sql`min(${all.row}.o)`;
  const groups = chain.add(sql`${select([sql`${first} AS o`, ...keys], all.from)}${groupBy(partition, all.row)}`);
  const group = fromStage({ table: groups, hasEntities: false, columns: partition }, chain);
  const inner = fromStage(nested, chain);
  const isSame = sameGroup(partition, inner.row, group.row, scope);
  const list = join(outputList(step.result, inner), ', ');
  const rows = sql`SELECT ${list} FROM ${inner.from} WHERE ${isSame} ORDER BY ${inner.row}.o`;
  const json = scope.dialect.json.rows(packedOutput(step.result), rows, scope.newAlias());
  const table = chain.add(
    select(
      [
        sql`${group.row}.o AS o`,
        ...partition.map((each) => column(group.row, each)),
        sql`CAST(${json} AS TEXT) AS ${name(step.column)}`,
      ],
      group.from,
    ),
  );
  return { table, hasEntities: false, columns: [...partition, step.column] };
}
