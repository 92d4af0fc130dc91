import { writeJson, type JsonObject, type StructuredType } from '../edm/index.js';
import { notImplemented } from '../error/index.js';
import type { QueryOptions, SelectItem } from '../url/index.js';

import { bindSelect, chooseItems, type BindContext, type Origin } from './bind/index.js';
import type { GivenRow } from './expression.js';
import type { PathContext } from './path-context.js';
import { bindContextOf, refuseLargeChoices, type PlanContext } from './plan-read.js';
import type { ReadPlan } from './read-plan.js';
import type { Relation } from './relation-kind.js';
import type { Choice } from './refinement.js';
import type { Shape } from './shape.js';
import { wholeRows } from './whole-rows.js';

/** Which items of a collection of values to take, and in which order; range variable 0 stands for the item. */
export interface ItemsPlan extends Omit<Choice, 'count'> {
  /** What has the collection: an entity, or what a function gave as a row that is not stored. */
  readonly row: GivenRow;
  /** The names, and ordinals of items, that lead to the collection in its document. */
  readonly path: readonly string[];
}

/** A collection of values and where it stands. */
export interface ItemsPlace extends Pick<ItemsPlan, 'row' | 'path'> {
  /** Type of the items. */
  readonly type: BindContext['type'];
  /** The type of those that are meant, where a cast leaves no others. [OData-URL 4.11] */
  readonly cast?: StructuredType | undefined;
  /** Where what the items lead to starts from; absent where they belong to no entity. */
  readonly origin?: Origin;
}

/** The plan of a collection of primitive or complex values with its query options. [OData-Protocol 11.2.6] */
export function planItems(
  { row, path, type, cast, origin }: ItemsPlace,
  options: QueryOptions,
  page: ItemsPlan['page'],
  context: PathContext,
): ItemsPlan {
  return { row, path, ...chooseItems(options, bindingOf(cast ?? type, origin, context), type, cast), page };
}

/**
 * What is written of complex values, which stand at an origin or belong to no entity. Their refinements are those of a value
 * that starts with itself. [OData-URL 5.1.4]
 */
export function planShape(
  type: StructuredType,
  select: readonly SelectItem[],
  context: PlanContext,
  origin?: Origin,
): Shape {
  const shape = bindSelect(select, bindingOf(type, origin, context));
  refuseLargeChoices(shape, context.limits);
  return shape;
}

/** Reads complex values of no entity, as rows that are not stored, with what their shape asks of them. */
export function planValues(type: StructuredType, values: readonly JsonObject[], shape: Shape): ReadPlan {
  const rows = values.map((value, index) => rowOf(value, typeNameOf(value, type), index));
  return { ...wholeRows(type, { kind: 'given', rows }), shape };
}

/** A value of no entity as a row, to which nothing stored is related but by values of its properties. */
export function rowOf(document: JsonObject, type: string, index = 0): GivenRow {
  return {
    sequence: -1 - index,
    collection: '',
    key: '',
    type,
    version: 1,
    document: writeJson(document),
    sent: undefined,
  };
}

function typeNameOf({ '@odata.type': name }: JsonObject, declared: StructuredType): string {
  return typeof name === 'string' ? name.replace(/^#/, '') : declared.qualifiedName;
}

function bindingOf(type: BindContext['type'], origin: Origin | undefined, context: PathContext): BindContext {
  const binding = bindContextOf({ type, container: origin?.container, depth: 0 }, context);
  return {
    ...binding,
    relationOf(property, before, within, from = origin) {
      const relation = binding.relationOf(property, before, within, from);
      if (from === undefined && before.length === 0) refuseUnknown(relation);
      return relation;
    },
  };
}

/** Of a value that belongs to no entity nobody knows which links it has. */
function refuseUnknown({ kind, property: { name } }: Relation): void {
  if (kind !== 'constrained')
    throw notImplemented(`'${name}' leads on by links from a value that belongs to no entity, which has none.`);
}
