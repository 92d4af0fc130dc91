import type { EntityType, Model, NavigationProperty, SchemaType, StructuredType } from '../edm/index.js';
import { badRequest, suggestion } from '../error/index.js';
import type { ExpandItem, QueryOptions } from '../url/index.js';

import { castNamed, named } from './named.js';
import type { PathContext } from './path-context.js';
import type { ExpandedStream } from './shape.js';
import type { PropertyStep } from './target.js';

/** A navigation property to expand, with the complex properties that lead to it and the casts around it. */
export interface ExpandedProperty {
  readonly property: NavigationProperty;
  /** The derived type whose entities alone have the property. */
  readonly onlyFor: EntityType | undefined;
  readonly within: readonly PropertyStep[];
  readonly target: EntityType;
  /** As it appears in the context URL. */
  readonly path: string;
}

/** How far the path of an expand item has come. */
interface Walk {
  readonly type: StructuredType;
  readonly onlyFor: EntityType | undefined;
  readonly within: readonly PropertyStep[];
  /** The navigation property, which may be cast once more. */
  readonly property: NavigationProperty | undefined;
}

/** The stream that an item stands for: a property, perhaps behind a cast, or the content of a media entity; undefined for others. */
export function resolveStream(item: ExpandItem, start: EntityType, model: Model): ExpandedStream | undefined {
  const { path, as, options } = item;
  if (as === 'stream') {
    if ([start, ...model.derivedTypes(start)].some((type) => (type as EntityType).hasStream))
      return { property: '', within: [] };
    throw fault(`$value in $expand is for media entities; '${start.qualifiedName}' has no stream.`, item);
  }
  const name = path.at(-1)!;
  const { type, onlyFor, within, property } = walkTo(path, item, start, model);
  const stream = property === undefined ? type.properties.get(name) : undefined;
  if (stream?.type.qualifiedName !== 'Edm.Stream' || stream.isCollection) return undefined;
  const written =
    as === 'entities' ? Object.keys(options).find((option) => !['aliases', 'custom'].includes(option)) : as;
  if (written !== undefined)
    throw fault(`'${path.join('/')}' is a stream, which takes no options and has no $ref or $count.`, item);
  return {
    property: [...within.map((step) => step.property.name), name].join('/'),
    within,
    ...(onlyFor === undefined
      ? {}
      : { onlyFor: [onlyFor, ...model.derivedTypes(onlyFor)].map(({ qualifiedName }) => qualifiedName) }),
  };
}

/** What stands before the last name of a path that may be a stream; of others nothing is said here. */
function walkTo(path: readonly string[], item: ExpandItem, start: EntityType, model: Model): Walk {
  const before = path.slice(0, -1);
  const isProperty = before.every((name) => name.includes('.') || !name.includes('*'));
  const nothing: Walk = {
    type: start,
    onlyFor: undefined,
    within: [],
    property: start.navigationProperties.get(path[0]!),
  };
  return !isProperty || nothing.property !== undefined ? nothing : walk(before, item, start, model);
}

/**
 * `Place/Country`, `ns.Manager/directReports/ns.Employee`: complex properties and casts may stand before the property, a
 * cast behind it. [OData-URL 5.1.3]
 */
export function resolveExpand(item: ExpandItem, start: EntityType, model: Model): ExpandedProperty {
  const { type, onlyFor, within, property } = walk(item.path, item, start, model);
  if (property === undefined) throw fault(`'${item.path.join('/')}' in $expand names no navigation property.`, item);
  return { property, onlyFor, within, target: type as EntityType, path: item.path.join('/') };
}

/** The item with the names as the schema has them, where a service takes them in any case: `$expand=ns.MANAGER/Reports`. */
export function withDeclaredNames(item: ExpandItem, start: EntityType, model: Model): ExpandItem {
  let type: StructuredType | undefined = start;
  const path = item.path.map((name) => {
    const present: StructuredType | undefined = type;
    if (present === undefined) return name;
    if (name.includes('.')) {
      type = castNamed(name, present, { model, ignoreCase: true });
      return type?.qualifiedName ?? name;
    }
    const member = named(present.navigationProperties, name, true) ?? named(present.properties, name, !present.isOpen);
    const next: SchemaType | undefined = member?.type;
    type = next?.kind === 'entity' || next?.kind === 'complex' ? next : undefined;
    return member?.name ?? name;
  });
  return { ...item, path };
}

/** The navigation properties that `*`, or `Place/*`, stands for, each as an item of its own: all that can be expanded. */
export function expandStar(item: ExpandItem, start: EntityType, { model, rules }: PathContext): ExpandItem[] {
  const before = item.path.slice(0, -1);
  const { type, property } = walk(before, item, start, model);
  if (property !== undefined) throw fault(`Nothing can be expanded behind '${before.join('/')}'.`, item);
  return [...type.navigationProperties.values()]
    .filter((each) => !rules.isView(each))
    .map(({ name }) => ({ ...item, path: [...before, name] }));
}

/** Whether a path leads to the same navigation property again, so that `$levels` has something to repeat. */
function isRepeatable(item: ExpandItem, target: EntityType, model: Model): boolean {
  let type: StructuredType = target;
  for (const name of item.path) {
    if (name.includes('.')) type = model.structuredType(name) ?? type;
    else if (type.navigationProperties.has(name)) return true;
    else {
      const next: SchemaType | undefined = type.properties.get(name)?.type;
      if (next?.kind !== 'complex') return false;
      type = next;
    }
  }
  return false;
}

function walk(path: readonly string[], item: ExpandItem, start: EntityType, model: Model): Walk {
  return path.reduce<Walk>((before, name) => step(before, name, item, model), {
    type: start,
    onlyFor: undefined,
    within: [],
    property: undefined,
  });
}

function step(walk: Walk, name: string, item: ExpandItem, model: Model): Walk {
  const { type, property, within } = walk;
  if (name.includes('.')) return cast(walk, name, item, model);
  if (property !== undefined)
    throw fault(
      `The path '${item.path.join('/')}' in $expand goes through a navigation property; nest the second $expand.`,
      item,
    );
  const navigation = type.navigationProperties.get(name);
  if (navigation !== undefined) return { ...walk, property: navigation, type: navigation.type };
  const structural = type.properties.get(name);
  if (structural?.type.kind !== 'complex') throw notExpandable(name, type, item);
  return { ...walk, type: structural.type, within: [...within, { property: structural, cast: undefined }] };
}

function cast(walk: Walk, name: string, item: ExpandItem, model: Model): Walk {
  const { type, property, within } = walk;
  const narrower = model.structuredType(name);
  if (narrower === undefined || !narrower.isOrDerivesFrom(type))
    throw fault(`The type '${name}' does not derive from '${type.qualifiedName}'.`, item);
  const last = within.at(-1);
  if (property !== undefined) return { ...walk, type: narrower };
  if (last === undefined) return { ...walk, type: narrower, onlyFor: narrower as EntityType };
  return { ...walk, type: narrower, within: [...within.slice(0, -1), { ...last, cast: narrower }] };
}

function notExpandable(name: string, type: StructuredType, item: ExpandItem): Error {
  return fault(
    type.properties.has(name)
      ? `Expand is not allowed for property '${name}' according to the entity schema.`
      : `Could not find a property named '${name}' on type '${type.qualifiedName}'.${suggestion(name, type.navigationProperties.keys())}`,
    item,
  );
}

function fault(message: string, { at }: ExpandItem): Error {
  return badRequest(message, { target: '$expand', position: at });
}

/** `$filter`, `$orderby` and their kin mean nothing to a single entity. */
export function refuseCollectionOptions({ options, as, path, at }: ExpandItem): void {
  const refused = (['filter', 'orderby', 'top', 'skip', 'count', 'search', 'apply'] as const).find(
    (name) => options[name] !== undefined,
  );
  const name = refused === undefined ? undefined : `$${refused}`;
  if (name !== undefined || as === 'count') {
    throw badRequest(`'${path.join('/')}' leads to a single entity, to which ${name ?? '/$count'} cannot be applied.`, {
      target: '$expand',
      position: at,
    });
  }
}

/** `$levels=3` is the same expand nested three deep; it ends where the type does not have the property again. [OData-URL 5.1.3.1] */
export function withLevels(item: ExpandItem, target: EntityType, levelsLeft: number, model: Model): QueryOptions {
  const { levels, ...others } = item.options;
  if (levels === undefined) return others;
  if (item.options.apply !== undefined)
    throw badRequest('$levels cannot be applied to what $apply makes, which has no navigation property again.', {
      target: '$levels',
      position: levels.at,
    });
  const wanted = levelsWanted(levels, levelsLeft);
  return wanted > 1 && isRepeatable(item, target, model) ? nested(others, item, wanted - 1) : others;
}

/** `*($levels=2)`: all that is related, and all that is related to that. */
export function withLevelsOfAll(item: ExpandItem, levelsLeft: number): ExpandItem {
  const { levels, ...others } = item.options;
  if (levels === undefined) return item;
  const wanted = levelsWanted(levels, levelsLeft);
  const star = { ...item, path: ['*'] };
  return { ...item, options: wanted > 1 ? nested(others, star, wanted - 1) : others };
}

function levelsWanted(levels: NonNullable<QueryOptions['levels']>, levelsLeft: number): number {
  const wanted = levels.value === 'max' ? levelsLeft : levels.value;
  if (wanted < 1) throw badRequest('$levels must be at least 1, or max.', { target: '$levels', position: levels.at });
  return wanted;
}

function nested(options: QueryOptions, item: ExpandItem, levels: number): QueryOptions {
  const { levels: written, ...others } = item.options;
  const again: ExpandItem = { ...item, options: { ...others, levels: { ...written!, value: levels } } };
  const { expand } = options;
  return { ...options, expand: { value: [...(expand?.value ?? []), again], text: expand?.text ?? '', at: item.at } };
}
