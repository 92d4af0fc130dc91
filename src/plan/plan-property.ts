import type { ExpandItem, QueryOptions } from '../url/index.js';

import { planFrom, type PlanContext } from './plan-read.js';
import type { ReadPlan } from './read-plan.js';
import { containerOf } from './relation.js';
import type { PropertyTarget } from './target.js';

/** An entity with what is expanded in one of its complex properties. */
export interface PropertyPlan {
  readonly plan: ReadPlan;
  /** What is expanded, as the select list of the property's context URL names it: `Country(Name)`. */
  readonly contextList: string;
}

/** `$expand` of a complex property, or of a collection of complex values, starts from these. [OData-URL 5.1.3] */
export function planProperty(
  { of, path }: PropertyTarget,
  expand: NonNullable<QueryOptions['expand']>,
  context: PlanContext,
): PropertyPlan {
  const names = path.flatMap(({ property, cast }) => [
    property.name,
    ...(cast === undefined ? [] : [cast.qualifiedName]),
  ]);
  const within = (item: ExpandItem): ExpandItem => ({ ...item, path: [...names, ...item.path] });
  const options = { expand: { ...expand, value: expand.value.map(within) }, aliases: context.aliases, custom: [] };
  const start = {
    type: of.type,
    source: of.source,
    typeNames: of.typeNames,
    container: containerOf(of, context.model),
    depth: 0,
    expanded: { count: 0 },
  };
  const plan = planFrom(start, options, { limit: 1, skip: 0 }, context);
  const before = `${names.join('/')}/`.length;
  const lists = plan.embed
    .filter(({ as }) => as === 'entities' || as === 'aggregated')
    .map((each) => `${each.path.slice(before)}(${each.plan.shape.contextList})`);
  return { plan, contextList: lists.join(',') };
}
