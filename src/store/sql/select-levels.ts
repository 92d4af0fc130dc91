import type { ReadPlan } from '../../plan/index.js';
import { columnsOf } from './columns.js';
import type { Level } from './levels.js';
import type { Scope } from './scope.js';
import { columnValue, selectOf } from './select.js';
import { entity } from './source.js';
import { constant, integer, join, mentions, name, sql, type Sql } from './sql.js';

/**
 * One statement for the rows of a plan, and behind them, marked by `level`, for what hangs on rows that hang on others:
 * `root` is the sequence of the row of the plan, `path` the positions that lead from it to the row in question, and
 * `hanging` what hangs on this in the column `place` of its level.
 */
export function selectInLevels(plan: ReadPlan, levels: readonly Level[], scope: Scope): Sql {
  const own = columnsOf(plan).map((column) => name(column.name));
  // A select in FROM keeps its order for certain where it has a limit.
  const limited = plan.page.limit === undefined && plan.page.skip === 0 ? sql` LIMIT -1` : sql``;
  const rows = sql`${tableOf(undefined)} AS MATERIALIZED (${selectOf(plan, undefined, scope, columnsOf(plan))}${limited})`;
  const tables = [
    rows,
    ...levels.map((level) => sql`${tableOf(level)} AS MATERIALIZED (${selectLevel(level, scope)})`),
  ];
  const first = sql`SELECT NULL AS level, NULL AS place, NULL AS root, NULL AS path, NULL AS hanging, ${join(own, ', ')} FROM ${tableOf(undefined)}`;
  const nothing = join(
    own.map(() => sql`NULL`),
    ', ',
  );
  const further = levels.flatMap((level) =>
    level.hanging.map(
      (column, place) =>
        sql` UNION ALL SELECT ${integer(level.number)}, ${integer(place)}, root, path, ${name(column.name)}, ${nothing} FROM ${tableOf(level)}`,
    ),
  );
  return sql`WITH ${join(tables, ', ')} ${first}${join(further, '')}`;
}

/** What hangs on each row of a level. */
function selectLevel({ above, column, hanging }: Level, outer: Scope): Sql {
  const [upper, each, row, resource] = [outer.newAlias(), outer.newAlias(), outer.newAlias(), outer.newAlias()];
  const root = above === undefined ? sql`${upper}.sequence` : sql`${upper}.root`;
  const path = above === undefined ? sql`${each}.key` : sql`${upper}.path || ${constant('.')} || ${each}.key`;
  const scope = { ...outer, resource: { kind: 'row', row: resource } as const };
  const values = hanging.map(
    (column) => sql`${columnValue(column, row, [], column.embed.plan, scope)} AS ${name(column.name)}`,
  );
  const tables = [
    sql`${tableOf(above)} AS ${upper}`,
    sql`json_each(${upper}.${name(column.name)}) AS ${each}`,
    entity(row),
  ];
  const conditions = [sql`${row}.sequence = (${each}.value ->> 0)`];
  if (values.some((value) => mentions(value, resource))) {
    tables.push(entity(resource));
    conditions.push(sql`${resource}.sequence = ${root}`);
  }
  return sql`SELECT ${root} AS root, ${path} AS path, ${join(values, ', ')} FROM ${join(tables, ', ')} WHERE ${join(conditions, ' AND ')}`;
}

function tableOf(level: Level | undefined): Sql {
  return name(level === undefined ? 'rows_of_plan' : `level_${level.number}`);
}
