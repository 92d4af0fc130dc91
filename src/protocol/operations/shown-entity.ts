import type { SchemaType, StructuredType } from '../../edm/index.js';
import { autoExpanded, EVERYTHING, planRead, schemaPath, type EntityTarget, type ReadPlan } from '../../plan/index.js';
import type { Reader, Row } from '../../store/index.js';
import type { ExpandItem, QueryOptions } from '../../url/index.js';
import type { ChildDraft, Draft } from '../../validation/index.js';
import type { Exchange } from '../exchange.js';

import { withStreamsOfAll } from './media-heads.js';
import { planContextOf } from '../plan-context.js';

/** An entity as the answer to its creation or change shows it. */
export interface ShownEntity {
  readonly row: Row;
  readonly plan: Pick<ReadPlan, 'shape' | 'embed'>;
}

/**
 * Reads a created or changed entity again where the answer shows more than its own properties: by `$select` and `$expand`
 * of the request, or with the related entities that came with a create. Called within the write, so that options which
 * mean nothing undo it. [OData-Protocol 11.4.1.5, 11.4.2.2]
 */
export async function shownEntity(
  exchange: Exchange,
  target: EntityTarget,
  row: Row,
  reader: Reader,
  draft?: Draft,
): Promise<ShownEntity> {
  const withHeads = async (
    shown: Row,
    plan: Pick<ReadPlan, 'type' | 'embed'> & Partial<Pick<ReadPlan, 'shape'>>,
  ): Promise<Row> => (await withStreamsOfAll([shown], plan, exchange, reader))[0] ?? shown;
  const options = shownOptions(exchange.tree.options, draft, target) ?? automaticOptions(exchange, target);
  if (options === undefined) return { row: await withHeads(row, { type: target.type, embed: [] }), plan: EVERYTHING };
  const plan = planRead(target, options, { limit: 1, skip: 0 }, planContextOf(exchange));
  const contextList = contextListFor(plan, exchange, target);
  const shown = { shape: { ...plan.shape, contextList }, embed: plan.embed };
  return { row: await withHeads((await reader.first(plan)) ?? row, plan), plan: shown };
}

/** What the context URL lists: all that is shown, or no more than the request asks for. [OData-Protocol 10.10] */
function contextListFor({ shape }: ReadPlan, exchange: Exchange, target: EntityTarget): string {
  if (exchange.parts.profile.contextLists === 'shown') return shape.contextList;
  const asked = shownOptions(exchange.tree.options, undefined, target);
  if (asked === undefined) return '';
  return planRead(target, asked, { limit: 1, skip: 0 }, planContextOf(exchange)).shape.contextList;
}

/** Whether the request says by its options what it wants to see. */
export function asksForRepresentation({ tree: { options } }: Exchange): boolean {
  return options.select !== undefined || options.expand !== undefined;
}

/** What comes unasked is a reason to read again. [Core AutoExpand] */
function automaticOptions({ parts }: Exchange, { type }: EntityTarget): QueryOptions | undefined {
  if (autoExpanded(type, parts.profile.path, parts.model).length === 0) return undefined;
  return { aliases: new Map(), custom: [] };
}

function shownOptions(
  { select, expand, aliases }: QueryOptions,
  draft: Draft | undefined,
  target: EntityTarget,
): QueryOptions | undefined {
  const came = draft === undefined ? [] : itemsOf(draft, target.type.qualifiedName);
  const named = expand?.value ?? [];
  const items = [...named, ...came.filter((item) => !named.some((other) => isSame(item, other)))];
  if (select === undefined && items.length === 0) return undefined;
  return {
    aliases,
    custom: [],
    ...(select === undefined ? {} : { select }),
    ...(items.length === 0 ? {} : { expand: { value: items, text: '', at: 0 } }),
  };
}

/** What came inline, as `$expand` would name it: with a cast where only a derived type has the property. */
function itemsOf({ type, children }: Draft, declared: string): ExpandItem[] {
  return ofAllItems(children).flatMap((child) => {
    const way = wayTo(child, type);
    if (way === undefined) return [];
    const path = type.qualifiedName === declared ? way : [type.qualifiedName, ...way];
    return [{ path, as: 'entities' as const, options: nestedOptions(child), at: 0 }];
  });
}

/** What came in items of one collection is expanded in all of them. */
function ofAllItems(children: readonly ChildDraft[]): readonly ChildDraft[] {
  const all = new Map<string, ChildDraft>();
  for (const child of children) {
    if (child.drafts === null) continue;
    const within = schemaPath(child.within);
    const path = [...within, child.property.declaringType.qualifiedName, child.property.name].join('/');
    all.set(path, { ...child, within, drafts: [...(all.get(path)?.drafts ?? []), ...child.drafts] });
  }
  return [...all.values()];
}

/** The path of a navigation property, undefined where it stands below a property of a derived complex type. */
function wayTo({ property, within }: ChildDraft, type: StructuredType): string[] | undefined {
  let at: SchemaType | undefined = type;
  for (const name of within)
    at = at?.kind === 'complex' || at?.kind === 'entity' ? at.properties.get(name)?.type : undefined;
  if (at?.kind !== 'complex' && at?.kind !== 'entity') return undefined;
  const cast = at.member(property.name) === undefined ? [property.declaringType.qualifiedName] : [];
  return [...within, ...cast, property.name];
}

function nestedOptions({ property, drafts }: ChildDraft): QueryOptions {
  const items = new Map<string, ExpandItem>();
  for (const draft of drafts ?? [])
    for (const item of itemsOf(draft, property.type.qualifiedName)) items.set(item.path.join('/'), item);
  const expand = { value: [...items.values()], text: '', at: 0 };
  return { aliases: new Map(), custom: [], ...(items.size === 0 ? {} : { expand }) };
}

function isSame(item: ExpandItem, other: ExpandItem): boolean {
  const [path, others] = [withoutCasts(item), withoutCasts(other)];
  return path.length === others.length && path.every((name, index) => name === others[index] || others[index] === '*');
}

function withoutCasts({ path }: ExpandItem): readonly string[] {
  return path.filter((name) => !name.includes('.'));
}
