import type { EntityType, NavigationProperty } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { NestedApply, Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import type { Place } from '../expression.js';
import { checkAlias } from './alias.js';
import { contextListOf } from './context-list.js';
import type { Field, JoinStep } from './apply-plan.js';
import { fault } from './fault.js';
import {
  contextOf,
  membersOf,
  relatedRows,
  rowsAt,
  withMembers,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';

type Join = Extract<Transformation, { kind: 'join' | 'outerjoin' }>;

/** `join(Sales as Sale,filter(Amount gt 5))` [OData-Aggregation 3.5.1] */
export function planJoin(tree: Join, rows: RowType, planner: Planner): Planned {
  const { kind, path, at } = tree;
  const related = relatedBy(path, at, rows, planner);
  if (!related.place.type.isCollection)
    throw badRequest(`'${path.join('/')}' leads to no collection that could be joined.`, fault(at));
  return joinRelated(tree, kind === 'outerjoin', related, rows, planner);
}

/** Entities beside a row. */
export interface Related {
  readonly place: Place;
  readonly type: EntityType;
  /** The navigation property that leads to them. */
  readonly relation: NavigationProperty;
}

/** What a path leads to from each row. */
export function relatedBy(path: readonly string[], at: number, rows: RowType, planner: Planner): Related {
  const steps = path.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner));
  if (operand.kind !== 'collection' && operand.kind !== 'structured')
    throw badRequest(`'${path.join('/')}' leads to no collection or entity.`, fault(at));
  const { place, type } = operand;
  const relation = relationOf(place);
  if (type.kind !== 'entity' && type.kind !== 'complex')
    throw badRequest(
      `'${path.join('/')}' leads to simple values; only entities and complex values can stand beside a row.`,
      fault(at),
    );
  if (type.kind !== 'entity' || relation === undefined)
    throw notImplemented(`'${path.join('/')}' is no navigation property, which is not supported here.`, fault(at));
  return { place, type, relation };
}

/** Each row beside the rows that the transformations make of those that it leads to. */
export function joinRelated(
  { alias, apply, at }: NestedApply,
  isOuter: boolean,
  { place: collection, type, relation }: Related,
  rows: RowType,
  planner: Planner,
): Planned {
  if (planner.context.tolerantApply !== true || rows.type.properties.get(alias) === undefined)
    checkAlias(alias, rows, NOTHING, at);
  const joined = planner.plan(apply, relatedRows(type, rowsAt(collection, rows), [relation], planner));
  const column = planner.newColumn();
  const [form, ...others] = joined.rows.forms;
  const step = { kind: 'join', isOuter, collection, steps: joined.steps, column } as const;
  if (others.length > 0) return joinMixed(alias, step, joined.rows, relation, rows, planner);
  const isEntity = form!.entity !== undefined;
  const { field, place } = property(alias, column, form!, joined.rows, relation);
  return { steps: [{ ...step, isEntity }], rows: withMembers(rows, [field], [[alias, place]]) };
}

/** Rows have a form for each of those of the rows that are joined with them. */
function joinMixed(
  alias: string,
  step: Omit<JoinStep, 'isEntity' | 'mixed'>,
  joined: RowType,
  relation: NavigationProperty,
  rows: RowType,
  planner: Planner,
): Planned {
  const [column, sequence] = [planner.newColumn(), planner.newColumn()];
  const { forms, formColumn: inner, type, place } = joined;
  const mixed = { column, sequence, outer: rows.formColumn, inner, count: forms.length };
  const fields = forms.map(
    (form) => property(alias, form.entity === undefined ? step.column : sequence, form, joined, relation).field,
  );
  const placed = { type, isCollection: false };
  const row: Place = { kind: 'column', column: sequence, via: [relation], type: placed };
  const whole: Place = { kind: 'record', of: row, members: membersOf(place), presence: step.column, type: placed };
  return {
    steps: [{ ...step, isEntity: false, mixed }],
    rows: {
      ...withMembers(rows, [], [[alias, whole]]),
      forms: rows.forms.flatMap((form) => fields.map((field) => ({ ...form, fields: [...form.fields, field] }))),
      formColumn: column,
    },
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function property(
  name: string,
  column: string,
  form: RowType['forms'][number],
  { type, place }: RowType,
  relation: NavigationProperty,
): { readonly field: Field; readonly place: Place } {
  const { entity, fields } = form;
  const placed = { type, isCollection: false };
  if (entity === undefined)
    return {
      field: { kind: 'record', name, isNavigation: true, presence: column, fields },
      place: { kind: 'record', of: undefined, members: membersOf(place), presence: column, type: placed },
    };
  const row: Place = { kind: 'column', column, via: [relation], type: placed };
  const members = membersOf(place);
  return {
    field: {
      kind: 'entity',
      name,
      isDynamic: true,
      contextList: contextListOf([form]),
      column,
      form: { ...form, entity },
    },
    place: members.size === 0 ? row : { kind: 'record', of: row, members, type: placed },
  };
}

function relationOf(place: Place): NavigationProperty | undefined {
  if (place.kind === 'cast') return relationOf(place.of);
  return place.kind === 'related' ? place.relation.property : undefined;
}
