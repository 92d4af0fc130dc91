import type { StructuredType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { GroupItem, Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Expression, Place } from '../expression.js';
import type { Column, Field, Step } from './apply-plan.js';
import { mergeFields, mergeMembers } from './merge.js';
import {
  containerAfter,
  contextOf,
  hasEntities,
  madeRows,
  membersOf,
  withMembers,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';
import { fillsLevels, levelsOf } from './rollup.js';

type GroupBy = Extract<Transformation, { kind: 'groupby' }>;

/** `groupby((Category/Name,Color),aggregate(…))` [OData-Aggregation 3.2.3.1] */
export function planGroupBy(tree: GroupBy, rows: RowType, planner: Planner): Planned {
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
    const distinct: Step = { kind: 'aggregate', values: [], parts: [] };
    return { steps: [distinct], rows: madeRows(rows, keys.fields, keys.members) };
  }
  const { steps, rows: transformed } = planner.plan(tree.apply, rows);
  if (transformed.forms.every((form) => form.entity !== undefined)) return { steps, rows: transformed };
  for (const name of membersOf(transformed.place).keys()) {
    const [key, made] = [keys.members.get(name), membersOf(transformed.place).get(name)];
    if (key !== undefined && !(key.kind === 'record' && made?.kind === 'record') && !hasEntities(transformed))
      throw badRequest(`The alias '${name}' is a grouping property.`, { target: '$apply', position: tree.at });
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

interface Grouping {
  readonly rows: RowType;
  readonly planner: Planner;
}

interface Keys {
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

function keysOf(items: readonly Extract<GroupItem, { kind: 'path' }>[], rows: RowType, planner: Planner): Keys {
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
      return scalarKey(name, operand.expression, operand.type, !isMade(operand.expression), grouping);
    case 'dynamic': {
      const type = edm('Untyped');
      const place: Place = { kind: 'dynamic', of: operand.of, name, type: { type, isCollection: false } };
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
    const container = containerAfter(rows.container, via, planner.context);
    const form = { entity: { type, container, shape: { contextList: '' }, embed: [] }, fields: [] };
    return {
      columns: [{ column, entity: whole }],
      field: { kind: 'entity', name, isDynamic: false, column, form },
      place: { kind: 'column', column, via, type: { type, isCollection: false } },
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
    const present = presenceOf(child.place, inner.columns);
    const presence = present === undefined ? undefined : planner.newColumn();
    columns.push(...inner.columns);
    if (present !== undefined && presence !== undefined) columns.push({ column: presence, value: present });
    const isNavigation = child.place.type.type.kind === 'entity';
    fields.push({ kind: 'record', name, isNavigation, presence, fields: inner.fields });
    members.set(name, {
      kind: 'record',
      of: undefined,
      members: inner.members,
      type: child.place.type,
      ...(presence === undefined ? {} : { presence }),
    });
  }
  return { columns, fields, members };
}

/** Whether there is a value that the keys are properties of: one of them is not null, or it is there without them. */
function presenceOf(place: Place, keys: readonly Column[]): Expression | undefined {
  if (place.kind === 'record' && place.of === undefined) {
    if (place.presence === undefined) return undefined;
    const type = edm('Boolean');
    return {
      kind: 'value',
      place: { kind: 'column', column: place.presence, via: [], type: { type, isCollection: false } },
      type,
    };
  }
  const isNull: Expression = { kind: 'literal', value: null, type: undefined };
  const conditions = keys.flatMap((key): Expression[] =>
    'value' in key ? [{ kind: 'comparison', operator: 'ne', left: key.value, right: isNull, type: undefined }] : [],
  );
  const exists: Expression = { kind: 'exists', place: place.kind === 'record' ? place.of! : place };
  return [...conditions, exists].reduce((left, right) => ({ kind: 'logic', operator: 'or', left, right }));
}

function navigationsTo(place: Place): Extract<Place, { kind: 'column' }>['via'] {
  switch (place.kind) {
    case 'related':
      return [...navigationsTo(place.of), place.relation.property];
    case 'member':
    case 'dynamic':
    case 'cast':
      return navigationsTo(place.of);
    case 'record':
      return place.of === undefined ? [] : navigationsTo(place.of);
    case 'column':
      return place.via;
    default:
      return [];
  }
}

function fault(position: number) {
  return { target: '$apply', position };
}
