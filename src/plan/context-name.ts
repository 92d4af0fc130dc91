import type { EntitySet, EntityType, NavigationProperty, Singleton } from '../edm/index.js';

import type { PathContext } from './path-context.js';
import type { PathRules } from './path-rules.js';
import { withoutCasts } from './relation.js';
import type { EntityTarget } from './target.js';

/**
 * What context URLs name for what a navigation property leads to, where that is not the way to it: the type, where the
 * entities are neither contained nor bound to a set; for contained ones the one set of their type, where the profile has
 * it so. [OData-Protocol 10.2, 10.3]
 */
export function contextNameOf(
  parent: EntityTarget,
  within: readonly string[],
  property: NavigationProperty,
  { model, rules }: PathContext,
): EntityTarget['contextName'] {
  if (!property.containsTarget) return isBound(parent, [...within, property.name]) ? undefined : 'type';
  const sets = rules.namesSetsOfContained ? model.setsOf(property.type) : [];
  return sets.length === 1 ? { name: sets[0]!.name } : undefined;
}

/**
 * What context URLs name for what a function gives that is bound to a collection, where that is no set: the type without its
 * namespace, where the profile has it so.
 */
export function bareContextName({ name }: EntityType, { namesBareTypes }: PathRules): EntityTarget['contextName'] {
  return namesBareTypes ? { name: `Collection(${name})` } : undefined;
}

/** Whether a set or singleton on the way binds the property, by the path that leads to it from there. [CSDL-JSON 13.4.1] */
function isBound(parent: EntityTarget, path: readonly string[]): boolean {
  const { origin, via } = parent;
  if (origin === undefined) return false;
  if (origin.kind !== 'navigation') return bindsPath(origin, path.join('/'));
  if (via === undefined || !origin.containsTarget) return false;
  const names = [...via.within.map((step) => step.property.name), origin.name];
  return isBound(via.parent, [...names, ...path]);
}

function bindsPath({ bindings }: EntitySet | Singleton, path: string): boolean {
  return bindings.has(path) || [...bindings.keys()].some((each) => withoutCasts(each) === path);
}
