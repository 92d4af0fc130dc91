import type {
  EntitySet,
  Model,
  NavigationProperty,
  Operation,
  ScalarType,
  SchemaType,
  Singleton,
  StructuredType,
} from '../../edm/index.js';
import type { AggregateItem, Expression as Tree, PathStep } from '../../url/index.js';

import type { Expression, Place, Source } from '../expression.js';
import type { Relation } from '../relation-kind.js';

/** What the names in a query option mean, and how much of it is allowed. */
export interface BindContext {
  readonly model: Model;
  /** The type that names without a range variable belong to: the type of `$it`, or of the expanded entities. */
  readonly type: SchemaType;
  /** What a row is after `$apply` changed it; names without a range variable belong to it rather than to `type`. */
  readonly row?: Place;
  /** Whether `$it` is the whole collection rather than one of its items. */
  readonly isCollection?: boolean;
  /** Set within `$expand`: what `$it` means there. [OData-URL 5.1.1.14.4] */
  readonly resource?: Resource;
  /** Where the range variables that stand for rows of several sets start from, by their numbers. */
  readonly origins?: ReadonlyMap<number, Origin>;
  /**
   * How a navigation property is followed; `before` names the navigation properties that lead to it from `type`, or from
   * another container element, `within` the complex properties that it stands in.
   */
  relationOf(
    property: NavigationProperty,
    before: readonly NavigationProperty[],
    within: readonly string[],
    from?: Origin,
  ): Relation;
  /** The container element that `type` is of, as far as it is known. */
  readonly container?: EntitySet | Singleton | undefined;
  /** The collection that the expression is about, or a value of it where transformations made its rows. [OData-Aggregation 3.6] */
  readonly these?: Place | ((item: AggregateItem) => BoundExpression);
  /** What an aggregate expression makes of the entities or complex values of a collection, which `origin` is about. */
  aggregate?(collection: Place, origin: Origin, resource: Resource, item: AggregateItem): BoundExpression;
  /** What the first steps behind `$root` name. [OData-URL 5.1.1.14.5] */
  resolveRoot(steps: readonly PathStep[]): RootPlace;
  /** Whether a key may be a step of its own: `Items/1`. [OData-URL 4.3.6] */
  readonly keyAsSegment?: boolean;
  /** What a function means as an expression, where a behaviour says so. */
  definitionOf?(operation: Operation): Tree | undefined;
  /** Parameter aliases of the request by name without `@`. [OData-URL 5.3] */
  readonly aliases: ReadonlyMap<string, Tree>;
  /** Whether one without a value is refused rather than null. */
  readonly demandsAliasValues?: boolean;
  /** Results of `$compute` that may be used by their aliases. [OData-Protocol 11.2.5.3] */
  readonly computed?: ReadonlyMap<string, ComputedProperty>;
  readonly limits: BindLimits;
  /** Whether a number may be compared with an enumeration: `Status eq 1`. */
  readonly allowEnumNumbers?: boolean;
  /** Whether a date may be compared with a date and time, as its midnight in UTC. */
  readonly promoteDates?: boolean;
  /** Whether names of properties count in any case. */
  readonly ignoreCase?: boolean;
  /** Whether an open type may have a property of this name that it does not declare; any name where nothing says so. */
  isDynamic?(type: StructuredType, name: string): boolean;
  /** Namespaces whose types may be named without them. [OData-URL 2] */
  readonly defaultNamespaces?: readonly string[];
}

/** Whether a name that a type does not declare may be that of a dynamic property, or of one that a derived type declares. */
export function mayBeDynamic(name: string, type: StructuredType, { isDynamic, model }: BindContext): boolean {
  if (!type.isOpen) return false;
  if (isDynamic === undefined || isDynamic(type, name)) return true;
  return model.derivedTypes(type).some((each) => each.member(name) !== undefined);
}

export interface BindLimits {
  /** How many literals, paths, operators and calls one expression may have, with its aliases put in. */
  readonly nodes: number;
  /** How deep they may be nested; chains of `and` and `or` count once. */
  readonly depth: number;
  /** How many collections behind `$root` are gone through within each other: each does so for every item of the last. */
  readonly roots: number;
  /** Characters of a `matchesPattern` pattern. */
  readonly patternLength: number;
}

export const defaultBindLimits: BindLimits = { nodes: 2000, depth: 100, roots: 2, patternLength: 500 };

/** The container element whose bindings say where navigation properties lead. */
export interface Origin {
  readonly container: EntitySet | Singleton | undefined;
  /** The complex properties that lead to where a place starts, where that is no entity. */
  readonly within?: readonly string[];
}

/** What the resource path names: entities, complex values of them, rows of a cross join, or what `$apply` made of them. */
export interface Resource extends Origin {
  readonly place: Place;
  /** In a cross join, where the sets' rows start from. */
  readonly origins?: ReadonlyMap<number, Origin>;
}

export interface RootPlace extends Origin {
  readonly source: Source;
  readonly type: StructuredType;
  readonly isCollection: boolean;
  /** How many of the steps name the source; the rest is a path from there. */
  readonly steps: number;
}

/** A bound expression with the type of its value; undefined for null. */
export interface BoundExpression {
  readonly expression: Expression;
  readonly type: ScalarType | undefined;
}

export interface ComputedProperty extends BoundExpression {
  readonly alias: string;
}
