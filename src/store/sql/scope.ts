import { notImplemented } from '../../error/index.js';
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

/** What a row has. */
export interface RowColumns {
  /** Columns beside the ones of entities. */
  readonly columns: readonly string[];
  /** Whether it has the columns of stored entities; they are null in rows that are none. */
  readonly hasEntities: boolean;
  /** Rows that transformations made for it, by the column that holds them. */
  readonly made?: ReadonlyMap<string, MadeTable>;
}

/** A table of rows that belong to others, to those that have the same in the columns that link them; `o` is their order. */
export interface MadeTable extends RowColumns {
  readonly table: Sql;
  readonly links: readonly Link[];
}

/** Columns that are the same in a row and in those that belong to it. */
export interface Link {
  readonly own: string;
  readonly outer: string;
  readonly mayBeNull: boolean;
}

/** Whether a row belongs to another. */
export function areLinked(links: readonly Link[], own: Sql, outer: Sql, { dialect }: Scope): Sql[] {
  return links.map(({ mayBeNull, ...link }) => {
    const [left, right] = [sql`${own}.${name(link.own)}`, sql`${outer}.${name(link.outer)}`];
    return mayBeNull ? dialect.values.isSame(left, right) : sql`${left} = ${right}`;
  });
}

/** A place as SQL sees it. */
export type Located =
  | ({ readonly kind: 'row'; readonly row: Sql } & Partial<RowColumns & Pick<MadeTable, 'links'>>)
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

/** Rows that transformations made, rather than kept, are nothing but what stands in their columns. */
export function refuseMade(located: Located): void {
  if (located.kind === 'row' && located.hasEntities === false)
    throw notImplemented('What transformations made is no entity that has a key, a type of its own or an identity.');
}

/** A row that transformations made for another one. */
export type MadeRow = Extract<Located, { kind: 'row' }> & RowColumns & Pick<MadeTable, 'links'>;

export function isMadeRow(located: Located): located is MadeRow {
  return located.kind === 'row' && located.links !== undefined;
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

/** A place that is seen from another row, which variable 0 stands for there. */
export type Elsewhere = Extract<Place, { kind: 'resource' | 'within' }>;

export function isElsewhere(place: Place): place is Elsewhere {
  return place.kind === 'resource' || place.kind === 'within';
}

/** The scope of what is asked of that row. */
export function scopeAt(place: Elsewhere, scope: Scope): Scope {
  const row = place.kind === 'resource' ? scope.resource : scope.variables.get(place.variable);
  if (row === undefined) throw new Error('The row is not in scope.');
  return withVariable(scope, 0, row);
}

export function jsonOf(located: Located): JsonPlace {
  if (located.kind === 'json') return located.json;
  return { base: sql`${located.row}.document`, steps: [], isOpen: false };
}
