import type { EntitySet, EntityType, NavigationProperty, Singleton } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import {
  boundSet,
  containerOf,
  pathOfAddress,
  pathOfRelation,
  relationOf,
  type CollectionTarget,
  type EntityTarget,
  type Relation,
} from '../plan/index.js';
import type { Row } from '../store/index.js';

import { homeOf } from './homes.js';
import type { Seeding } from './seeding.js';

/** Where an entity is filed. */
export interface Slot {
  readonly collection: string;
  /** Canonical key, empty for what stands alone; undefined where the entity itself says it. */
  readonly key: string | undefined;
  /** The set or singleton whose bindings lead on from here. */
  readonly container: EntitySet | Singleton | undefined;
  /** What the entity is related to by more than its place. */
  readonly via: { readonly row: Row; readonly relation: Relation } | undefined;
}

/** The place of an entity that a path names; `parent` is the entity before its last navigation, which must be stored already. */
export function slotAt(
  target: CollectionTarget | EntityTarget,
  type: EntityType,
  parent: Row | undefined,
  seeding: Seeding,
): Slot {
  const container = containerOf(target, seeding.model);
  const key = target.kind === 'entity' ? keyOf(target) : undefined;
  const { via } = target;
  if (via !== undefined && parent !== undefined) {
    const before = containerOf(via.parent, seeding.model);
    return { ...slotBehind(parent, via.relation, before, type, seeding), ...(key === undefined ? {} : { key }) };
  }
  if (container?.kind === 'singleton') return { collection: container.name, key: '', container, via: undefined };
  if (container?.kind !== 'entitySet') throw badRequest('Nothing can be seeded here.');
  const home = homeOf(container, type, seeding);
  return { collection: home.name, key, container: home, via: undefined };
}

/** The place of an entity behind a navigation property of a stored one. */
export function slotBehind(
  row: Row,
  relation: Relation,
  from: EntitySet | Singleton | undefined,
  type: EntityType,
  seeding: Seeding,
): Slot {
  const { property } = relation;
  const set = boundSet(seeding.model, from, property, relation.within);
  if (relation.kind === 'contained') {
    const key = property.isCollection ? undefined : '';
    return { collection: `${pathOfAddress(row)}/${pathOfRelation(relation)}`, key, container: set, via: undefined };
  }
  if (relation.kind === 'linked' && relation.isBeside === true)
    return { collection: row.collection, key: undefined, container: undefined, via: { row, relation } };
  if (set === undefined) throw unbound(property);
  const home = homeOf(set, type, seeding);
  return { collection: home.name, key: undefined, container: home, via: { row, relation } };
}

export function relationFrom(
  container: EntitySet | Singleton | undefined,
  { property, within }: Pick<Relation, 'property' | 'within'>,
  { model, rules }: Seeding,
): Relation {
  return relationOf(model, rules, container, property, within);
}

function keyOf({ source }: EntityTarget): string | undefined {
  return source.kind === 'entity' || source.kind === 'keyed' ? source.key : undefined;
}

function unbound(property: NavigationProperty): Error {
  return badRequest(`'${property.name}' is bound to no entity set, so nothing can be seeded behind it.`, {
    target: property.name,
  });
}
