import type { EntitySet, EntityType, Singleton } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { AggregateItem, ExpandItem, QueryOptions } from '../url/index.js';

import {
  bindCompute,
  bindFilter,
  bindOrder,
  bindSelect,
  withTheseLeft,
  visibleComputed,
  defaultBindLimits,
  type BindContext,
  type BindLimits,
  type BoundExpression,
  type Resource,
} from './bind/index.js';
import type { ApplyPlan } from './apply/apply-plan.js';
import { combine } from './combine.js';
import type { Expression, Place, Source } from './expression.js';
import type { PathContext } from './path-context.js';
import type { AggregateDefinitions } from './aggregate-definitions.js';
import { automaticItems } from './auto-expand.js';
import {
  expandStar,
  refuseCollectionOptions,
  resolveExpand,
  resolveStream,
  withDeclaredNames,
  withLevels,
  withLevelsOfAll,
} from './expand-item.js';
import type { Embed, Page, ReadPlan } from './read-plan.js';
import { boundSet, containerOf, relationAfter, typeNamesOf } from './relation.js';
import { resolveRootPlace } from './resolve-root-place.js';
import { searchOf } from './search-of.js';
import { withAliases } from './with-aliases.js';
import { withPaths, type ExpandedStream, type Selection, type Shape } from './shape.js';
import type { CollectionTarget, EntityTarget } from './target.js';

export interface PlanContext extends PathContext {
  /**
   * Whether `$apply` takes more than the specification allows: `filter($count gt 1)` behind a `groupby` without further
   * transformations, and aliases of joins that hide a declared property.
   */
  readonly tolerantApply?: boolean;
  readonly limits: PlanLimits;
  /** What custom aggregates and aggregation methods mean. */
  readonly aggregates?: AggregateDefinitions;
  /** Plans `$apply` within `$expand`; here, so that reads need not know transformations, which read themselves. */
  readonly applyTo: (rows: Start, options: QueryOptions, page: Page, context: PlanContext) => ApplyPlan;
  /** Plans aggregate expressions over collections; here for the same reason. */
  readonly aggregateOver: (rows: AggregatedRows, item: AggregateItem, context: PlanContext) => BoundExpression;
}

/** What an aggregate expression within an expression is about, and what `$it` means in it. */
export interface AggregatedRows extends Pick<Start, 'container' | 'resource'> {
  readonly collection: Place;
}

export interface PlanLimits {
  /** How deep `$expand` may be nested. */
  readonly maxExpandDepth: number;
  /** How many navigation properties are expanded in all. */
  readonly maxExpands: number;
  /** The largest `$top` within `$expand`. */
  readonly maxTop: number;
  readonly bind: BindLimits;
}

/** What a read starts from: a type, its rows, and the container element whose bindings apply. */
export interface Start {
  readonly type: EntityType;
  readonly source: Source;
  readonly typeNames: readonly string[] | undefined;
  readonly container: EntitySet | Singleton | undefined;
  /** How many `$expand`s lie around it. */
  readonly depth: number;
  /** What `$it` means within `$expand`. */
  readonly resource: Resource;
  /** How many navigation properties are expanded so far, by all levels together. */
  readonly expanded?: { count: number };
  /** The navigation property that `$levels` expands here once more. */
  readonly repeated?: string;
}

/** The plan of a read of a collection or an entity with its query options; the page is the caller's. */
export function planRead(
  target: CollectionTarget | EntityTarget,
  options: QueryOptions,
  page: Page,
  context: PlanContext,
): ReadPlan {
  const { type } = target;
  const container = containerOf(target, context.model);
  const start: Start = {
    type,
    source: target.source,
    typeNames: target.typeNames,
    container,
    resource: resourceOf(type, container),
    depth: 0,
    expanded: { count: 0 },
  };
  return planFrom(start, options, page, context);
}

/** Stored entities as `$it` within `$expand`. */
function resourceOf(type: EntityType, container: Start['container']): Resource {
  return { container, place: { kind: 'variable', variable: 0, type: { type, isCollection: false } } };
}

/** One level: the same for the resource itself and for what `$expand` embeds. [OData-Protocol 11.2.5.2] */
export function planFrom(start: Start, options: QueryOptions, page: Page, context: PlanContext): ReadPlan {
  const these = placeOf(start);
  const binding = bindContextOf(start, context, these);
  const compute = options.compute === undefined ? [] : bindCompute(options.compute.value, binding);
  const within: BindContext =
    compute.length === 0 ? binding : { ...binding, computed: new Map(compute.map((each) => [each.alias, each])) };
  const where = combine('and', [
    ...(options.filter === undefined ? [] : [bindFilter(options.filter.value, within)]),
    ...(options.search === undefined ? [] : [searchOf(start.type, options.search.value, context.model, context.rules)]),
  ]);
  if (options.expand !== undefined && start.type.isBuiltIn)
    throw badRequest('$expand needs the type of the entities: $all/ns.Type?$expand=….', { target: '$expand' });
  const { embed: asked, streams } = planExpand(options.expand?.value ?? [], start, context);
  const embed = [...asked, ...automatic(options, start, context)];
  const selected: Shape =
    options.select === undefined
      ? { contextList: '' }
      : bindSelect(options.select.value, within, start.resource, start.depth === 0);
  refuseLargeChoices(selected, context.limits);
  return {
    type: start.type,
    from: start.source,
    ...(start.typeNames === undefined ? {} : { typeNames: start.typeNames }),
    ...(where === undefined ? {} : { where }),
    order: orderOf(options, within, where),
    page,
    embed,
    compute: visibleComputed(compute, options),
    shape: withEmbedded(streams.length === 0 ? selected : { ...selected, streams }, embed, start.repeated),
  };
}

/** The entities that a level starts from, and what a condition leaves of them. */
export function placeOf({
  source,
  container,
  typeNames,
  type,
}: Pick<Start, 'source' | 'container' | 'typeNames' | 'type'>): Place {
  const placed = { type, isCollection: true };
  const root: Place = { kind: 'root', source, container, type: placed };
  return typeNames === undefined ? root : { kind: 'cast', of: root, typeNames, type: placed };
}

/** `$these` in `$orderby` are what the condition leaves; few ask for them. */
function orderOf({ orderby }: QueryOptions, within: BindContext, where: Expression | undefined): ReadPlan['order'] {
  if (orderby === undefined) return [];
  const isAsked = orderby.text.includes('$these') || within.aliases.size > 0;
  return bindOrder(orderby.value, isAsked ? withTheseLeft(within, where) : within);
}

/** What the request did not ask for is not listed in the context either: it follows from the schema. [OData-Protocol 10.10] */
function automatic(options: QueryOptions, start: Start, context: PlanContext): Embed[] {
  if (start.depth >= context.limits.maxExpandDepth) return [];
  // Several derived types may have a property of one name each: the cast tells them apart.
  return automaticItems(start.type, options, context).map((item) => ({
    ...expandOne(item, start, context),
    name: item.path.join('/'),
    isAutomatic: true,
  }));
}

/** One plan per expanded navigation property, and the streams among the items. [OData-URL 5.1.3] */
function planExpand(
  written: readonly ExpandItem[],
  start: Start,
  context: PlanContext,
): { readonly embed: Embed[]; readonly streams: ExpandedStream[] } {
  const { rules, model } = context;
  const items = rules.ignoreCase ? written.map((item) => withDeclaredNames(item, start.type, model)) : written;
  const embed: Embed[] = [];
  const streams: ExpandedStream[] = [];
  for (const item of items) {
    const isStar = item.path.at(-1) === '*';
    const stream = isStar ? undefined : resolveStream(item, start.type, context.model);
    if (isStar) embed.push(...expandAll(item, items, start, context));
    else if (stream === undefined) embed.push(expandOne(item, start, context));
    else streams.push(stream);
  }
  const names = new Set<string>();
  for (const name of [...embed.map((each) => each.name), ...streams.map(({ property }) => property || '$value')]) {
    if (names.has(name)) throw badRequest(`'${name}' is expanded twice.`, { target: '$expand' });
    names.add(name);
  }
  return { embed, streams };
}

/** `*` stands for all navigation properties that are not named besides it. */
function expandAll(item: ExpandItem, items: readonly ExpandItem[], start: Start, context: PlanContext): Embed[] {
  const named = new Set(items.map(({ path }) => withoutCasts(path)));
  const all = withLevelsOfAll(item, context.limits.maxExpandDepth - start.depth);
  return expandStar(all, start.type, context)
    .filter(({ path }) => !named.has(withoutCasts(path)))
    .map((each) => expandOne(each, start, context));
}

function withoutCasts(path: readonly string[]): string {
  return path.filter((name) => !name.includes('.')).join('/');
}

function expandOne(item: ExpandItem, start: Start, context: PlanContext): Embed {
  const { model, rules, limits } = context;
  const { property, onlyFor, within, target, path } = resolveExpand(item, start.type, model);
  const depth = start.depth + 1;
  const expanded = start.expanded ?? { count: 0 };
  refuseTooMuch(item, depth, ++expanded.count, limits);
  const { as } = item;
  if (as === 'stream') throw new Error('Streams have no plan of their own.');
  if (!property.isCollection) refuseCollectionOptions(item);
  const options = withLevels(item, target, limits.maxExpandDepth - start.depth, model);
  const isRecursive = options.expand?.value.length !== item.options.expand?.value.length;
  const names = within.map((step) => step.property.name);
  const name = [...names, property.name].join('/');
  const next: Start = {
    type: target,
    source: { kind: 'embedded', relation: relationAfter(start.container, [], property, { model, rules }, names) },
    typeNames: target === property.type ? undefined : typeNamesOf(target, model),
    container: boundSet(model, start.container, property, names),
    depth,
    expanded,
    resource: start.resource,
    ...(isRecursive ? { repeated: name } : {}),
  };
  const page = { limit: options.top?.value, skip: options.skip?.value ?? 0 };
  const inner = { ...context, aliases: withAliases(context.aliases, options.aliases) };
  const { apply, plan } =
    options.apply === undefined
      ? { apply: undefined, plan: planFrom(next, options, page, inner) }
      : planAggregated(next, options, page, inner);
  const onlyForTypes = onlyFor === undefined ? {} : { onlyFor: typeNamesOf(onlyFor, model) };
  return {
    name,
    path: isRecursive ? `${path}+` : path,
    property,
    within,
    as: apply === undefined ? as : 'aggregated',
    count: options.count?.value ?? false,
    ...onlyForTypes,
    plan,
    ...(apply === undefined ? {} : { apply }),
  };
}

/** `$expand=Sales($apply=aggregate(Amount with sum as Total))` [OData-URL 5.1.3] [OData-Aggregation 3] */
function planAggregated(
  start: Start,
  options: QueryOptions,
  page: Page,
  context: PlanContext,
): { readonly apply: ApplyPlan; readonly plan: ReadPlan } {
  const apply = context.applyTo(start, options, page, context);
  const { contextList, forms } = apply.result;
  const embed = forms.flatMap(({ entity }) => entity?.embed ?? []);
  const streams = forms.flatMap(({ entity }) => entity?.shape.streams ?? []);
  const nothing = { limit: undefined, skip: 0 };
  const { type, source: from } = start;
  return {
    apply,
    plan: {
      type,
      from,
      order: [],
      page: nothing,
      embed,
      compute: [],
      shape: { contextList, ...(streams.length === 0 ? {} : { streams }) },
    },
  };
}

function refuseTooMuch({ options: { top }, at }: ExpandItem, depth: number, count: number, limits: PlanLimits): void {
  const { maxExpandDepth, maxExpands } = limits;
  if (depth > maxExpandDepth)
    throw badRequest(`$expand may be nested at most ${String(maxExpandDepth)} levels deep.`, {
      target: '$expand',
      position: at,
    });
  if (count > maxExpands)
    throw badRequest(`A query may expand at most ${String(maxExpands)} navigation properties.`, {
      target: '$expand',
      position: at,
    });
  refuseLargeTop(top?.value, limits, top?.at);
}

/** Options within `$select` are held to the same limit. */
export function refuseLargeChoices({ refined = [] }: Shape, limits: PlanLimits): void {
  for (const { choice } of refined) refuseLargeTop(choice?.page.limit, limits);
}

export function refuseLargeTop(top: number | undefined, { maxTop }: PlanLimits, position?: number): void {
  if (top !== undefined && top > maxTop)
    throw badRequest(`$top must be at most ${String(maxTop)}.`, {
      target: '$top',
      ...(position === undefined ? {} : { position }),
    });
}

function hasPlans(context: PathContext): context is PlanContext {
  return 'aggregateOver' in context;
}

/** What names mean in the options of a level. */
export function bindContextOf(
  { type, container, depth, resource }: Pick<Start, 'container' | 'depth'> & Pick<BindContext, 'type' | 'resource'>,
  context: PathContext,
  these?: Place,
): BindContext {
  return {
    model: context.model,
    type,
    container,
    ...(these && { these }),
    ...(hasPlans(context) && {
      aggregate: (collection, { container: of }, it, item) =>
        context.aggregateOver({ collection, container: of, resource: it }, item, context),
    }),
    ...(depth > 0 && resource !== undefined ? { resource } : {}),
    relationOf: (property, before, within, from = { container }) =>
      relationAfter(
        from.container,
        before,
        property,
        context,
        before.length > 0 ? within : [...(from.within ?? []), ...within],
      ),
    resolveRoot: (steps) => resolveRootPlace(steps, context),
    keyAsSegment: context.rules.keyAsSegment,
    ignoreCase: context.rules.ignoreCase,
    isDynamic: (each, name) => context.rules.isDynamic(each, name),
    definitionOf: (operation) => context.definitions?.get(operation),
    aliases: context.aliases,
    demandsAliasValues: context.demandsAliasValues ?? false,
    limits: context.limits?.bind ?? defaultBindLimits,
    allowEnumNumbers: context.allowEnumNumbers ?? false,
    promoteDates: context.rules.promotesDates,
    defaultNamespaces: context.rules.defaultNamespaces,
  };
}

/**
 * Expanded properties belong to the select list, besides selected ones: `id,members(displayName)`; one that `$levels`
 * repeats has its plus sign further out. [OData-Protocol 10.9]
 */
function withEmbedded(shape: Shape, embed: ReadPlan['embed'], repeated: string | undefined): Shape {
  if (embed.length === 0 && shape.streams === undefined) return shape;
  const expanded = embed
    .filter(
      ({ as, name, isAutomatic }) =>
        (as === 'entities' || as === 'aggregated') && name !== repeated && isAutomatic !== true,
    )
    .map((each) => `${each.path}(${each.plan.shape.contextList})`);
  const { select, streams = [] } = shape;
  const all = select === undefined ? shape : { ...shape, select: selectedAround(embed, streams, select) };
  return { ...all, contextList: [shape.contextList, ...expanded].filter((text) => text !== '').join(',') };
}

/** Complex values are written around what is expanded within them, though `$select` names nothing of them. */
function selectedAround(embed: ReadPlan['embed'], streams: readonly ExpandedStream[], select: Selection): Selection {
  return withPaths(
    select,
    expandedPaths(embed, streams).filter(({ length }) => length > 1),
  );
}

/** The names of properties that lead to what is expanded. */
export function expandedPaths(
  embed: ReadPlan['embed'],
  streams: readonly ExpandedStream[] = [],
): readonly (readonly string[])[] {
  return [...embed.map(({ name }) => name.split('/')), ...streams.map(({ property }) => property.split('/'))];
}
