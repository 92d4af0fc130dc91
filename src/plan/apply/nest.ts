import type { NestedApply, Transformation } from '../../url/index.js';

import type { Place } from '../expression.js';
import { checkAlias } from './alias.js';
import type { Field, Nested } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { contextNameOf, madeRows, rowsPlace, type Planned, type Planner, type RowType } from './row-type.js';

/** One row that holds all. [OData-Aggregation 3.5.2] */
export function planNest(tree: Extract<Transformation, { kind: 'nest' }>, rows: RowType, planner: Planner): Planned {
  const { nested, fields, members } = nestAll(tree.nested, rows, rows, planner);
  return { steps: [{ kind: 'nest', nested }], rows: madeRows(rows, fields, members) };
}

/** Sequences of transformations, each of which gives the rows of one property: of `inner`, in a row of `outer`. */
export function nestAll(
  trees: readonly NestedApply[],
  outer: RowType,
  inner: RowType,
  planner: Planner,
): {
  readonly nested: readonly Nested[];
  readonly fields: readonly Field[];
  readonly members: ReadonlyMap<string, Place>;
} {
  const nested: Nested[] = [];
  const fields: Field[] = [];
  const members = new Map<string, Place>();
  for (const { apply, alias, at } of trees) {
    checkAlias(alias, outer, members, at);
    const { steps, rows } = planner.plan(apply, inner);
    const column = planner.newColumn();
    const { formColumn, forms } = rows;
    const result = { formColumn, forms, contextList: contextListOf(forms) };
    planner.rowsWithin.set(result, rows);
    nested.push({ steps, column, result });
    const isStructural = inner.type.kind === 'complex' && !inner.type.isBuiltIn;
    fields.push({ kind: 'rows', isStructural, name: alias, context: contextNameOf(inner), column, result });
    members.set(alias, rowsPlace(column, rows, inner === outer));
  }
  return { nested, fields, members };
}
