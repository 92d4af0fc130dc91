import type { EntitySet } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { ExpandItem, QueryOptions } from '../url/index.js';

import { bindFilter, bindOrder, type BindContext, type Resource } from './bind/index.js';
import { refuseCollectionOptions } from './expand-item.js';
import type { Expression, Place } from './expression.js';
import { bindContextOf, planFrom, type PlanContext } from './plan-read.js';
import type { Page, ReadPlan } from './read-plan.js';
import type { OrderTerm } from './terms.js';
import type { JoinedSet } from './target.js';

/**
 * The rows of several sets, each with each, or those for which a condition holds. They come in the order of `order` and
 * then of the sequences, from the first set to the last; `page.after` has the sequences of all sets but the last behind
 * the order values.
 */
export interface CrossjoinPlan {
  readonly parts: readonly CrossjoinPart[];
  readonly where?: Expression;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
}

/** One of the sets. */
export interface CrossjoinPart {
  readonly set: EntitySet;
  /** The range variable that stands for its row. */
  readonly variable: number;
  /** How its rows are read and written. */
  readonly plan: ReadPlan;
  /** Whether they are shown, or named alone. */
  readonly as: 'entities' | 'references' | 'link';
}

/** `$crossjoin(Products,Sales)?$filter=Products/ID eq Sales/ProductID` [OData-URL 4.15] */
export function planCrossjoin(
  sets: readonly JoinedSet[],
  { filter, orderby, expand }: QueryOptions,
  page: Page,
  context: PlanContext,
): CrossjoinPlan {
  const items = expandedSets(expand?.value ?? [], sets);
  const resource = resourceOf(sets, context);
  const parts = sets.map((joined, index) => partOf(joined, index, items.get(joined.set.name), resource, context));
  const binding = bindingOf(resource, context);
  return {
    parts,
    ...(filter === undefined ? {} : { where: bindFilter(filter.value, binding) }),
    order: orderby === undefined ? [] : bindOrder(orderby.value, binding),
    page,
  };
}

/** Each set is a navigation property to one entity, named like the set; `*` means all of them. */
function expandedSets(items: readonly ExpandItem[], sets: readonly JoinedSet[]): ReadonlyMap<string, ExpandItem> {
  const names = sets.map(({ set }) => set.name);
  const expanded = new Map<string, ExpandItem>();
  for (const item of items) {
    const [name = '', ...others] = item.path;
    if (name === '*') continue;
    const position = { target: '$expand', position: item.at };
    if (!names.includes(name) || others.length > 0)
      throw badRequest(
        `'${item.path.join('/')}' in $expand is none of the joined sets: ${names.join(', ')}.`,
        position,
      );
    if (expanded.has(name)) throw badRequest(`'${name}' is expanded twice.`, position);
    expanded.set(name, item);
  }
  const rest = items.find(({ path }) => path[0] === '*');
  if (rest !== undefined) for (const name of names) if (!expanded.has(name)) expanded.set(name, rest);
  return expanded;
}

function partOf(
  { set, members }: JoinedSet,
  index: number,
  item: ExpandItem | undefined,
  resource: Resource,
  context: PlanContext,
): CrossjoinPart {
  const variable = variableOf(index);
  const start = { type: set.type, source: members.source, typeNames: undefined, container: set, depth: 1, resource };
  const page = { limit: undefined, skip: 0 };
  if (item === undefined)
    return { set, variable, as: 'link', plan: planFrom(start, { aliases: new Map(), custom: [] }, page, context) };
  refuseCollectionOptions(item);
  const as = item.as === 'references' ? 'references' : 'entities';
  // A set does not have itself as a property again, where any levels end.
  const { levels: _, ...options } = item.options;
  return { set, variable, as, plan: planFrom(start, options, page, context) };
}

/** Names begin with that of a set, which stands for its row. */
function bindingOf(resource: Resource, context: PlanContext): BindContext {
  const { place, origins } = resource;
  const type = context.model.structuredTypeOrThrow('Edm.ComplexType');
  const binding = bindContextOf({ type, container: undefined, depth: 0 }, context);
  return { ...binding, row: place, ...(origins === undefined ? {} : { origins }) };
}

/** Sets of one type may be bound in different ways: relations start from the set whose row it is. */
function resourceOf(sets: readonly JoinedSet[], { model }: PlanContext): Resource {
  const type = model.structuredTypeOrThrow('Edm.ComplexType');
  const members = sets.map(({ set }, index): [string, Place] => {
    const placed = { type: set.type, isCollection: false };
    return [set.name, { kind: 'variable', variable: variableOf(index), type: placed }];
  });
  return {
    container: undefined,
    place: { kind: 'record', of: undefined, members: new Map(members), type: { type, isCollection: false } },
    origins: new Map(sets.map(({ set }, index) => [variableOf(index), { container: set }])),
  };
}

/** The numbers of the sets are below those that conditions count on from. */
function variableOf(index: number): number {
  return -1 - index;
}
