import { notImplemented } from '../../../error/index.js';
import type { HierarchyStep, HierarchyTree, Rows, Step, TreePart } from '../../../plan/index.js';
import { identifier, relativesOf } from '../hierarchy.js';
import { name, sql, type Sql } from '../sql.js';
import { carried, fromStage, select, valueOfColumn, type Chain, type Stage } from './stage.js';

interface Compilers {
  compileRows(rows: Rows, chain: Chain): Stage;
  compileSteps(steps: readonly Step[], stage: Stage, chain: Chain): Stage;
}

/** Rows by the place of their nodes in a tree. [OData-Aggregation 6.2] */
export function compileHierarchy(step: HierarchyStep, stage: Stage, chain: Chain, compilers: Compilers): Stage {
  if (chain.partition.length > 0) throw notImplemented(`'${step.take.kind}' within groupby is not supported.`);
  const nodes = compileNodes(step, chain, compilers);
  const { take } = step;
  return 'start' in take
    ? relatives(take, step, stage, nodes, chain, compilers)
    : inOrder(take.kind, step, stage, nodes, chain);
}

/**
 * One row for each node: `s` its own sequence, `p` that of its parent, `k` its identifier in a form that is equal where
 * identifiers are, `v` the identifier as it is, `n` its number in their order. The groups of rows are not those of nodes.
 */
export function compileNodes(
  { nodes, nodeSteps, node, parent }: HierarchyTree,
  { groups: _, ...outside }: Chain,
  compilers: Compilers,
): Sql {
  const chain: Chain = { ...outside, partition: [] };
  const stage = compilers.compileSteps(nodeSteps, compilers.compileRows(nodes, chain), chain);
  const { row, from, scope } = fromStage(stage, chain);
  const above = valueOfColumn({ column: 'p', entity: parent }, scope);
  return chain.add(
    select(
      [
        sql`${row}.sequence AS s`,
        sql`${above} AS p`,
        sql`${identifier(node, scope)} AS k`,
        sql`${scope.compile(node, scope).sql} AS v`,
        sql`row_number() OVER (ORDER BY ${row}.o) AS n`,
      ],
      from,
    ),
  );
}

type Relatives = Extract<TreePart, { start: unknown }>;

/** The rows of the nodes above or below those to start from. */
function relatives(
  { kind, start, distance, keepStart }: Relatives,
  { value }: HierarchyStep,
  stage: Stage,
  nodes: Sql,
  chain: Chain,
  { compileSteps }: Compilers,
): Stage {
  const first = fromStage(compileSteps(start, stage, chain), chain);
  const starts = chain.add(select([sql`${identifier(value, first.scope)} AS k`], first.from));
  const isStart = (node: Sql): Sql => sql`${node}.k IN (SELECT k FROM ${starts})`;
  const reached = chain.addRecursive((self) => relativesOf(kind, nodes, isStart, distance, self));
  const { row, from, scope } = fromStage(stage, chain);
  const own = identifier(value, scope);
  const kept = keepStart
    ? sql` OR ${own} IN (SELECT a.k FROM ${nodes} AS a WHERE a.k IN (SELECT k FROM ${starts}))`
    : sql``;
  const rows = sql`${select(carried(stage, row), from)} WHERE (${own} IN (SELECT k FROM ${reached})${kept})`;
  return { ...stage, table: chain.add(rows) };
}

/** By the numbers of the nodes on the way down from a root, such as `1000000002/1000000001/`. */
function inOrder(
  order: 'preorder' | 'postorder',
  { value }: HierarchyStep,
  stage: Stage,
  nodes: Sql,
  chain: Chain,
): Stage {
  const way = (node: Sql): Sql => sql`CAST(1000000000 + ${node}.n AS TEXT) || '/'`;
  const isRoot = sql`NOT EXISTS (SELECT 1 FROM ${nodes} AS b WHERE b.s = a.p)`;
  const tree = chain.addRecursive(
    (self) =>
      sql`SELECT a.s AS s, a.k AS k, ${way(name('a'))} AS way FROM ${nodes} AS a WHERE ${isRoot} UNION ALL SELECT a.s, a.k, r.way || ${way(name('a'))} FROM ${self} AS r JOIN ${nodes} AS a ON a.p = r.s`,
  );
  const { row, from, scope } = fromStage(stage, chain);
  const node = scope.newAlias();
  // '~' comes behind all digits, so that a node comes behind those below it.
  const place = order === 'preorder' ? sql`${node}.way` : sql`${node}.way || '~'`;
  const position = sql`row_number() OVER (ORDER BY ${scope.dialect.values.key(sql`(${place})`, 'text')}, ${row}.o)`;
  const pairs = sql`${from} JOIN ${tree} AS ${node} ON ${node}.k = ${identifier(value, scope)}`;
  return { ...stage, table: chain.add(select(carried(stage, row, position), pairs)) };
}
