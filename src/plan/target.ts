import type {
  EntitySet,
  EntityType,
  JsonValue,
  NavigationProperty,
  Operation,
  Property,
  Scalar,
  Singleton,
  StructuredType,
  TypeReference,
} from '../edm/index.js';
import type { Argument } from '../url/index.js';

import type { Source } from './expression.js';
import type { TreeRule } from './path-rules.js';
import type { Relation } from './relation-kind.js';
import type { TargetStep } from './target-step.js';

/** What a resource path names. The kind and the method decide the operation. [OData-URL 4] */
export type Target =
  | { readonly kind: 'service' | 'metadata' | 'batch' | 'entityId' }
  | { readonly kind: 'crossjoin'; readonly sets: readonly JoinedSet[] }
  | CollectionTarget
  | EntityTarget
  | PropertyTarget
  | ValueTarget
  | MediaTarget
  | CountTarget
  | ReferenceTarget
  | OperationTarget
  | DeltaTarget
  | ResultTarget;

/** A set of a cross join. */
export interface JoinedSet {
  readonly set: EntitySet;
  readonly members: CollectionTarget;
}

interface ResourceTarget {
  /** The type after casts; rows of derived types belong to it. */
  readonly type: EntityType;
  /** The type that the model declares at this place, before casts. */
  readonly declaredType: EntityType;
  readonly source: Source;
  /** Set by casts: qualified names of the types that stay. */
  readonly typeNames: readonly string[] | undefined;
  /** What in the model leads here: its annotations govern what is allowed. Undefined for results of operations. */
  readonly origin: EntitySet | Singleton | NavigationProperty | undefined;
  /** The navigation that leads here, with the entity that it starts from. */
  readonly via: Via | undefined;
  /**
   * Resource path for context URLs, without a key at the end: `users('1')/messages`. [OData-Protocol 10]
   * Undefined where the entities belong to no one set, so that their type stands there.
   */
  readonly contextPath: string | undefined;
  /**
   * What context URLs name instead of `contextPath`, which still begins the paths of what is below: an entity set by its
   * name, or the type of entities that no entity set is known for. [OData-Protocol 10.2, 10.3]
   */
  readonly contextName?: { readonly name: string } | 'type' | undefined;
  /** Whether samples stand for its entities, since nothing computed them. */
  readonly isMadeUp?: boolean;
}

/** A navigation step of a path. */
export interface Via {
  readonly parent: EntityTarget;
  readonly relation: Relation;
  /** The complex properties between the two. */
  readonly within: readonly PropertyStep[];
}

/** A collection of entities. */
export interface CollectionTarget extends ResourceTarget {
  readonly kind: 'collection';
  /** Canonical path of the collection, where it is known without reading. */
  readonly collection: string | undefined;
  /** Whether `/$each` asks for an operation on each member. [OData-URL 4.13] */
  readonly each: boolean;
}

/** One entity: by key, a singleton, or behind a single-valued navigation property. */
export interface EntityTarget extends ResourceTarget {
  readonly kind: 'entity';
  /** Where the entity stands, where that is known without reading. */
  readonly address: { readonly collection: string; readonly key: string } | undefined;
  /** What stands in parentheses behind the collection in context URLs; undefined without a key. */
  readonly predicate: string | undefined;
  readonly isSingleton: boolean;
  /** Whether it is there as soon as its parent is, without a row of its own. */
  readonly isImplied: boolean;
  /** The values by which it is found, where that is not its key: those of an alternate key, or of what may stand for the key. */
  readonly values?: ReadonlyMap<string, Scalar>;
  /** The name that picks it in a tree, from the children of what `via` starts from. */
  readonly named?: { readonly name: string; readonly tree: TreeRule };
  /** The collection that the key picks from; absent for singletons and single-valued navigation. */
  readonly within: CollectionTarget | undefined;
}

/** A structural property of an entity, possibly within complex properties. */
export interface PropertyTarget {
  readonly kind: 'property';
  readonly of: EntityTarget;
  readonly path: readonly PropertyStep[];
  readonly reference: TypeReference;
  /** The structured type at the end, after casts; undefined for scalars. */
  readonly type: StructuredType | undefined;
}

export interface PropertyStep {
  readonly property: Property;
  /** The derived type that a cast behind the property names. */
  readonly cast: StructuredType | undefined;
  /** Which item of an ordered collection is meant, counted from zero, or from the end where it is negative. [OData-URL 4.10] */
  readonly ordinal?: number;
}

/** The names and ordinals that lead to a value: `['Addresses', '0', 'City']`. */
export function stepNames(path: readonly PropertyStep[]): string[] {
  return path.flatMap(({ property, ordinal }) =>
    ordinal === undefined ? [property.name] : [property.name, String(ordinal)],
  );
}

/** `/$value` of a property. */
export interface ValueTarget {
  readonly kind: 'value';
  readonly of: PropertyTarget;
}

/** A stream: of a media entity, by `/$value`, or of a stream property. [OData-Protocol 11.2.3] */
export interface MediaTarget {
  readonly kind: 'media';
  readonly of: EntityTarget;
  /** Leads to the stream property; empty for the media entity itself. */
  readonly path: readonly PropertyStep[];
}

/** `/$count` [OData-URL 4.8] */
export interface CountTarget {
  readonly kind: 'count';
  readonly of: CollectionTarget | PropertyTarget;
}

/** `/$ref` [OData-URL 4.4] */
export interface ReferenceTarget {
  readonly kind: 'reference';
  readonly of: CollectionTarget | EntityTarget;
}

/** An action or function, its overloads still open: parameters may be in the body or in the query. */
export interface OperationTarget {
  readonly kind: 'action' | 'function';
  readonly overloads: readonly Operation[];
  readonly binding: CollectionTarget | EntityTarget | PropertyTarget | undefined;
  /** Inline parameters; undefined where no parentheses were written. */
  readonly arguments: readonly Argument[] | undefined;
  /** Set that the returned entities belong to, by the import or the entity set path. */
  readonly entitySet: EntitySet | undefined;
  /** Steps behind a composable function. */
  readonly rest: readonly TargetStep[];
  /** What they lead to, whatever the function gives; absent where nothing stands behind it. */
  readonly leadsTo?: Target;
}

/** A value that a function gives, or what a path within it leads to. [OData-URL 4.5.2] */
export interface ResultTarget {
  readonly kind: 'result';
  /** What is asked for: the value as JSON, as bare text, or the number of its items. */
  readonly as: 'value' | 'text' | 'count';
  /** What the function gave; undefined as long as it has not been called. */
  readonly value: JsonValue | undefined;
  /** From that value to the one that is asked for. */
  readonly path: readonly PropertyStep[];
  readonly reference: TypeReference;
  /** The structured type at the end, after casts; undefined for scalars. */
  readonly type: StructuredType | undefined;
}

/** The changes of a collection, by a function that is declared for it: `users/delta`. */
export interface DeltaTarget {
  readonly kind: 'delta';
  readonly of: CollectionTarget;
  readonly call: OperationTarget;
}
