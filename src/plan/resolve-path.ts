import { Property, type EntityType, type NavigationProperty, type StructuredType } from '../edm/index.js';
import { badRequest, notImplemented } from '../error/index.js';
import type { NameSegment, ResourcePath, Segment } from '../url/index.js';

import { pathOfAddress } from './key.js';
import { contextPathBelow } from './context-path.js';
import type { PathContext } from './path-context.js';
import { named } from './named.js';
import { boundSet, containerOf, pathOfRelation, relationOf, setOfType, typeNamesOf } from './relation.js';
import {
  childNamed,
  filteredMember,
  keyed,
  noSegment,
  refuseArguments,
  textOf,
  withKeySegment,
  withPredicate,
} from './resolve-member.js';
import { operationOn } from './resolve-operation.js';
import { rootTarget } from './resolve-root.js';
import type { Source } from './source.js';
import type { CollectionTarget, EntityTarget, MediaTarget, PropertyStep, PropertyTarget, Target } from './target.js';

/** What a resource path names in the model; 404 for names that lead nowhere, 400 for what may not stand there. [OData-URL 4] */
export function resolvePath(path: ResourcePath, context: PathContext): Target {
  let target = rootTarget(path[0], context);
  for (let index = 1; index < path.length; index++) {
    const segment = path[index]!;
    if (target.kind === 'function' && segment.kind !== 'count') return { ...target, rest: path.slice(index) };
    const way = wayByNames(path, index);
    const start: Target = step(target, way?.start ?? segment, context);
    if (way === undefined || !isInTree(start, context))
      target = way === undefined ? start : step(target, segment, context);
    else {
      target = descend(start, way.names, context);
      index = way.end;
    }
  }
  return target;
}

/** Where a path goes on by names: `root:/a/b.txt:` starts at `root`, and ends with the next colon or the path. */
interface WayByNames {
  readonly start: NameSegment | Extract<Segment, { kind: 'text' }>;
  readonly names: readonly { readonly text: string; readonly at: number }[];
  /** Index of its last segment. */
  readonly end: number;
}

function wayByNames(path: ResourcePath, index: number): WayByNames | undefined {
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
    const segment = { kind: 'name', name: property.name, text: property.name, at } as const;
    return childNamed(navigate(target, [], property, segment, context) as CollectionTarget, text, tree);
  }, start);
}

function step(target: Target, segment: Segment, context: PathContext): Target {
  if (
    segment.kind === 'name' &&
    segment.key !== undefined &&
    target.kind !== 'collection' &&
    target.kind !== 'entity'
  ) {
    throw notImplemented(`A second key in '${segment.text}' is not supported.`, { position: segment.at });
  }
  switch (target.kind) {
    case 'collection':
      return fromCollection(target, segment, context);
    case 'entity':
      return fromEntity(target, segment, context);
    case 'property':
      return fromProperty(target, segment, context);
    default:
      // Some clients write `$value` behind a stream property, which is the stream's URL already.
      if (target.kind === 'media' && target.path.length > 0 && segment.kind === 'value') return target;
      throw badRequest(`Nothing can follow in the path at '${textOf(segment)}'.`, { position: segment.at });
  }
}

function fromCollection(target: CollectionTarget, segment: Segment, context: PathContext): Target {
  switch (segment.kind) {
    case 'count':
      return { kind: 'count', of: target };
    case 'ref':
      return { kind: 'reference', of: target };
    case 'filter': {
      const filtered = { ...target, filters: [...target.filters, segment.expression] };
      return segment.key === undefined ? filtered : filteredMember(filtered, segment.key, context);
    }
    case 'each':
      return { ...target, each: true };
    case 'text':
      return withKeySegment(target, segment.text, segment.at, context);
    case 'name': {
      const cast = castTo(target.type, segment, context);
      if (cast) {
        const narrowed = { ...target, ...narrowedTo(cast, context) };
        return segment.arguments === undefined ? narrowed : withPredicate(narrowed, segment, context);
      }
      return operationOn(target, segment, context) ?? withKeySegment(target, segment.text, segment.at, context);
    }
    default:
      throw badRequest(`'${textOf(segment)}' cannot follow a collection.`, { position: segment.at });
  }
}

/** Whether an entity of a type, or of one derived from it, may be a media entity. [OData-URL 4.10] */
function mayHaveStream(type: EntityType, { model }: PathContext): boolean {
  return type.hasStream || model.derivedTypes(type).some((each) => each.kind === 'entity' && each.hasStream);
}

function fromEntity(target: EntityTarget, segment: Segment, context: PathContext): Target {
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
      if (navigation) return navigate(target, [], navigation, segment, context);
      const property = named(target.type.properties, segment.name, context.rules.ignoreCase);
      if (property) {
        refuseArguments(segment);
        return propertyTarget({ of: target, path: [{ property, cast: undefined }] });
      }
      const cast = castTo(target.type, segment, context);
      if (cast) {
        refuseArguments(segment);
        return { ...target, ...narrowedTo(cast, context) };
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

function fromProperty(target: PropertyTarget, segment: Segment, context: PathContext): Target {
  if (segment.kind === 'value') {
    if (target.reference.isCollection || target.type !== undefined) {
      throw badRequest(
        `$value is for single primitive values; '${pathOf(target)}' is ${target.reference.toString()}.`,
        { position: segment.at },
      );
    }
    return { kind: 'value', of: target };
  }
  if (segment.kind === 'count') {
    if (!target.reference.isCollection)
      throw badRequest(`$count is for collections; '${pathOf(target)}' is a single value.`, { position: segment.at });
    return { kind: 'count', of: target };
  }
  const { type } = target;
  if (segment.kind !== 'name' || type === undefined || target.reference.isCollection)
    throw noSegment(textOf(segment), segment.at, []);
  const property = named(type.properties, segment.name, context.rules.ignoreCase);
  if (property) {
    refuseArguments(segment);
    return propertyTarget({ of: target.of, path: [...target.path, { property, cast: undefined }] });
  }
  const navigation = named(type.navigationProperties, segment.name, context.rules.ignoreCase);
  if (navigation) return navigate(target.of, target.path, navigation, segment, context);
  const cast = castTo(type, segment, context);
  if (cast) {
    const last = target.path.at(-1)!;
    return propertyTarget({ of: target.of, path: [...target.path.slice(0, -1), { ...last, cast }] });
  }
  const operation = operationOn(target, segment, context);
  if (operation) return operation;
  const dynamic = dynamicProperty(type, segment, context);
  if (dynamic) return propertyTarget({ of: target.of, path: [...target.path, { property: dynamic, cast: undefined }] });
  throw noSegment(segment.text, segment.at, [...type.properties.keys(), ...type.navigationProperties.keys()]);
}

function navigate(
  parent: EntityTarget,
  within: readonly PropertyStep[],
  property: NavigationProperty,
  segment: NameSegment,
  context: PathContext,
): Target {
  const alias = context.rules.memberNamed(property);
  const members = alias === undefined ? undefined : parent.type.navigationProperties.get(alias.collection);
  if (alias !== undefined && members !== undefined) {
    refuseArguments(segment);
    const collection = navigate(parent, [], members, { ...segment, name: members.name, text: members.name }, context);
    return { ...keyed(collection as CollectionTarget, alias.key), isImplied: true };
  }
  const container = containerOf(parent, context.model);
  const names = within.map((step) => step.property.name);
  const relation = relationOf(context.model, context.rules, container, property, names);
  const set = boundSet(context.model, container, property, names);
  const contained =
    relation.kind === 'contained' && parent.address
      ? `${pathOfAddress(parent.address)}/${pathOfRelation(relation)}`
      : undefined;
  const source: Source =
    contained === undefined
      ? { kind: 'related', of: parent.source, relation }
      : { kind: 'collections', collections: [contained] };
  const common = {
    type: property.type,
    declaredType: property.type,
    typeNames: undefined,
    origin: relation.kind === 'contained' ? property : (set ?? property),
    via: { parent, relation, within },
    contextPath:
      set !== undefined && relation.kind !== 'contained' ? set.name : contextPathBelow(parent, within, property),
  };
  if (property.isCollection) {
    const collection: CollectionTarget = {
      kind: 'collection',
      ...common,
      source,
      collection: contained,
      filters: [],
      each: false,
    };
    return segment.arguments === undefined ? collection : withPredicate(collection, segment, context);
  }
  refuseArguments(segment);
  return {
    kind: 'entity',
    ...common,
    source: contained === undefined ? source : { kind: 'entity', collection: contained, key: '' },
    address: contained === undefined ? undefined : { collection: contained, key: '' },
    predicate: undefined,
    isSingleton: false,
    isImplied: relation.kind === 'contained' && context.rules.isImplied(property),
    within: undefined,
  };
}

/** Any other name may be that of a dynamic property; one that is not there is as good as null. [OData-Protocol 11.4.9.2] */
function dynamicProperty(type: StructuredType, segment: NameSegment, context: PathContext): Property | undefined {
  const { name } = segment;
  const isName = !name.includes('.') && !(name in Object.prototype) && segment.arguments === undefined;
  if (!type.isOpen || !context.rules.dynamicPaths || !isName) return undefined;
  return new Property(context.model, type, name, { $Type: 'Edm.Untyped', $Nullable: true });
}

function propertyTarget(target: Pick<PropertyTarget, 'of' | 'path'>): PropertyTarget | MediaTarget {
  const last = target.path.at(-1)!;
  const { type, isCollection } = last.property;
  if (type.qualifiedName === 'Edm.Stream' && !isCollection) return { kind: 'media', ...target };
  return {
    kind: 'property',
    ...target,
    reference: last.property.reference,
    type: last.cast ?? (type.kind === 'complex' ? type : undefined),
  };
}

type Narrowed = Pick<CollectionTarget, 'type' | 'typeNames'> &
  Partial<Pick<CollectionTarget, 'declaredType' | 'contextPath'>>;

/** What a cast changes of a target. Under umbrellas a type with a set of its own is spoken of as that set. [OData-URL 4.11] */
function narrowedTo(cast: EntityType, { model, rules }: PathContext): Narrowed {
  const narrowed = { type: cast, typeNames: typeNamesOf(cast, model) };
  const set = rules.hasUmbrellas ? setOfType(model, cast) : undefined;
  return set?.type === cast ? { ...narrowed, declaredType: cast, contextPath: set.name } : narrowed;
}

/** A qualified name of a type that derives from the present one; undefined for every other segment. [OData-URL 4.11] */
function castTo<T extends StructuredType>(type: T, segment: NameSegment, context: PathContext): T | undefined {
  if (!segment.name.includes('.')) return undefined;
  const named = context.model.structuredType(segment.name);
  if (!named) return undefined;
  if (named.kind !== type.kind || !(named.isOrDerivesFrom(type) || type.isOrDerivesFrom(named))) {
    throw badRequest(`The type '${named.qualifiedName}' is not related to '${type.qualifiedName}'.`, {
      position: segment.at,
    });
  }
  return named as T;
}

function pathOf(target: PropertyTarget): string {
  return target.path.map((each) => each.property.name).join('/');
}
