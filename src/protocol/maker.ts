import type { EntityType, JsonObject } from '../edm/index.js';
import type { CollectionTarget, EntityTarget } from '../plan/index.js';
import type { Row, Unit } from '../store/index.js';

/** Makes entities that nobody made because a request names them, where a service is to have them. */
export interface Maker {
  /** The values that an entity of a type is made with, canonical. */
  sampleOf(type: EntityType): JsonObject;
  /**
   * The entity at a target, made with those it belongs to where nobody made it. Undefined where there is none and none can
   * be: it was removed, stands elsewhere, has another type, is not named, or there are too many already. `typeName` is the
   * type that the request says it has.
   */
  make(target: EntityTarget, unit: Unit, typeName?: string): Promise<Made | undefined>;
  /**
   * Something in a collection, or behind a single-valued property, that is empty and always was: one entity of each type
   * that stands in a collection of its own. Undefined elsewhere.
   */
  makeFirst(target: CollectionTarget | EntityTarget, unit: Unit): Promise<Made | undefined>;
}

export interface Made {
  readonly row: Row;
  /** Whether it was not there before. */
  readonly isNew: boolean;
}

/** What a request brings about besides what it asks for. */
export interface Making {
  readonly maker: Maker;
  /** Whether anything has come into being because the request names it. */
  isMade: boolean;
}
