import type { AggregatedExpression, ApplyPlan, Expression, Place } from '../../plan/index.js';
import type { Dialect } from './dialect.js';
import type { JsonPlace } from './json-place.js';
import type { Kind } from './kind.js';
import { name, sql, type Sql } from './sql.js';

/** What an expression is compiled within. */
export interface Scope {
  readonly dialect: Dialect;
  /** Name of the space as a value. */
  readonly space: Sql;
  /** The present time, canonical; the same in all of the statement. */
  now(): string;
  /** A name for a table that the statement has not used yet. */
  newAlias(): Sql;
  /** What the range variables stand for; 0 is the row itself. */
  readonly variables: ReadonlyMap<number, Located>;
  /** The row of the resource, within what hangs on it. */
  readonly resource?: Located;
  /** What the rows hang on, where their source is embedded. */
  readonly parent?: Located;
  /** Whether rows that hang on the present ones are read here, in a statement with levels, or by the next level; see `levels.ts`. */
  readonly rows?: 'here' | 'elsewhere';
  /** The rows or items at a place; here, so that sources need not know places, which start from them. */
  find(place: Place, scope: Scope): Found;
  /** A condition that decides about rows. */
  filter(condition: Expression, scope: Scope): Sql;
  /** What `$apply` makes of rows that hang on others, as a JSON array; here, so that selects need not know steps, which select themselves. */
  aggregated(plan: ApplyPlan, parent: Located, scope: Scope): Sql;
  /** A select of how many rows that is. */
  aggregatedCount(plan: ApplyPlan, parent: Located, scope: Scope): Sql;
  /** What `$apply` makes one value of, of the rows at a place. */
  total(expression: AggregatedExpression, scope: Scope): Sql;
  /** A collection of values as a JSON array. */
  array(place: Place, scope: Scope): Sql;
  /** Parts of the expression that is being compiled, which are computed beside each other; see `parts.ts`. */
  readonly parts?: Part[];
  /** The expression around, lambdas in it included, and its parts: what is about the same rows can be computed there. */
  readonly around?: { readonly scope: Scope; readonly parts: Part[] };
  /** Compiles a part of an expression; here, so that the kinds of expressions need not know each other. */
  compile(expression: Expression, scope: Scope): Operand;
}

/** A value, which may be null. It is enclosed so that it can be an operand of anything. */
export interface Operand {
  readonly sql: Sql;
  readonly kind: Kind;
}

/** A part of an expression that is computed by itself, and the column that it becomes. */
export interface Part {
  readonly column: Sql;
  readonly value: Sql;
}

/** A place as SQL sees it. */
export type Located =
  /** `columns` are those that it has beside the ones of entities. */
  | { readonly kind: 'row'; readonly row: Sql; readonly columns?: readonly string[] }
  /** A value within the document of a row. */
  | { readonly kind: 'json'; readonly row: Sql; readonly json: JsonPlace };

/** Tables to join, without which a place cannot be named, and what must hold of them. */
export interface Joined {
  readonly tables: readonly Sql[];
  readonly conditions: readonly Sql[];
  /** What orders the rows where nothing else does; their sequence where it is not given. */
  readonly rank?: Rank;
}

export interface Rank {
  readonly value: Sql;
  /** The rank of the row with a sequence. */
  of(sequence: number): number;
}

/** A place with the tables that lead to it. Conditions without tables are about rows of the surrounding statement. */
export interface Found extends Joined {
  readonly located: Located;
  /** What orders items that have places of their own. */
  readonly order?: Sql;
}

const ALIASES: Sql[] = [];

/** `e1`, `e2` and so on. */
export function newAliases(): () => Sql {
  let count = 0;
  return () => {
    count++;
    return (ALIASES[count] ??= name(`e${count}`));
  };
}

/** The scope within which a range variable stands for something. What is said of it there cannot be said outside. */
export function withVariable(scope: Scope, variable: number, located: Located): Scope {
  const { parts: _, around, ...outer } = scope;
  const variables = new Map(scope.variables).set(variable, located);
  return variable === 0 || around === undefined ? { ...outer, variables } : { ...outer, around, variables };
}

/** The scope of what is asked of the row of the resource. */
export function resourceScope(scope: Scope): Scope {
  if (scope.resource === undefined) throw new Error('The row of the resource is not in scope.');
  return withVariable(scope, 0, scope.resource);
}

export function jsonOf(located: Located): JsonPlace {
  if (located.kind === 'json') return located.json;
  return { base: sql`${located.row}.document`, steps: [], isOpen: false };
}
