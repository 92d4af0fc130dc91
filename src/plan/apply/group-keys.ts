import type { StructuredType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { GroupItem } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import { streamAsValue } from '../bind/fault.js';
import { edm } from '../bind/primitives.js';
import { combine } from '../combine.js';
import type { Expression, Place } from '../expression.js';
import type { Column, Field } from './apply-plan.js';
import { fault } from './fault.js';
import {
  containerAfter,
  contextOf,
  navigationsTo,
  originOf,
  presencePlace,
  rowsAt,
  type Planner,
  type RowType,
} from './row-type.js';

interface Grouping {
  readonly rows: RowType;
  readonly planner: Planner;
}

export interface Keys {
  /** Those of the columns that say whether there is anything. */
  readonly presences: ReadonlySet<string>;
  readonly columns: readonly Column[];
  readonly fields: readonly Field[];
  readonly members: ReadonlyMap<string, Place>;
}

interface Key {
  readonly columns: readonly Column[];
  readonly field: Field;
  readonly place: Place;
}

/** Properties below one name, on their way to become a record. */
interface Branch {
  readonly place: Place;
  readonly children: Map<string, Key | Branch>;
}

/** The columns that rows are grouped by, and the properties that they stand for. */
export function keysOf(items: readonly Extract<GroupItem, { kind: 'path' }>[], rows: RowType, planner: Planner): Keys {
  const root: Branch = { place: rows.place, children: new Map() };
  for (const { path, at } of items) addPath(path, at, root, rows, planner);
  return keysBelow(root, planner);
}

function addPath(path: readonly string[], at: number, root: Branch, rows: RowType, planner: Planner): void {
  let branch = root;
  for (let end = 1; end <= path.length; end++) {
    const name = path[end - 1]!;
    const steps = path.slice(0, end).map((each) => ({ kind: 'name', name: each, at }) as const);
    const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner));
    const isLast = end === path.length;
    if (operand.kind === 'collection')
      throw badRequest(
        `'${path.join('/')}' leads to a collection, by which rows cannot be grouped; use join or outerjoin first.`,
        fault(at),
      );
    if (name.includes('.')) {
      if (isLast) throw badRequest(`The path '${path.join('/')}' ends with a type.`, fault(at));
      continue;
    }
    const known = branch.children.get(name);
    if (known !== undefined && 'field' in known) return;
    if (!isLast) {
      if (operand.kind !== 'structured') return;
      const next = known ?? { place: operand.place, children: new Map<string, Key | Branch>() };
      branch.children.set(name, next);
      branch = next;
      continue;
    }
    const key = keyOf(name, operand, at, { rows, planner });
    branch.children.set(name, key);
  }
}

function keyOf(name: string, operand: ReturnType<typeof bindOperand>, at: number, grouping: Grouping): Key | Branch {
  switch (operand.kind) {
    case 'scalar':
      if (operand.type.qualifiedName === 'Edm.Stream') throw streamAsValue(at);
      return scalarKey(name, operand.expression, operand.type, !isMade(operand.expression), grouping);
    case 'dynamic': {
      const type = edm('Untyped');
      const place: Place = { ...operand.place, type: { type, isCollection: false } };
      return scalarKey(name, { kind: 'value', place, type }, type, false, grouping);
    }
    case 'structured':
      return structuredKey(name, operand.place, operand.type, at, grouping);
    default:
      throw badRequest(`Rows cannot be grouped by '${name}'.`, fault(at));
  }
}

function isMade(expression: Expression): boolean {
  return expression.kind !== 'value' || expression.place.kind !== 'member';
}

function scalarKey(
  name: string,
  value: Expression,
  type: Extract<Field, { kind: 'value' }>['type'],
  isDeclared: boolean,
  { planner }: Grouping,
): Key {
  const column = planner.newColumn();
  const field: Field = { kind: 'value', name, column, type, isDeclared };
  const place: Place = {
    kind: 'column',
    column,
    via: [],
    type: { type: type ?? edm('Untyped'), isCollection: false },
  };
  return { columns: [{ column, value }], field, place };
}

/** An entity stands for itself, a complex value for all that it consists of. */
function structuredKey(name: string, place: Place, type: StructuredType, at: number, grouping: Grouping): Key | Branch {
  const whole = place.kind === 'record' ? place.of : place;
  if (type.kind === 'entity' && whole !== undefined) {
    const { rows, planner } = grouping;
    const column = planner.newColumn();
    const via = navigationsTo(whole);
    const origin = originOf(whole);
    const container = containerAfter(rowsAt(whole, rows).container, via, planner.context);
    const form = { entity: { type, container, shape: { contextList: '' }, embed: [] }, fields: [] };
    return {
      columns: [{ column, entity: whole }],
      field: { kind: 'entity', name, isDynamic: false, contextList: '', column, form },
      place: {
        kind: 'column',
        column,
        via,
        ...(origin === undefined ? {} : { container: origin }),
        type: { type, isCollection: false },
      },
    };
  }
  const children = new Map<string, Key | Branch>();
  for (const [member, property] of place.kind === 'record' ? place.members : placesOf(place, type)) {
    if (property.type.isCollection)
      throw badRequest(`Rows cannot be grouped by '${name}', since '${member}' in it is a collection.`, fault(at));
    children.set(member, placeKey(member, property, at, grouping));
  }
  return { place, children };
}

function placeKey(name: string, place: Place, at: number, grouping: Grouping): Key | Branch {
  const { type } = place.type;
  if (type.kind === 'entity' || type.kind === 'complex') return structuredKey(name, place, type, at, grouping);
  if (type.qualifiedName === 'Edm.Stream') throw streamAsValue(at);
  return scalarKey(name, { kind: 'value', place, type }, type, place.kind === 'member', grouping);
}

function placesOf(of: Place, type: StructuredType): [string, Place][] {
  return [...type.properties.values()].map((property) => [
    property.name,
    { kind: 'member', of, property, type: { type: property.type, isCollection: property.isCollection } },
  ]);
}

function keysBelow({ children }: Branch, planner: Planner): Keys {
  const columns: Column[] = [];
  const presences = new Set<string>();
  const fields: Field[] = [];
  const members = new Map<string, Place>();
  for (const [name, child] of children) {
    if ('field' in child) {
      columns.push(...child.columns);
      fields.push(child.field);
      members.set(name, child.place);
      continue;
    }
    const inner = keysBelow(child, planner);
    const present = presenceOf(child.place, inner);
    for (const each of inner.presences) presences.add(each);
    const presence = present === undefined ? undefined : planner.newColumn();
    columns.push(...inner.columns);
    if (present !== undefined && presence !== undefined) {
      columns.push({ column: presence, value: present });
      presences.add(presence);
    }
    const isNavigation = child.place.type.type.kind === 'entity';
    fields.push({ kind: 'record', name, isNavigation, presence, fields: inner.fields });
    members.set(name, {
      kind: 'record',
      of: undefined,
      members: inner.members,
      type: child.place.type,
      ...(presence === undefined ? {} : { presence: presencePlace(presence) }),
    });
  }
  return { columns, presences, fields, members };
}

/** Whether there is a value that the keys are properties of: one of them is not null, or it is there without them. */
function presenceOf(place: Place, { columns, presences }: Keys): Expression | undefined {
  if (place.kind === 'record' && place.of === undefined) {
    return place.presence && { kind: 'value', place: place.presence, type: edm('Boolean') };
  }
  const isNull: Expression = { kind: 'literal', value: null, type: undefined };
  const conditions = columns.flatMap((key): Expression[] =>
    'value' in key && !presences.has(key.column)
      ? [{ kind: 'comparison', operator: 'ne', left: key.value, right: isNull, type: undefined }]
      : [],
  );
  const exists: Expression = { kind: 'exists', place: place.kind === 'record' ? place.of! : place };
  return combine('or', [...conditions, exists])!;
}
