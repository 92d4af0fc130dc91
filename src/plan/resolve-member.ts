import { badRequest, notImplemented, suggestion, unknownSegment } from '../error/index.js';
import type { NameSegment, Segment } from '../url/index.js';

import { keyOfPredicate, keyOfSegment } from './bind-key.js';
import type { PathContext } from './path-context.js';
import type { CollectionTarget, EntityTarget } from './target.js';

export function withPredicate(collection: CollectionTarget, segment: NameSegment, context: PathContext): EntityTarget {
  if (segment.arguments?.length === 0)
    throw badRequest(`A key is missing in '${segment.text}'.`, { position: segment.at });
  return keyed(collection, keyOfPredicate(collection.type, segment.arguments ?? [], context.aliases));
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
  return keyed(collection, keyOfSegment(collection.type, text));
}

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
