import type { RankStep } from '../../../plan/index.js';
import { operandAs } from '../operand.js';
import type { Scope } from '../scope.js';
import { join, sql, type Sql } from '../sql.js';
import { orderOf } from './order.js';
import { carried, fromStage, partitionBy, select, type Chain, type Stage } from './stage.js';

/**
 * Rows from the greatest or least on: so many of them, or until their sum is enough. Sums may fall again, which brings
 * nothing back. [OData-Aggregation 3.3.1]
 */
export function compileRank(step: RankStep, before: Stage, chain: Chain): Stage {
  const { stage, amountIn } = withAmount(step, before, chain);
  const { row, from, scope } = fromStage(stage, chain);
  const order = orderOf([{ expression: step.measure, direction: step.direction }], row, scope);
  const group = partitionBy(chain.partition, row);
  const position = sql`row_number() OVER (${order}) AS r`;
  const amount = sql`${amountIn(row)} AS amount`;
  if (step.until === 'count') {
    const number = sql`row_number() OVER (${group}${order}) AS n`;
    const ranked = chain.add(select([...carried(stage, row), position, number, amount], from));
    return taken(stage, ranked, (each) => sql`${each}.n <= ${each}.amount`, chain);
  }
  const number = finite(operandAs(step.measure, 'double', scope), scope);
  const sums = [
    sql`coalesce(sum(${number}) OVER (${group}${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before`,
    sql`coalesce(sum(${number}) OVER (${group}), 0) AS total`,
  ];
  const summed = chain.add(select([...carried(stage, row), position, ...sums, amount], from));
  const outer = fromStage({ ...stage, table: summed }, chain);
  const enough = isEnough(step, sql`${outer.row}.amount`, outer.row);
  const within = sql`${partitionBy(chain.partition, outer.row)}ORDER BY ${outer.row}.r`;
  const done = sql`max(CASE WHEN ${enough} THEN 1 ELSE 0 END) OVER (${within}) AS done`;
  const marked = chain.add(select([...carried(stage, outer.row), sql`${outer.row}.r AS r`, done], outer.from));
  return taken(stage, marked, (each) => sql`${each}.done = 0`, chain);
}

/** Rows with the parameter, which has been checked where it is a literal; all of a group have the same. */
function withAmount(
  { amount, until }: RankStep,
  stage: Stage,
  chain: Chain,
): { readonly stage: Stage; amountIn(row: Sql): Sql } {
  const kind = until === 'count' ? 'integer' : 'double';
  if (amount.kind === 'literal') return { stage, amountIn: () => operandAs(amount, kind, chain.scope) };
  const { row, from, scope } = fromStage(stage, chain);
  const value = sql`${operandAs(amount, kind, scope)} AS v`;
  const given = fromStage({ ...stage, table: chain.add(select([...carried(stage, row), value], from)) }, chain);
  const [isFit, demand] = BOUNDS[until];
  const v = sql`${given.row}.v`;
  const refusal = scope.dialect.refusal(`the first parameter must be ${demand}`, sql`coalesce(${v}, 0)`);
  const checked = sql`CASE WHEN ${isFit(v)} THEN ${v} ELSE ${refusal} END AS v`;
  const table = chain.add(select([...carried(stage, given.row), checked], given.from));
  return { stage: { ...stage, table }, amountIn: (each) => sql`${each}.v` };
}

const BOUNDS: Readonly<Record<RankStep['until'], readonly [isFit: (value: Sql) => Sql, demand: string]>> = {
  count: [(value) => sql`${value} > 0`, 'a positive integer'],
  percent: [(value) => sql`${value} > 0 AND ${value} <= 100`, 'a number above 0 and up to 100'],
  sum: [(value) => sql`${value} IS NOT NULL`, 'a number'],
};

function taken(stage: Stage, ranked: Sql, isTaken: (row: Sql) => Sql, chain: Chain): Stage {
  const { row, from } = fromStage({ ...stage, table: ranked }, chain);
  const rows = sql`${select(carried(stage, row, sql`${row}.r`), from)} WHERE ${isTaken(row)}`;
  return { ...stage, hasAllGroups: false, table: chain.add(rows) };
}

/** Whether the rows before are enough. */
function isEnough({ until }: RankStep, limit: Sql, row: Sql): Sql {
  if (until === 'sum') return sql`${row}.before >= ${limit}`;
  const [part, wanted] = [sql`${row}.before * 100`, sql`${limit} * ${row}.total`];
  return sql`CASE WHEN ${row}.total < 0 THEN ${part} <= ${wanted} WHEN ${row}.total > 0 THEN ${part} >= ${wanted} ELSE FALSE END`;
}

/** Sums know neither NaN nor infinity, which would leave nothing beside them. */
function finite(double: Sql, { dialect }: Scope): Sql {
  const others = ['NaN', 'INF', '-INF'].map((value) => dialect.values.literal(value, 'double'));
  return sql`CASE WHEN ${double} IN (${join(others, ', ')}) THEN NULL ELSE ${double} END`;
}
