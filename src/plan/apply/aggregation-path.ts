import type { EntityType, NavigationProperty } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { bindOperand } from '../bind/index.js';
import { typeName, type Operand } from '../bind/operand.js';
import type { Place } from '../expression.js';
import type { FlattenStep } from './apply-plan.js';
import { contextOf, relatedRows, rowsAt, type Planner, type RowType } from './row-type.js';

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
  let all: Walk = { rows, place: rows.place, before: [], hops: [], operand: undefined };
  let last: { readonly walk: Walk; readonly end: number } | undefined;
  for (let index = 0; index < path.length;) {
    const end = path[index + 1]?.includes('.') === true ? index + 2 : index + 1;
    all = step(path.slice(index, end), at, all, planner);
    index = end;
    if (all.hops.at(-1)?.collection.type.type.kind === 'entity' && all.operand === undefined) last = { walk: all, end };
  }
  if (last === undefined) return { navigation: undefined, rows, items: all.hops, operand: all.operand };
  const { walk, end } = last;
  const type = walk.place.type.type as EntityType;
  const related = relatedRows(type, walk.rows, walk.before, planner);
  const navigation: FlattenStep = { kind: 'flatten', path: walk.hops, isEntity: true, columns: [] };
  const rest = end === path.length ? undefined : aggregationPath(path.slice(end), at, related, planner);
  return { navigation, rows: related, items: rest?.items ?? [], operand: rest?.operand };
}

interface Walk {
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
  const item: Place = { kind: 'variable', variable, type: { ...operand.place.type, isCollection: false } };
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
    case 'column':
      return place.type.type.kind === 'entity' ? place.via : undefined;
    default:
      return undefined;
  }
}
