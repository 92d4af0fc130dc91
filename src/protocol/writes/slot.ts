import type { EntitySet, EntityType, JsonObject, NavigationProperty, Singleton } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import {
  boundSet,
  collectionBehind,
  containerOf,
  foreignKey,
  isDependent,
  pathOfAddress,
  pathOfRelation,
  relationOf,
  type CollectionTarget,
  type EntityTarget,
  type Relation,
  type Via,
} from '../../plan/index.js';
import type { Address, Row } from '../../store/index.js';

import { mayBeComputed } from '../computed-member.js';
import { refuseNull } from '../payload/property-value.js';
import { documentOf } from '../row-document.js';
import { locateStored } from '../materialize.js';
import { relationAt } from './relation-at.js';
import type { WriteContext } from './write-context.js';

/** Where a new entity goes. */
export interface Slot {
  readonly type: EntityType;
  readonly collection: string;
  /** Whether there is room for one entity only, which is then filed under the empty key. */
  readonly isSingle: boolean;
  /** The set or singleton whose bindings lead on from here. */
  readonly container: EntitySet | Singleton | undefined;
  /** A row that must exist for the entity to be stored. */
  readonly parent: Address | undefined;
  /** The entity that the new one is related to, where it is created through a navigation property. */
  readonly via: { readonly row: Row; readonly relation: Relation } | undefined;
}

/** The slot of a `POST` to a collection. Related entities go to the set that the property is bound to. */
export async function slotOf(target: CollectionTarget | EntityTarget, context: WriteContext): Promise<Slot> {
  const { via, type } = target;
  const container = containerOf(target, context.parts.model);
  if (via === undefined)
    return { type, collection: rootCollection(target), isSingle: false, container, parent: undefined, via: undefined };
  const { parent, relation } = via;
  // A way from elsewhere, such as one by a name, finds what is below an entity only where that has a row.
  const isFiledNow = (parent.isImplied && parent.via !== undefined) || mayBeComputed(parent, context.parts);
  if (isFiledNow) await locateStored(parent, context.unit, context.parts);
  if (via.within.length > 0) return slotWithin(via, type, context);
  if (relation.kind === 'contained' && parent.address !== undefined) {
    const path = pathOfAddress(parent.address);
    return {
      type,
      collection: `${path}/${pathOfRelation(relation)}`,
      isSingle: !relation.property.isCollection,
      container,
      parent: storedAncestor(parent),
      via: undefined,
    };
  }
  const row = await locateStored(parent, context.unit, context.parts);
  return relatedSlot(row, relation, containerOf(parent, context.parts.model), context, type);
}

/** Of a complex value of the parent, which stays what it is until the entity is there. */
async function slotWithin(via: Via, type: EntityType, context: WriteContext): Promise<Slot> {
  const { unit, parts } = context;
  const found = await locateStored(via.parent, unit, parts);
  const row = (await unit.hold(found)) ?? found;
  refuseNull(row, via);
  return relatedSlot(row, relationAt(via, row, parts), containerOf(via.parent, parts.model), context, type);
}

/** The slot of an entity that is created below or besides another one. */
export function relatedSlot(
  row: Row,
  relation: Relation,
  container: EntitySet | Singleton | undefined,
  context: WriteContext,
  type: EntityType = relation.property.type,
): Slot {
  const { property } = relation;
  const isContained = relation.kind === 'contained';
  const own = collectionBehind(relation, row, {});
  const set =
    own === undefined || relation.kind === 'constrained'
      ? boundSet(context.parts.model, container, property, relation.within)
      : undefined;
  const collection = own ?? set?.name;
  if (collection === undefined) throw noSet(property);
  return {
    type,
    collection,
    isSingle: isContained && !property.isCollection,
    container: set,
    parent: isContained && row.version > 0 ? row : undefined,
    via: isContained ? undefined : { row, relation },
  };
}

/** What dependents hold of the entity that they belong to: its key, or whatever else the constraint ties. [CSDL-JSON 8.5] */
export function ownerKey(via: Slot['via']): JsonObject {
  return via !== undefined && via.relation.kind === 'constrained' && !isDependent(via.relation)
    ? foreignKey(via.relation, documentOf(via.row))
    : {};
}

/** The collection that an entity goes to, where that depends on what it is. */
export function collectionIn({ collection, via }: Slot, document: JsonObject): string {
  if (via === undefined || via.relation.kind !== 'linked') return collection;
  return collectionBehind(via.relation, via.row, document) ?? collection;
}

export function relationFrom(
  container: EntitySet | Singleton | undefined,
  { property, within }: Pick<Relation, 'property' | 'within'>,
  { parts }: WriteContext,
): Relation {
  return relationOf(parts.model, parts.profile.path, container, property, within);
}

/** The nearest ancestor that must have a row; those that are implied are there whenever it is. */
function storedAncestor(target: EntityTarget): Address | undefined {
  if (!target.isImplied) return target.address;
  return target.via === undefined ? undefined : storedAncestor(target.via.parent);
}

function rootCollection(target: CollectionTarget | EntityTarget): string {
  const collection = target.kind === 'collection' ? target.collection : target.address?.collection;
  if (collection === undefined) throw badRequest('Entities cannot be created here.');
  return collection;
}

function noSet(property: NavigationProperty): Error {
  return badRequest(
    `Entities cannot be created through '${property.name}', since it is bound to no entity set; create them elsewhere and add a reference.`,
    {
      target: property.name,
    },
  );
}
