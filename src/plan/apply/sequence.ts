import type { AggregateItem, ComputeItem, Transformation } from '../../url/index.js';

import { bindExpression, bindFilter, bindOrder, type BoundExpression } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Place } from '../expression.js';
import { planAddNested } from './add-nested.js';
import { planAggregate, planTotal } from './aggregate.js';
import { checkAlias } from './alias.js';
import type { Column, Field, Step } from './apply-plan.js';
import { planConcat } from './concat.js';
import { planExpand } from './expand.js';
import { planFunction } from './function.js';
import { planGroupBy } from './group.js';
import { planHierarchy } from './hierarchy.js';
import { planJoin } from './join.js';
import { planNest } from './nest.js';
import { planRank, wholeNumber } from './rank.js';
import { columnPlace, contextOf, withMembers, type Planned, type Planner, type RowType } from './row-type.js';
import { planSearch } from './search.js';

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

/** The planner of one transformation, and the steps to what its expressions ask of all rows together, as they are planned. */
export function askingThese(
  rows: RowType,
  planner: Planner,
): { readonly asked: readonly Step[]; readonly within: Planner } {
  const asked: Step[] = [];
  const these = (item: AggregateItem): BoundExpression => {
    const { steps, column, type } = planTotal(item, rows, planner);
    asked.push({ kind: 'beside', steps, columns: [column] });
    return { expression: { kind: 'value', place: columnPlace(column, type), type }, type };
  };
  return { asked, within: { ...planner, these } };
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

/** `compute(Price mul Quantity as Total)` [OData-Aggregation 3.4.2] */
export function planCompute(items: readonly ComputeItem[], rows: RowType, planner: Planner): Planned {
  const columns: Column[] = [];
  const fields: Field[] = [];
  const members = new Map<string, Place>();
  for (const { expression, alias, at } of items) {
    checkAlias(alias, rows, members, at);
    const { expression: value, type } = bindExpression(expression, contextOf(rows, planner), 'compute');
    const column = planner.newColumn();
    columns.push({ column, value });
    fields.push({ kind: 'value', name: alias, column, type, isDeclared: false });
    members.set(alias, columnPlace(column, type ?? edm('Untyped')));
  }
  return { steps: [{ kind: 'compute', columns }], rows: withMembers(rows, fields, members) };
}
