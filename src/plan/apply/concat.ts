import type { ScalarType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import { promote } from '../bind/promotion.js';
import { edm, isSame } from '../bind/primitives.js';
import type { Expression, Place } from '../expression.js';
import type { ColumnType, ConcatBranch, ConcatColumn, Field, Form } from './apply-plan.js';
import { fault } from './fault.js';
import { mergeMembers } from './merge.js';
import { baseOf, contextOf, hasEntities, membersOf, type Planned, type Planner, type RowType } from './row-type.js';

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
  const numbers = renamed.map((forms) => forms.map((form) => numberOf(form, distinct)));
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
        ...kept.map(({ column }) => (ownColumns(each.rows).some((own) => own.column === column) ? column : undefined)),
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

/** Columns that what is expanded in rows already may ask for as those of `$it`, under the names that they have there. */
function keptColumns(branches: readonly RowType[]): readonly NamedColumn[] {
  const expanding = branches.filter(({ forms }) => forms.some(({ entity }) => (entity?.embed.length ?? 0) > 0));
  return [...new Map(expanding.flatMap(ownColumns).map((each) => [each.column, each])).values()];
}

function ownColumns({ forms }: RowType): readonly NamedColumn[] {
  return forms.flatMap(({ fields }) => columnsOf(fields, ''));
}

interface United {
  readonly column: string;
  readonly type: ColumnType;
  /** What stands for it in each branch; undefined where the branch does not have it. */
  readonly sources: (string | Expression | undefined)[];
}

/** The columns of all branches by the paths of their properties. */
type Columns = ReadonlyMap<string, United>;

function unite(branches: readonly RowType[], at: number, planner: Planner): Columns {
  const united = new Map<string, United>();
  for (const [index, each] of branches.entries()) {
    for (const { path, column, type } of ownColumns(each)) {
      const known = united.get(path);
      if (known === undefined) {
        const sources: United['sources'] = branches.map(() => undefined);
        sources[index] = column;
        united.set(path, { column: planner.newColumn(), type, sources });
      } else {
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
}

function columnsOf(fields: readonly Field[], prefix: string): NamedColumn[] {
  return fields.flatMap((field): NamedColumn[] => {
    const path = `${prefix}${field.name}`;
    switch (field.kind) {
      case 'value':
        return [{ path, column: field.column, type: field.type }];
      case 'record': {
        const presence =
          field.presence === undefined ? [] : [{ path: `${path}/?`, column: field.presence, type: edm('Boolean') }];
        return [...presence, ...columnsOf(field.fields, `${path}/`)];
      }
      case 'entity':
        return [{ path, column: field.column, type: 'entity' }, ...columnsOf(field.form.fields, `${path}/`)];
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
  throw badRequest(`'${path}' has different types in the branches of concat.`, fault(at));
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

/** A property that the entities of a branch have, so that steps behind find it under one name in all rows. */
function declared(path: string, type: ColumnType, rows: RowType, planner: Planner): Expression | undefined {
  if (typeof type !== 'object' || baseOf(rows.place) === undefined || path.endsWith('/?')) return undefined;
  const names = path.split('/');
  if (rows.type.member(names[0]!) === undefined) return undefined;
  const steps = names.map((name) => ({ kind: 'name', name, at: 0 }) as const);
  const operand = bindOperand({ kind: 'path', steps, at: 0 }, contextOf(rows, planner));
  return operand.kind === 'scalar' && isSame(operand.type, type as ScalarType) ? operand.expression : undefined;
}

function numberOf(form: Form, distinct: Map<string, Form>): number {
  const key = JSON.stringify([
    form.entity?.type.qualifiedName,
    form.entity?.embed.map(({ path }) => path),
    form.fields.map(outline),
  ]);
  if (!distinct.has(key)) distinct.set(key, form);
  return [...distinct.keys()].indexOf(key);
}

function outline(field: Field): unknown {
  switch (field.kind) {
    case 'value':
      return [field.name, field.column];
    case 'record':
      return [field.name, field.presence, field.fields.map(outline)];
    case 'entity':
      return [field.name, field.column, field.form.fields.map(outline)];
    case 'rows':
      return [field.name, field.column];
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
          presence: columns.get(`${path}/?`)?.column,
          fields: renameFields(field.fields, `${path}/`, columns),
        };
      case 'entity':
        return {
          ...field,
          column: column!,
          form: { ...field.form, fields: renameFields(field.form.fields, `${path}/`, columns) },
        };
      case 'rows':
        return { ...field, column: column! };
    }
  });
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
      const type = typeof united.type === 'object' ? { ...place.type, type: united.type } : place.type;
      return { ...place, column: united.column, type };
    }
    case 'record': {
      const { presence: _, ...others } = place;
      const presence = columns.get(`${path}/?`)?.column;
      return {
        ...others,
        of: place.of === undefined ? undefined : renamePlace(place.of, path, columns),
        members: renameMembers(place.members, `${path}/`, columns),
        ...(presence === undefined ? {} : { presence }),
      };
    }
    default:
      return place;
  }
}
