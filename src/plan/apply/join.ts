import { badRequest, notImplemented } from '../../error/index.js';
import type { NestedApply, Transformation } from '../../url/index.js';

import type { Place } from '../expression.js';
import { checkAlias } from './alias.js';
import type { Field, JoinStep } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { fault } from './fault.js';
import { placeOfMade, relatedBy, type Related } from './related.js';
import { renamedRows } from './rename-rows.js';
import { membersOf, presencePlace, withMembers, type Planned, type Planner, type RowType } from './row-type.js';

type Join = Extract<Transformation, { kind: 'join' | 'outerjoin' }>;

/** `join(Sales as Sale,filter(Amount gt 5))` [OData-Aggregation 3.5.1] */
export function planJoin(tree: Join, rows: RowType, planner: Planner): Planned {
  const { kind, path, at } = tree;
  const related = relatedBy(path, at, rows, planner);
  if (!related.place.type.isCollection)
    throw badRequest(`'${path.join('/')}' leads to no collection that could be joined.`, fault(at));
  return joinRelated(tree, kind === 'outerjoin', related, rows, planner);
}

/** Each row beside the rows that the transformations make of those that it leads to. */
export function joinRelated(
  { alias, apply, at }: NestedApply,
  isOuter: boolean,
  related: Related,
  rows: RowType,
  planner: Planner,
): Planned {
  if (planner.context.tolerantApply !== true || rows.type.properties.get(alias) === undefined)
    checkAlias(alias, rows, NOTHING, at);
  return joinAs({ name: alias, isDynamic: true }, isOuter, related, planner.plan(apply, related.rows), rows, planner);
}

/** How what is joined is called, and whether it has a context of its own since no declared property is called so. */
type Named = Pick<Extract<Field, { kind: 'entity' }>, 'name' | 'isDynamic'>;

/** The same, with what the rows are planned to become. */
export function joinAs(
  named: Named,
  isOuter: boolean,
  related: Related,
  joined: Planned,
  rows: RowType,
  planner: Planner,
): Planned {
  const column = planner.newColumn();
  const { place: collection, part } = related;
  const step = { kind: 'join', isOuter, collection, ...(part && { part }), steps: joined.steps, column } as const;
  if (related.isMade !== true) return joinShown(named, step, joined.rows, joined.rows, related, rows, planner);
  if (joined.rows.forms.some(({ entity }) => entity !== undefined && entity.embed.length > 0))
    throw notImplemented(
      `'${named.name}' is joined with rows in which something is expanded, which is not supported.`,
      {
        target: '$apply',
      },
    );
  const prefix = `${column}_`;
  const shown = renamedRows(joined.rows, (each) => prefix + each);
  const renamed = { ...related, placeIn: placeOfMade(shown) };
  return joinShown(named, { ...step, prefix }, joined.rows, shown, renamed, rows, planner);
}

/** `shown` is what the joined rows are in the rows that they are joined with. */
function joinShown(
  named: Named,
  step: Omit<JoinStep, 'isEntity' | 'mixed'>,
  joined: RowType,
  shown: RowType,
  related: Related,
  rows: RowType,
  planner: Planner,
): Planned {
  const [form, ...others] = shown.forms;
  if (others.length > 0) return joinMixed(named, step, { joined, shown }, related, rows, planner);
  const isEntity = form!.entity !== undefined;
  const { field, place } = property(named, step.column, form!, shown, related);
  return { steps: [{ ...step, isEntity }], rows: withMembers(rows, [field], [[named.name, place]]) };
}

/** Rows have a form for each of those of the rows that are joined with them. */
function joinMixed(
  named: Named,
  step: Omit<JoinStep, 'isEntity' | 'mixed'>,
  { joined, shown }: { readonly joined: RowType; readonly shown: RowType },
  related: Related,
  rows: RowType,
  planner: Planner,
): Planned {
  const [column, sequence] = [planner.newColumn(), planner.newColumn()];
  const { formColumn: inner } = joined;
  const { forms, type, place } = shown;
  const mixed = { column, sequence, outer: rows.formColumn, inner, count: forms.length };
  const fields = forms.map(
    (form) => property(named, form.entity === undefined ? step.column : sequence, form, shown, related).field,
  );
  const placed = { type, isCollection: false };
  const row = related.placeIn(sequence);
  const whole: Place = {
    kind: 'record',
    of: row,
    members: membersOf(place),
    presence: presencePlace(step.column),
    type: placed,
  };
  return {
    steps: [{ ...step, isEntity: false, mixed }],
    rows: {
      ...withMembers(rows, [], [[named.name, whole]]),
      forms: rows.forms.flatMap((form) => fields.map((field) => ({ ...form, fields: [...form.fields, field] }))),
      formColumn: column,
    },
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function property(
  { name, isDynamic }: Named,
  column: string,
  form: RowType['forms'][number],
  { type, place }: RowType,
  related: Related,
): { readonly field: Field; readonly place: Place } {
  const { entity, fields } = form;
  const placed = { type, isCollection: false };
  const isNavigation = type.kind !== 'complex' || type.isBuiltIn;
  if (entity === undefined)
    return {
      field: { kind: 'record', name, isNavigation, presence: column, fields },
      place: {
        kind: 'record',
        of: undefined,
        members: membersOf(place),
        presence: presencePlace(column),
        type: placed,
      },
    };
  const row = related.placeIn(column);
  const members = membersOf(place);
  return {
    field: {
      kind: 'entity',
      name,
      isDynamic,
      contextList: contextListOf([form]),
      column,
      form: { ...form, entity },
    },
    place: members.size === 0 ? row : { kind: 'record', of: row, members, type: placed },
  };
}
