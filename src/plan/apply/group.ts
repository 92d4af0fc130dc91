import { badRequest } from '../../error/index.js';
import type { GroupItem, Transformation } from '../../url/index.js';

import { edm } from '../bind/primitives.js';
import type { Place } from '../expression.js';
import type { AggregateValue, Step } from './apply-plan.js';
import { fault } from './fault.js';
import { keysOf, type Keys } from './group-keys.js';
import { mergeFields, mergeMembers } from './merge.js';
import { fillsLevels, levelsOf } from './rollup.js';
import { planRollupRecursive, rollsUpNodes } from './rollup-recursive.js';
import {
  columnPlace,
  hasEntities,
  madeRows,
  membersOf,
  withMembers,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';

type GroupBy = Extract<Transformation, { kind: 'groupby' }>;

/** `groupby((Category/Name,Color),aggregate(…))` [OData-Aggregation 3.2.3.1] */
export function planGroupBy(tree: GroupBy, rows: RowType, planner: Planner): Planned {
  if (rollsUpNodes(tree)) return planRollupRecursive(tree, rows, planner);
  const levels = levelsOf(tree, rows);
  if (levels !== undefined) return filled(planner.plan(levels, rows), tree);
  const keys = keysOf(tree.properties as readonly Extract<GroupItem, { kind: 'path' }>[], rows, planner);
  const { steps, rows: grouped } = inGroup(tree, rows, keys, planner);
  return { steps: [{ kind: 'group', keys: keys.columns, steps }], rows: grouped };
}

/** Where the grand total was asked for by `null`, what a level leaves out is null. */
function filled({ steps, rows }: Planned, tree: GroupBy): Planned {
  if (!fillsLevels(tree) || hasEntities(rows)) return { steps, rows };
  const fields = rows.forms.map((form) => form.fields).reduce(mergeFields);
  return { steps, rows: { ...rows, forms: [{ entity: undefined, fields }], formColumn: undefined } };
}

/** The keys belong to every row that is no entity; entities have them anyway. */
function inGroup(tree: GroupBy, rows: RowType, keys: Keys, planner: Planner): Planned {
  if (tree.apply.length === 0) {
    const { values, members } = countOf(planner);
    const distinct: Step = { kind: 'aggregate', values, parts: [] };
    return { steps: [distinct], rows: madeRows(rows, keys.fields, new Map([...keys.members, ...members])) };
  }
  const { steps, rows: transformed } = planner.plan(tree.apply, rows);
  if (transformed.forms.every((form) => form.entity !== undefined)) return { steps, rows: transformed };
  for (const name of membersOf(transformed.place).keys()) {
    const [key, made] = [keys.members.get(name), membersOf(transformed.place).get(name)];
    if (key !== undefined && !(key.kind === 'record' && made?.kind === 'record') && !hasEntities(transformed))
      throw badRequest(`The alias '${name}' is a grouping property.`, fault(tree.at));
  }
  const members = mergeMembers([keys.members, membersOf(transformed.place)]);
  const { forms } = transformed;
  return {
    steps,
    rows: {
      ...withMembers(transformed, [], members),
      forms: forms.map((form) =>
        form.entity === undefined ? { ...form, fields: mergeFields(keys.fields, form.fields) } : form,
      ),
    },
  };
}

/** `groupby((Color))/filter($count gt 1)`, which the specification does not know. */
function countOf(planner: Planner): {
  values: readonly AggregateValue[];
  members: readonly (readonly [string, Place])[];
} {
  if (planner.context.tolerantApply !== true) return { values: [], members: [] };
  const column = planner.newColumn();
  return { values: [{ method: 'count', column }], members: [['$count', columnPlace(column, edm('Decimal'))]] };
}
