import { oncePer, type EntityType, type KeyProperty, type Model, type Scalar } from '../edm/index.js';
import { badRequest, suggestion, unknownSegment } from '../error/index.js';
import type { Argument, NameSegment } from '../url/index.js';

import { alternateValues, havingValues } from './alternate-key.js';
import { keyOfPredicate, keyOfSegments, partsOfPredicate, partsOfSegments } from './bind-key.js';
import { contextPathBelow } from './context-path.js';
import type { Expression } from './expression.js';
import { keyPredicate } from './key.js';
import type { PathContext } from './path-context.js';
import type { PathRules, TreeRule } from './path-rules.js';
import { byPath, givenKey, untiedKey, writtenParts } from './shortened-key.js';
import type { CollectionTarget, EntityTarget } from './target.js';

/** `Products(1)`, or by an alternate key `Products(code='a')`. [OData-URL 4.3.1, 4.3.5] */
export function withPredicate(
  collection: CollectionTarget,
  predicate: readonly Argument[],
  position: number,
  context: PathContext,
): EntityTarget {
  refuseKeys(collection, position);
  if (predicate.length === 0) throw badRequest(`A key is missing in '${collection.contextPath!}()'.`, { position });
  const alternate = alternateMember(collection, predicate, context);
  if (alternate !== undefined) return alternate;
  const parts = givenKey(collection.type, collection.via?.relation.property, predicate);
  if (parts.length < collection.type.key.length)
    return memberWith(collection, parts, partsOfPredicate(collection.type, parts, predicate, context.aliases));
  const key = keyOfPredicate(collection.type, predicate, context.aliases);
  return byName(collection, decodeURIComponent(key), context) ?? member(collection, key, context);
}

function alternateMember(
  collection: CollectionTarget,
  predicate: readonly Argument[],
  { aliases }: PathContext,
): EntityTarget | undefined {
  const values = alternateValues(collection.type, collection.origin, predicate, aliases);
  const condition = values && havingValues(collection.type, values, 'and');
  const written = [...(values ?? [])].map(([name, value]) => `${name}='${String(value)}'`).join(',');
  return condition === undefined ? undefined : matching(collection, condition, written, values!);
}

/** An entity whose key or name is this text. */
function byName(collection: CollectionTarget, text: string, { model, rules }: PathContext): EntityTarget | undefined {
  const name = rules.nameOf(collection.type, text);
  const [key] = collection.type.key;
  if (name === undefined || key === undefined) return undefined;
  const types = [collection.type, ...model.derivedTypes(collection.type)] as EntityType[];
  const named = types.find((type) => type.properties.has(name));
  if (named === undefined) return undefined;
  const values = new Map<string, Scalar>([
    [key.name, text],
    [name, text],
  ]);
  const condition = havingValues(named, values, 'or')!;
  const predicate = keyPredicate(collection.type, encodeURIComponent(text));
  return matching(collection, condition, predicate, new Map([[name, text]]));
}

/** The child of an entity in a tree that has this name. */
export function childNamed(children: CollectionTarget, name: string, tree: TreeRule): EntityTarget {
  const values = new Map([[tree.name, name]]);
  const condition = havingValues(children.type, values, 'and');
  if (condition === undefined) throw new Error(`'${children.type.qualifiedName}' has no property '${tree.name}'.`);
  const predicate = `'${encodeURIComponent(name.replaceAll("'", "''"))}'`;
  return { ...matching(children, condition, predicate, values), named: { name, tree } };
}

/** The member for which a condition holds; where it stands is known only by reading. */
function matching(
  collection: CollectionTarget,
  condition: Expression,
  predicate: string,
  values: ReadonlyMap<string, Scalar>,
): EntityTarget {
  const source = { kind: 'matching', of: collection.source, condition } as const;
  return { ...keyed(collection, ''), source, address: undefined, predicate, values };
}

/** The member of a related collection that has these parts of its key; they name it below the way to the collection alone. */
function memberWith(
  collection: CollectionTarget,
  parts: readonly KeyProperty[],
  values: ReadonlyMap<string, Scalar>,
): EntityTarget {
  const { parent, within, relation } = collection.via!;
  const contextPath = contextPathBelow(parent, within, relation.property);
  const contextName = contextPath === collection.contextPath ? undefined : { name: collection.contextPath! };
  const place = { ...collection, contextPath, contextName: collection.contextName ?? contextName };
  const found = byPath(parts, values);
  return matching(place, havingValues(collection.type, found, 'and')!, writtenParts(parts, values), found);
}

/**
 * `Products/1`, and with several key properties `Documents/SAP/2026/7`, in the order of the key, but for parts that the
 * way here gives already. [OData-URL 4.3.6]
 */
export function withKeySegments(
  collection: CollectionTarget,
  texts: readonly string[],
  at: number,
  context: PathContext,
): EntityTarget {
  const [text = ''] = texts;
  if (!context.rules.keyAsSegment) throw noSegment(text, at, []);
  refuseKeys(collection, at);
  const parts = untiedKey(collection.type, collection.via?.relation.property);
  if (parts.length < collection.type.key.length)
    return memberWith(collection, parts, partsOfSegments(collection.type, parts, texts));
  const key = keyOfSegments(collection.type, texts);
  return byName(collection, text, context) ?? member(collection, key, context);
}

function member(collection: CollectionTarget, key: string, context: PathContext): EntityTarget {
  const target = keyed(collection, key);
  return target.address !== undefined && isFirst(collection, key, context) ? { ...target, isImplied: true } : target;
}

/** Whether a member is there from the start, as the user that is `/me`, a drive's root, and the inbox are. */
function isFirst({ origin }: CollectionTarget, key: string, { model, rules }: PathContext): boolean {
  return origin !== undefined && firstKeys(model)(rules)(origin).has(key);
}

/** The members of a collection that are there from the start; in a set, what has a singleton for its name is shown once it is written. */
export function firstMembers(
  collection: CollectionTarget,
  { model, rules }: Pick<PathContext, 'model' | 'rules'>,
): readonly EntityTarget[] {
  const { origin, collection: path } = collection;
  if (origin === undefined || origin.kind === 'singleton') return [];
  const keys = origin.kind === 'entitySet' ? rules.firstKeys(origin) : [...firstKeys(model)(rules)(origin)];
  const whole: CollectionTarget =
    path === undefined ? collection : { ...collection, source: { kind: 'collections', collections: [path] } };
  return keys.map((key) => ({ ...keyed(whole, key), isImplied: true }));
}

/** Keys of a collection's members that are there without ever having been written. */
const firstKeys = oncePer((model: Model) =>
  oncePer((rules: PathRules) =>
    oncePer((origin: NonNullable<CollectionTarget['origin']>): ReadonlySet<string> => {
      switch (origin.kind) {
        case 'entitySet': {
          const children = [...(model.container?.children.values() ?? [])];
          const aliases = children.map((child) => (child.kind === 'singleton' ? rules.aliasOf(child) : undefined));
          const named = aliases.flatMap((alias) => (alias?.set === origin.name ? [alias.key] : []));
          return new Set([...named, ...rules.firstKeys(origin)]);
        }
        case 'navigation': {
          const aliases = [...origin.declaringType.navigationProperties.values()].map((each) =>
            rules.memberNamed(each),
          );
          const named = aliases.flatMap((alias) => (alias?.collection === origin.name ? [alias.key] : []));
          return new Set([...named, ...rules.firstKeys(origin)]);
        }
        case 'singleton':
          return new Set();
      }
    }),
  ),
);

/** A collection with those of its members too that others hold. */
export function withNested(collection: CollectionTarget): CollectionTarget {
  const { source } = collection;
  if (source.kind === 'outermost') return { ...collection, source: source.of };
  if (source.kind !== 'related' || source.relation.kind !== 'contained') return collection;
  const { nestedBy: _, ...relation } = source.relation;
  return { ...collection, source: { ...source, relation } };
}

/** The member of a collection with this key, whether or not another one holds it. */
export function keyed(shown: CollectionTarget, key: string): EntityTarget {
  const collection = withNested(shown);
  const address = isWhole(collection) ? { collection: collection.collection!, key } : undefined;
  return {
    kind: 'entity',
    type: collection.type,
    declaredType: collection.declaredType,
    source: address ? { kind: 'entity', ...address } : { kind: 'keyed', of: collection.source, key },
    typeNames: collection.typeNames,
    origin: collection.origin,
    via: collection.via,
    contextPath: collection.contextPath,
    contextName: collection.contextName,
    address,
    predicate: key === '' ? undefined : keyPredicate(collection.type, key),
    isSingleton: false,
    isImplied: false,
    within: shown,
    ...(collection.isMadeUp === true && { isMadeUp: true }),
  };
}

/** Entities of several sets may have the same key. */
function refuseKeys({ contextPath, type }: CollectionTarget, position: number): void {
  if (contextPath === undefined)
    throw badRequest(
      `The entities of Collection(${type.qualifiedName}) belong to no one set, in which a key could be told from others.`,
      {
        position,
      },
    );
}

/** Whether all entities of one known place are members, so that a key alone says which one is meant. */
function isWhole({ source, collection }: CollectionTarget): boolean {
  return source.kind === 'collections' && source.collections.length === 1 && collection !== undefined;
}

export function refuseArguments(segment: NameSegment): void {
  if (segment.arguments !== undefined)
    throw badRequest(`'${segment.name}' takes no key or parameters.`, { position: segment.at });
}

export function noSegment(text: string, position: number, names: readonly string[]): Error {
  return unknownSegment(`Resource not found for the segment '${text}'.${suggestion(text, names)}`, { position });
}
