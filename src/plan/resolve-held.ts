import type { PathContext } from './path-context.js';
import { keyed } from './resolve-member.js';
import { navigate } from './resolve-navigation.js';
import type { EntityTarget } from './target.js';

/** A member of a collection where it stands, if its key says that this is elsewhere; it is still called as a member of the collection. */
export function whereHeld(target: EntityTarget, context: PathContext): EntityTarget {
  const { via, within, source } = target;
  const key = source.kind === 'entity' || source.kind === 'keyed' ? source.key : undefined;
  if (via === undefined || within === undefined || key === undefined) return target;
  const place = context.rules.holderOfMember(via.relation.property, key);
  if (place === undefined) return target;
  const holder = place.key === undefined ? via.parent : keyed(within, place.key);
  const property = holder.type.navigationProperties.get(place.property);
  const members = property && navigate(holder, [], property, context);
  if (members?.kind !== 'collection') return target;
  const { contextPath, contextName, origin } = target;
  return { ...keyed(members, key), contextPath, contextName, origin };
}
