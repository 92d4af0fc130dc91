import type {
  AddNestedStep,
  BesideStep,
  FlattenStep,
  JoinStep,
  MixedForms,
  PartColumns,
  Place,
  Step,
} from '../../../plan/index.js';
import { where } from '../lambda.js';
import { findItems, findPlace } from '../place.js';
import { pointerTo } from '../pointer.js';
import {
  isMadeRow,
  jsonOf,
  withVariable,
  type Found,
  type Joined,
  type Located,
  type MadeRow,
  type MadeTable,
  type RowColumns,
  type Scope,
} from '../scope.js';
import { entity } from '../source.js';
import { integer, join, name, sql, type Sql } from '../sql.js';
import {
  carried,
  column,
  columnsAdded,
  entityColumns,
  fromStage,
  sameGroup,
  select,
  withGroups,
  type Chain,
  type Stage,
} from './stage.js';

type CompileSteps = (steps: readonly Step[], stage: Stage, chain: Chain) => Stage;

/** The rows or items at the end of a path. [OData-Aggregation 3.2.1.1] */
export function compileFlatten({ path, isEntity, columns }: FlattenStep, stage: Stage, chain: Chain): Stage {
  const { row, from, scope: outer } = fromStage(stage, chain);
  const { partition } = chain;
  const { tables, conditions, scope, last } = alongPath(path, outer);
  const keys = partition.map((each) => column(row, each));
  const source = sql`${join([from, ...tables], ', ')}${where(conditions)}`;
  if (!isEntity) {
    const { list, names } = columnsAdded(columns, scope);
    const order = sql`row_number() OVER (ORDER BY ${row}.o) AS o`;
    const table = chain.add(select([order, ...keys, ...list], source));
    return { table, hasEntities: false, columns: [...partition, ...names] };
  }
  if (last !== undefined && isMadeRow(last)) return flattenMade(last, { row, keys, source }, chain);
  const target = last?.row ?? row;
  const grouped = keys.length === 0 ? sql`` : sql`, ${join(keys, ', ')}`;
  const reached = chain.add(
    sql`${select([sql`min(${row}.o) AS o`, sql`${target}.sequence AS s`, ...keys], source)} GROUP BY ${target}.sequence${grouped}`,
  );
  const [once, entities] = [scope.newAlias(), scope.newAlias()];
  const order = sql`row_number() OVER (ORDER BY ${once}.o, ${once}.s) AS o`;
  const list = [order, ...entityColumns(entities), ...partition.map((each) => column(once, each))];
  const table = chain.add(
    select(list, sql`${reached} AS ${once}, ${entity(entities)} WHERE ${entities}.sequence = ${once}.s`),
  );
  return { table, hasEntities: true, columns: partition };
}

/** Rows that transformations made; entities among them each occur once. */
function flattenMade(
  { row: last, columns, hasEntities, made, links }: MadeRow,
  { row, keys, source }: { readonly row: Sql; readonly keys: readonly Sql[]; readonly source: Sql },
  chain: Chain,
): Stage {
  const own = columns.filter((each) => !chain.partition.includes(each));
  const rows = select(
    [
      sql`row_number() OVER (ORDER BY ${row}.o, ${last}.o) AS o`,
      ...(hasEntities ? entityColumns(last) : []),
      ...keys,
      ...own.map((each) => column(last, each)),
    ],
    source,
  );
  const stage: Stage = {
    table: chain.add(rows),
    columns: [...chain.partition, ...own],
    hasEntities,
    ...(made && { made }),
  };
  if (!hasEntities) return stage;
  const linking = new Set(
    [...links, ...[...(made?.values() ?? [])].flatMap((each) => each.links)].flatMap((link) => [link.own, link.outer]),
  );
  return onceEach(
    stage,
    own.filter((each) => !linking.has(each)),
    chain,
  );
}

/** Each entity once in each group, of which all rows must say the same: `said` are columns. [OData-Aggregation 3.1.3] */
function onceEach(stage: Stage, said: readonly string[], chain: Chain): Stage {
  const { dialect } = chain.scope;
  const { row, from } = fromStage(stage, chain);
  const keys = [sql`${row}.sequence`, ...chain.partition.map((each) => column(row, each))];
  const same = sql`OVER (PARTITION BY ${join(keys, ', ')} ORDER BY ${row}.o)`;
  const differences = said.map((each) =>
    dialect.values.isDifferent(column(row, each), sql`first_value(${column(row, each)}) ${same}`),
  );
  const differs = differences.length === 0 ? sql`FALSE` : join(differences, ' OR ');
  const list = [...carried(stage, row), sql`row_number() ${same} AS n`, sql`(${differs}) AS differs`];
  const ranked = fromStage({ ...stage, table: chain.add(select(list, from)) }, chain);
  const refusal = dialect.refusal(
    'one entity has different values in the rows that are aggregated',
    sql`${ranked.row}.n`,
  );
  const isFirst = sql`CASE WHEN ${ranked.row}.differs THEN ${refusal} ELSE ${ranked.row}.n END = 1`;
  const rows = sql`${select(carried(stage, ranked.row), ranked.from)} WHERE ${ranked.row}.sequence IS NULL OR ${isFirst}`;
  return { ...stage, table: chain.add(rows) };
}

/** The tables that a path goes through from variable 0, a scope in which its variables stand for their rows, and the last of these. */
export function alongPath(
  path: FlattenStep['path'],
  outer: Scope,
): Joined & { readonly scope: Scope; readonly last: Located | undefined } {
  const tables: Sql[] = [];
  const conditions: Sql[] = [];
  let scope = outer;
  let last: Located | undefined;
  for (const { collection, variable } of path) {
    const found = findItems(collection, scope);
    tables.push(...found.tables);
    conditions.push(...found.conditions);
    scope = withVariable(scope, variable, found.located);
    last = found.located;
  }
  return { tables, conditions, scope, last };
}

/** The rows that each row leads to, in the order of both; `owner` is a column with the place of the row in its order. */
export function relatedStage(
  { collection, part, inherited = [] }: Pick<AddNestedStep, 'collection' | 'part' | 'inherited'>,
  owner: string,
  stage: Stage,
  chain: Chain,
): Stage {
  const { row, from, scope } = fromStage(stage, chain);
  const found =
    collection.type.isCollection || part === undefined ? findItems(collection, scope) : valueAt(collection, scope);
  const target = found.located.row;
  const order = sql`row_number() OVER (ORDER BY ${row}.o, ${found.order ?? sql`${target}.sequence`})`;
  const names = [owner, ...inherited];
  const beside = [sql`${row}.o AS ${name(owner)}`, ...inherited.map((each) => column(row, each))];
  return rowsFound(found, part, { order, names, beside, tables: [from] }, scope, chain);
}

/** What stands beside found rows. */
interface Beside {
  readonly order: Sql;
  readonly names: readonly string[];
  readonly beside: readonly Sql[];
  readonly tables: readonly Sql[];
}

function rowsFound(
  { located, tables, conditions }: Found,
  part: PartColumns | undefined,
  { order, names, beside, tables: around }: Beside,
  scope: Scope,
  chain: Chain,
): Stage {
  const { row } = located;
  const made = isMadeRow(located) ? located : undefined;
  const own = made?.columns.filter((each) => !names.includes(each)) ?? [];
  const hasEntities = made?.hasEntities ?? true;
  const list = [
    sql`${order} AS o`,
    ...(hasEntities ? entityColumns(row) : []),
    ...beside,
    ...own.map((each) => column(row, each)),
    ...(part === undefined ? [] : partColumns(part, located, scope)),
  ];
  return {
    table: chain.add(sql`${select(list, join([...around, ...tables], ', '))}${where(conditions)}`),
    hasEntities,
    columns: [...names, ...own, ...(part === undefined ? [] : [part.pointer, part.value])],
    ...(made?.made && { made: made.made }),
  };
}

/** The entities or complex values at a place that is within another statement, to which the scope belongs. */
export function compileItems(collection: Place, part: PartColumns | undefined, scope: Scope, chain: Chain): Stage {
  const found = findItems(collection, scope);
  const order = found.order ?? sql`${found.located.row}.sequence`;
  return rowsFound(found, part, { order, names: [], beside: [], tables: [] }, scope, chain);
}

/** Each row beside what the steps make of all rows, or of all of its group. [OData-Aggregation 3.6] */
export function compileBeside(
  { steps, columns }: BesideStep,
  stage: Stage,
  chain: Chain,
  compileSteps: CompileSteps,
): Stage {
  const { groups: _, ...within } = chain;
  const left = fromStage(stage, chain);
  const right = fromStage(compileSteps(steps, stage, within), chain);
  const list = [
    ...carried(stage, left.row),
    ...columns.map((each) => sql`${column(right.row, each)} AS ${name(each)}`),
  ];
  const isSame = sameGroup(chain.partition, left.row, right.row, chain.scope);
  const table = chain.add(select(list, sql`${left.from} LEFT JOIN ${right.from} ON ${isSame}`));
  return { ...stage, columns: [...stage.columns, ...columns], table };
}

/** A single complex value, where there is one. */
function valueAt(place: Place, scope: Scope): Found {
  const found = findPlace(place, scope);
  return { ...found, conditions: [...found.conditions, scope.dialect.json.isPresent(jsonOf(found.located))] };
}

function partColumns({ pointer, value }: PartColumns, located: Located, scope: Scope): Sql[] {
  const json = jsonOf(located);
  return [
    sql`${pointerTo(json, scope)} AS ${name(pointer)}`,
    sql`${scope.dialect.json.valueAt(json, 'untyped')} AS ${name(value)}`,
  ];
}

/** The chain over what rows lead to, as a group for each row. */
export function ofEachRow(owner: string, stage: Stage, chain: Chain): Chain {
  const { row, from } = fromStage(stage, chain);
  return withGroups(chain, [owner], () => select([sql`${row}.o AS o`, sql`${row}.o AS ${name(owner)}`], from));
}

/** Each row beside each that it leads to, in the order of both. [OData-Aggregation 3.5.1] */
export function compileJoin(step: JoinStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { prefix = '' } = step;
  const owner = `${step.column}_o`;
  const related = relatedStage(step, owner, stage, chain);
  // What leads nowhere is joined with nothing, even where the steps would make something of nothing.
  const { groups: _, ...within } = chain;
  const joined = compileSteps(step.steps, related, { ...within, partition: [owner] });
  const left = fromStage(stage, chain);
  const right = fromStage(joined, chain);
  const added = joined.columns.filter((each) => each !== owner);
  const there = step.isEntity ? sql`${right.row}.sequence` : sql`(${right.row}.o IS NOT NULL)`;
  const forms = step.mixed === undefined ? [] : formsOf(step.mixed, left.row, right.row, joined.hasEntities, chain);
  const list = [
    ...carried(stage, left.row, sql`row_number() OVER (ORDER BY ${left.row}.o, ${right.row}.o)`),
    sql`${there} AS ${name(step.column)}`,
    ...added.map((each) => sql`${column(right.row, each)} AS ${name(prefix + each)}`),
    ...forms.map(({ value, name: each }) => sql`${value} AS ${name(each)}`),
  ];
  const kind = step.isOuter ? sql`LEFT JOIN` : sql`JOIN`;
  const pairs = sql`${left.from} ${kind} ${right.from} ON ${column(right.row, owner)} = ${left.row}.o`;
  const made = new Map([...(stage.made ?? []), ...prefixed(joined.made, prefix)]);
  return {
    hasEntities: stage.hasEntities,
    made,
    columns: [...stage.columns, step.column, ...added.map((each) => prefix + each), ...forms.map((each) => each.name)],
    table: chain.add(select(list, pairs)),
  };
}

/** What was made for rows whose columns have other names from here on. */
function prefixed(made: RowColumns['made'] = new Map(), prefix: string): [string, MadeTable][] {
  return [...made].map(([key, { links, ...table }]) => [
    prefix + key,
    { ...table, links: links.map((link) => ({ ...link, outer: prefix + link.outer })) },
  ]);
}

/** Which forms two rows have together, and which entity the joined one is. */
function formsOf(
  { column: form, outer, inner, count, sequence }: MixedForms,
  left: Sql,
  right: Sql,
  hasEntities: boolean,
  { scope }: Chain,
): readonly { readonly name: string; readonly value: Sql }[] {
  const numberOf = (row: Sql, of: string | undefined): Sql =>
    of === undefined ? sql`0` : sql`coalesce(${column(row, of)}, 0)`;
  return [
    { name: form, value: sql`${numberOf(left, outer)} * ${integer(count)} + ${numberOf(right, inner)}` },
    { name: sequence, value: hasEntities ? sql`${right}.sequence` : scope.dialect.values.null('integer') },
  ];
}
