import type { Expression, HierarchyStep, HierarchyTree, Rows, Step, TreePart, Ways } from '../../../plan/index.js';
import { identifier, relativesOf, treeOf } from '../hierarchy.js';
import { where } from '../lambda.js';
import { findItems } from '../place.js';
import { integer, join, name, sql, type Sql } from '../sql.js';
import { alongPath } from './flatten.js';
import {
  carried,
  column,
  fromStage,
  sameGroup,
  select,
  valueOfColumn,
  type Chain,
  type From,
  type Stage,
} from './stage.js';

interface Compilers {
  compileRows(rows: Rows, chain: Chain): Stage;
  compileSteps(steps: readonly Step[], stage: Stage, chain: Chain): Stage;
}

/** Rows by the place of their nodes in a tree. [OData-Aggregation 6.2] */
export function compileHierarchy(step: HierarchyStep, stage: Stage, chain: Chain, compilers: Compilers): Stage {
  const { take } = step;
  if ('start' in take) {
    const { tree } = compileTree(step, chain, compilers);
    return relatives(take, step, stage, tree, chain, compilers);
  }
  return take.ways === undefined
    ? inOrder(take, step, stage, compileTree(step, chain, compilers).nodes, chain)
    : alongWays(take, take.ways, step, stage, chain, compilers);
}

/** The nodes of a hierarchy as tables of the statement. */
export interface Tree {
  /**
   * One row for each node: `s` its own sequence, `k` its identifier in a form that is equal where identifiers are, `v` the
   * identifier as it is, `n` its number in their order.
   */
  readonly nodes: Sql;
  /** The same with `p`, the sequence of the parent: one row for each parent that is a node. */
  readonly tree: Sql;
}

/** The groups of rows are not those of nodes. */
function ofNodes({ groups: _, ...outside }: Chain): Chain {
  return { ...outside, partition: [] };
}

/** `text` is what is known of each node besides, in a column `t`. */
export function compileTree(
  { nodes, nodeSteps, node, parent }: HierarchyTree,
  rows: Chain,
  compilers: Compilers,
  text?: Expression,
): Tree {
  const chain = ofNodes(rows);
  const stage = compilers.compileSteps(nodeSteps, compilers.compileRows(nodes, chain), chain);
  const { row, from, scope } = fromStage(stage, chain);
  const list = [
    sql`${row}.sequence AS s`,
    sql`${identifier(node, scope)} AS k`,
    sql`${scope.compile(node, scope).sql} AS v`,
    sql`row_number() OVER (ORDER BY ${row}.o) AS n`,
    ...(text === undefined ? [] : [sql`${scope.dialect.values.json(scope.compile(text, scope).sql, 'string')} AS t`]),
  ];
  if (!parent.type.isCollection) {
    const table = chain.add(
      select([...list, sql`${valueOfColumn({ column: 'p', entity: parent }, scope)} AS p`], from),
    );
    return { nodes: table, tree: table };
  }
  const table = chain.add(select(list, from));
  const above = findItems(parent, scope);
  const edges = sql`${select([sql`${row}.sequence AS s`, sql`${above.located.row}.sequence AS p`], join([from, ...above.tables], ', '))}${where(above.conditions)}`;
  const columns = ['v', 'n', ...(text === undefined ? [] : ['t'])];
  return { nodes: table, tree: chain.add(treeOf(table, edges, columns)) };
}

/** The rows of a stage, each beside the identifiers of the nodes that it belongs to. */
interface WithNodes extends From {
  readonly k: Sql;
}

/** Rows that belong to several nodes are there for each of them, but once. */
export function withNodes({ value, through }: HierarchyTree, stage: Stage, chain: Chain): WithNodes {
  const rows = fromStage(stage, chain);
  const { row, from, scope } = rows;
  if (through === undefined) return { ...rows, k: identifier(value, scope) };
  const { tables, conditions, scope: within } = alongPath(through, scope);
  const list = sql`DISTINCT ${row}.o AS o, ${identifier(value, within)} AS k`;
  const known = chain.add(sql`${select([list], join([from, ...tables], ', '))}${where(conditions)}`);
  const other = fromStage(stage, chain);
  const each = scope.newAlias();
  return {
    ...other,
    from: sql`${other.from} JOIN ${known} AS ${each} ON ${each}.o = ${other.row}.o`,
    k: sql`${each}.k`,
  };
}

type Relatives = Extract<TreePart, { start: unknown }>;
type Traversal = Exclude<TreePart, Relatives>;

/** The rows of the nodes above or below those to start from, which each group has its own of. */
function relatives(
  { kind, start, distance, keepStart }: Relatives,
  tree: HierarchyStep,
  stage: Stage,
  nodes: Sql,
  chain: Chain,
  { compileSteps }: Compilers,
): Stage {
  const { partition } = chain;
  const first = withNodes(tree, compileSteps(start, stage, chain), chain);
  const groupOf = (row: Sql): Sql[] => partition.map((each) => column(row, each));
  const starts = chain.add(select([sql`${first.k} AS k`, ...groupOf(first.row)], first.from));
  const known = partition.map((each) => ({ value: column(name('c'), each), column: name(each) }));
  const from = sql`${starts} AS c, ${nodes}`;
  const reached = chain.addRecursive((self) =>
    relativesOf(kind, { nodes, from, isStart: sql`a.k = c.k`, known }, distance, self),
  );
  const keys = (row: Sql): Sql => join([sql`${row}.k AS k`, ...groupOf(row)], ', ');
  const kept = keepStart ? sql` UNION SELECT ${keys(name('c'))} FROM ${from} AS a WHERE a.k = c.k` : sql``;
  const chosen = chain.add(sql`SELECT DISTINCT ${keys(name('r'))} FROM ${reached} AS r${kept}`);
  const { row, from: all, scope, k } = withNodes(tree, stage, chain);
  const node = scope.newAlias();
  const isChosen = sql`${node}.k = ${k} AND ${sameGroup(partition, node, row, scope)}`;
  const pairs = sql`${all} JOIN ${chosen} AS ${node} ON ${isChosen}`;
  const table = chain.add(
    tree.through === undefined
      ? select(carried(stage, row), pairs)
      : onceOf(stage, sql`SELECT ${row}.o FROM ${pairs}`, chain),
  );
  return { ...stage, hasAllGroups: false, table };
}

/** The rows whose places in the order a select gives, however often. */
function onceOf(stage: Stage, places: Sql, chain: Chain): Sql {
  const { row, from } = fromStage(stage, chain);
  return sql`${select(carried(stage, row), from)} WHERE ${row}.o IN (${places})`;
}

/** By the numbers of the nodes on the way down from a root, such as `1000000002/1000000001/`. */
function inOrder({ kind, nodeColumn }: Traversal, step: HierarchyStep, stage: Stage, nodes: Sql, chain: Chain): Stage {
  const way = (node: Sql): Sql => sql`CAST(1000000000 + ${node}.n AS TEXT) || '/'`;
  const isRoot = sql`NOT EXISTS (SELECT 1 FROM ${nodes} AS b WHERE b.s = a.p)`;
  const tree = chain.addRecursive(
    (self) =>
      sql`SELECT a.s AS s, a.k AS k, ${way(name('a'))} AS way FROM ${nodes} AS a WHERE ${isRoot} UNION ALL SELECT a.s, a.k, r.way || ${way(name('a'))} FROM ${self} AS r JOIN ${nodes} AS a ON a.p = r.s`,
  );
  return inTurn(kind, step, stage, tree, nodeColumn === undefined ? {} : { s: nodeColumn }, chain);
}

/** Rows beside their nodes, in the order of a column `way`; `added` are columns of the nodes, and what they are called in the rows. */
function inTurn(
  order: Traversal['kind'],
  step: HierarchyStep,
  stage: Stage,
  tree: Sql,
  added: Readonly<Record<string, string>>,
  chain: Chain,
): Stage {
  const { row, from, scope, k } = withNodes(step, stage, chain);
  const node = scope.newAlias();
  // '~' comes behind all digits, so that a node comes behind those below it.
  const place = order === 'preorder' ? sql`${node}.way` : sql`${node}.way || '~'`;
  const position = sql`row_number() OVER (ORDER BY ${scope.dialect.values.key(sql`(${place})`, 'text')}, ${row}.o)`;
  const pairs = sql`${from} JOIN ${tree} AS ${node} ON ${node}.k = ${k}`;
  const list = [
    ...carried(stage, row, position),
    ...Object.entries(added).map(([own, each]) => sql`${column(node, own)} AS ${name(each)}`),
  ];
  return {
    ...stage,
    hasAllGroups: false,
    columns: [...stage.columns, ...Object.values(added)],
    table: chain.add(select(list, pairs)),
  };
}

/** The most ways to nodes that are gone: their number can grow with a power of that of the nodes. */
const MOST_WAYS = 20_000;

/**
 * Rows of a node for each way to it from where it is started. A way that comes back to a node ends there, since no hierarchy
 * has such; `seen` are the nodes on it. [OData-Aggregation 6.2.2.2]
 */
function alongWays(
  { kind, nodeColumn }: Traversal,
  { start, column, text }: Ways,
  step: HierarchyStep,
  stage: Stage,
  chain: Chain,
  compilers: Compilers,
): Stage {
  const { dialect, newAlias } = chain.scope;
  const { nodes, tree } = compileTree(step, chain, compilers, text);
  const first = start === undefined ? rootsOf(nodes, tree, chain) : startsOf(start, step, nodes, chain, compilers);
  const way = (number: Sql): Sql => sql`CAST(1000000000 + ${number} AS TEXT) || '/'`;
  const mark = (node: Sql): Sql => sql`'/' || CAST(${node}.s AS TEXT) || '/'`;
  const all = chain.addRecursive((self) =>
    dialect.mostRows(
      sql`SELECT a.s AS s, a.k AS k, a.t AS t, ${way(sql`a.i`)} AS way, ${mark(sql`a`)} AS seen, ${dialect.json.array([])} AS up FROM ${first} AS a UNION ALL SELECT a.s, a.k, a.t, r.way || ${way(sql`a.n`)}, r.seen || ${mark(sql`a`)}, ${dialect.json.concat(dialect.json.array([sql`r.t`]), sql`r.up`, newAlias())} FROM ${self} AS r JOIN ${tree} AS a ON a.p = r.s WHERE r.seen NOT LIKE '%' || ${mark(sql`a`)} || '%'`,
      MOST_WAYS + 1,
    ),
  );
  const some = chain.add(sql`SELECT * FROM ${all} LIMIT ${integer(MOST_WAYS + 1)}`);
  const count = sql`(SELECT count(*) FROM ${some})`;
  const refusal = dialect.refusal(`there are more than ${MOST_WAYS} ways to the nodes of a hierarchy`, count);
  const allowed = chain.add(
    sql`SELECT a.* FROM ${some} AS a WHERE CASE WHEN ${count} > ${integer(MOST_WAYS)} THEN ${refusal} ELSE 0 END = 0`,
  );
  const added = { up: column, ...(nodeColumn === undefined ? {} : { s: nodeColumn }) };
  return inTurn(kind, step, stage, allowed, added, chain);
}

/** Nodes without a parent that is one; `i` is their number. */
function rootsOf(nodes: Sql, tree: Sql, chain: Chain): Sql {
  return chain.add(
    sql`SELECT a.*, a.n AS i FROM ${nodes} AS a WHERE NOT EXISTS (SELECT 1 FROM ${tree} AS b JOIN ${nodes} AS c ON c.s = b.p WHERE b.s = a.s)`,
  );
}

function startsOf(
  start: readonly Step[],
  { nodes: rows }: HierarchyStep,
  nodes: Sql,
  chain: Chain,
  compilers: Compilers,
): Sql {
  const whole = ofNodes(chain);
  const chosen = fromStage(compilers.compileSteps(start, compilers.compileRows(rows, whole), whole), whole);
  return chain.add(
    sql`SELECT a.*, row_number() OVER (ORDER BY ${chosen.row}.o) AS i FROM ${chosen.from} JOIN ${nodes} AS a ON a.s = ${chosen.row}.sequence`,
  );
}
