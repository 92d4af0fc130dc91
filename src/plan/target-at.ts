import type { Model, NavigationProperty, Property, StructuredType } from '../edm/index.js';

import type { PathContext } from './path-context.js';
import { isOrdinal } from './relation.js';
import { keyed } from './resolve-member.js';
import { navigate } from './resolve-navigation.js';
import { setTarget, singletonTarget } from './resolve-root.js';
import type { CollectionTarget, EntityTarget, PropertyStep } from './target.js';

/**
 * The target of what stands in the store: a collection by its canonical path, or with a key one of its members.
 * Example: `users/1/messages` with the key `a`. Undefined where the schema knows no such place.
 */
export function targetAt(
  { collection, key }: { readonly collection: string; readonly key?: string },
  context: PathContext,
): CollectionTarget | EntityTarget | undefined {
  const [first = '', ...others] = collection.split('/');
  let target = rootAt(first, context);
  let within: readonly PropertyStep[] = [];
  for (const text of others) {
    if (target === undefined) return undefined;
    if (target.kind === 'collection') {
      target = keyed(target, text);
      continue;
    }
    const last = within.at(-1);
    if (last?.property.isCollection === true && last.ordinal === undefined) {
      if (!isOrdinal(text)) return undefined;
      within = [...within.slice(0, -1), { ...last, ordinal: Number(text) }];
      continue;
    }
    const member = memberNamed(text, typeAt(target, within), context.model);
    if (member?.kind === 'property') within = [...within, { property: member, cast: undefined }];
    else {
      target = member === undefined ? undefined : navigate(target, within, member, context);
      within = [];
    }
  }
  return key === undefined || key === '' || target?.kind !== 'collection' ? target : keyed(target, key);
}

/** The place that a name means in the store, which is one collection even under an umbrella. */
function rootAt(name: string, context: PathContext): CollectionTarget | EntityTarget | undefined {
  const child = context.model.container?.child(name);
  if (child?.kind === 'singleton') return singletonTarget(child, context);
  if (child?.kind !== 'entitySet') return undefined;
  return { ...setTarget(child, context), source: { kind: 'collections', collections: [name] } };
}

function typeAt({ type }: EntityTarget, within: readonly PropertyStep[]): StructuredType {
  const last = within.at(-1)?.property.type;
  return last?.kind === 'complex' ? last : type;
}

/** What stands there may be of a derived type, which an address does not say. */
function memberNamed(name: string, type: StructuredType, model: Model): Property | NavigationProperty | undefined {
  const types = [type, ...model.derivedTypes(type)];
  return types.map((each) => each.member(name)).find((member) => member !== undefined);
}
