import type { ScalarType } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import type { Operand } from '../bind/operand.js';
import { promote } from '../bind/promotion.js';
import { edm, isSame } from '../bind/primitives.js';
import type { Expression, Place } from '../expression.js';
import type {
  ColumnType,
  ConcatBranch,
  ConcatColumn,
  EntityForm,
  Field,
  Form,
  PartColumns,
  PartForm,
} from './apply-plan.js';
import { fault } from './fault.js';
import { mergeMembers } from './merge.js';
import {
  presencePlace,
  baseOf,
  contextOf,
  hasEntities,
  membersOf,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';

type Concat = Extract<Transformation, { kind: 'concat' }>;

/**
 * `concat(identity,aggregate(Price with sum as Total))`: properties of one name share a column, and each row knows of
 * which form it is. [OData-Aggregation 3.2.2]
 */
export function planConcat({ branches, at }: Concat, rows: RowType, planner: Planner): Planned {
  const planned = branches.map((branch) => planner.plan(branch, rows));
  const columns = unite(
    planned.map((each) => each.rows),
    at,
    planner,
  );
  const renamed = planned.map((each) => each.rows.forms.map((form) => renameForm(form, columns)));
  const distinct = new Map<string, Form>();
  const plans: unknown[] = [];
  const numbers = renamed.map((forms) => forms.map((form) => numberOf(form, distinct, plans)));
  const formColumn = distinct.size > 1 ? planner.newColumn() : undefined;
  const kept = keptColumns(planned.map((each) => each.rows));
  const step = {
    kind: 'concat',
    hasEntities: planned.some((each) => hasEntities(each.rows)),
    columns: [...columns.values(), ...kept].map(({ column, type }): ConcatColumn => ({ column, type })),
    formColumn,
    branches: planned.map((each, index): ConcatBranch => ({
      steps: each.steps,
      sources: [
        ...[...columns].map(([path, { sources, type }]) => sources[index] ?? declared(path, type, each.rows, planner)),
        ...kept.map(({ column }) => (hasColumn(each.rows, column) ? column : undefined)),
      ],
      formColumn: each.rows.formColumn,
      forms: numbers[index]!,
    })),
  } as const;
  return {
    steps: [step],
    rows: { ...rows, place: placeOf(planned, rows, columns), forms: [...distinct.values()], formColumn },
  };
}

/**
 * Columns that keep their names: those that what is expanded in rows already may ask for as of `$it`, and those that tell
 * which complex value of an entity a row is.
 */
function keptColumns(branches: readonly RowType[]): readonly NamedColumn[] {
  const expanding = branches.filter(({ forms }) => forms.some(({ entity }) => (entity?.embed.length ?? 0) > 0));
  const kept = [...expanding.flatMap(ownColumns), ...branches.flatMap(rowColumns)];
  return [...new Map(kept.map((each) => [each.column, each])).values()];
}

function rowColumns({ forms }: RowType): readonly NamedColumn[] {
  return forms.flatMap(({ entity }) => partColumns('', entity?.part));
}

function ownColumns({ forms }: RowType): readonly NamedColumn[] {
  return forms.flatMap(({ fields }) => columnsOf(fields, ''));
}

function hasColumn(rows: RowType, column: string): boolean {
  return [...ownColumns(rows), ...rowColumns(rows)].some((own) => own.column === column);
}

/** What comes behind the path of a record, of the column that says whether it is there. */
const PRESENCE = '/?';

interface United {
  readonly column: string;
  readonly type: ColumnType;
  /** Of complex values, where they stand in their entities. */
  readonly within?: string | undefined;
  /** What stands for it in each branch; undefined where the branch does not have it. */
  readonly sources: (string | Expression | undefined)[];
}

/** The columns of all branches by the paths of their properties. */
type Columns = ReadonlyMap<string, United>;

function unite(branches: readonly RowType[], at: number, planner: Planner): Columns {
  const united = new Map<string, United>();
  for (const [index, each] of branches.entries()) {
    for (const { path, column, type, within } of ownColumns(each)) {
      const known = united.get(path);
      if (known === undefined) {
        const sources: United['sources'] = branches.map(() => undefined);
        sources[index] = column;
        united.set(path, { column: planner.newColumn(), type, within, sources });
      } else {
        if (known.within !== within) throw differently(path, at);
        united.set(path, { ...known, type: commonType(path, known.type, type, at, planner) });
        known.sources[index] = column;
      }
    }
  }
  for (const each of united.values()) convertSources(each, branches);
  return united;
}

interface NamedColumn {
  readonly path: string;
  readonly column: string;
  readonly type: ColumnType;
  readonly within?: string;
}

/** What tells which complex value stands at a path, if there is one. */
function partColumns(path: string, part: PartForm | undefined): NamedColumn[] {
  if (part === undefined) return [];
  return [
    { path: `${path}/@pointer`, column: part.pointer, type: edm('String') },
    { path: `${path}/@value`, column: part.value, type: edm('Untyped') },
  ];
}

function columnsOf(fields: readonly Field[], prefix: string): NamedColumn[] {
  return fields.flatMap((field): NamedColumn[] => {
    const path = `${prefix}${field.name}`;
    switch (field.kind) {
      case 'value':
        return [{ path, column: field.column, type: field.type }];
      case 'record': {
        const presence =
          field.presence === undefined
            ? []
            : [{ path: `${path}${PRESENCE}`, column: field.presence, type: edm('Boolean') }];
        return [...presence, ...columnsOf(field.fields, `${path}/`)];
      }
      case 'entity': {
        const { entity, fields: added } = field.form;
        const within = entity.part === undefined ? {} : { within: entity.part.within.join('/') };
        return [
          { path, column: field.column, type: 'entity', ...within },
          ...partColumns(path, entity.part),
          ...columnsOf(added, `${path}/`),
        ];
      }
      case 'rows':
        return [{ path, column: field.column, type: 'rows' }];
    }
  });
}

function commonType(path: string, a: ColumnType, b: ColumnType, at: number, planner: Planner): ColumnType {
  if (a === b || b === undefined) return a;
  if (a === undefined) return b;
  if (typeof a === 'object' && typeof b === 'object') {
    if (isSame(a, b)) return a;
    const { context } = planner;
    const common = promote(a, b, {
      ...contextOfTypes,
      model: context.model,
      aliases: context.aliases,
      limits: context.limits.bind,
    });
    if (common !== undefined) return common;
  }
  throw differently(path, at);
}

function differently(path: string, at: number): Error {
  return badRequest(`'${path}' has different types in the branches of concat.`, fault(at));
}

const contextOfTypes = {
  type: edm('Untyped'),
  resolveRoot: () => {
    throw new Error('Types have no root.');
  },
  relationOf: () => {
    throw new Error('Types have no relations.');
  },
};

/** Branches whose column has another type give a value that is converted. */
function convertSources(united: United, branches: readonly RowType[]): void {
  const { type, sources } = united;
  if (typeof type !== 'object') return;
  for (const [index, source] of sources.entries()) {
    if (typeof source !== 'string') continue;
    const own = branches[index]!.forms.flatMap(({ fields }) => columnsOf(fields, '')).find(
      ({ column }) => column === source,
    )?.type;
    if (typeof own !== 'object' || isSame(own, type)) continue;
    const place: Place = { kind: 'column', column: source, via: [], type: { type: own, isCollection: false } };
    sources[index] = { kind: 'cast', operand: { kind: 'value', place, type: own }, type };
  }
}

/**
 * A property that the entities of a branch have, or whether there is what others have properties of, so that steps behind find
 * it under one name in all rows.
 */
function declared(path: string, type: ColumnType, rows: RowType, planner: Planner): Expression | undefined {
  if (typeof type !== 'object') return undefined;
  const isPresence = path.endsWith(PRESENCE);
  const names = (isPresence ? path.slice(0, -PRESENCE.length) : path).split('/');
  const operand = operandOf(names, rows, planner);
  if (isPresence) return operand?.kind === 'structured' ? { kind: 'exists', place: operand.place } : undefined;
  return operand?.kind === 'scalar' && isSame(operand.type, type as ScalarType) ? operand.expression : undefined;
}

/** What names lead to that rows have of their own; undefined where these lead to nothing. */
function operandOf(names: readonly string[], rows: RowType, planner: Planner): Operand | undefined {
  const [first = ''] = names;
  const isOwn = baseOf(rows.place) !== undefined && rows.type.member(first) !== undefined;
  if (!isOwn && !membersOf(rows.place).has(first)) return undefined;
  const steps = names.map((name) => ({ kind: 'name', name, at: 0 }) as const);
  try {
    return bindOperand({ kind: 'path', steps, at: 0 }, contextOf(rows, planner));
  } catch (error) {
    if (hasStatus(error, 400)) return undefined;
    throw error;
  }
}

/** `plans` are those of what is embedded so far: only the same are alike. */
function numberOf(form: Form, distinct: Map<string, Form>, plans: unknown[]): number {
  const key = JSON.stringify(outlineOf(form, plans));
  if (!distinct.has(key)) distinct.set(key, form);
  return [...distinct.keys()].indexOf(key);
}

function outlineOf({ entity, fields }: Form, plans: unknown[]): unknown {
  const embedded = entity?.embed.map(({ path, plan }) => {
    if (!plans.includes(plan)) plans.push(plan);
    return [path, plans.indexOf(plan)];
  });
  return [entity?.type.qualifiedName, entity?.part?.within, embedded, fields.map((field) => outline(field, plans))];
}

function outline(field: Field, plans: unknown[]): unknown {
  switch (field.kind) {
    case 'value':
      return [field.name, field.column];
    case 'record':
      return [field.name, field.presence, field.fields.map((each) => outline(each, plans))];
    case 'entity':
      return [field.name, field.column, field.as, outlineOf(field.form, plans)];
    case 'rows': {
      if (!plans.includes(field.result)) plans.push(field.result);
      return [field.name, field.column, plans.indexOf(field.result)];
    }
  }
}

function renameForm(form: Form, columns: Columns): Form {
  return { ...form, fields: renameFields(form.fields, '', columns) };
}

function renameFields(fields: readonly Field[], prefix: string, columns: Columns): readonly Field[] {
  return fields.map((field): Field => {
    const path = `${prefix}${field.name}`;
    const { column, type } = columns.get(path) ?? {};
    switch (field.kind) {
      case 'value':
        return { ...field, column: column!, type: type as ScalarType | undefined };
      case 'record':
        return {
          ...field,
          presence: columns.get(`${path}${PRESENCE}`)?.column,
          fields: renameFields(field.fields, `${path}/`, columns),
        };
      case 'entity':
        return {
          ...field,
          column: column!,
          form: {
            entity: renamePart(field.form.entity, path, columns),
            fields: renameFields(field.form.fields, `${path}/`, columns),
          },
        };
      case 'rows':
        return { ...field, column: column! };
    }
  });
}

function renamePart(entity: EntityForm, path: string, columns: Columns): EntityForm {
  const { part } = entity;
  return part === undefined ? entity : { ...entity, part: { ...part, ...partAt(path, columns)! } };
}

/** The columns that tell which complex value stands at a path. */
function partAt(path: string, columns: Columns): PartColumns | undefined {
  const [pointer, value] = [columns.get(`${path}/@pointer`), columns.get(`${path}/@value`)];
  return pointer && value && { pointer: pointer.column, value: value.column };
}

/** Names of any branch; where one still has entities, their properties too. */
function placeOf(planned: readonly Planned[], rows: RowType, columns: Columns): Place {
  const base = planned.map((each) => baseOf(each.rows.place)).find((place) => place !== undefined);
  const members = mergeMembers(planned.map((each) => renameMembers(membersOf(each.rows.place), '', columns)));
  return { kind: 'record', of: base, members, type: { type: rows.type, isCollection: false } };
}

function renameMembers(
  members: ReadonlyMap<string, Place>,
  prefix: string,
  columns: Columns,
): ReadonlyMap<string, Place> {
  return new Map(
    [...members].flatMap(([name, place]) => {
      const renamed = renamePlace(place, `${prefix}${name}`, columns);
      return renamed === undefined ? [] : [[name, renamed] as const];
    }),
  );
}

/** Undefined for names that no row gives an answer to, such as keys of groups whose entities were kept. */
function renamePlace(place: Place, path: string, columns: Columns): Place | undefined {
  const united = columns.get(path);
  switch (place.kind) {
    case 'column': {
      if (united === undefined) return undefined;
      const { rows: _, ...others } = place;
      const type = typeof united.type === 'object' ? { ...place.type, type: united.type } : place.type;
      return { ...others, column: united.column, type };
    }
    case 'part': {
      const [of, part] = [renamePlace(place.of, path, columns), partAt(path, columns)];
      return of && part && { ...place, of, ...part };
    }
    case 'record': {
      const { presence: _, ...others } = place;
      const presence = columns.get(`${path}${PRESENCE}`)?.column;
      return {
        ...others,
        of: place.of === undefined ? undefined : renamePlace(place.of, path, columns),
        members: renameMembers(place.members, `${path}/`, columns),
        ...(presence === undefined ? {} : { presence: presencePlace(presence) }),
      };
    }
    default:
      return place;
  }
}
