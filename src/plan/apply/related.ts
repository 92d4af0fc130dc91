import type { EntityType, NavigationProperty, Property, StructuredType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';

import { bindOperand } from '../bind/index.js';
import type { Place } from '../expression.js';
import type { PartColumns } from './apply-plan.js';
import { fault } from './fault.js';
import {
  baseOf,
  containerAfter,
  contextOf,
  entityRows,
  madeRowsAt,
  navigationsTo,
  originOf,
  rowsAt,
  type Planner,
  type RowType,
} from './row-type.js';

/** Entities or complex values beside a row. */
export interface Related {
  readonly place: Place;
  /** These as rows of their own. */
  readonly rows: RowType;
  /** Set for complex values: the columns by which their rows tell them. */
  readonly part?: PartColumns;
  /** Whether transformations made them, whose columns they have. */
  readonly isMade?: true;
  /** What one of them is, where a column of the row has the sequence of the entity. */
  placeIn(column: string): Place;
}

/** What a path leads to from each row. */
export function relatedBy(path: readonly string[], at: number, rows: RowType, planner: Planner): Related {
  const steps = path.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner));
  if (operand.kind !== 'collection' && operand.kind !== 'structured')
    throw badRequest(`'${path.join('/')}' leads to no collection or entity.`, fault(at));
  const { place, type } = operand;
  const made = madeRowsAt(place);
  if (made !== undefined) return madeBy(place, made);
  if (type.kind !== 'entity' && type.kind !== 'complex')
    throw badRequest(
      `'${path.join('/')}' leads to simple values; only entities and complex values can stand beside a row.`,
      fault(at),
    );
  if (type.kind === 'entity' && place.kind !== 'record') return entitiesAt(place, type, rows, planner);
  const way = wayWithin(place);
  if (way === undefined)
    throw notImplemented(
      `Joining with what transformations or clients made, as '${path.join('/')}' is, is not supported.`,
      fault(at),
    );
  return partsAt(place, way, rows, planner);
}

/** The entities or complex values at a place that another expression leads to. */
export function rowsOf(
  place: Place,
  container: RowType['container'],
  at: number,
  planner: Planner,
): Pick<Related, 'rows' | 'part'> {
  const { type } = place.type;
  const made = madeRowsAt(place);
  if (made !== undefined) return { rows: made };
  if (type.kind === 'entity') return { rows: entityRows(type, container) };
  const way = wayWithin(place);
  if (way === undefined)
    throw notImplemented('Aggregating complex values that no entity holds is not supported.', fault(at));
  const { rows, part } = partsAt(place, way, entityRows(way.entity.type.type as EntityType, container), planner);
  return { rows: { ...rows, container }, ...(part && { part }) };
}

/** Rows that transformations made before. */
function madeBy(place: Place, rows: RowType): Related {
  return { place, rows, isMade: true, placeIn: placeOfMade(rows) };
}

/** What one of such rows is, where a column has the sequence of its entity. */
export function placeOfMade({ type, container, place }: RowType): Related['placeIn'] {
  const from = container === undefined ? {} : { container };
  const base = baseOf(place);
  const owner = base?.kind === 'part' ? base.of.type : { type, isCollection: false };
  return (column) => {
    const entity: Place = { kind: 'column', column, via: [], ...from, type: owner };
    return base?.kind === 'part' ? { ...base, of: entity } : entity;
  };
}

function entitiesAt(place: Place, type: EntityType, rows: RowType, planner: Planner): Related {
  const { container, columnOf } = entitiesOf(place, rows, planner);
  return { place, rows: entityRows(type, container), placeIn: (column) => columnOf(column, type) };
}

function partsAt(place: Place, { entity, within, property }: WayWithin, rows: RowType, planner: Planner): Related {
  const owner = entity.type.type as EntityType;
  const { container, columnOf } = entitiesOf(entity, rows, planner);
  const part = { pointer: planner.newColumn(), value: planner.newColumn() };
  const type = place.type.type as StructuredType;
  const placed = { type, isCollection: false };
  const partOf = (of: Place): Place => ({ kind: 'part', of, ...part, within, type: placed });
  return {
    place,
    part,
    rows: {
      type,
      container,
      place: partOf({ kind: 'variable', variable: 0, type: { type: owner, isCollection: false } }),
      forms: [
        {
          entity: {
            type: owner,
            container,
            shape: { contextList: '' },
            embed: [],
            part: { ...part, property, type, within },
          },
          fields: [],
        },
      ],
      formColumn: undefined,
    },
    placeIn: (column) => partOf(columnOf(column, owner)),
  };
}

/** The set that the entities at a place are of, and what they are where a column has their sequence. */
function entitiesOf(place: Place, rows: RowType, planner: Planner) {
  const origin = originOf(place);
  const via: readonly NavigationProperty[] = navigationsTo(place);
  return {
    container: containerAfter(rowsAt(place, rows).container, via, planner.context),
    columnOf: (column: string, type: EntityType): Place => ({
      kind: 'column',
      column,
      via,
      ...(origin === undefined ? {} : { container: origin }),
      type: { type, isCollection: false },
    }),
  };
}

interface WayWithin {
  readonly entity: Place;
  /** Names of the complex properties that lead from there, and the last of them. */
  readonly within: readonly string[];
  readonly property: Property;
}

/** The way to a complex value, or a collection of them, from the entity in whose document it is; undefined for others. */
function wayWithin(place: Place): WayWithin | undefined {
  switch (place.kind) {
    case 'cast':
    case 'filtered':
      return wayWithin(place.of);
    case 'resource':
      return wayWithin(place.place);
    case 'member': {
      const { property, of } = place;
      const { entity, within } = startOf(of) ?? {};
      return entity === undefined ? undefined : { entity, within: [...within!, property.name], property };
    }
    default:
      return undefined;
  }
}

function startOf(place: Place): Pick<WayWithin, 'entity' | 'within'> | undefined {
  switch (place.kind) {
    case 'cast':
      return place.type.type.kind === 'entity' ? { entity: place, within: [] } : startOf(place.of);
    case 'part':
      return { entity: place.of, within: place.within };
    case 'variable':
    case 'related':
    case 'column':
      return place.type.type.kind === 'entity' ? { entity: place, within: [] } : undefined;
    default:
      return wayWithin(place);
  }
}
