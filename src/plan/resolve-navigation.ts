import type { EntitySet, EntityType, NavigationProperty } from '../edm/index.js';

import { contextNameOf } from './context-name.js';
import { contextPathBelow } from './context-path.js';
import type { Place, Source } from './expression.js';
import { pathOfAddress } from './key.js';
import { refuseLongWay } from './longest-way.js';
import { ownerOf } from './owner-of.js';
import type { PathContext } from './path-context.js';
import type { Relation } from './relation-kind.js';
import { boundSet, containerOf, pathOfRelation, relationOf, schemaPath } from './relation.js';
import { keyed } from './resolve-member.js';
import { placeWithin } from './target-place.js';
import { stepNames, type CollectionTarget, type EntityTarget, type PropertyStep } from './target.js';

type Address = NonNullable<EntityTarget['address']>;

/** What a navigation property of an entity, or of a complex value within it, leads to. [OData-URL 4.3.2] */
export function navigate(
  parent: EntityTarget,
  within: readonly PropertyStep[],
  property: NavigationProperty,
  context: PathContext,
): CollectionTarget | EntityTarget {
  const alias = context.rules.memberNamed(property);
  const members = alias === undefined ? undefined : parent.type.navigationProperties.get(alias.collection);
  if (alias !== undefined && members !== undefined)
    return { ...keyed(navigate(parent, [], members, context) as CollectionTarget, alias.key), isImplied: true };
  const shortcut = context.rules.shortcutOf(property);
  if (shortcut !== undefined) return alongShortcut(parent, within, property, shortcut, context);
  const container = containerOf(parent, context.model);
  const names = stepNames(within);
  const relation = relationOf(context.model, context.rules, container, property, names);
  const set = boundSet(context.model, container, property, names);
  // What the schema contains is named by its path, wherever it is filed.
  const isContained = relation.kind === 'contained' || property.containsTarget;
  const isFromEnd = within.some(({ ordinal = 0 }) => ordinal < 0);
  const contained =
    relation.kind === 'contained' && parent.address && !isFromEnd
      ? `${pathOfAddress(parent.address)}/${pathOfRelation(relation)}`
      : undefined;
  if (contained === undefined) refuseLongWay(relationsOf(parent.source));
  const isFromItem = within.some(({ ordinal }) => ordinal !== undefined);
  const namesake = addressOfNamesake(parent, within, relation, set);
  const source: Source =
    contained !== undefined
      ? containedIn(contained, relation)
      : isFromItem
        ? { kind: 'place', place: relatedTo(placeWithin(parent, within, context.model), relation) }
        : { kind: 'related', of: parent.source, relation };
  const common = {
    type: property.type,
    declaredType: property.type,
    typeNames: undefined,
    origin: isContained ? property : (set ?? property),
    via: { parent, relation, within },
    contextPath: set !== undefined && !isContained ? set.name : contextPathBelow(parent, within, property),
    contextName: contextNameOf(parent, schemaPath(names), property, context),
  };
  if (property.isCollection) {
    return { kind: 'collection', ...common, source, collection: contained, each: false };
  }
  return {
    kind: 'entity',
    ...common,
    ...placeOf(contained === undefined ? namesake : { collection: contained, key: '' }, source),
    predicate: undefined,
    isSingleton: false,
    isImplied: relation.kind === 'contained' && !isFromItem && context.rules.isImplied(property),
    within: undefined,
  };
}

function placeOf(address: Address | undefined, source: Source): Pick<EntityTarget, 'source' | 'address'> {
  return { source: address === undefined ? source : { kind: 'entity', ...address }, address };
}

/** Where an entity stands that belongs to its owner by having the same key: the owner's key tells. */
function addressOfNamesake(
  { type, address }: EntityTarget,
  within: readonly PropertyStep[],
  relation: Relation,
  set: EntitySet | undefined,
): Address | undefined {
  if (relation.kind !== 'constrained' || within.length > 0 || address === undefined) return undefined;
  const { property, pairs, collection } = relation;
  if (property.isCollection || set?.name !== collection) return undefined;
  const isKeyToKey =
    isKey(
      type,
      pairs.map(({ here }) => here),
    ) &&
    isKey(
      property.type,
      pairs.map(({ there }) => there),
    );
  return isKeyToKey ? { collection, key: address.key } : undefined;
}

function isKey({ key }: EntityType, paths: readonly (readonly string[])[]): boolean {
  return key.length === 1 && paths.length === 1 && key[0]!.path.join('/') === paths[0]!.join('/');
}

/** What a way of several navigation properties leads to, by the name of the property that stands for it. */
function alongShortcut(
  parent: EntityTarget,
  within: readonly PropertyStep[],
  property: NavigationProperty,
  names: readonly string[],
  context: PathContext,
): CollectionTarget | EntityTarget {
  const target = names.reduce<CollectionTarget | EntityTarget>((from, name) => {
    const next = from.type.navigationProperties.get(name);
    if (next === undefined || from.kind !== 'entity')
      throw new Error(`'${property.name}' stands for '${names.join('/')}', which is no way from '${from.type.name}'.`);
    return navigate(from, [], next, context);
  }, parent);
  return {
    ...target,
    contextPath: contextPathBelow(parent, within, property),
    contextName: contextNameOf(parent, [], property, context),
  };
}

function containedIn(collection: string, relation: Relation): Source {
  const whole = { kind: 'collections', collections: [collection] } as const;
  const nestedBy = relation.kind === 'contained' ? relation.nestedBy : undefined;
  return nestedBy === undefined ? whole : { kind: 'outermost', of: whole, nestedBy };
}

/** How many relations a source goes through. */
function relationsOf(source: Source): number {
  if (source.kind === 'related') return relationsOf(source.of) + 1;
  if (source.kind === 'place') return relationsTo(source.place);
  return 'of' in source ? relationsOf(source.of) : 0;
}

function relationsTo(place: Place): number {
  if (place.kind === 'root') return relationsOf(place.source);
  const owner = ownerOf(place);
  const before = owner === undefined ? 0 : relationsTo(owner);
  return place.kind === 'related' ? before + 1 : before;
}

function relatedTo(of: Place, relation: Relation): Place {
  const { type, isCollection } = relation.property;
  return { kind: 'related', of, relation, type: { type, isCollection } };
}
