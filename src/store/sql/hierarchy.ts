import { MOST_DISTANCE, type Expression, type HierarchyTest } from '../../plan/index.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { operandAs } from './operand.js';
import { findItems, findPlace, valueOf } from './place.js';
import { withVariable, type Scope } from './scope.js';
import { integer, join, name, sql, type Sql } from './sql.js';

/**
 * `value IN (…)` of the nodes for which the test holds, so that nodes that do not depend on the row are looked for once.
 * Null where an identifier is. [OData-Aggregation 5.5.2.1]
 */
export function compileHierarchyTest(test: HierarchyTest, scope: Scope): Sql {
  const [nodes, tree] = [scope.newAlias(), scope.newAlias()];
  const edges = test.parent.type.isCollection ? selectEdges(test, scope) : sql`SELECT s, p FROM ${nodes}`;
  const tables = sql`WITH RECURSIVE ${nodes} AS (${selectNodes(test, scope)}), ${tree} AS (${treeOf(nodes, edges, [])})`;
  const value = identifier(test.value, scope);
  const other = test.other && identifier(test.other, scope);
  const distance = distanceOf(test.distance, scope);
  const needed = [value, other, typeof distance === 'number' ? undefined : distance].filter(
    (each) => each !== undefined,
  );
  const isKnown = join(
    needed.map((each) => sql`${each} IS NOT NULL`),
    ' AND ',
  );
  const self = test.includeSelf && compileFilter(test.includeSelf, scope);
  return sql`(CASE WHEN ${isKnown} THEN ${holding(test, { value, other: other ?? value, distance, self, tables, tree, reached: scope.newAlias() })} END)`;
}

interface Tested {
  readonly value: Sql;
  readonly other: Sql;
  readonly distance: Distance | undefined;
  /** Whether a node counts as its own ancestor and descendant. */
  readonly self: Sql | undefined;
  /** `WITH RECURSIVE …` of the nodes. */
  readonly tables: Sql;
  /** See `treeOf`. */
  readonly tree: Sql;
  readonly reached: Sql;
}

function holding(test: HierarchyTest, { value, other, distance, self, tables, tree, reached }: Tested): Sql {
  switch (test.test) {
    case 'isnode':
      return sql`${value} IN (${tables} SELECT a.k FROM ${tree} AS a WHERE a.k IS NOT NULL)`;
    case 'isroot':
      return sql`${value} IN (${tables} SELECT a.k FROM ${tree} AS a WHERE a.p IS NULL AND a.k IS NOT NULL)`;
    case 'isleaf':
      return sql`${value} IN (${tables} SELECT a.k FROM ${tree} AS a WHERE a.k IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${tree} AS b WHERE b.p = a.s))`;
    case 'issibling':
      return sql`${value} IN (${tables} SELECT a.k FROM ${tree} AS a, ${tree} AS b WHERE b.k = ${other} AND a.k <> b.k AND coalesce(a.p, 0) = coalesce(b.p, 0))`;
    case 'isdescendant':
    case 'isancestor': {
      const isStart = sql`a.k = ${other}`;
      const kind = test.test === 'isancestor' ? 'ancestors' : 'descendants';
      const relatives = relativesOf(kind, { nodes: tree, from: tree, isStart }, distance, reached);
      const own = self === undefined ? sql`` : sql` UNION ALL SELECT k FROM ${tree} WHERE k = ${other} AND ${self}`;
      const near = typeof distance === 'number' || distance === undefined ? sql`` : sql` AND d <= ${distance}`;
      return sql`${value} IN (${tables}, ${reached} AS (${relatives}) SELECT k FROM ${reached} WHERE k IS NOT NULL${near}${own})`;
    }
    default:
      throw new Error(`Unknown test ${String(test.test satisfies never)}.`);
  }
}

/** One row for each node: `s` its sequence, `k` its identifier, and `p` the sequence of its parent where it has one at most. */
function selectNodes({ nodes, variable, node, parent }: HierarchyTest, scope: Scope): Sql {
  const { tables, conditions, located } = findItems(nodes, scope);
  const within = withVariable(scope, variable, located);
  const list = [sql`${located.row}.sequence AS s`, sql`${identifier(node, within)} AS k`];
  if (!parent.type.isCollection) {
    const above = findPlace(parent, within);
    list.push(sql`${valueOf(above, sql`${above.located.row}.sequence`)} AS p`);
  }
  return sql`SELECT ${join(list, ', ')} FROM ${join(tables, ', ')}${where(conditions)}`;
}

/** One row for each node and parent. */
function selectEdges({ nodes, variable, parent }: HierarchyTest, scope: Scope): Sql {
  const { tables, conditions, located } = findItems(nodes, scope);
  const above = findItems(parent, withVariable(scope, variable, located));
  const all = { tables: [...tables, ...above.tables], conditions: [...conditions, ...above.conditions] };
  return sql`SELECT ${located.row}.sequence AS s, ${above.located.row}.sequence AS p FROM ${join(all.tables, ', ')}${where(all.conditions)}`;
}

/**
 * One row for each node and parent that is a node too, or for each root: the sequences `s` and `p`, the identifier `k`, and
 * what else the node has in `columns`.
 */
export function treeOf(nodes: Sql, edges: Sql, columns: readonly string[]): Sql {
  const own = join(
    ['s', 'k', ...columns].map((each) => sql`a.${name(each)} AS ${name(each)}`),
    ', ',
  );
  return sql`SELECT ${own}, e.p AS p FROM ${nodes} AS a LEFT JOIN (SELECT DISTINCT f.s, f.p FROM (${edges}) AS f JOIN ${nodes} AS b ON b.s = f.p) AS e ON e.s = a.s`;
}

/** What nodes are known by, in a form that is equal where the identifiers are. */
export function identifier(expression: Expression, scope: Scope): Sql {
  const { sql: value, kind } = scope.compile(expression, scope);
  return kind === 'string' ? scope.dialect.strings.fold(value) : scope.dialect.values.key(value, kind);
}

/** How many steps away: a number, or an integer that the row tells. */
type Distance = number | Sql;

function distanceOf(distance: Expression | undefined, scope: Scope): Distance | undefined {
  if (distance?.kind === 'literal') return Number(distance.value);
  return distance && operandAs(distance, 'integer', scope);
}

/** Where to go from; `a` stands for a node there. */
interface Starts {
  /** Nodes have the sequences `s` and `p` of themselves and their parents, and their identifiers `k`. */
  readonly nodes: Sql;
  /** The nodes as `a`, perhaps beside what says where to start. */
  readonly from: Sql;
  readonly isStart: Sql;
  /** What is known of a start, and of all that is reached from it. */
  readonly known?: readonly { readonly value: Sql; readonly column: Sql }[];
}

/**
 * What a table reads from itself to go upwards or downwards from the nodes to start from; nodes that were there before
 * are not visited again.
 */
export function relativesOf(
  kind: 'ancestors' | 'descendants',
  { nodes, from, isStart, known = [] }: Starts,
  distance: Distance | undefined,
  self: Sql,
): Sql {
  const next = (row: Sql): Sql => (kind === 'ancestors' ? sql`b.s = ${row}.p` : sql`b.p = ${row}.s`);
  const first = [
    sql`b.s AS s`,
    sql`b.p AS p`,
    sql`b.k AS k`,
    ...known.map(({ value, column }) => sql`${value} AS ${column}`),
  ];
  const further = [sql`b.s`, sql`b.p`, sql`b.k`, ...known.map(({ column }) => sql`r.${column}`)];
  if (distance !== undefined) {
    first.push(sql`1 AS d`);
    further.push(sql`r.d + 1`);
  }
  const limit = distance === undefined ? sql`` : sql` WHERE ${isNearer(distance)}`;
  return sql`SELECT ${join(first, ', ')} FROM ${from} AS a, ${nodes} AS b WHERE ${next(name('a'))} AND ${isStart} UNION SELECT ${join(further, ', ')} FROM ${self} AS r JOIN ${nodes} AS b ON ${next(name('r'))}${limit}`;
}

/** Ends even where parents lead in a circle. */
function isNearer(distance: Distance): Sql {
  if (typeof distance === 'number') return sql`r.d < ${integer(distance)}`;
  return sql`r.d < ${distance} AND r.d < ${integer(MOST_DISTANCE)}`;
}
