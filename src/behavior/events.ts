import type { JsonObject, JsonValue, Model, Operation } from '../edm/index.js';
import type { StreamContent } from '../store/index.js';

import type { Entities, Entity, StoredEntities } from './entities.js';

/** What every handler is told: the request's own transaction and its surroundings. */
export interface Surroundings {
  readonly model: Model;
  /** Reads and writes within the request's transaction: throwing rolls all of it back. */
  readonly entities: Entities;
  /** The instant of the request as an Edm.DateTimeOffset in UTC. */
  readonly now: string;
}

export type Annotations = ReadonlyMap<string, JsonValue>;

/** An entity is about to be stored. `document` may be changed before `next()`. */
export interface CreateEvent extends Surroundings {
  readonly kind: 'create';
  /** Qualified name of the entity's type. */
  readonly type: string;
  readonly collection: string;
  /** The entity that it is created behind, and the navigation property that leads from there. */
  readonly via: { readonly entity: Entity; readonly property: string } | undefined;
  readonly document: JsonObject;
  /** Names of the properties that were left out, and have the defaults of the schema. */
  readonly defaulted: ReadonlySet<string>;
  /** Instance annotations that came with it, by their terms. [OData-JSON 20] */
  readonly annotations: Annotations;
  /** Whether related entities or references of a navigation property come along, which are stored once it is. */
  comesWith(property: string): boolean;
  /** The stored entities that a navigation property will refer to, as far as the request names any. */
  bound(property: string): Promise<readonly Entity[]>;
  /** The bytes that a media entity is made of, where it came as such. */
  readonly stream?: StreamChange;
}

/** An entity is about to change. `document` is the whole next document and may be changed before `next()`. */
export interface UpdateEvent extends Surroundings {
  readonly kind: 'update';
  /** Qualified name of the type as this schema knows it; the row may name one that only another service of the tenant has. */
  readonly type: string;
  readonly entity: Entity;
  readonly document: JsonObject;
  /** Instance annotations that came with the change, by their terms. [OData-JSON 20] */
  readonly annotations: Annotations;
  /** The stream that changed, with the entity itself left as it is unless a handler changes its document. */
  readonly stream?: StreamChange;
}

/** A stream of an entity: that of a media entity by the empty name, or a stream property's; without content where it was removed. */
export interface StreamChange {
  readonly property: string;
  readonly content: StreamContent | undefined;
}

/** An entity is about to be removed. */
export interface DeleteEvent extends Surroundings {
  readonly kind: 'delete';
  readonly entity: Entity;
}

/** An action or function was called; its parameters agree with the schema. */
export interface OperationEvent extends Surroundings {
  readonly kind: 'action' | 'function';
  readonly operation: Operation;
  /** The entity that the operation is bound to. */
  readonly binding: Entity | undefined;
  /** Path of the collection that it is bound to; undefined where only some of what stands there are members. */
  readonly collection: string | undefined;
  /** The members of the collection that it is bound to, as casts and conditions in the path leave them. */
  members(): Promise<readonly Entity[]>;
  /** By name; their defaults or null for optional ones that were left out. */
  readonly parameters: ReadonlyMap<string, JsonValue>;
}

/** A collection was asked for whose members are computed. */
export interface ViewEvent extends Pick<Surroundings, 'model' | 'now'> {
  readonly kind: 'view';
  readonly entities: StoredEntities;
  /** The entity that the collection belongs to. */
  readonly owner: Entity;
  /** The custom query option of this name, in any case. */
  option(name: string): string | undefined;
}

/** A member of a collection was asked for by its key, and is not stored. */
export interface MemberEvent extends Pick<Surroundings, 'model' | 'now'> {
  readonly kind: 'member';
  readonly entities: StoredEntities;
  /** The entity that the collection belongs to. */
  readonly owner: Entity;
  /** Canonical text of the key, as in paths of the store. */
  readonly key: string;
  /** What it is wanted for: to be seen as it is, or to be stored, since something is about to be written to it. */
  readonly use: 'shown' | 'stored';
}

export type BehaviorEvent = CreateEvent | UpdateEvent | DeleteEvent | OperationEvent;

/** What an operation gives back: nothing, a value, or entities. */
export type OperationResult = undefined | JsonValue | Entity | readonly Entity[];
