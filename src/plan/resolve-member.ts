import type { Scalar } from '../edm/index.js';
import { badRequest, notImplemented, suggestion, unknownSegment } from '../error/index.js';
import type { Argument, NameSegment, Segment } from '../url/index.js';

import { alternateValues, havingValues } from './alternate-key.js';
import { keyOfPredicate, keyOfSegment } from './bind-key.js';
import type { Expression } from './expression.js';
import { keyPredicate } from './key.js';
import type { PathContext } from './path-context.js';
import type { TreeRule } from './path-rules.js';
import type { CollectionTarget, EntityTarget } from './target.js';

/** `Products(1)`, or by an alternate key `Products(code='a')`. [OData-URL 4.3.1, 4.3.3] */
export function withPredicate(collection: CollectionTarget, segment: NameSegment, context: PathContext): EntityTarget {
  const predicate = segment.arguments ?? [];
  if (predicate.length === 0) throw badRequest(`A key is missing in '${segment.text}'.`, { position: segment.at });
  const alternate = alternateMember(collection, predicate, context);
  if (alternate !== undefined) return alternate;
  const key = keyOfPredicate(collection.type, predicate, context.aliases);
  return byName(collection, decodeURIComponent(key), context) ?? keyed(collection, key);
}

function alternateMember(
  collection: CollectionTarget,
  predicate: readonly Argument[],
  { aliases }: PathContext,
): EntityTarget | undefined {
  const values = alternateValues(collection.type, collection.origin, predicate, aliases);
  const condition = values && havingValues(collection.type, values, 'and');
  const written = [...(values ?? [])].map(([name, value]) => `${name}='${String(value)}'`).join(',');
  return condition === undefined ? undefined : matching(collection, condition, written);
}

/** An entity whose key or name is this text. */
function byName(collection: CollectionTarget, text: string, { rules }: PathContext): EntityTarget | undefined {
  const name = rules.nameOf(collection.type, text);
  const [key] = collection.type.key;
  if (name === undefined || key === undefined) return undefined;
  const values = new Map<string, Scalar>([
    [key.name, text],
    [name, text],
  ]);
  const condition = havingValues(collection.type, values, 'or')!;
  return matching(collection, condition, keyPredicate(collection.type, encodeURIComponent(text)));
}

/** The child of an entity in a tree that has this name. */
export function childNamed(children: CollectionTarget, name: string, tree: TreeRule): EntityTarget {
  const condition = havingValues(children.type, new Map([[tree.name, name]]), 'and');
  if (condition === undefined) throw new Error(`'${children.type.qualifiedName}' has no property '${tree.name}'.`);
  const predicate = `'${encodeURIComponent(name.replaceAll("'", "''"))}'`;
  return { ...matching(children, condition, predicate), named: { name, tree } };
}

/** The member for which a condition holds; where it stands is known only by reading. */
function matching(collection: CollectionTarget, condition: Expression, predicate: string): EntityTarget {
  const source = { kind: 'matching', of: collection.source, condition } as const;
  return { ...keyed(collection, ''), source, address: undefined, predicate };
}

/** `Products/$filter(…)(1)`: the member with this key, if the conditions hold for it. */
export function filteredMember(
  collection: CollectionTarget,
  key: NonNullable<NameSegment['arguments']>,
  context: PathContext,
): EntityTarget {
  const member = keyed(collection, keyOfPredicate(collection.type, key, context.aliases));
  throw notImplemented(`Picking '${member.contextPath}' by a key behind $filter is not supported.`);
}

export function withKeySegment(
  collection: CollectionTarget,
  text: string,
  at: number,
  context: PathContext,
): EntityTarget {
  if (!context.rules.keyAsSegment) throw noSegment(text, at, []);
  const key = keyOfSegment(collection.type, text);
  return byName(collection, text, context) ?? keyed(collection, key);
}

/** The member of a collection with this key. */
export function keyed(collection: CollectionTarget, key: string): EntityTarget {
  const address =
    isSpread(collection) || collection.collection === undefined
      ? undefined
      : { collection: collection.collection, key };
  return {
    kind: 'entity',
    type: collection.type,
    declaredType: collection.declaredType,
    source: address ? { kind: 'entity', ...address } : { kind: 'keyed', of: collection.source, key },
    typeNames: collection.typeNames,
    origin: collection.origin,
    via: collection.via,
    contextPath: collection.contextPath,
    address,
    predicate: key === '' ? undefined : keyPredicate(collection.type, key),
    isSingleton: false,
    isImplied: false,
    within: collection,
  };
}

/** Whether the members stand in several collections, so that a key alone does not say where. */
function isSpread({ source }: CollectionTarget): boolean {
  return source.kind === 'collections' && source.collections.length > 1;
}

export function refuseArguments(segment: NameSegment): void {
  if (segment.arguments !== undefined)
    throw badRequest(`'${segment.name}' takes no key or parameters.`, { position: segment.at });
}

export function noSegment(text: string, position: number, names: readonly string[]): Error {
  return unknownSegment(`Resource not found for the segment '${text}'.${suggestion(text, names)}`, { position });
}

export function textOf(segment: Segment): string {
  return segment.kind === 'name' || segment.kind === 'text' ? segment.text : `$${segment.kind}`;
}
