import type { ComputeItem } from '../../url/index.js';

import { bindExpression } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Place } from '../expression.js';
import { checkAlias } from './alias.js';
import type { Column, Field } from './apply-plan.js';
import { columnPlace, contextOf, withMembers, type Planned, type Planner, type RowType } from './row-type.js';

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
