import type { EntityType, StructuredType } from '../edm/index.js';
import type { ExpandItem, QueryOptions, SelectItem } from '../url/index.js';

import type { Resource } from './bind/index.js';
import type { Place } from './expression.js';
import { expandedPaths, planFrom, type PlanContext } from './plan-read.js';
import type { Embed, ReadPlan } from './read-plan.js';
import type { Refinement } from './refinement.js';
import { containerOf } from './relation.js';
import { valueAt } from './resolve-property.js';
import { withPaths, type Selection } from './shape.js';
import type { PropertyStep, PropertyTarget } from './target.js';

/** An entity with what is expanded in one of its complex properties, and with what options within `$select` ask of it. */
export interface PropertyPlan {
  readonly plan: ReadPlan;
  /** What is expanded, as the select list of the property's context URL names it: `Country(Name)`. */
  readonly contextList: string;
  /** A selection with what is expanded, which the value is written around. */
  around(select: Selection): Selection;
}

/** `$expand` and `$select` of a complex property, or of a collection of complex values, start from these. [OData-URL 5.1.3, 5.1.4] */
export function planProperty(
  { of, path }: PropertyTarget,
  { expand, select }: Pick<QueryOptions, 'expand' | 'select'>,
  context: PlanContext,
): PropertyPlan {
  const names = path.flatMap(({ property, cast }) => [
    property.name,
    ...(cast === undefined ? [] : [cast.qualifiedName]),
  ]);
  const within = <T extends ExpandItem | SelectItem>(item: T): T => ({ ...item, path: [...names, ...item.path] });
  const container = containerOf(of, context.model);
  const options = {
    ...(expand && { expand: { ...expand, value: expand.value.map(within) } }),
    ...(select && { select: { ...select, value: select.value.map(within) } }),
    aliases: context.aliases,
    custom: [],
  };
  const start = {
    type: of.type,
    source: of.source,
    typeNames: of.typeNames,
    container,
    resource: resourceOf(container, of.type, path),
    depth: 0,
    expanded: { count: 0 },
  };
  const { embed, shape, ...others } = planFrom(start, options, { limit: 1, skip: 0 }, context);
  const items = itemSteps(path);
  const withItems = <T extends Embed | Refinement>(each: T): T => (items === 0 ? each : { ...each, items });
  const refined = shape.refined?.map(withItems);
  const plan = { ...others, embed: embed.map(withItems), shape: { ...shape, ...(refined && { refined }) } };
  const before = `${names.join('/')}/`.length;
  const lists = plan.embed
    .filter(({ as }) => as === 'entities' || as === 'aggregated')
    .map((each) => `${each.path.slice(before)}(${each.plan.shape.contextList})`);
  const shown = expandedPaths(plan.embed, plan.shape.streams).map((names) => names.slice(path.length));
  return { plan, contextList: lists.join(','), around: (select) => withPaths(select, shown) };
}

/** How many steps lead to the items of the last collection on a path; 0 where there is none. */
function itemSteps(path: readonly PropertyStep[]): number {
  return path.findLastIndex(({ property }) => property.isCollection) + 1;
}

/** `$it` within the options: the value that the path names, of a collection each item. [OData-URL 5.1.1.14.4] */
function resourceOf(container: Resource['container'], type: EntityType, path: readonly PropertyStep[]): Resource {
  const items = itemSteps(path);
  const around = path.slice(0, items);
  const start: Place = {
    kind: 'variable',
    variable: 0,
    type: { type: typeOf(around.at(-1)) ?? type, isCollection: false },
  };
  const place = path.slice(items).reduce<Place>((of, step) => {
    const { property } = step;
    return { kind: 'member', of, property, type: { type: typeOf(step) ?? type, isCollection: false } };
  }, start);
  return { container, place, within: around.map(({ property }) => property.name) };
}

function typeOf(step: PropertyStep | undefined): StructuredType | undefined {
  return step && valueAt(step).type;
}
