import type { Column } from '../../../plan/index.js';
import { offsetColumn, offsetOf } from '../offset.js';
import { findPlace, valueOf } from '../place.js';
import { identityOf } from '../same.js';
import { withVariable, type RowColumns, type Scope } from '../scope.js';
import { join, name, sql, type Sql } from '../sql.js';

/** Rows between two steps: a table of the statement, one row for each, in the order of its column `o`. */
export interface Stage extends RowColumns {
  readonly table: Sql;
  /** Whether it is known that each group has rows. */
  readonly hasAllGroups?: boolean;
}

/** A statement that grows a table at a time. */
export interface Chain {
  readonly scope: Scope;
  /** Columns that all rows of a group have in common, within the group. */
  readonly partition: readonly string[];
  /** A table of all groups, even those of which no row is left: the columns of the partition, and an order `o`. */
  groups?(): Sql;
  /** Adds a table to the statement. */
  add(select: Sql): Sql;
  /** Adds a table that reads from itself. */
  addRecursive(select: (self: Sql) => Sql): Sql;
}

/** The rows of a stage under an alias, and a scope in which it is variable 0. */
export interface From {
  readonly row: Sql;
  readonly from: Sql;
  readonly scope: Scope;
}

export function fromStage({ table, columns, hasEntities, made }: Stage, chain: Chain): From {
  const row = chain.scope.newAlias();
  const located = { kind: 'row', row, columns, hasEntities, ...(made && { made }) } as const;
  return { row, from: sql`${table} AS ${row}`, scope: withVariable(chain.scope, 0, located) };
}

const ENTITY = ['sequence', 'collection', 'key', 'type', 'version', 'document', 'sent'].map(name);

/** Everything of a row, perhaps in another order. */
export function carried({ hasEntities, columns }: Stage, row: Sql, order: Sql = sql`${row}.o`): Sql[] {
  return [sql`${order} AS o`, ...(hasEntities ? entityColumns(row) : []), ...columns.map((each) => column(row, each))];
}

export function entityColumns(row: Sql): Sql[] {
  return ENTITY.map((each) => sql`${row}.${each}`);
}

export function column(row: Sql, columnName: string): Sql {
  return sql`${row}.${name(columnName)}`;
}

/** `SELECT …` of a list. */
export function select(list: readonly Sql[], from: Sql): Sql {
  return sql`SELECT ${join(list, ', ')} FROM ${from}`;
}

/** The value of a column that a step adds. */
export function valueOfColumn(added: Column, scope: Scope): Sql {
  if ('value' in added) return scope.compile(added.value, scope).sql;
  if ('same' in added) return identityOf(added.same, added.declared, scope);
  const found = findPlace(added.entity, scope);
  return valueOf(found, sql`${found.located.row}.sequence`);
}

/** Columns that a step adds, each with its name, and beside date-times their offsets. */
export function columnsAdded(
  added: readonly Column[],
  scope: Scope,
): { readonly list: readonly Sql[]; readonly names: readonly string[] } {
  const pairs = added.flatMap((each): (readonly [string, Sql])[] => {
    const value = [each.column, valueOfColumn(each, scope)] as const;
    const offset = 'value' in each ? offsetOf(each.value, scope) : undefined;
    return offset === undefined ? [value] : [value, [offsetColumn(each.column), offset]];
  });
  return {
    list: pairs.map(([column, value]) => sql`${value} AS ${name(column)}`),
    names: pairs.map(([column]) => column),
  };
}

/** `PARTITION BY …` of a group, with a space behind it. */
export function partitionBy(partition: readonly string[], row: Sql): Sql {
  if (partition.length === 0) return sql``;
  return sql`PARTITION BY ${join(
    partition.map((each) => column(row, each)),
    ', ',
  )} `;
}

/** Whether two rows belong to one group. */
export function sameGroup(partition: readonly string[], left: Sql, right: Sql, { dialect }: Scope): Sql {
  if (partition.length === 0) return sql`TRUE`;
  return join(
    partition.map((each) => dialect.values.isSame(column(left, each), column(right, each))),
    ' AND ',
  );
}

/** The chain within groups, whose table is made once where it is needed. */
export function withGroups(chain: Chain, partition: readonly string[], selectGroups: () => Sql): Chain {
  let table: Sql | undefined;
  return { ...chain, partition, groups: () => (table ??= chain.add(selectGroups())) };
}

/** The groups that the rows of a stage are in. */
export function selectGroups(partition: readonly string[], stage: Stage, chain: Chain): Sql {
  const { row, from } = fromStage(stage, chain);
  const list = [sql`min(${row}.o) AS o`, ...partition.map((each) => column(row, each))];
  return sql`${select(list, from)}${groupBy(partition, row)}`;
}

/** All groups, where a stage may have no row of some; undefined where it has rows of all. */
export function groupsBehind({ hasAllGroups = false }: Stage, { partition, groups }: Chain): Sql | undefined {
  return partition.length === 0 || hasAllGroups ? undefined : groups?.();
}

/** `GROUP BY …` with a space in front of it. */
export function groupBy(partition: readonly string[], row: Sql): Sql {
  if (partition.length === 0) return sql``;
  return sql` GROUP BY ${join(
    partition.map((each) => column(row, each)),
    ', ',
  )}`;
}
