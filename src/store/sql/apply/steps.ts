import type { GroupStep, OrderTerm, RankStep, Rows, Step } from '../../../plan/index.js';
import { kindOfExpression } from '../kind.js';
import { compileFilter } from '../logic.js';
import { operandAs } from '../operand.js';
import { compileTerm } from '../order.js';
import type { Scope } from '../scope.js';
import { joinSource } from '../source.js';
import { integer, join, name, sql, type Sql } from '../sql.js';
import { compileAggregate } from './aggregate.js';
import { compileConcat } from './concat.js';
import { compileFlatten, compileJoin } from './flatten.js';
import { compileHierarchy } from './hierarchy.js';
import { compileNest } from './nest.js';
import {
  carried,
  entityColumns,
  fromStage,
  partitionBy,
  select,
  valueOfColumn,
  type Chain,
  type Stage,
} from './stage.js';

/** Steps one after the other. */
export function compileSteps(steps: readonly Step[], stage: Stage, chain: Chain): Stage {
  return steps.reduce((before, step) => compileStep(step, before, chain), stage);
}

/** Stored entities, in the order of creation. */
export function compileRows({ source, typeNames }: Rows, chain: Chain): Stage {
  const { scope } = chain;
  const row = scope.newAlias();
  const { tables, conditions } = joinSource(source, row, undefined, scope);
  const names = typeNames?.map((typeName) => sql`${scope.dialect.values.text(typeName)}`);
  const isOfType = names === undefined ? [] : [sql`${row}.type IN (${join(names, ', ')})`];
  const list = [sql`${row}.sequence AS o`, ...entityColumns(row)];
  const rows = sql`${select(list, join(tables, ', '))} WHERE ${join([...conditions, ...isOfType], ' AND ')}`;
  return { table: chain.add(rows), hasEntities: true, columns: [] };
}

function compileStep(step: Step, stage: Stage, chain: Chain): Stage {
  switch (step.kind) {
    case 'filter': {
      const { row, from, scope } = fromStage(stage, chain);
      const rows = sql`${select(carried(stage, row), from)} WHERE ${compileFilter(step.condition, scope)}`;
      return { ...stage, table: chain.add(rows) };
    }
    case 'compute': {
      const { row, from, scope } = fromStage(stage, chain);
      const added = step.columns.map((each) => sql`${valueOfColumn(each, scope)} AS ${name(each.column)}`);
      const columns = [...stage.columns, ...step.columns.map((each) => each.column)];
      return { ...stage, columns, table: chain.add(select([...carried(stage, row), ...added], from)) };
    }
    case 'order': {
      const { row, from, scope } = fromStage(stage, chain);
      const order = sql`row_number() OVER (${orderOf(step.terms, row, scope)})`;
      return { ...stage, table: chain.add(select(carried(stage, row, order), from)) };
    }
    case 'page':
      return compilePage(step, stage, chain);
    case 'rank':
      return compileRank(step, stage, chain);
    case 'group':
      return compileGroup(step, stage, chain);
    case 'aggregate':
      return compileAggregate(step, stage, chain, compileSteps);
    case 'flatten':
      return compileFlatten(step, stage, chain);
    case 'concat':
      return compileConcat(step, stage, chain, compileSteps);
    case 'join':
      return compileJoin(step, stage, chain, compileSteps);
    case 'nest':
      return compileNest(step, stage, chain, compileSteps);
    case 'hierarchy':
      return compileHierarchy(step, stage, chain, { compileRows, compileSteps });
    default:
      throw new Error(`Unknown step ${JSON.stringify(step satisfies never)}.`);
  }
}

/** Rows that are equal keep the order they had. [OData-Aggregation 3.1.2] */
function orderOf(terms: readonly OrderTerm[], row: Sql, scope: Scope): Sql {
  const keys = terms.map((term) => {
    const { key, isDescending } = compileTerm(term, scope);
    return isDescending ? sql`${key} DESC NULLS LAST` : sql`${key} ASC NULLS FIRST`;
  });
  return sql`ORDER BY ${join([...keys, sql`${row}.o`], ', ')}`;
}

function compilePage({ limit, skip }: Extract<Step, { kind: 'page' }>, stage: Stage, chain: Chain): Stage {
  const { row, from, scope } = fromStage(stage, chain);
  if (chain.partition.length === 0) {
    const page = scope.dialect.page(limit, skip);
    return { ...stage, table: chain.add(sql`${select(carried(stage, row), from)} ORDER BY ${row}.o${page}`) };
  }
  const number = sql`row_number() OVER (${partitionBy(chain.partition, row)}ORDER BY ${row}.o)`;
  const numbered = chain.add(select([...carried(stage, row), sql`${number} AS n`], from));
  const outer = fromStage({ ...stage, table: numbered }, chain);
  const isWithin = limit === undefined ? sql`` : sql` AND ${outer.row}.n <= ${integer(skip + limit)}`;
  const rows = sql`${select(carried(stage, outer.row), outer.from)} WHERE ${outer.row}.n > ${integer(skip)}${isWithin}`;
  return { ...stage, table: chain.add(rows) };
}

/**
 * Rows from the greatest or least on, as long as those before them are too few, or their sum too little.
 * [OData-Aggregation 3.3.1]
 */
function compileRank({ until, direction, amount, measure }: RankStep, stage: Stage, chain: Chain): Stage {
  const { row, from, scope } = fromStage(stage, chain);
  const order = orderOf([{ expression: measure, direction }], row, scope);
  const group = partitionBy(chain.partition, row);
  const added = [sql`row_number() OVER (${order}) AS r`, sql`row_number() OVER (${group}${order}) AS n`];
  if (until !== 'count') {
    const number = finite(operandAs(measure, 'double', scope), scope);
    added.push(
      sql`coalesce(sum(${number}) OVER (${group}${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before`,
      sql`coalesce(sum(${number}) OVER (${partitionBy(chain.partition, row)}), 0) AS total`,
    );
  }
  const ranked = chain.add(select([...carried(stage, row), ...added], from));
  const outer = fromStage({ ...stage, table: ranked }, chain);
  const limit = operandAs(amount, 'double', scope);
  const rows = sql`${select(carried(stage, outer.row, sql`${outer.row}.r`), outer.from)} WHERE ${isTaken(until, Number(amount.value), limit, outer.row)}`;
  return { ...stage, table: chain.add(rows) };
}

function isTaken(until: RankStep['until'], amount: number, limit: Sql, row: Sql): Sql {
  switch (until) {
    case 'count':
      return sql`${row}.n <= ${integer(amount)}`;
    case 'sum':
      return amount < 0 ? sql`${row}.before > ${limit}` : sql`${row}.before < ${limit}`;
    case 'percent': {
      const [part, wanted] = [sql`${row}.before * 100`, sql`${limit} * ${row}.total`];
      return sql`CASE WHEN ${row}.total < 0 THEN ${part} > ${wanted} WHEN ${row}.total > 0 THEN ${part} < ${wanted} ELSE TRUE END`;
    }
  }
}

/** Sums know neither NaN nor infinity, which would leave nothing beside them. */
function finite(double: Sql, { dialect }: Scope): Sql {
  const others = ['NaN', 'INF', '-INF'].map((value) => dialect.values.literal(value, 'double'));
  return sql`CASE WHEN ${double} IN (${join(others, ', ')}) THEN NULL ELSE ${double} END`;
}

function compileGroup({ keys, steps }: GroupStep, stage: Stage, chain: Chain): Stage {
  const { row, from, scope } = fromStage(stage, chain);
  const added = keys.map((key) => sql`${keyValue(key, row, scope)} AS ${name(key.column)}`);
  const names = keys.map((key) => key.column);
  const keyed: Stage = {
    ...stage,
    columns: [...stage.columns, ...names],
    table: chain.add(select([...carried(stage, row), ...added], from)),
  };
  return compileSteps(steps, keyed, { ...chain, partition: [...chain.partition, ...names] });
}

/** Where case does not matter, a group has the spelling of its first row. */
function keyValue(key: GroupStep['keys'][number], row: Sql, scope: Scope): Sql {
  const value = valueOfColumn(key, scope);
  const { ignoreCase, strings } = scope.dialect;
  if (!ignoreCase || !('value' in key) || kindOfExpression(key.value) !== 'string') return value;
  return sql`first_value(${value}) OVER (PARTITION BY ${strings.fold(value)} ORDER BY ${row}.o)`;
}
