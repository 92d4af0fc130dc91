import { badRequest } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOrder } from '../bind/index.js';
import type { HierarchyStep, Step } from './apply-plan.js';
import { fault } from './fault.js';
import { hierarchyOf, wordOf, type Arguments } from './hierarchy-parameters.js';
import { contextOf, type Planned, type Planner, type RowType } from './row-type.js';

type Hierarchy = Extract<Transformation, { kind: 'hierarchy' }>;

/**
 * `ancestors($root/Units,UnitHierarchy,ID,filter(Name eq 'East'),keep start)`,
 * `traverse($root/Units,UnitHierarchy,ID,preorder,Name desc)`. [OData-Aggregation 6.2]
 */
export function planHierarchy(call: Hierarchy, rows: RowType, planner: Planner): Planned {
  const { tree, nodes, rest } = hierarchyOf(call, rows, planner);
  const { take, nodeSteps } =
    call.name === 'traverse' ? inOrder(rest, call, nodes, planner) : relatives(call.name, rest, rows, nodes, planner);
  rest.finish();
  return { steps: [{ kind: 'hierarchy', ...tree, nodeSteps, take }], rows };
}

type Chosen = Pick<HierarchyStep, 'take' | 'nodeSteps'>;

/** `…,filter(Name eq 'East'),filter(Level lt 3),2,keep start` [OData-Aggregation 6.2.1] */
function relatives(
  kind: 'ancestors' | 'descendants',
  rest: Arguments,
  rows: RowType,
  nodes: RowType,
  planner: Planner,
): Chosen {
  const start = rest.start(rows, planner);
  const nodeSteps = rest.sequence(nodes, planner);
  return { nodeSteps, take: { kind, start, distance: rest.distance(), keepStart: rest.keepStart() } };
}

/** `…,preorder,filter(Level lt 3),Name desc` [OData-Aggregation 6.2.2] */
function inOrder(rest: Arguments, tree: Hierarchy, nodes: RowType, planner: Planner): Chosen {
  const kind = wordOf(rest.next(), tree).toLowerCase();
  if (kind !== 'preorder' && kind !== 'postorder')
    throw badRequest("The fourth parameter of 'traverse' is preorder or postorder.", fault(tree.at));
  const subset = rest.sequence(nodes, planner);
  const order = rest.order();
  const sort: Step[] =
    order.length === 0 ? [] : [{ kind: 'order', terms: bindOrder(order, contextOf(nodes, planner)) }];
  return { take: { kind }, nodeSteps: [...subset, ...sort] };
}
