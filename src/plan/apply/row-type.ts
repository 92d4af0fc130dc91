import type { EntityType, NavigationProperty, StructuredType } from '../../edm/index.js';
import type { AggregateItem, Transformation } from '../../url/index.js';

import type { BindContext, BoundExpression, Resource } from '../bind/index.js';
import { madeRowsIn } from '../bind/item.js';
import { edm } from '../bind/primitives.js';
import type { MadeRows, Place } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import { bindContextOf, type PlanContext, type Start } from '../plan-read.js';
import { boundSet, relationAfter } from '../relation.js';
import type { JoinedSet } from '../target.js';
import type { Reshaped } from './with-results.js';
import type { CrossRows, Field, Form, Result, Step } from './apply-plan.js';

/** What the rows are at one point between two transformations. */
export interface RowType {
  /** The type of the collection, whatever became of its entities. */
  readonly type: StructuredType;
  /** The container element that the entities stand in; relations start from it. */
  readonly container: Start['container'];
  /** What names start from. */
  readonly place: Place;
  readonly forms: readonly Form[];
  readonly formColumn: string | undefined;
}

/** Steps, and what the rows are behind them. */
export interface Planned {
  readonly steps: readonly Step[];
  readonly rows: RowType;
}

/** What planning of all transformations shares. */
export interface Planner {
  readonly context: PlanContext;
  /** The `$expand`s that lie around, and all that the query expands. */
  readonly around: Required<Pick<Start, 'depth' | 'expanded'>>;
  /** What `$it` means, where expressions stand within another one. */
  readonly resource?: Resource;
  /** What an aggregate expression makes of the input of the transformation that is planned. [OData-Aggregation 3.6] */
  readonly these?: (item: AggregateItem) => BoundExpression;
  /** What the rows within rows are that a result reads, so that options can be asked of them afterwards. */
  readonly rowsWithin: Map<Result, RowType>;
  /** What the transformation expand made of the rows within rows. */
  readonly reshaped: Map<Result, Reshaped>;
  newColumn(): string;
  /** Plans a sequence of transformations; here, so that the kinds of transformations need not know each other. */
  plan(tree: readonly Transformation[], rows: RowType): Planned;
}

/** Entities as they are stored. */
export function entityRows(type: EntityType, container: Start['container']): RowType {
  const place: Place = { kind: 'variable', variable: 0, type: { type, isCollection: false } };
  const form: Form = { entity: { type, container, shape: { contextList: '' }, embed: [] }, fields: [] };
  return { type, container, place, forms: [form], formColumn: undefined };
}

/** Rows that hold an entity of each set, in the order of the sets' names. [OData-URL 4.15] */
export function crossRows(sets: readonly JoinedSet[], planner: Planner): { readonly from: CrossRows; rows: RowType } {
  const type = planner.context.model.structuredTypeOrThrow('Edm.ComplexType');
  const joined = sets.map(({ set, members: { source } }) => ({ set, source, column: planner.newColumn() }));
  const fields = joined.map(({ set, column }): Field => {
    const form = { entity: { type: set.type, container: set, shape: { contextList: '' }, embed: [] }, fields: [] };
    return { kind: 'entity', name: set.name, isDynamic: false, as: 'link', contextList: '', column, form };
  });
  const members = joined.map(({ set, column }): [string, Place] => [
    set.name,
    { kind: 'column', column, via: [], container: set, type: { type: set.type, isCollection: false } },
  ]);
  return {
    from: { sets: joined.map(({ source, column }) => ({ source, column })) },
    rows: {
      type,
      container: undefined,
      place: { kind: 'record', of: undefined, members: new Map(members), type: { type, isCollection: false } },
      forms: [{ entity: undefined, fields }],
      formColumn: undefined,
    },
  };
}

/** The rows as relations from a place see them: from the container element that the place starts from. */
export function rowsAt(place: Place, rows: RowType): RowType {
  const container = originOf(place);
  return container === undefined ? rows : { ...rows, container };
}

export function originOf(place: Place): Start['container'] {
  if (place.kind === 'column') return place.container;
  if (place.kind === 'within') return originOf(place.place);
  const owner = ownerOf(place);
  return owner && originOf(owner);
}

/** The navigation properties that lead to a place, from the rows or from another container element. */
export function navigationsTo(place: Place): readonly NavigationProperty[] {
  switch (place.kind) {
    case 'related':
      return [...navigationsTo(place.of), place.relation.property];
    case 'member':
    case 'dynamic':
    case 'cast':
    case 'part':
      return navigationsTo(place.of);
    case 'record':
      return place.of === undefined ? [] : navigationsTo(place.of);
    case 'within':
      return navigationsTo(place.place);
    case 'column':
      return place.via;
    default:
      return [];
  }
}

/** The entities that navigation properties lead to. */
export function relatedRows(
  type: EntityType,
  { container }: RowType,
  through: readonly NavigationProperty[],
  { context }: Planner,
): RowType {
  return entityRows(type, containerAfter(container, through, context));
}

/** The set that navigation properties lead to from another one. */
export function containerAfter(
  from: Start['container'],
  through: readonly NavigationProperty[],
  { model }: PlanContext,
): Start['container'] {
  return through.reduce<Start['container']>((container, property) => boundSet(model, container, property), from);
}

/** Rows of columns alone. */
export function madeRows(rows: RowType, fields: readonly Field[], members: ReadonlyMap<string, Place>): RowType {
  return {
    ...rows,
    place: { kind: 'record', of: undefined, members, type: { type: rows.type, isCollection: false } },
    forms: [{ entity: undefined, fields }],
    formColumn: undefined,
  };
}

/** The same rows with further properties. */
export function withMembers(
  rows: RowType,
  fields: readonly Field[],
  members: Iterable<readonly [string, Place]>,
): RowType {
  return {
    ...rows,
    place: {
      kind: 'record',
      of: baseOf(rows.place),
      members: new Map([...membersOf(rows.place), ...members]),
      type: { type: rows.type, isCollection: false },
    },
    forms: rows.forms.map((form) => ({ ...form, fields: [...form.fields, ...fields] })),
  };
}

/** The entity that a row still is. */
export function baseOf(place: Place): Place | undefined {
  return place.kind === 'record' ? place.of : place;
}

export function membersOf(place: Place): ReadonlyMap<string, Place> {
  return place.kind === 'record' ? place.members : NONE;
}

const NONE: ReadonlyMap<string, Place> = new Map();

export function hasEntities(rows: RowType): boolean {
  return rows.forms.some((form) => form.entity !== undefined);
}

/** What names mean in the expressions of a transformation; `from` is another place to start from, behind `further`. */
export function contextOf(
  rows: RowType,
  { context, resource, these }: Planner,
  from: Place = rows.place,
  further: readonly NavigationProperty[] = [],
): BindContext {
  const { container, type } = rows;
  return {
    ...bindContextOf({ type, container, depth: 0 }, context),
    ...(resource && { resource }),
    ...(these && { these }),
    row: from,
    keyAsSegment: false,
    relationOf: (property, before, within, from) =>
      from === undefined
        ? relationAfter(container, [...further, ...before], property, context, within)
        : relationAfter(from.container, before, property, context, within),
  };
}

/** What the context URL of rows within rows names: their set, or the type of complex values. */
export function contextNameOf({ container, type }: RowType): string | undefined {
  return type.kind === 'complex' ? (type.isBuiltIn ? undefined : `Collection(${type.qualifiedName})`) : container?.name;
}

/** A column in which rows stand; `isOfAll` says whether these may be all that there are. */
export function rowsPlace(
  column: string,
  { type, container, place, forms, formColumn }: RowType,
  isOfAll: boolean,
): Place {
  const rows: MadeRows = { place, forms, formColumn, isOfAll };
  const from = container === undefined ? {} : { container };
  return { kind: 'column', column, via: [], ...from, rows, type: { type, isCollection: true } };
}

/** The rows that transformations made, where a place leads to them. */
export function madeRowsAt(place: Place): RowType | undefined {
  const rows = madeRowsIn(place);
  return rows && { ...rows, type: place.type.type as StructuredType, container: originOf(place) };
}

/** A column that says whether there is something. */
export function presencePlace(column: string): Place {
  return columnPlace(column, edm('Boolean'));
}

/** A scalar column as a place. */
export function columnPlace(column: string, type: Place['type']['type']): Place {
  return { kind: 'column', column, via: [], type: { type, isCollection: false } };
}
