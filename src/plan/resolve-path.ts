import type { EntityType, NavigationProperty } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { NameSegment, ResourcePath } from '../url/index.js';

import { resultTarget, valueWithin } from './function-result.js';
import type { PathContext } from './path-context.js';
import { named } from './named.js';
import { bindContextOf, placeOf } from './plan-read.js';
import { bindFilter } from './bind/index.js';
import { containerOf } from './relation.js';
import { castTo, narrowedTo } from './resolve-cast.js';
import { childNamed, noSegment, refuseArguments, withKeySegments, withPredicate } from './resolve-member.js';
import { whereHeld } from './resolve-held.js';
import { navigate } from './resolve-navigation.js';
import { operationOn } from './resolve-operation.js';
import { dynamicProperty, propertyWithin, propertyTarget } from './resolve-property.js';
import { rootTarget } from './resolve-root.js';
import { composableOverload } from './select-overload.js';
import { untiedKey } from './shortened-key.js';
import type {
  CollectionTarget,
  EntityTarget,
  OperationTarget,
  PropertyStep,
  PropertyTarget,
  Target,
} from './target.js';
import { stepsOf, textOf, type TargetStep } from './target-step.js';

/** What a resource path names in the model; 404 for names that lead nowhere, 400 for what may not stand there. [OData-URL 4] */
export function resolvePath(path: ResourcePath, context: PathContext): Target {
  const [first, ...others] = stepsOf(path);
  if (first?.kind === 'key') throw badRequest('A path does not begin with a key.', { position: first.at });
  return follow(rootTarget(first, context), others, context);
}

/** What steps lead to from a target on; what stands behind a function waits for its result. */
export function follow(start: Target, steps: readonly TargetStep[], context: PathContext): Target {
  let target = start;
  for (let index = 0; index < steps.length; index++) {
    const each = steps[index]!;
    if (target.kind === 'function') return composed(target, steps.slice(index), context);
    const key = keySegments(target, steps, index, context);
    if (key.length > 1) {
      target = withKeySegments(target as CollectionTarget, key, each.at, context);
      index += key.length - 1;
      continue;
    }
    const way = wayByNames(steps, index);
    const place = step(target, way?.start ?? each, context);
    if (way === undefined || !isInTree(place, context))
      target = way === undefined ? place : step(target, each, context);
    else {
      target = descend(place, way.names, context);
      index = way.end;
    }
  }
  return target;
}

/** The segments from an index on that are a key of several parts; none where something else stands there. [OData-URL 4.3.6] */
function keySegments(
  target: Target,
  steps: readonly TargetStep[],
  index: number,
  context: PathContext,
): readonly string[] {
  if (target.kind !== 'collection' || target.each || target.type.key.length < 2) return [];
  const key = untiedKey(target.type, target.via?.relation.property);
  const first = steps[index];
  if (first === undefined || !isText(first)) return [];
  if (first.kind === 'name' && (castTo(target.type, first, context) ?? operationOn(target, first, context))) return [];
  const parts = steps.slice(index, index + key.length);
  return parts.every(isText) ? parts.map(textOf) : [];
}

function isText(step: TargetStep): step is Extract<TargetStep, { kind: 'text' | 'name' }> {
  return step.kind === 'text' || (step.kind === 'name' && step.arguments === undefined);
}

/** What a function gives, as something that can be changed: `PATCH …/range(address='A1')`. [Graph: Update range] */
export function asChanged(target: Target, context: PathContext): Target {
  const isWhole = target.kind === 'function' && target.leadsTo === undefined && context.rules.composesAll;
  return isWhole ? composed(target, [], context) : target;
}

/** `ns.f(a=1)/Name`: what the path comes to is known before the function is called. [OData-Protocol 11.5.4] */
function composed(call: OperationTarget, rest: readonly TargetStep[], context: PathContext): OperationTarget {
  const operation = composableOverload(call, rest[0]?.at, context.rules);
  return { ...call, rest, leadsTo: follow(resultTarget(call, operation, undefined, context), rest, context) };
}

/** Where a path goes on by names: `root:/a/b.txt:` starts at `root`, and ends with the next colon or the path. */
interface WayByNames {
  readonly start: NameSegment | Extract<TargetStep, { kind: 'text' }>;
  readonly names: readonly { readonly text: string; readonly at: number }[];
  /** Index of its last segment. */
  readonly end: number;
}

function wayByNames(path: readonly TargetStep[], index: number): WayByNames | undefined {
  const first = path[index]!;
  if ((first.kind !== 'text' && first.kind !== 'name') || !/.:$/.test(first.text)) return undefined;
  const text = first.text.slice(0, -1);
  const names: { text: string; at: number }[] = [];
  let end = index;
  let isOpen = true;
  while (isOpen && end + 1 < path.length) {
    const segment = path[++end]!;
    const name = textOf(segment);
    isOpen = !name.endsWith(':');
    names.push({ text: isOpen ? name : name.slice(0, -1), at: segment.at });
  }
  return { start: { kind: 'name', name: text, text, at: first.at }, names, end };
}

function isInTree(target: Target, { rules }: PathContext): target is EntityTarget {
  return target.kind === 'entity' && rules.treeOf(target.type) !== undefined;
}

function descend(start: EntityTarget, names: WayByNames['names'], context: PathContext): EntityTarget {
  return names.reduce((target, { text, at }) => {
    const tree = context.rules.treeOf(target.type)!;
    const property = target.type.navigationProperties.get(tree.children);
    if (property === undefined || text === '') throw noSegment(text, at, []);
    return childNamed(navigate(target, [], property, context) as CollectionTarget, text, tree);
  }, start);
}

function step(target: Target, segment: TargetStep, context: PathContext): Target {
  switch (target.kind) {
    case 'collection':
      return target.each ? fromEach(target, segment, context) : fromCollection(target, segment, context);
    case 'entity':
      return fromEntity(target, segment, context);
    case 'property':
      return fromProperty(target, segment, context);
    case 'result':
      return valueWithin(target, segment, context);
    default:
      // Some clients write `$value` behind a stream property, which is the stream's URL already.
      if (target.kind === 'media' && target.path.length > 0 && segment.kind === 'value') return target;
      throw badRequest(`Nothing can follow in the path at '${textOf(segment)}'.`, { position: segment.at });
  }
}

function fromCollection(target: CollectionTarget, segment: TargetStep, context: PathContext): Target {
  switch (segment.kind) {
    case 'count':
      return { kind: 'count', of: target };
    case 'ref':
      return { kind: 'reference', of: target };
    case 'filter': {
      const start = { type: target.type, container: containerOf(target, context.model), depth: 0 };
      const these = placeOf({ ...start, source: target.source, typeNames: target.typeNames });
      const condition = bindFilter(segment.expression, { ...bindContextOf(start, context), these });
      return { ...target, source: { kind: 'matching', of: target.source, condition } };
    }
    case 'each':
      if (target.contextPath === undefined)
        throw badRequest(
          `$each is for the members of one set; those of '${target.type.qualifiedName}' may be anywhere.`,
          {
            position: segment.at,
          },
        );
      return { ...target, each: true };
    case 'key':
      return whereHeld(withPredicate(target, segment.predicate, segment.at, context), context);
    case 'text':
      return whereHeld(withKeySegments(target, [segment.text], segment.at, context), context);
    case 'name': {
      const cast = castTo(target.type, segment, context);
      if (cast) {
        const narrowed = { ...target, ...narrowedTo(cast, target, context) };
        return segment.arguments === undefined
          ? narrowed
          : withPredicate(narrowed, segment.arguments, segment.at, context);
      }
      return (
        operationOn(target, segment, context) ??
        whereHeld(withKeySegments(target, [segment.text], segment.at, context), context)
      );
    }
    default:
      throw badRequest(`'${textOf(segment)}' cannot follow a collection.`, { position: segment.at });
  }
}

/** `/$each/ns.Action`: an operation that is bound to the members. [OData-URL 4.13] */
function fromEach(target: CollectionTarget, segment: TargetStep, context: PathContext): Target {
  const operation = segment.kind === 'name' ? operationOn(target, segment, context) : undefined;
  if (operation !== undefined) return operation;
  throw badRequest(
    `Behind $each stands an action or function that is bound to '${target.type.qualifiedName}', not '${textOf(segment)}'.`,
    { position: segment.at },
  );
}

/** Whether an entity of a type, or of one derived from it, may be a media entity. [OData-URL 4.14] */
function mayHaveStream(type: EntityType, { model, rules }: PathContext): boolean {
  return (
    type.hasStream ||
    rules.hasMadeContent(type) ||
    model.derivedTypes(type).some((each) => each.kind === 'entity' && each.hasStream)
  );
}

function fromEntity(target: EntityTarget, segment: TargetStep, context: PathContext): Target {
  switch (segment.kind) {
    case 'value':
      if (mayHaveStream(target.type, context)) return { kind: 'media', of: target, path: [] };
      throw badRequest(`$value is for streams and primitive values; '${target.type.qualifiedName}' has no stream.`, {
        position: segment.at,
      });
    case 'ref':
      return { kind: 'reference', of: target };
    case 'name': {
      const navigation = named(target.type.navigationProperties, segment.name, context.rules.ignoreCase);
      if (navigation) return navigateTo(target, [], navigation, segment, context);
      const property = named(target.type.properties, segment.name, context.rules.ignoreCase);
      if (property) {
        refuseArguments(segment);
        return propertyTarget({ of: target, path: [{ property, cast: undefined }] });
      }
      const cast = castTo(target.type, segment, context);
      if (cast) {
        refuseArguments(segment);
        return { ...target, ...narrowedTo(cast, target, context) };
      }
      const operation = operationOn(target, segment, context);
      if (operation) return operation;
      const dynamic = dynamicProperty(target.type, segment, context);
      if (dynamic) return propertyTarget({ of: target, path: [{ property: dynamic, cast: undefined }] });
      throw noSegment(segment.text, segment.at, [
        ...target.type.properties.keys(),
        ...target.type.navigationProperties.keys(),
      ]);
    }
    case 'text':
      throw noSegment(segment.text, segment.at, []);
    default:
      throw badRequest(`'${textOf(segment)}' cannot follow a single entity.`, { position: segment.at });
  }
}

/** What a navigation property leads to, or with a key one of its entities. */
function navigateTo(
  parent: EntityTarget,
  within: readonly PropertyStep[],
  property: NavigationProperty,
  segment: NameSegment,
  context: PathContext,
): Target {
  const related = navigate(parent, within, property, context);
  if (related.kind === 'collection' && segment.arguments !== undefined)
    return whereHeld(withPredicate(related, segment.arguments, segment.at, context), context);
  refuseArguments(segment);
  return related;
}

function fromProperty(target: PropertyTarget, segment: TargetStep, context: PathContext): Target {
  const { type, reference } = target;
  const navigation =
    segment.kind === 'name' && type !== undefined && !reference.isCollection
      ? named(type.navigationProperties, segment.name, context.rules.ignoreCase)
      : undefined;
  return navigation === undefined || segment.kind !== 'name'
    ? propertyWithin(target, segment, context)
    : navigateTo(target.of, target.path, navigation, segment, context);
}
