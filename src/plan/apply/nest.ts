import type { EntityType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import type { Place } from '../expression.js';
import { planFrom } from '../plan-read.js';
import { checkAlias } from './alias.js';
import type { Field } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { hasEntities, madeRows, type Planned, type Planner, type RowType } from './row-type.js';

/** One row that holds all. [OData-Aggregation 3.5.2] */
export function planNest(tree: Extract<Transformation, { kind: 'nest' }>, rows: RowType, planner: Planner): Planned {
  checkAlias(tree.alias, rows, new Map(), tree.at);
  const { steps, rows: nested } = planner.plan(tree.apply, rows);
  const column = planner.newColumn();
  const { formColumn, forms } = nested;
  const result = { formColumn, forms, contextList: contextListOf(forms) };
  const field: Field = { kind: 'rows', name: tree.alias, container: rows.container, column, result };
  const place: Place = { kind: 'column', column, via: [], type: { type: rows.type, isCollection: true } };
  return {
    steps: [{ kind: 'nest', steps, column, result }],
    rows: madeRows(rows, [field], new Map([[tree.alias, place]])),
  };
}

/** `expand(Sales,filter(Amount gt 3))` */
export function planExpand(
  { item, at }: Extract<Transformation, { kind: 'expand' }>,
  rows: RowType,
  planner: Planner,
): Planned {
  if (rows.type.kind !== 'entity' && rows.forms.some(({ fields }) => fields.some(({ kind }) => kind === 'entity')))
    throw notImplemented('Expanding in the rows of a cross join, other than by $expand, is not supported.', {
      target: '$apply',
      position: at,
    });
  if (!hasEntities(rows))
    throw badRequest('There are no entities whose navigation properties could be expanded.', {
      target: '$apply',
      position: at,
    });
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
    throw badRequest('The transformation expand is for navigation properties; streams are expanded by $expand.', {
      target: '$apply',
      position: at,
    });
  const forms = rows.forms.map((form) =>
    form.entity === undefined ? form : { ...form, entity: { ...form.entity, embed: [...form.entity.embed, ...embed] } },
  );
  return { steps: [], rows: { ...rows, forms } };
}
