import type { Transformation } from '../../url/index.js';

import { bindFilter, bindOrder } from '../bind/index.js';
import { planAddNested } from './add-nested.js';
import { planAggregate } from './aggregate.js';
import type { Step } from './apply-plan.js';
import { planCompute } from './compute.js';
import { planConcat } from './concat.js';
import { planExpand } from './expand.js';
import { planFunction } from './function.js';
import { planGroupBy } from './group.js';
import { planHierarchy } from './hierarchy.js';
import { planJoin } from './join.js';
import { planNest } from './nest.js';
import { planRank, wholeNumber } from './rank.js';
import { contextOf, type Planned, type Planner, type RowType } from './row-type.js';
import { planSearch } from './search.js';
import { askingThese } from './these.js';

/** Transformations one after the other. [OData-Aggregation 3] */
export function planSequence(tree: readonly Transformation[], rows: RowType, planner: Planner): Planned {
  const steps: Step[] = [];
  let present = rows;
  for (const transformation of tree) {
    const { asked, within } = askingThese(present, planner);
    const next = planTransformation(transformation, present, within);
    steps.push(...asked, ...next.steps);
    present = next.rows;
  }
  return { steps, rows: present };
}

function planTransformation(tree: Transformation, rows: RowType, planner: Planner): Planned {
  switch (tree.kind) {
    case 'identity':
      return { steps: [], rows };
    case 'filter':
      return same(rows, { kind: 'filter', condition: bindFilter(tree.expression, contextOf(rows, planner)) });
    case 'search':
      return same(rows, planSearch(tree.expression, rows, planner));
    case 'compute':
      return planCompute(tree.items, rows, planner);
    case 'orderby':
      return same(rows, { kind: 'order', terms: bindOrder(tree.items, contextOf(rows, planner)) });
    case 'top':
      return same(rows, { kind: 'page', limit: wholeNumber(tree.count, tree, rows, planner), skip: 0 });
    case 'skip':
      return same(rows, { kind: 'page', limit: undefined, skip: wholeNumber(tree.count, tree, rows, planner) });
    case 'aggregate':
      return planAggregate(tree, rows, planner);
    case 'groupby':
      return planGroupBy(tree, rows, planner);
    case 'concat':
      return planConcat(tree, rows, planner);
    case 'join':
    case 'outerjoin':
      return planJoin(tree, rows, planner);
    case 'nest':
      return planNest(tree, rows, planner);
    case 'addnested':
      return planAddNested(tree, rows, planner);
    case 'expand':
      return planExpand(tree, rows, planner);
    case 'hierarchy':
      return planHierarchy(tree, rows, planner);
    case 'function':
      return planFunction(tree, rows, planner);
    default:
      return same(rows, planRank(tree, rows, planner));
  }
}

function same(rows: RowType, step: Step): Planned {
  return { steps: [step], rows };
}
