import type {
  EntitySet,
  NavigationProperty,
  Property,
  Scalar,
  ScalarType,
  Singleton,
  StructuredType,
} from '../edm/index.js';

import type { Form, PartColumns, Step } from './apply/apply-plan.js';
import type { Relation } from './relation-kind.js';

/**
 * Bound, typed expressions: names are resolved, literals are canonical, promotions are explicit.
 * Plain readonly data that knows neither URLs nor SQL. Three-valued logic as OData defines it. [OData-URL 5.1.1.1]
 */
export type Expression =
  | LiteralExpression
  | ValueExpression
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | Comparison
  | { readonly kind: 'in'; readonly operand: Expression; readonly items: readonly Expression[] }
  /** Both operands are values of the same flags enumeration. */
  | { readonly kind: 'has'; readonly operand: Expression; readonly flags: Expression }
  | Arithmetic
  | { readonly kind: 'negate'; readonly operand: Expression; readonly type: ScalarType }
  | CanonicalCall
  | LambdaExpression
  | CountExpression
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
      readonly type: ScalarType | undefined;
    }
  /** A scalar turned into another scalar type; null where the value does not fit. [OData-URL 5.1.1.10.1] */
  | { readonly kind: 'cast'; readonly operand: Expression; readonly type: ScalarType }
  /** Whether what stands at a place is of one of these types, derived ones included. */
  | {
      readonly kind: 'isof';
      readonly place: Place;
      readonly type: StructuredType;
      readonly typeNames: readonly string[];
    }
  /** Whether a structured or scalar place holds anything: `Address ne null`. */
  | { readonly kind: 'exists'; readonly place: Place }
  /**
   * All that stands at a place as one value: of an entity which one it is, of anything else its JSON; a complex value that
   * does not say its type is given the name.
   */
  | { readonly kind: 'whole'; readonly place: Place; readonly typeName?: string }
  /** All properties of the entity at a place, and the name of its type, as JSON. */
  | { readonly kind: 'document'; readonly place: Place }
  /** A complex value that the expression writes down: `{"City":Name}`. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Expression> }
  /**
   * Whether two places hold the same: the same entity, or documents' values that are alike, complex ones of the same type.
   * Null is the same as null alone.
   */
  | {
      readonly kind: 'same';
      readonly left: Place;
      readonly right: Place;
      /** Of complex values, left and right; the members are the same for both. */
      readonly declared?: readonly [DeclaredTypes, DeclaredTypes];
    }
  /** The texts that an expression gives for the items of a collection, one behind the other; null where there are none. */
  | {
      readonly kind: 'joined';
      readonly collection: Place;
      readonly variable: number;
      readonly item: Expression;
      readonly separator: string;
      readonly type: ScalarType;
    }
  | SequenceCall
  | HierarchyTest
  | AggregatedExpression
  /** Text search over all string properties of the row. */
  | { readonly kind: 'search'; readonly place: Place; readonly expression: SearchTerm };

export interface LiteralExpression {
  readonly kind: 'literal';
  /** Canonical value; null has no type. */
  readonly value: Scalar | null;
  readonly type: ScalarType | undefined;
  /** Minutes from UTC to the offset that a date and time was written with, where there are any: its value is in UTC. */
  readonly offset?: number;
}

/** The scalar at a place. */
export interface ValueExpression {
  readonly kind: 'value';
  readonly place: Place;
  readonly type: ScalarType;
}

/** Operands have the same comparison type after promotion; `type` says which (undefined when one side is the null literal). */
export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
  readonly left: Expression;
  readonly right: Expression;
  readonly type: ScalarType | undefined;
}

/** `type` is the result type: numeric after promotion, or temporal for date and duration arithmetic. [OData-URL 5.1.1.2] */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';
  readonly left: Expression;
  readonly right: Expression;
  readonly type: ScalarType;
}

/**
 * A canonical function with arguments of its signature; where only the row says the pattern of `matchesPattern`, the most
 * characters that it may have come third. [OData-URL 5.1.1.5 to 5.1.1.11]
 */
export interface CanonicalCall {
  readonly kind: 'call';
  readonly function: CanonicalFunction;
  readonly arguments: readonly Expression[];
  readonly type: ScalarType;
}

export type CanonicalFunction =
  | 'concat'
  | 'contains'
  | 'endswith'
  | 'indexof'
  | 'length'
  | 'startswith'
  | 'substring'
  | 'matchesPattern'
  | 'tolower'
  | 'toupper'
  | 'trim'
  | 'date'
  | 'day'
  | 'fractionalseconds'
  | 'hour'
  | 'maxdatetime'
  | 'mindatetime'
  | 'minute'
  | 'month'
  | 'now'
  | 'second'
  | 'time'
  | 'totaloffsetminutes'
  | 'totalseconds'
  | 'year'
  | 'ceiling'
  | 'floor'
  | 'round'
  | 'geo.distance'
  | 'geo.intersects'
  | 'geo.length'
  /** A text between quotes, with its own quotes doubled, as URLs have it. */
  | 'quote'
  /** A text with all characters encoded but those of a second one. [RFC 3986 2.1] */
  | 'percentEncode';

/** What complex values are that do not name their types. */
export interface DeclaredTypes {
  /** The value itself, or each item; undefined where they name their types. */
  readonly own: string | undefined;
  /** What a member of a type holds: `ns.Estate/Main`. */
  readonly members: Readonly<Record<string, string>>;
}

/** A canonical function over two collections; null where either is. [OData-URL 5.1.1.5, 5.1.1.6] */
export interface SequenceCall {
  readonly kind: 'sequence';
  readonly function: SequenceFunction;
  readonly left: Place;
  readonly right: Place;
  /**
   * As what items are compared. Undefined for entities, which are the same or not, and for complex values, which are of
   * declared types.
   */
  readonly itemType: ScalarType | undefined;
  readonly declared?: DeclaredTypes;
  readonly type: ScalarType;
}

export type SequenceFunction = 'contains' | 'startswith' | 'endswith' | 'indexof' | 'hassubset' | 'hassubsequence';

/** What steps make of the entities or complex values at a place: a column of the one row that they end in. [OData-Aggregation 3.6.1] */
export interface AggregatedExpression {
  readonly kind: 'aggregated';
  readonly collection: Place;
  readonly part?: PartColumns;
  readonly steps: readonly Step[];
  readonly column: string;
  readonly type: ScalarType;
}

/** Where a node stands in a recursive hierarchy; null where an identifier is. [OData-Aggregation 5.5.2.1] */
export interface HierarchyTest {
  readonly kind: 'hierarchy';
  readonly test: 'isnode' | 'isroot' | 'isleaf' | 'issibling' | 'isdescendant' | 'isancestor';
  readonly nodes: Place;
  /** Stands for one of the nodes. */
  readonly variable: number;
  /** Its identifier. */
  readonly node: Expression;
  /** A collection where a node may have several. */
  readonly parent: Place;
  /** The identifier of the node that is asked about. */
  readonly value: Expression;
  /** That of its sibling, ancestor or descendant. */
  readonly other: Expression | undefined;
  /** How many steps it may be away; no more than `MOST_DISTANCE`. */
  readonly distance: Expression | undefined;
  /** Whether a node counts as its own ancestor and descendant. */
  readonly includeSelf: Expression | undefined;
}

export interface LambdaExpression {
  readonly kind: 'any' | 'all';
  readonly collection: Place;
  /** The range variable's number; its places are `{ kind: 'variable', variable }`. */
  readonly variable: number;
  readonly condition: Expression | undefined;
}

export interface CountExpression {
  readonly kind: 'count';
  readonly collection: Place;
  readonly variable: number;
  readonly filter: Expression | undefined;
  readonly type: ScalarType;
}

/**
 * Which rows a read starts from, before any filter.
 * `collection` is the canonical path of a container: `users`, `admin/settings`, `users/{key}/messages`.
 * Keys are canonical texts, see `key.ts`; a singleton and a single-valued contained entity have the empty key.
 */
export type Source =
  /** All rows of one collection, or of several under an umbrella. */
  | { readonly kind: 'collections'; readonly collections: readonly string[] }
  | { readonly kind: 'entity'; readonly collection: string; readonly key: string }
  /** What a relation leads to from the rows of another source. */
  | { readonly kind: 'related'; readonly of: Source; readonly relation: Relation }
  /** Within `$expand`: what a relation leads to from the parent row. */
  | { readonly kind: 'embedded'; readonly relation: Relation }
  /** One row of a source, by its key. */
  | { readonly kind: 'keyed'; readonly of: Source; readonly key: string }
  /** Those rows of a source for which a condition on variable 0 holds, such as an alternate key. */
  | { readonly kind: 'matching'; readonly of: Source; readonly condition: Expression }
  /** Those rows of a source that no other entity holds by references of this name. */
  | { readonly kind: 'outermost'; readonly of: Source; readonly nestedBy: string }
  /** What a place leads to that starts from `$root`. */
  | { readonly kind: 'place'; readonly place: Place }
  /** These rows by their sequences, in this order, each once. */
  | { readonly kind: 'listed'; readonly sequences: readonly number[] }
  /** These rows, stored or not, in this order. */
  | { readonly kind: 'given'; readonly rows: readonly GivenRow[] }
  /** Those rows of a source that stand at one of these addresses. */
  | {
      readonly kind: 'among';
      readonly of: Source;
      readonly addresses: readonly { readonly collection: string; readonly key: string }[];
    };

/** A stored entity, or what is seen as one: a row that is not stored has a sequence that no stored one has. */
export interface GivenRow {
  /** Order of creation; unique in the whole store. */
  readonly sequence: number;
  readonly collection: string;
  readonly key: string;
  /** Qualified name of the entity's type. */
  readonly type: string;
  /** 1 when created; it counts up with every change of the entity and of the links that it has. */
  readonly version: number;
  /**
   * JSON text of the canonical document: declared and dynamic properties that were given; unset ones are absent.
   * PostgreSQL gives them in an order of its own, and with spaces.
   */
  readonly document: string;
  /** JSON text of a flat object from JSON Pointer (RFC 6901) to the value as the client sent it, where it differs from the canonical one. */
  readonly sent: string | undefined;
  /** The stored entity whose contained entities belong to a row that is not stored itself. */
  readonly hangsAt?: { readonly collection: string; readonly key: string };
}

/** Where in the data something stands: a row, an item, or what a property leads to from there. */
export type Place =
  /** Variable 0 is the resource itself (`$it`); lambdas and counts count on. Rows for entities, JSON items otherwise. */
  | { readonly kind: 'variable'; readonly variable: number; readonly type: Placed }
  /** A structural property of a row or of a complex value. */
  | { readonly kind: 'member'; readonly of: Place; readonly property: Property; readonly type: Placed }
  /** A dynamic property of an open type. */
  | { readonly kind: 'dynamic'; readonly of: Place; readonly name: string; readonly type: Placed }
  /** What a navigation property leads to: one row, or several. */
  | { readonly kind: 'related'; readonly of: Place; readonly relation: Relation; readonly type: Placed }
  /** A value that `$compute` made for the row. */
  | { readonly kind: 'computed'; readonly alias: string; readonly expression: Expression; readonly type: Placed }
  /** The same place under a derived type; nothing where the value is of another type. */
  | { readonly kind: 'cast'; readonly of: Place; readonly typeNames: readonly string[]; readonly type: Placed }
  /**
   * What `$apply` made of a row: a column of the statement that gives the rows. For an entity it holds the sequence;
   * `via` are the navigation properties that led to it, from the rows or from another container element.
   */
  | {
      readonly kind: 'column';
      readonly column: string;
      readonly via: readonly NavigationProperty[];
      readonly container?: EntitySet | Singleton;
      /** Set where rows stand in it that transformations made. */
      readonly rows?: MadeRows;
      readonly type: Placed;
    }
  /**
   * A complex value of an entity: the row tells which, by its JSON Pointer in one column and by the value itself in another.
   * `within` names the complex properties that lead there.
   */
  | {
      readonly kind: 'part';
      readonly of: Place;
      readonly pointer: string;
      readonly value: string;
      readonly within: readonly string[];
      readonly type: Placed;
    }
  /** A row or structured value whose members `$apply` made, beside those of an entity where it still is one. */
  | {
      readonly kind: 'record';
      readonly of: Place | undefined;
      readonly members: ReadonlyMap<string, Place>;
      /** Says whether there is such a value, by a Boolean; without it there is. */
      readonly presence?: Place;
      readonly type: Placed;
    }
  /** `$root/…`: an entity or collection elsewhere in the service; relations start from the container element. */
  | {
      readonly kind: 'root';
      readonly source: Source;
      readonly container: EntitySet | Singleton | undefined;
      readonly type: Placed;
    }
  /** A place in the row of the resource itself, seen from the options of an `$expand`: `$it`. [OData-URL 5.1.1.14.4] */
  | { readonly kind: 'resource'; readonly place: Place; readonly type: Placed }
  /** A place in the row that a range variable stands for, where transformations made that: it starts from variable 0 of its own. */
  | { readonly kind: 'within'; readonly variable: number; readonly place: Place; readonly type: Placed }
  /** An item of a stored collection by its position. */
  | { readonly kind: 'item'; readonly of: Place; readonly index: number; readonly type: Placed }
  /** A collection that the expression writes down: `[1,Number]`, `[$it,Friend]`. */
  | { readonly kind: 'made'; readonly items: readonly Expression[]; readonly type: Placed }
  /** The items of one collection and then those of another. */
  | { readonly kind: 'concat'; readonly first: Place; readonly second: Place; readonly type: Placed }
  /** The items of a collection from a position on. */
  | {
      readonly kind: 'slice';
      readonly of: Place;
      readonly start: Expression;
      readonly length: Expression | undefined;
      readonly type: Placed;
    }
  /** What an expression says of each item of a collection, in the same order: `cast(Tags,Collection(Edm.Int32))`. */
  | {
      readonly kind: 'mapped';
      readonly of: Place;
      readonly variable: number;
      readonly item: Expression;
      readonly type: Placed;
    }
  /** The entity with this canonical key in a collection: `Items(1)`. */
  | { readonly kind: 'keyed'; readonly of: Place; readonly key: string; readonly type: Placed }
  /** The items for which a condition holds, or the one that there can be: `Items/$filter(Price gt 5)`. [OData-URL 4.12] */
  | {
      readonly kind: 'filtered';
      readonly of: Place;
      readonly variable: number;
      readonly condition: Expression;
      readonly type: Placed;
    };

/** What each of some rows is that `$apply` made. */
export interface MadeRows {
  /** What names start from, as variable 0. */
  readonly place: Place;
  readonly forms: readonly Form[];
  readonly formColumn: string | undefined;
  /** Whether they may be all rows that there are, rather than those that a row leads to. */
  readonly isOfAll: boolean;
}

export interface Placed {
  readonly type: ScalarType | StructuredType;
  readonly isCollection: boolean;
}

export type SearchTerm =
  | { readonly kind: 'word' | 'phrase'; readonly text: string }
  | { readonly kind: 'and' | 'or'; readonly left: SearchTerm; readonly right: SearchTerm }
  | { readonly kind: 'not'; readonly operand: SearchTerm };
