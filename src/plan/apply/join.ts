import { badRequest, notImplemented } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import type { Place } from '../expression.js';
import { checkAlias } from './alias.js';
import { contextListOf } from './context-list.js';
import type { Field, Step } from './apply-plan.js';
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
export function planJoin({ kind, path, alias, apply, at }: Join, rows: RowType, planner: Planner): Planned {
  if (planner.context.tolerantApply !== true || rows.type.properties.get(alias) === undefined)
    checkAlias(alias, rows, NOTHING, at);
  const steps = path.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner));
  if (operand.kind !== 'collection')
    throw badRequest(`'${path.join('/')}' leads to no collection that could be joined.`, fault(at));
  const relation = relationOf(operand.place);
  if (operand.type.kind !== 'entity' || relation === undefined)
    throw notImplemented(`Joining '${path.join('/')}', which is no navigation property, is not supported.`, fault(at));
  const joined = planner.plan(apply, relatedRows(operand.type, rowsAt(operand.place, rows), [relation], planner));
  const column = planner.newColumn();
  const [form, ...others] = joined.rows.forms;
  if (others.length > 0) throw notImplemented('Joining rows of different structure is not supported.', fault(at));
  const step: Step = {
    kind: 'join',
    isOuter: kind === 'outerjoin',
    collection: operand.place,
    steps: joined.steps,
    column,
    isEntity: form!.entity !== undefined,
  };
  const { field, place } = property(alias, column, form!, joined.rows, relation);
  return { steps: [step], rows: withMembers(rows, [field], [[alias, place]]) };
}

const NOTHING: ReadonlySet<string> = new Set();

function property(
  name: string,
  column: string,
  form: RowType['forms'][number],
  { type, place }: RowType,
  relation: NonNullable<ReturnType<typeof relationOf>>,
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

function relationOf(place: Place): Extract<Place, { kind: 'column' }>['via'][number] | undefined {
  if (place.kind === 'cast') return relationOf(place.of);
  return place.kind === 'related' ? place.relation.property : undefined;
}

function fault(position: number) {
  return { target: '$apply', position };
}
