import { badRequest, suggestion } from '../error/index.js';
import type { PathStep } from '../url/index.js';

import { withPossibleKey, type RootPlace } from './bind/index.js';
import { named } from './named.js';
import type { PathContext } from './path-context.js';
import { containerOf } from './relation.js';
import { withKeySegments, withPredicate } from './resolve-member.js';
import { setTarget, singletonTarget } from './resolve-root.js';
import type { CollectionTarget, EntityTarget } from './target.js';

/** What the first steps behind `$root` name: a singleton, an entity set, or a member of one. [OData-URL 5.1.1.14.5] */
export function resolveRootPlace([first, ...others]: readonly PathStep[], context: PathContext): RootPlace {
  const name = first !== undefined && 'name' in first ? first.name : '';
  const children = context.model.container?.children;
  const child = named(children, name, context.rules.ignoreCase);
  const position = first?.at ?? 0;
  if (child === undefined || child.kind === 'operationImport' || first === undefined) {
    const hint = suggestion(name, children?.keys() ?? []);
    throw badRequest(`'$root/${name}' is neither an entity set nor a singleton (position ${position}).${hint}`, {
      position,
    });
  }
  if (child.kind === 'singleton') {
    if (first.kind !== 'name') throw badRequest(`The singleton '${name}' takes no key.`, { position });
    return placeOf(singletonTarget(child, context), 1, context);
  }
  const set = setTarget(child, context);
  if (first.kind === 'arguments') {
    const member = withPossibleKey(() => withPredicate(set, first.arguments, first.at, context), first.at);
    return placeOf(member, 1, context);
  }
  const [second] = others;
  if (!context.rules.keyAsSegment || second === undefined || !isKeyText(second, set)) return placeOf(set, 1, context);
  const key = others.slice(0, Math.max(1, set.type.key.length)).filter(isPlain);
  const member = withPossibleKey(() => withKeySegments(set, key.map(textOf), second.at, context), second.at);
  return placeOf(member, 1 + key.length, context);
}

function placeOf(target: CollectionTarget | EntityTarget, steps: number, { model }: PathContext): RootPlace {
  const { type, source } = target;
  return { source, type, isCollection: target.kind === 'collection', container: containerOf(target, model), steps };
}

type PlainStep = Extract<PathStep, { readonly kind: 'text' | 'name' }>;

/** What is a key rather than a cast, a function or a property that only members have. */
function isKeyText(step: PathStep, { type }: CollectionTarget): step is PlainStep {
  if (step.kind === 'text') return true;
  return step.kind === 'name' && !step.name.includes('.') && type.member(step.name) === undefined;
}

function isPlain(step: PathStep): step is PlainStep {
  return step.kind === 'text' || step.kind === 'name';
}

function textOf(step: PlainStep): string {
  return step.kind === 'text' ? step.text : step.name;
}
