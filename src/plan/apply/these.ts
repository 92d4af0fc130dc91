import type { AggregateItem } from '../../url/index.js';

import type { BoundExpression } from '../bind/index.js';
import { planTotal } from './aggregate.js';
import type { Step } from './apply-plan.js';
import { columnPlace, type Planner, type RowType } from './row-type.js';

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
