import type { RollupStep, Rows, Step } from '../../../plan/index.js';
import { entity } from '../source.js';
import { join, name, sql, type Sql } from '../sql.js';
import { compileTree, withNodes, type Tree } from './hierarchy.js';
import {
  carried,
  column,
  entityColumns,
  fromStage,
  select,
  selectGroups,
  withGroups,
  type Chain,
  type Stage,
} from './stage.js';

interface Compilers {
  compileRows(rows: Rows, chain: Chain): Stage;
  compileSteps(steps: readonly Step[], stage: Stage, chain: Chain): Stage;
}

/** The rows beside each node that they belong to or are below, as groups in the order of the nodes. [OData-Aggregation 6.3] */
export function compileRollup(step: RollupStep, stage: Stage, chain: Chain, compilers: Compilers): Stage {
  const whole = compileTree({ ...step, nodeSteps: [] }, chain, compilers);
  const nodes = step.nodeSteps.length === 0 ? whole.nodes : compileTree(step, chain, compilers).nodes;
  const partition = [...chain.partition, step.sequence, step.identifier, ...step.presences];
  const within = withGroups(chain, partition, () => groupsOf(step, stage, nodes, chain));
  const made = compilers.compileSteps(step.steps, pairsOf(step, stage, { nodes, tree: whole.tree }, chain), within);
  const { row, from } = fromStage(made, chain);
  const [node, own] = [chain.scope.newAlias(), chain.scope.newAlias()];
  const hasEntities = made.hasEntities || step.becomesNode;
  const list = [
    sql`row_number() OVER (ORDER BY ${node}.n, ${row}.o) AS o`,
    ...(hasEntities ? entityColumns(step.becomesNode ? own : row) : []),
    ...made.columns.map((each) => column(row, each)),
  ];
  const joined = sql`${from} JOIN ${nodes} AS ${node} ON ${node}.s = ${column(row, step.sequence)}`;
  const tables = step.becomesNode ? sql`${joined} JOIN ${entity(own)} ON ${own}.sequence = ${node}.s` : joined;
  return { ...made, hasEntities, hasAllGroups: false, table: chain.add(select(list, tables)) };
}

/** Each node, within each of the groups that there are. */
function groupsOf(step: RollupStep, stage: Stage, nodes: Sql, chain: Chain): Sql {
  const [node, group] = [chain.scope.newAlias(), chain.scope.newAlias()];
  if (chain.partition.length === 0)
    return select([sql`${node}.n AS o`, ...nodeColumns(step, node)], sql`${nodes} AS ${node}`);
  const groups = chain.groups?.() ?? chain.add(selectGroups(chain.partition, stage, chain));
  const list = [
    sql`row_number() OVER (ORDER BY ${node}.n, ${group}.o) AS o`,
    ...chain.partition.map((each) => column(group, each)),
    ...nodeColumns(step, node),
  ];
  return select(list, sql`${groups} AS ${group} CROSS JOIN ${nodes} AS ${node}`);
}

/** Each row beside its node and all above that, or beside those of all its nodes. */
function pairsOf(step: RollupStep, stage: Stage, { nodes, tree }: Tree, chain: Chain): Stage {
  const covered = chain.addRecursive(
    (self) =>
      sql`SELECT a.s AS s, a.v AS v, a.n AS n, a.s AS d, a.k AS k FROM ${nodes} AS a UNION SELECT r.s, r.v, r.n, b.s, b.k FROM ${self} AS r JOIN ${tree} AS b ON b.p = r.d`,
  );
  const { row, from, k } = withNodes(step, stage, chain);
  const node = chain.scope.newAlias();
  const joined = sql`${from} JOIN ${covered} AS ${node} ON ${node}.k = ${k}`;
  const isOwn = sql`(${node}.d = ${node}.s)`;
  if (step.through === undefined) return besideNodes(step, stage, { row, node, joined, isOwn }, chain);
  const own = sql`max(CASE WHEN ${isOwn} THEN 1 ELSE 0 END) AS own`;
  const known = ['s', 'v', 'n'].map((each) => column(node, each));
  const once = chain.add(
    sql`${select([sql`${row}.o AS o`, ...known, own], joined)} GROUP BY ${join([sql`${row}.o`, ...known], ', ')}`,
  );
  const all = fromStage(stage, chain);
  const each = chain.scope.newAlias();
  const pairs = sql`${all.from} JOIN ${once} AS ${each} ON ${each}.o = ${all.row}.o`;
  return besideNodes(step, stage, { row: all.row, node: each, joined: pairs, isOwn: sql`(${each}.own = 1)` }, chain);
}

interface Pairs {
  readonly row: Sql;
  readonly node: Sql;
  readonly joined: Sql;
  readonly isOwn: Sql;
}

function besideNodes(step: RollupStep, stage: Stage, { row, node, joined, isOwn }: Pairs, chain: Chain): Stage {
  const list = [
    ...carried(stage, row, sql`row_number() OVER (ORDER BY ${node}.n, ${row}.o)`),
    ...nodeColumns(step, node),
    sql`${isOwn} AS ${name(step.self)}`,
  ];
  return {
    ...stage,
    hasAllGroups: false,
    columns: [...stage.columns, step.sequence, step.identifier, ...step.presences, step.self],
    table: chain.add(select(list, joined)),
  };
}

/** What stands in the columns that are the same for all rows of a node. */
function nodeColumns({ sequence, identifier: value, presences }: RollupStep, node: Sql): Sql[] {
  return [
    sql`${node}.s AS ${name(sequence)}`,
    sql`${node}.v AS ${name(value)}`,
    ...presences.map((each) => sql`TRUE AS ${name(each)}`),
  ];
}
