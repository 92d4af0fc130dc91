import type { EntitySet, EntityType, NavigationProperty, Singleton } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import {
  boundSet,
  collectionBehind,
  containerOf,
  relationOf,
  type CollectionTarget,
  type EntityTarget,
  type Relation,
} from '../plan/index.js';
import type { Row } from '../store/index.js';
import type { Draft } from '../validation/index.js';

import { homeOf } from './homes.js';
import type { Seeding } from './seeding.js';

/** Where an entity is filed. */
export interface Slot {
  readonly collection: string;
  /** Canonical key, empty for what stands alone; undefined where the entity itself says it. */
  readonly key: string | undefined;
  /** Whether the path calls it by this key, whatever it says itself: the default calendar of a user. */
  readonly isNamed?: boolean;
  /** The set or singleton whose bindings lead on from here. */
  readonly container: EntitySet | Singleton | undefined;
  /** What the entity is related to by more than its place. */
  readonly via: { readonly row: Row; readonly relation: Relation } | undefined;
}

/** What the schema and the paths say about places. */
type Placing = Pick<Seeding, 'model' | 'rules'>;

/** What decides where an entity goes that comes to a place. */
type Seeded = Pick<Draft, 'type' | 'document'>;

/** The place of an entity that a path names; `parent` is the entity before its last navigation, which must be stored already. */
export function slotAt(
  target: CollectionTarget | EntityTarget,
  seeded: Seeded,
  parent: Row | undefined,
  seeding: Placing,
): Slot {
  const container = containerOf(target, seeding.model);
  const key = target.kind === 'entity' ? keyOf(target) : undefined;
  const { via } = target;
  if (via !== undefined && parent !== undefined) {
    const before = containerOf(via.parent, seeding.model);
    const slot = slotBehind(parent, via.relation, before, seeded, seeding);
    if (key === undefined) return slot;
    return { ...slot, key, isNamed: target.kind === 'entity' && target.isImplied };
  }
  if (container?.kind === 'singleton') return { collection: container.name, key: '', container, via: undefined };
  if (container?.kind !== 'entitySet') throw badRequest('Nothing can be seeded here.');
  const home = homeOf(container, seeded.type as EntityType, seeding);
  return { collection: home.name, key, container: home, via: undefined };
}

/** The place of an entity behind a navigation property of a stored one. */
export function slotBehind(
  row: Row,
  relation: Relation,
  from: EntitySet | Singleton | undefined,
  { type, document }: Seeded,
  seeding: Placing,
): Slot {
  const { property } = relation;
  const set = boundSet(seeding.model, from, property, relation.within);
  const via = relation.kind === 'contained' ? undefined : { row, relation };
  const own = collectionBehind(relation, row, document);
  if (own !== undefined && set?.name !== own) {
    const isSingle = relation.kind === 'contained' && !property.isCollection;
    const container = relation.kind === 'contained' ? set : undefined;
    return { collection: own, key: isSingle ? '' : undefined, container, via };
  }
  if (set === undefined) throw unbound(property);
  const home = homeOf(set, type as EntityType, seeding);
  return { collection: home.name, key: undefined, container: home, via };
}

export function relationFrom(
  container: EntitySet | Singleton | undefined,
  { property, within }: Pick<Relation, 'property' | 'within'>,
  { model, rules }: Placing,
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
