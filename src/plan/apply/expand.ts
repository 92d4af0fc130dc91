import { badRequest } from '../../error/index.js';
import type { ExpandItem, Transformation } from '../../url/index.js';

import { planFrom } from '../plan-read.js';
import type { EntityForm, Form } from './apply-plan.js';
import { itemsWithin } from './expand-within.js';
import { fault } from './fault.js';
import { hasEntities, type Planned, type Planner, type RowType } from './row-type.js';
import { expandMade } from './shape-result.js';

/** `expand(Sales,filter(Amount gt 3))`, `expand(Sales,expand(Customer))` over a cross join. */
export function planExpand(
  { item, at }: Extract<Transformation, { kind: 'expand' }>,
  rows: RowType,
  planner: Planner,
): Planned {
  const isMade = rows.forms.some(({ fields }) => fields.some(({ name }) => name === item.path[0]));
  if (isMade) return { steps: [], rows: expandMade(item, rows, planner) };
  if (!hasEntities(rows))
    throw badRequest('There are no entities whose navigation properties could be expanded.', fault(at));
  const expanded = new Map<string, EntityForm['embed']>();
  const forms = rows.forms.map((form): Form => {
    const { entity } = form;
    if (entity === undefined) return form;
    const key = entity.part?.within.join('/') ?? '';
    const embed = expanded.get(key) ?? embedsOf(item, entity, at, rows, planner);
    expanded.set(key, embed);
    return { ...form, entity: { ...entity, embed: [...entity.embed, ...embed] } };
  });
  return { steps: [], rows: { ...rows, forms } };
}

function embedsOf(
  item: ExpandItem,
  { type, container, part }: EntityForm,
  at: number,
  rows: RowType,
  planner: Planner,
): EntityForm['embed'] {
  const { embed, shape } = planFrom(
    {
      type,
      source: { kind: 'collections', collections: [] },
      typeNames: undefined,
      container,
      resource: rows,
      ...planner.around,
    },
    {
      expand: { value: part === undefined ? [item] : itemsWithin(part, [item]), text: '', at },
      aliases: planner.context.aliases,
      custom: [],
    },
    { limit: undefined, skip: 0 },
    planner.context,
  );
  if (shape.streams !== undefined)
    throw badRequest(
      'The transformation expand is for navigation properties; streams are expanded by $expand.',
      fault(at),
    );
  return embed;
}
