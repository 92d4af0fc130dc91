import type { EntityType, NavigationProperty } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { bindOperand } from '../bind/index.js';
import { itemOf } from '../bind/item.js';
import { typeName, type Operand } from '../bind/operand.js';
import type { Place } from '../expression.js';
import type { FlattenStep } from './apply-plan.js';
import { contextOf, madeRowsAt, relatedRows, rowsAt, type Planner, type RowType } from './row-type.js';

type Hop = FlattenStep['path'][number];

/** Where a path ends that may go through collections. [OData-Aggregation 3.1.3] */
export interface AggregationPath {
  /** Steps to the related entities that the rest starts from, each of them once; none without navigation. */
  readonly navigation: FlattenStep | undefined;
  readonly rows: RowType;
  /** Collections of values on the way from there. */
  readonly items: readonly Hop[];
  /** What the path leads to; undefined where it is the rows themselves. */
  readonly operand: Operand | undefined;
}

/** Range variables of paths, apart from those that a binder numbers from 1 on. */
const FIRST_VARIABLE = 1000;

/** `Sales/Product/Name`: every navigation property makes the related entities the rows. */
export function aggregationPath(path: readonly string[], at: number, rows: RowType, planner: Planner): AggregationPath {
  let all = startAt(rows);
  let last: { readonly walk: Walk; readonly end: number } | undefined;
  let passed = 0;
  for (const names of segmentsOf(path)) {
    all = step(names, at, all, planner);
    passed += names.length;
    const isAtEntities = all.hops.at(-1)?.collection.type.type.kind === 'entity' && all.operand === undefined;
    if (isAtEntities) last = { walk: all, end: passed };
  }
  if (last === undefined) return { navigation: undefined, rows, items: all.hops, operand: all.operand };
  const { walk, end } = last;
  const type = walk.place.type.type as EntityType;
  const related = madeRowsAt(walk.hops.at(-1)!.collection) ?? relatedRows(type, walk.rows, walk.before, planner);
  const navigation: FlattenStep = { kind: 'flatten', path: walk.hops, isEntity: true, columns: [] };
  const rest = end === path.length ? undefined : aggregationPath(path.slice(end), at, related, planner);
  return { navigation, rows: related, items: rest?.items ?? [], operand: rest?.operand };
}

/** A path from a row through collections, not each of whose rows counts once. */
export function walkAlong(path: readonly string[], at: number, rows: RowType, planner: Planner): Walk {
  let walk = startAt(rows);
  for (const names of segmentsOf(path)) walk = step(names, at, walk, planner);
  return walk;
}

function startAt(rows: RowType): Walk {
  return { rows, place: rows.place, before: [], hops: [], operand: undefined };
}

/** The properties of a path, each with the type that it is cast to. */
export function segmentsOf(path: readonly string[]): readonly (readonly string[])[] {
  const segments: string[][] = [];
  for (const name of path) {
    const last = segments.at(-1);
    const isCast = name.includes('.') && last !== undefined && last.length === 1;
    if (isCast) last.push(name);
    else segments.push([name]);
  }
  return segments;
}

export interface Walk {
  /** What relations start from. */
  readonly rows: RowType;
  readonly place: Place;
  readonly before: readonly NavigationProperty[];
  readonly hops: readonly Hop[];
  /** Set where the place is not one to go on from. */
  readonly operand: Operand | undefined;
}

function step(names: readonly string[], at: number, walk: Walk, planner: Planner): Walk {
  if (walk.operand !== undefined && walk.operand.kind !== 'structured')
    throw badRequest(`A value of type '${typeName(walk.operand)}' has no property '${names[0]!}'.`, { position: at });
  const steps = names.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(walk.rows, planner, walk.place, walk.before));
  if (operand.kind !== 'collection' && operand.kind !== 'structured') return { ...walk, operand };
  const followed = navigationOf(operand.place);
  if (operand.kind === 'structured' && followed === undefined) return { ...walk, place: operand.place, operand };
  const variable = FIRST_VARIABLE + walk.hops.length;
  const item = itemOf(operand.place, variable);
  const isScalar = item.type.type.kind !== 'entity' && item.type.type.kind !== 'complex';
  return {
    rows: rowsAt(operand.place, walk.rows),
    place: item,
    before: [...walk.before, ...(followed ?? [])],
    hops: [...walk.hops, { collection: operand.place, variable }],
    operand: isScalar
      ? {
          kind: 'scalar',
          expression: { kind: 'value', place: item, type: item.type.type as never },
          type: item.type.type as never,
          at,
        }
      : undefined,
  };
}

/** The navigation properties that a place goes through at its end; undefined where it stays within the row. */
function navigationOf(place: Place): readonly NavigationProperty[] | undefined {
  switch (place.kind) {
    case 'related':
      return [...(navigationOf(place.of) ?? []), place.relation.property];
    case 'cast':
      return navigationOf(place.of);
    case 'within':
      return navigationOf(place.place);
    case 'column':
      return place.type.type.kind === 'entity' ? place.via : undefined;
    default:
      return undefined;
  }
}
