import type { Scalar, ScalarType } from '../../edm/index.js';
import type { OrderTerm } from '../../plan/index.js';
import { literalSortKey, sortKey } from './comparison.js';
import { typeOf } from './kind.js';
import type { Scope } from './scope.js';
import { join, sql, type Sql } from './sql.js';

/** One term of the order, compiled. */
export interface CompiledTerm {
  readonly isDescending: boolean;
  readonly type: ScalarType | undefined;
  readonly key: Sql;
  /** The value that continues a page; see `ValueDialect.output`. */
  readonly output: Sql;
}

export function compileTerm({ expression, direction }: OrderTerm, scope: Scope): CompiledTerm {
  const { sql: value, kind } = scope.compile(expression, scope);
  const type = typeOf(expression);
  const key = kind === 'untyped' && type === undefined ? value : sortKey(value, type, scope);
  const output = scope.dialect.values.output(value, kind);
  return {
    isDescending: direction === 'desc',
    type,
    key,
    // A text that is no member of the enumeration has no place in its order.
    output: kind === 'enum' ? sql`CASE WHEN ${key} IS NOT NULL THEN ${output} END` : output,
  };
}

/** Null comes first where the order ascends, last where it descends; rows that are equal come in the order of creation. [OData-Protocol 11.2.6.2] */
export function orderBy(terms: readonly CompiledTerm[], rank: Sql): Sql {
  const keys = terms
    .filter(({ key }) => !isConstant(key))
    .map(({ key, isDescending }) => (isDescending ? sql`${key} DESC NULLS LAST` : sql`${key} ASC NULLS FIRST`));
  return sql` ORDER BY ${join([...keys, rank], ', ')}`;
}

/** What PostgreSQL refuses to order by. */
function isConstant({ texts, holes }: Sql): boolean {
  return holes.length === 0 && (texts[0] === 'TRUE' || texts[0] === 'FALSE');
}

/**
 * What follows the last row of a page: greater in the first term, or equal in it and greater in the next, and so on.
 * Example for `a` ascending: `a > 5 OR a = 5 AND sequence > 17`, where the end is what `behindEqual` says.
 */
export function behind(
  values: readonly (Scalar | null)[],
  terms: readonly CompiledTerm[],
  behindEqual: Sql,
  scope: Scope,
): Sql {
  let condition = behindEqual;
  for (let index = terms.length - 1; index >= 0; index--) {
    const term = terms[index]!;
    const last = lastKey(values[index] ?? null, term, scope);
    const isEqual = last === undefined ? sql`${term.key} IS NULL` : sql`${term.key} = ${last}`;
    const further = isBehind(term, last);
    const onward = sql`${isEqual} AND ${condition}`;
    condition = further === undefined ? sql`(${onward})` : sql`(${further} OR ${onward})`;
  }
  return condition;
}

/** What follows some ranks: greater in the first one, or equal in it and greater in the next, and so on. */
export function behindRanks(ranks: readonly Sql[], last: readonly number[], scope: Scope): Sql {
  const [rank, ...others] = ranks;
  if (rank === undefined) return sql`FALSE`;
  const value = scope.dialect.values.whole(last[0]!);
  if (others.length === 0) return sql`${rank} > ${value}`;
  return sql`(${rank} > ${value} OR ${rank} = ${value} AND ${behindRanks(others, last.slice(1), scope)})`;
}

function lastKey(value: Scalar | null, { type }: CompiledTerm, scope: Scope): Sql | undefined {
  return value === null ? undefined : literalSortKey({ kind: 'literal', value, type }, type, scope);
}

/** Undefined where nothing comes behind: null is the last of a descending order. */
function isBehind({ key, isDescending }: CompiledTerm, last: Sql | undefined): Sql | undefined {
  if (isDescending) return last === undefined ? undefined : sql`(${key} < ${last} OR ${key} IS NULL)`;
  return last === undefined ? sql`${key} IS NOT NULL` : sql`${key} > ${last}`;
}
