import type { EntityType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { NestedApply, Transformation } from '../../url/index.js';

import type { Place } from '../expression.js';
import { planFrom } from '../plan-read.js';
import { checkAlias } from './alias.js';
import type { Field, Nested } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { fault } from './fault.js';
import { hasEntities, madeRows, type Planned, type Planner, type RowType } from './row-type.js';

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
    nested.push({ steps, column, result });
    fields.push({ kind: 'rows', name: alias, container: inner.container, column, result });
    members.set(alias, { kind: 'column', column, via: [], type: { type: inner.type, isCollection: true } });
  }
  return { nested, fields, members };
}

/** `expand(Sales,filter(Amount gt 3))` */
export function planExpand(
  { item, at }: Extract<Transformation, { kind: 'expand' }>,
  rows: RowType,
  planner: Planner,
): Planned {
  if (rows.type.kind !== 'entity' && rows.forms.some(({ fields }) => fields.some(({ kind }) => kind === 'entity')))
    throw notImplemented('Expanding in the rows of a cross join, other than by $expand, is not supported.', fault(at));
  if (!hasEntities(rows))
    throw badRequest('There are no entities whose navigation properties could be expanded.', fault(at));
  const { embed, shape } = planFrom(
    {
      type: rows.type as EntityType,
      source: { kind: 'collections', collections: [] },
      typeNames: undefined,
      container: rows.container,
      resource: rows,
      ...planner.around,
    },
    { expand: { value: [item], text: '', at }, aliases: planner.context.aliases, custom: [] },
    { limit: undefined, skip: 0 },
    planner.context,
  );
  if (shape.streams !== undefined)
    throw badRequest(
      'The transformation expand is for navigation properties; streams are expanded by $expand.',
      fault(at),
    );
  const forms = rows.forms.map((form) =>
    form.entity === undefined ? form : { ...form, entity: { ...form.entity, embed: [...form.entity.embed, ...embed] } },
  );
  return { steps: [], rows: { ...rows, forms } };
}
