import type { ContainerChild, EntitySet, Singleton } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { NameSegment, Segment } from '../url/index.js';

import { named } from './named.js';
import type { PathContext } from './path-context.js';
import { isUmbrella } from './relation.js';
import { keyed, noSegment, refuseArguments, withPredicate } from './resolve-member.js';
import type { CollectionTarget, EntityTarget, Target } from './target.js';
import { textOf } from './target-step.js';

export function rootTarget(segment: Segment | undefined, context: PathContext): Target {
  if (segment === undefined) return { kind: 'service' };
  switch (segment.kind) {
    case 'metadata':
    case 'batch':
      return { kind: segment.kind };
    case 'all':
      return everything(context);
    case 'entity':
      return { kind: 'entityId' };
    case 'crossjoin':
      return crossjoin(segment, context);
    case 'name':
      return rootChild(segment, context);
    case 'text':
      throw noSegment(segment.text, segment.at, rootNames(context));
    default:
      throw badRequest(`The path must not begin with '${textOf(segment)}'.`, { position: segment.at });
  }
}

/** `$crossjoin(Products,Sales)`: each set once, since it also names a property of the rows. [OData-URL 4.15] */
function crossjoin({ names, at }: Extract<Segment, { kind: 'crossjoin' }>, context: PathContext): Target {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw badRequest(`'${repeated}' is joined twice.`, { position: at });
  const sets = names.map((name) => entitySetNamed(name, at, context));
  return { kind: 'crossjoin', sets: sets.map((set) => ({ set, members: setTarget(set, context) })) };
}

function rootChild(segment: NameSegment, context: PathContext): Target {
  const child = named(context.model.container?.children, segment.name, context.rules.ignoreCase);
  switch (child?.kind) {
    case 'entitySet': {
      const set = setTarget(child, context);
      return segment.arguments === undefined ? set : withPredicate(set, segment.arguments, segment.at, context);
    }
    case 'singleton':
      refuseArguments(segment);
      return singletonTarget(child, context);
    case 'operationImport':
      return {
        kind: child.isAction ? 'action' : 'function',
        overloads: child.operations,
        binding: undefined,
        arguments: segment.arguments,
        entitySet: entitySet(child.entitySet, context),
        rest: [],
      };
    case undefined:
      throw noSegment(segment.text, segment.at, rootNames(context));
  }
}

/** `$all`: the entities of all sets, and the singletons. [OData-URL 4.16] */
function everything({ model, rules }: PathContext): CollectionTarget {
  const type = model.entityTypeOrThrow('Edm.EntityType');
  const children = [...(model.container?.children.values() ?? [])].filter(
    (child) => child.kind === 'entitySet' || (child.kind === 'singleton' && rules.aliasOf(child) === undefined),
  );
  return {
    kind: 'collection',
    type,
    declaredType: type,
    source: { kind: 'collections', collections: children.map(({ name }) => name) },
    typeNames: undefined,
    origin: undefined,
    via: undefined,
    contextPath: undefined,
    collection: undefined,
    each: false,
  };
}

export function setTarget(set: EntitySet, context: PathContext): CollectionTarget {
  return {
    kind: 'collection',
    type: set.type,
    declaredType: set.type,
    source: { kind: 'collections', collections: collectionsOf(set, context) },
    typeNames: undefined,
    origin: set,
    via: undefined,
    contextPath: set.name,
    collection: set.name,
    each: false,
  };
}

/** A set's own collection, and under an umbrella those of all sets with derived types. */
function collectionsOf(set: EntitySet, { model, rules }: PathContext): string[] {
  if (!isUmbrella(set.type, model, rules)) return [set.name];
  const others = model.entitySets.filter(({ type }) => type !== set.type && type.isOrDerivesFrom(set.type));
  return [set.name, ...others.map(({ name }) => name)];
}

export function singletonTarget(singleton: Singleton, context: PathContext): EntityTarget {
  const alias = context.rules.aliasOf(singleton);
  const set = entitySet(alias?.set, context);
  if (alias !== undefined && set !== undefined)
    return { ...keyed(setTarget(set, context), alias.key), isImplied: true };
  const address = { collection: singleton.name, key: '' };
  return {
    kind: 'entity',
    type: singleton.type,
    declaredType: singleton.type,
    source: { kind: 'entity', ...address },
    typeNames: undefined,
    origin: singleton,
    via: undefined,
    contextPath: singleton.name,
    address,
    predicate: undefined,
    isSingleton: true,
    isImplied: context.rules.isImplied(singleton),
    within: undefined,
  };
}

function entitySetNamed(name: string, at: number, context: PathContext): EntitySet {
  const set = entitySet(name, context);
  if (!set) throw noSegment(name, at, rootNames(context, 'entitySet'));
  return set;
}

function entitySet(name: string | undefined, context: PathContext): EntitySet | undefined {
  const child = name === undefined ? undefined : context.model.container?.child(name);
  return child?.kind === 'entitySet' ? child : undefined;
}

function rootNames({ model }: PathContext, kind?: ContainerChild['kind']): string[] {
  const children = [...(model.container?.children.values() ?? [])];
  return children.filter((child) => kind === undefined || child.kind === kind).map(({ name }) => name);
}
