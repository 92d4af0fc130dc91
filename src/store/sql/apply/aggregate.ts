import type { AggregatePart, AggregateStep, AggregateValue, Step } from '../../../plan/index.js';
import { sortKey } from '../comparison.js';
import { isNumberKind, kindOf, kindOfExpression, typeOf, type Kind } from '../kind.js';
import { operandAs } from '../operand.js';
import type { Scope } from '../scope.js';
import { name, sql, type Sql } from '../sql.js';
import {
  carried,
  column,
  fromStage,
  groupBy,
  groupsBehind,
  partitionBy,
  sameGroup,
  select,
  valueOfColumn,
  type Chain,
  type Stage,
} from './stage.js';

type CompileSteps = (steps: readonly Step[], stage: Stage, chain: Chain) => Stage;

/**
 * Three tables: the values, what is computed over them, and the results; then the parts that need rows of their own.
 * Without groups there is always one row. [OData-Aggregation 3.2.1]
 */
export function compileAggregate(step: AggregateStep, stage: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { partition } = chain;
  const values = fromStage(stage, chain);
  const aggregates = step.values.map((each, index) => aggregateOf(each, index, values.row, chain, values.scope));
  const inputs = aggregates.flatMap(({ inputs }) => inputs);
  const input = chain.add(
    select([sql`${values.row}.o AS o`, ...partition.map((each) => column(values.row, each)), ...inputs], values.from),
  );
  const { row } = fromStage({ ...stage, table: input }, chain);
  const parts = aggregates.flatMap(({ partsOf, number }) =>
    partsOf(row).map((part, index) => sql`${part} AS ${partName(number, index)}`),
  );
  const keys = partition.map((each) => column(row, each));
  const first = partition.length === 0 ? sql`coalesce(min(${row}.o), 0)` : sql`min(${row}.o)`;
  const sums = chain.add(
    sql`${select([sql`${first} AS o`, ...keys, ...parts], sql`${input} AS ${row}`)}${groupBy(partition, row)}`,
  );
  const groups = groupsBehind(stage, chain);
  const complete = groups === undefined ? sums : ofAllGroups(aggregates, sums, groups, chain);
  const result = fromStage({ ...stage, table: complete }, chain);
  const results = aggregates.map(
    ({ finish, number, column: alias }) =>
      sql`${finish((index) => sql`${result.row}.${partName(number, index)}`)} AS ${name(alias)}`,
  );
  const whole: Stage = {
    hasEntities: false,
    hasAllGroups: true,
    columns: [...partition, ...step.values.map((each) => each.column)],
    table: chain.add(
      select(
        [sql`${result.row}.o AS o`, ...partition.map((each) => column(result.row, each)), ...results],
        result.from,
      ),
    ),
  };
  return step.parts.reduce((before, part) => withPart(part, before, stage, chain, compileSteps), whole);
}

/**
 * Groups of which no row is left are aggregated too: as nothing, which is counted as none. They come behind the sums, of
 * which the first of each group is taken, as databases do not look up by values that may be null.
 */
function ofAllGroups(aggregates: readonly Aggregate[], sums: Sql, groups: Sql, chain: Chain): Sql {
  const { partition, scope } = chain;
  const [sum, group, each, first] = [0, 1, 2, 3].map(() => scope.newAlias()) as [Sql, Sql, Sql, Sql];
  const parts = aggregates.flatMap(({ partsOf, number, isCount }) =>
    partsOf(sum).map((_, index) => ({ part: partName(number, index), isCount })),
  );
  const keys = (of: Sql): Sql[] => partition.map((key) => column(of, key));
  const ofSums = select(
    [sql`0 AS b`, sql`${sum}.o AS o`, ...keys(sum), ...parts.map(({ part }) => sql`${sum}.${part}`)],
    sql`${sums} AS ${sum}`,
  );
  const ofGroups = select(
    [sql`1`, sql`${group}.o`, ...keys(group), ...parts.map(() => sql`NULL`)],
    sql`${groups} AS ${group}`,
  );
  const rank = sql`row_number() OVER (${partitionBy(partition, each)}ORDER BY ${each}.b) AS r`;
  const ranked = select([sql`${each}.*`, rank], sql`(${ofSums} UNION ALL ${ofGroups}) AS ${each}`);
  const values = parts.map(({ part, isCount }) => {
    const value = sql`${first}.${part}`;
    return sql`${isCount ? sql`coalesce(${value}, ${scope.dialect.aggregates.count(sql`0`)})` : value} AS ${part}`;
  });
  const order = sql`row_number() OVER (ORDER BY ${first}.o, ${first}.b) AS o`;
  return chain.add(
    sql`${select([order, ...keys(first), ...values], sql`(${ranked}) AS ${first}`)} WHERE ${first}.r = 1`,
  );
}

interface Aggregate {
  readonly isCount: boolean;
  readonly number: number;
  readonly column: string;
  /** Columns of the first table. */
  readonly inputs: readonly Sql[];
  partsOf(row: Sql): readonly Sql[];
  finish(part: (index: number) => Sql): Sql;
}

function partName(number: number, index: number): Sql {
  return name(`p${number}_${index}`);
}

function aggregateOf(value: AggregateValue, number: number, row: Sql, chain: Chain, scope: Scope): Aggregate {
  const input = (of: Sql): Sql => column(of, `v${number}`);
  const isCount = value.method === 'count' || value.method === 'countdistinct';
  const base = { number, column: value.column, isCount };
  const { aggregates, numbers } = scope.dialect;
  const asDecimal = (part: (index: number) => Sql): Sql => numbers.convert(part(0), 'integer', 'decimal');
  if (value.method === 'count')
    return { ...base, inputs: [], partsOf: () => [aggregates.count(sql`count(*)`)], finish: asDecimal };
  const named = (sqlValue: Sql): Sql => sql`${sqlValue} AS ${name(`v${number}`)}`;
  if (value.method === 'countdistinct') {
    const compared = 'entity' in value ? valueOfColumn(value, scope) : comparable(value.value, scope);
    return {
      ...base,
      inputs: [named(compared)],
      partsOf: (of) => [aggregates.count(sql`count(DISTINCT ${input(of)})`)],
      finish: asDecimal,
    };
  }
  const kind = kindOf(value.type);
  if (value.method === 'min' || value.method === 'max') {
    const own = kindOfExpression(value.value);
    const least = extreme(value.method, operandAs(value.value, own, scope), value, row, chain, scope, number);
    return { ...base, inputs: least.inputs, partsOf: (of) => [least.aggregate(of)], finish: (part) => part(0) };
  }
  const summed: Kind = value.method === 'average' && kind === 'double' ? 'double' : kind;
  const sum = aggregates.sum(input(PLACEHOLDER), summed);
  const count = sum.parts.length;
  return {
    ...base,
    inputs: [named(operandAs(value.value, summed, scope))],
    partsOf: (of) => [
      ...aggregates.sum(input(of), summed).parts,
      ...(value.method === 'average' ? [aggregates.count(sql`count(${input(of)})`)] : []),
    ],
    finish(part) {
      const total = sum.finish(sum.parts.map((_, index) => part(index)));
      return value.method === 'sum' ? total : average(total, part(count), summed, scope);
    },
  };
}

/** Only the number of parts and what becomes of them is asked for. */
const PLACEHOLDER = sql`x`;

/** Nothing by nothing is null. */
function average(total: Sql, count: Sql, kind: Kind, { dialect }: Scope): Sql {
  const { numbers } = dialect;
  const number = isNumberKind(kind) ? kind : 'decimal';
  const quotient = numbers.arithmetic('div', total, numbers.convert(count, 'integer', number), number);
  return sql`CASE WHEN ${count} > 0 THEN ${quotient} END`;
}

/** The least value is the one of the first row where no aggregate function finds it. */
function extreme(
  method: 'min' | 'max',
  value: Sql,
  of: Extract<AggregateValue, { type: unknown }>,
  row: Sql,
  chain: Chain,
  scope: Scope,
  number: number,
): { readonly inputs: readonly Sql[]; aggregate(of: Sql): Sql } {
  const kind = kindOfExpression(of.value);
  const { aggregates } = scope.dialect;
  const type = typeOf(of.value);
  const [valueName, keyName] = [name(`v${number}`), name(`k${number}`)];
  const needsKey = aggregates.extreme(method, PLACEHOLDER, PLACEHOLDER, kind) === undefined;
  const key = kind === 'untyped' && type === undefined ? value : sortKey(value, type, scope);
  if (!needsKey)
    return {
      inputs: [sql`${value} AS ${valueName}`, sql`${key} AS ${keyName}`],
      aggregate: (from) => aggregates.extreme(method, sql`${from}.${valueName}`, sql`${from}.${keyName}`, kind)!,
    };
  const direction = method === 'min' ? sql`ASC` : sql`DESC`;
  const first = sql`first_value(${value}) OVER (${partitionBy(chain.partition, row)}ORDER BY ${key} ${direction} NULLS LAST)`;
  return { inputs: [sql`${first} AS ${valueName}`], aggregate: (from) => sql`min(${from}.${valueName})` };
}

/** What is equal where the values are. [OData-Aggregation 3.2.1.3.5] */
function comparable(value: Extract<AggregateValue, { type: unknown }>['value'], scope: Scope): Sql {
  const { sql: compiled, kind } = scope.compile(value, scope);
  if (kind === 'string') return scope.dialect.strings.fold(compiled);
  return kind === 'untyped' ? scope.dialect.values.key(compiled, kind) : compiled;
}

/** A value that was computed apart, beside the others of its group. */
function withPart(part: AggregatePart, whole: Stage, from: Stage, chain: Chain, compileSteps: CompileSteps): Stage {
  const { groups: _, ...withoutGroups } = chain;
  const computed = compileSteps(part.steps, from, withoutGroups);
  const left = fromStage(whole, chain);
  const right = fromStage(computed, chain);
  const value = column(right.row, part.column);
  const isSame = sameGroup(chain.partition, left.row, right.row, chain.scope);
  const present = part.isCount ? sql`coalesce(${value}, ${chain.scope.dialect.values.literal(0, 'decimal')})` : value;
  const list = [...carried(whole, left.row), sql`${present} AS ${name(part.column)}`];
  const table = chain.add(select(list, sql`${left.from} LEFT JOIN ${right.from} ON ${isSame}`));
  return { ...whole, table, columns: [...whole.columns, part.column] };
}
