import type { QueryOptions } from '../../url/index.js';

import { bindFilter, bindOrder } from '../bind/index.js';
import type { Step } from './apply-plan.js';
import { planCompute } from './compute.js';
import { contextOf, type Planned, type Planner, type RowType } from './row-type.js';
import { planSearch } from './search.js';
import { askingThese } from './these.js';

/** `$compute`, `$search`, `$filter` and `$orderby` of rows that transformations made. [OData-Protocol 11.2.1] */
export function planOptions(
  { compute, search, filter, orderby }: QueryOptions,
  before: RowType,
  planner: Planner,
): Planned {
  const steps: Step[] = [];
  let rows = before;
  const add = (plan: (within: Planner) => readonly Step[]): void => {
    const { asked, within } = askingThese(rows, planner);
    const planned = plan(within);
    steps.push(...asked, ...planned);
  };
  if (compute !== undefined)
    add((within) => {
      const computed = planCompute(compute.value, rows, within);
      rows = computed.rows;
      return computed.steps;
    });
  if (search !== undefined) steps.push(planSearch(search.value, rows, planner));
  if (filter !== undefined)
    add((within) => [{ kind: 'filter', condition: bindFilter(filter.value, contextOf(rows, within)) }]);
  if (orderby !== undefined)
    add((within) => [{ kind: 'order', terms: bindOrder(orderby.value, contextOf(rows, within)) }]);
  return { steps, rows };
}
