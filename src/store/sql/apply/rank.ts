import type { Expression, RankStep } from '../../../plan/index.js';
import { kindOfExpression, type NumberKind } from '../kind.js';
import { operandAs } from '../operand.js';
import type { Scope } from '../scope.js';
import { join, name, once, sql, type Sql } from '../sql.js';
import { orderOf } from './order.js';
import {
  carried,
  column,
  fromStage,
  groupBy,
  partitionBy,
  sameGroup,
  select,
  type Chain,
  type From,
  type Stage,
} from './stage.js';

/**
 * Rows from the greatest or least on: so many of them, or until their sum is enough. Sums may fall again, which brings
 * nothing back. [OData-Aggregation 3.3.1]
 */
export function compileRank(step: RankStep, before: Stage, chain: Chain): Stage {
  const { stage, amountIn } = withAmount(step, before, chain);
  const { row, from, scope } = fromStage(stage, chain);
  const order = orderOf([{ expression: step.measure, direction: step.direction }], row, scope);
  const known = [...carried(stage, row), sql`row_number() OVER (${order}) AS r`, sql`${amountIn(row)} AS amount`];
  if (step.until === 'count') {
    const number = sql`row_number() OVER (${partitionBy(chain.partition, row)}${order}) AS n`;
    const ranked = chain.add(select([...known, number], from));
    return taken(stage, ranked, (each) => sql`${each}.n <= ${each}.amount`, chain);
  }
  const kind = summedAs(step.measure);
  const measure = sql`${finite(operandAs(step.measure, kind, scope), kind, scope)} AS m`;
  const measured: Stage = { ...stage, table: chain.add(select([...known, measure], from)) };
  const outer = withSums(kind, measured, chain);
  const limited = limitsOf(step, kind, measured, chain);
  const isSame = sameGroup(chain.partition, limited.row, outer.row, scope);
  const enough = isEnough(step, sql`${outer.row}.before`, limited.row, kind, scope);
  const within = sql`${partitionBy(chain.partition, outer.row)}ORDER BY ${outer.row}.r`;
  const done = sql`max(CASE WHEN ${enough} THEN 1 ELSE 0 END) OVER (${within}) AS done`;
  const list = [...carried(stage, outer.row), sql`${outer.row}.r AS r`, done];
  const marked = chain.add(select(list, sql`${outer.from} JOIN ${limited.from} ON ${isSame}`));
  return taken(stage, marked, (each) => sql`${each}.done = 0`, chain);
}

/** Rows with the sum `before` them of the column `m`, in the order `r`; nothing counts as zero. */
function withSums(kind: NumberKind, measured: Stage, chain: Chain): From {
  const { aggregates, values } = chain.scope.dialect;
  const { row, from } = fromStage(measured, chain);
  const { parts, finish } = aggregates.sum(sql`${row}.m`, kind);
  const before = sql`${partitionBy(chain.partition, row)}ORDER BY ${row}.r ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING`;
  const known = (of: Sql): Sql[] => [...carried(measured, of), sql`${of}.r AS r`];
  const sums = parts.map((part, index) => sql`${part} OVER (${before}) AS ${name(`p${index}`)}`);
  const summed = fromStage({ ...measured, table: chain.add(select([...known(row), ...sums], from)) }, chain);
  const value = finish(parts.map((_, index) => column(summed.row, `p${index}`)));
  const finished = sql`coalesce(${value}, ${values.literal(0, kind)}) AS before`;
  return fromStage({ ...measured, table: chain.add(select([...known(summed.row), finished], summed.from)) }, chain);
}

/** Of each group the `amount`, and where that is a percentage the `wanted` part of the whole sum, and its `sign`. */
function limitsOf(step: RankStep, kind: NumberKind, measured: Stage, chain: Chain): From {
  const { row, from } = fromStage(measured, chain);
  const keys = chain.partition.map((each) => column(row, each));
  const { parts, finish } = chain.scope.dialect.aggregates.sum(sql`${row}.m`, kind);
  const sums = step.until === 'sum' ? [] : parts.map((part, index) => sql`${part} AS ${name(`p${index}`)}`);
  const list = [...keys, sql`min(${row}.amount) AS amount`, ...sums];
  const table = chain.add(sql`${select(list, from)}${groupBy(chain.partition, row)}`);
  const groups: Stage = { hasEntities: false, columns: chain.partition, table };
  const group = fromStage(groups, chain);
  if (step.until === 'sum') return group;
  const total = finish(parts.map((_, index) => column(group.row, `p${index}`)));
  const own = (of: Sql): Sql[] => [...chain.partition.map((each) => column(of, each)), sql`${of}.amount AS amount`];
  const totals = chain.add(select([...own(group.row), sql`${total} AS total`], group.from));
  const summed = fromStage({ ...groups, table: totals }, chain);
  const limits = select([...own(summed.row), ...partOf(step, kind, summed.row, chain.scope)], summed.from);
  return fromStage({ ...groups, table: chain.add(limits) }, chain);
}

function partOf(step: RankStep, kind: NumberKind, row: Sql, scope: Scope): Sql[] {
  const { numbers, values } = scope.dialect;
  const common = commonKind(step, kind);
  const percent = converted(sql`${row}.amount`, kindOfAmount(step), common, scope);
  const total = converted(sql`${row}.total`, kind, common, scope);
  const product = numbers.arithmetic('mul', percent, total, common);
  const [key, zero] = [values.key(total, common), values.literalKey(0, common)];
  return [
    sql`${hundredth(product, common, scope)} AS wanted`,
    sql`CASE WHEN ${key} > ${zero} THEN 1 WHEN ${key} < ${zero} THEN -1 ELSE 0 END AS sign`,
  ];
}

function hundredth(value: Sql, kind: NumberKind, { dialect: { numbers, values } }: Scope): Sql {
  return kind === 'double'
    ? numbers.arithmetic('divby', value, values.literal(100, kind), kind)
    : numbers.arithmetic('mul', value, values.literal('0.01', kind), kind);
}

/** Whether a sum is enough. */
function isEnough(step: RankStep, before: Sql, limit: Sql, kind: NumberKind, scope: Scope): Sql {
  const common = commonKind(step, kind);
  const { key } = scope.dialect.values;
  const sum = key(converted(before, kind, common, scope), common);
  if (step.until === 'sum')
    return sql`${sum} >= ${key(converted(sql`${limit}.amount`, kindOfAmount(step), common, scope), common)}`;
  const wanted = key(sql`${limit}.wanted`, common);
  return sql`CASE ${limit}.sign WHEN 1 THEN ${sum} >= ${wanted} WHEN -1 THEN ${sum} <= ${wanted} ELSE FALSE END`;
}

function commonKind(step: RankStep, kind: NumberKind): NumberKind {
  return kind === 'double' || kindOfAmount(step) === 'double' ? 'double' : 'decimal';
}

function converted(value: Sql, from: NumberKind, to: NumberKind, { dialect }: Scope): Sql {
  return from === to ? value : dialect.numbers.convert(value, from, to);
}

/** Integers are summed as decimals, which do not run over. */
function summedAs(measure: Expression): 'decimal' | 'double' {
  const kind = kindOfExpression(measure);
  return kind === 'integer' || kind === 'decimal' ? 'decimal' : 'double';
}

/** A number that is written down is no more than its digits. */
function kindOfAmount({ until, amount }: RankStep): NumberKind {
  if (until === 'count') return 'integer';
  const isWritten = amount.kind === 'literal' && Number.isFinite(Number(amount.value));
  return isWritten ? 'decimal' : summedAs(amount);
}

/** Rows with the parameter, which has been checked where it is a literal; all of a group have the same. */
function withAmount(step: RankStep, stage: Stage, chain: Chain): { readonly stage: Stage; amountIn(row: Sql): Sql } {
  const { amount, until } = step;
  const kind = kindOfAmount(step);
  if (amount.kind === 'literal') return { stage, amountIn: () => operandAs(amount, kind, chain.scope) };
  const { row, from, scope } = fromStage(stage, chain);
  const value = sql`${operandAs(amount, kind, scope)} AS v`;
  const given = fromStage({ ...stage, table: chain.add(select([...carried(stage, row), value], from)) }, chain);
  const [least, most, demand] = BOUNDS[until];
  const v = sql`${given.row}.v`;
  const { key, literal, literalKey } = scope.dialect.values;
  const isFit = [
    sql`${v} IS NOT NULL`,
    ...least.map((bound) => sql`${key(v, kind)} > ${literalKey(bound, kind)}`),
    ...most.map((bound) => sql`${key(v, kind)} <= ${literalKey(bound, kind)}`),
  ];
  const refusal = scope.dialect.refusal(
    `the first parameter must be ${demand}`,
    sql`coalesce(${v}, ${literal(0, kind)})`,
  );
  const checked = sql`CASE WHEN ${join(isFit, ' AND ')} THEN ${v} ELSE ${refusal} END AS v`;
  const table = chain.add(select([...carried(stage, given.row), checked], given.from));
  return { stage: { ...stage, table }, amountIn: (each) => sql`${each}.v` };
}

/** What the parameter is more than, and what at most. */
const BOUNDS: Readonly<Record<RankStep['until'], readonly [least: number[], most: number[], demand: string]>> = {
  count: [[0], [], 'a positive integer'],
  percent: [[0], [100], 'a number above 0 and up to 100'],
  sum: [[], [], 'a number'],
};

function taken(stage: Stage, ranked: Sql, isTaken: (row: Sql) => Sql, chain: Chain): Stage {
  const { row, from } = fromStage({ ...stage, table: ranked }, chain);
  const rows = sql`${select(carried(stage, row, sql`${row}.r`), from)} WHERE ${isTaken(row)}`;
  return { ...stage, hasAllGroups: false, table: chain.add(rows) };
}

/** Sums know neither NaN nor infinity, which would leave nothing beside them. */
function finite(number: Sql, kind: NumberKind, { dialect }: Scope): Sql {
  const others = ['NaN', 'INF', '-INF'].map((value) => dialect.values.literal(value, kind));
  return once(number, (value) => sql`CASE WHEN ${value} IN (${join(others, ', ')}) THEN NULL ELSE ${value} END`);
}
