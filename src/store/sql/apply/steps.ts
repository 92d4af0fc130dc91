import type { ApplyPlan, CrossRows, GroupStep, Rows, Step } from '../../../plan/index.js';
import { kindOfExpression } from '../kind.js';
import { where } from '../lambda.js';
import { compileFilter } from '../logic.js';
import { withVariable, type Located, type Scope } from '../scope.js';
import { joinSource } from '../source.js';
import { integer, join, name, sql, type Sql } from '../sql.js';
import { compileAggregate } from './aggregate.js';
import { compileConcat } from './concat.js';
import { compileBeside, compileFlatten, compileJoin } from './flatten.js';
import { compileHierarchy } from './hierarchy.js';
import { compileAddNested, compileNest } from './nest.js';
import { orderOf } from './order.js';
import { compileRank } from './rank.js';
import { compileRollup } from './rollup.js';
import {
  carried,
  columnsAdded,
  entityColumns,
  fromStage,
  partitionBy,
  select,
  selectGroups,
  valueOfColumn,
  withGroups,
  type Chain,
  type Stage,
} from './stage.js';

/** Steps one after the other. */
export function compileSteps(steps: readonly Step[], stage: Stage, chain: Chain): Stage {
  return steps.reduce((before, step) => compileStep(step, before, chain), stage);
}

/** Stored entities, in the order of creation. */
export function compileRows({ source, typeNames }: Rows, chain: Chain, parent?: Located): Stage {
  const { scope } = chain;
  const row = scope.newAlias();
  const { tables, conditions, rank } = joinSource(source, row, parent, scope);
  const names = typeNames?.map((typeName) => sql`${scope.dialect.values.text(typeName)}`);
  const isOfType = names === undefined ? [] : [sql`${row}.type IN (${join(names, ', ')})`];
  const list = [sql`${rank?.value ?? sql`${row}.sequence`} AS o`, ...entityColumns(row)];
  const rows = sql`${select(list, join(tables, ', '))}${where([...conditions, ...isOfType])}`;
  return { table: chain.add(rows), hasEntities: true, columns: [] };
}

/** What the steps start from. */
export function compileFrom(from: ApplyPlan['from'], chain: Chain, parent: Located | undefined): Stage {
  return 'sets' in from ? compileCrossRows(from, chain) : compileRows(from, chain, parent);
}

/** Rows of several sets, each with each, in the order of the sets. */
function compileCrossRows({ sets }: CrossRows, chain: Chain): Stage {
  const { scope } = chain;
  const joined = sets.map(({ source, column: columnName }) => {
    const row = scope.newAlias();
    const { tables, conditions } = joinSource(source, row, undefined, scope);
    return { sequence: sql`${row}.sequence`, columnName, tables, conditions };
  });
  const sequences = joined.map(({ sequence }) => sequence);
  const list = [
    sql`row_number() OVER (ORDER BY ${join(sequences, ', ')}) AS o`,
    ...joined.map(({ sequence, columnName }) => sql`${sequence} AS ${name(columnName)}`),
  ];
  const tables = join(
    joined.flatMap((each) => each.tables),
    ', ',
  );
  const rows = sql`${select(list, tables)}${where(joined.flatMap(({ conditions }) => conditions))}`;
  return { table: chain.add(rows), hasEntities: false, columns: joined.map(({ columnName }) => columnName) };
}

function compileStep(step: Step, stage: Stage, chain: Chain): Stage {
  switch (step.kind) {
    case 'filter': {
      const { row, from, scope } = fromStage(stage, chain);
      const within = step.variable === undefined ? scope : withVariable(scope, step.variable, scope.variables.get(0)!);
      const rows = sql`${select(carried(stage, row), from)} WHERE ${compileFilter(step.condition, within)}`;
      return { ...stage, hasAllGroups: false, table: chain.add(rows) };
    }
    case 'compute': {
      const { row, from, scope } = fromStage(stage, chain);
      const { list, names } = columnsAdded(step.columns, scope);
      const hasEntities = stage.hasEntities && step.isAlone !== true;
      const columns = [...stage.columns, ...names];
      const table = chain.add(select([...carried({ ...stage, hasEntities }, row), ...list], from));
      return { ...stage, hasEntities, columns, table };
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
    case 'beside':
      return compileBeside(step, stage, chain, compileSteps);
    case 'nest':
      return compileNest(step, stage, chain, compileSteps);
    case 'addnested':
      return compileAddNested(step, stage, chain, compileSteps);
    case 'hierarchy':
      return compileHierarchy(step, stage, chain, { compileRows, compileSteps });
    case 'rollup':
      return compileRollup(step, stage, chain, { compileRows, compileSteps });
    default:
      throw new Error(`Unknown step ${JSON.stringify(step satisfies never)}.`);
  }
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
  return { ...stage, hasAllGroups: false, table: chain.add(rows) };
}

function compileGroup({ keys, steps }: GroupStep, stage: Stage, chain: Chain): Stage {
  const { row, from, scope } = fromStage(stage, chain);
  const added = keys.map((key) => sql`${keyValue(key, row, scope)} AS ${name(key.column)}`);
  const names = keys.map((key) => key.column);
  const keyed: Stage = {
    ...stage,
    hasAllGroups: true,
    columns: [...stage.columns, ...names],
    table: chain.add(select([...carried(stage, row), ...added], from)),
  };
  const partition = [...chain.partition, ...names];
  const within = withGroups(chain, partition, () => selectGroups(partition, keyed, chain));
  return { ...compileSteps(steps, keyed, within), hasAllGroups: false };
}

/** Where case does not matter, a group has the spelling of its first row. */
function keyValue(key: GroupStep['keys'][number], row: Sql, scope: Scope): Sql {
  const value = valueOfColumn(key, scope);
  const { ignoreCase, strings } = scope.dialect;
  if (!ignoreCase || !('value' in key) || kindOfExpression(key.value) !== 'string') return value;
  return sql`first_value(${value}) OVER (PARTITION BY ${strings.fold(value)} ORDER BY ${row}.o)`;
}
