/**
 * What was written in a URL, by the grammar alone: no name is resolved here. All trees are plain readonly data;
 * `at` is the zero-based offset in the text that was parsed. [OData-ABNF]
 */

/** A whole relative URL below the service root. */
export interface UrlTree {
  readonly path: ResourcePath;
  readonly options: QueryOptions;
}

export type ResourcePath = readonly Segment[];

/** One path segment; the raw path is split at slashes first, then each segment is decoded once. */
export type Segment =
  | NameSegment
  /** Text that is no name, such as a key as a segment: `/users/ada@contoso.com`. Decoded. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'count' | 'value' | 'ref' | 'each' | 'all' | 'batch' | 'metadata' | 'entity' | 'query';
      readonly at: number;
    }
  /** `$filter(expression)` as a segment, perhaps with a key behind it. [OData-URL 4.12] */
  | {
      readonly kind: 'filter';
      readonly expression: Expression;
      readonly key?: readonly Argument[];
      readonly at: number;
    }
  | { readonly kind: 'crossjoin'; readonly names: readonly string[]; readonly at: number };

/** `Products`, `Products(1)`, `ns.f(a=1)`, `users('a')`, `delta()`. A plain identifier can also turn out to be a key. */
export interface NameSegment {
  readonly kind: 'name';
  /** Simple or qualified, decoded, without what stands in parentheses. */
  readonly name: string;
  /** The whole segment, decoded, for the case that it is a key: `a(b)`. */
  readonly text: string;
  /** Absent without parentheses. A single positional value has no name. */
  readonly arguments?: readonly Argument[];
  /** A key predicate right behind a function's parameters: `ProductsByColor(color='red')(1)`. */
  readonly key?: readonly Argument[];
  readonly at: number;
}

/** `a=1` or a lone `1` within parentheses; the value is a literal, an alias, or an expression for functions. */
export interface Argument {
  readonly name?: string;
  readonly value: Expression;
  readonly at: number;
}

/** System query options, each at most once, by name without `$` in lower case; the rest by their written names. */
export interface QueryOptions {
  readonly filter?: Option<Expression>;
  readonly orderby?: Option<readonly OrderItem[]>;
  readonly select?: Option<readonly SelectItem[]>;
  readonly expand?: Option<readonly ExpandItem[]>;
  readonly search?: Option<SearchExpression>;
  readonly compute?: Option<readonly ComputeItem[]>;
  readonly apply?: Option<readonly Transformation[]>;
  readonly top?: Option<number>;
  readonly skip?: Option<number>;
  readonly index?: Option<number | undefined>;
  readonly count?: Option<boolean>;
  readonly format?: Option<string>;
  readonly skiptoken?: Option<string>;
  readonly deltatoken?: Option<string>;
  readonly schemaversion?: Option<string>;
  readonly id?: Option<string>;
  /** `$levels`, only within `$expand`. */
  readonly levels?: Option<number | 'max'>;
  /** `@alias=value`, by name without `@`. */
  readonly aliases: ReadonlyMap<string, Expression>;
  /** Options without `$` or `@` that are not system query options, decoded, in order. */
  readonly custom: readonly { readonly name: string; readonly value: string; readonly at: number }[];
}

export interface Option<T> {
  readonly value: T;
  /** Decoded text of the value, as it goes into a next link. */
  readonly text: string;
  readonly at: number;
}

export type Expression =
  | Literal
  | PathExpression
  | CallExpression
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'unary'; readonly operator: 'not' | 'negate'; readonly operand: Expression; readonly at: number }
  /** Right side of `in`, or a JSON array. */
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly at: number }
  /** A JSON object, as a parameter value. */
  | {
      readonly kind: 'object';
      readonly members: readonly { readonly name: string; readonly value: Expression }[];
      readonly at: number;
    }
  /** `@p1` */
  | { readonly kind: 'alias'; readonly name: string; readonly at: number }
  /** `case(condition:value,…)` [OData-URL 5.1.1.12.1] */
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly condition: Expression; readonly value: Expression }[];
      readonly at: number;
    }
  /** `cast(x,Edm.Int32)`, `isof(ns.T)`: without operand `$it` is meant. */
  | { readonly kind: 'cast' | 'isof'; readonly operand?: Expression; readonly type: string; readonly at: number };

export type BinaryOperator =
  | 'or'
  | 'and'
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'has'
  | 'in'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'divby'
  | 'mod';

/** `type` is the lexical class. Numbers keep their digits in `text`; strings are unquoted, durations and enums without prefix. */
export interface Literal {
  readonly kind: 'literal';
  readonly type:
    | 'null'
    | 'boolean'
    | 'integer'
    | 'decimal'
    | 'double'
    | 'string'
    | 'guid'
    | 'date'
    | 'dateTimeOffset'
    | 'timeOfDay'
    | 'duration'
    | 'binary'
    | 'enum'
    | 'geography'
    | 'geometry';
  readonly text: string;
  /** Only for `enum`: the qualified type name in front of the quotes. */
  readonly enumType?: string;
  readonly at: number;
}

/** `Address/City`, `$it/Name`, `Items/any(i:i/Price gt 5)`, `Products/$count`, `ns.Derived/Name`, `@Core.Description`. Never empty. */
export interface PathExpression {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
  readonly at: number;
}

export type PathStep =
  /** An identifier, qualified or not: property, type cast, range variable or parameterless function. */
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: '$it' | '$this' | '$these' | '$root' | '$ref' | '$value'; readonly at: number }
  | { readonly kind: '$count'; readonly filter?: Expression; readonly search?: SearchExpression; readonly at: number }
  | {
      readonly kind: 'filter';
      readonly expression: Expression;
      readonly key?: readonly Argument[];
      readonly at: number;
    }
  /** `@p` in front of a slash: `@p/Name`. */
  | { readonly kind: 'alias'; readonly name: string; readonly at: number }
  /** `any()` has neither variable nor condition. */
  | { readonly kind: 'any' | 'all'; readonly variable?: string; readonly condition?: Expression; readonly at: number }
  | { readonly kind: 'annotation'; readonly term: string; readonly at: number }
  /** `Sales/aggregate(Amount with sum)`: an aggregate expression without an alias. */
  | { readonly kind: 'aggregate'; readonly item: AggregateItem; readonly at: number }
  /** A key predicate or a function's inline parameters behind a name. */
  | {
      readonly kind: 'arguments';
      readonly name: string;
      readonly arguments: readonly Argument[];
      /** A key predicate right behind a function's parameters. */
      readonly key?: readonly Argument[];
      readonly at: number;
    }
  /** A key as a segment or another step that is no identifier. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number };

/** A canonical function such as `contains(a,b)`; names in the case they were written. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** Whether an annotation of the schema applies it; URLs do not know such functions. [CSDL-JSON 14.4.4] */
  readonly isClientSide?: true;
  readonly at: number;
}

export interface OrderItem {
  readonly expression: Expression;
  readonly direction: 'asc' | 'desc';
}

/** `*`, `ns.*`, `Address/City`, `ns.Derived/Name`, `ns.action`, each with nested options where written. */
export interface SelectItem {
  readonly path: readonly string[];
  /** Names of the non-binding parameters that tell overloads of a function apart: `ns.f(a,b)`. */
  readonly parameters?: readonly string[];
  readonly options?: QueryOptions;
  readonly at: number;
}

/** `Items`, `*`, `ns.T/Items/ns.D`, with `/$ref` or `/$count`, with nested options. */
export interface ExpandItem {
  /** Names and type casts; `['*']` for all. */
  readonly path: readonly string[];
  readonly as: 'entities' | 'references' | 'count' | 'stream';
  readonly options: QueryOptions;
  readonly at: number;
}

export interface ComputeItem {
  readonly expression: Expression;
  readonly alias: string;
  readonly at: number;
}

/** [OData-URL 5.1.8] */
export type SearchExpression =
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'and' | 'or';
      readonly left: SearchExpression;
      readonly right: SearchExpression;
      readonly at: number;
    }
  | { readonly kind: 'not'; readonly operand: SearchExpression; readonly at: number };

/** One transformation of `$apply`. [OData-Aggregation 3] */
export type Transformation =
  | { readonly kind: 'aggregate'; readonly items: readonly AggregateItem[]; readonly at: number }
  | {
      readonly kind: 'groupby';
      readonly properties: readonly GroupItem[];
      readonly apply: readonly Transformation[];
      readonly at: number;
    }
  | { readonly kind: 'filter'; readonly expression: Expression; readonly at: number }
  | { readonly kind: 'search'; readonly expression: SearchExpression; readonly at: number }
  | { readonly kind: 'compute'; readonly items: readonly ComputeItem[]; readonly at: number }
  | { readonly kind: 'orderby'; readonly items: readonly OrderItem[]; readonly at: number }
  | { readonly kind: 'top' | 'skip'; readonly count: Expression; readonly at: number }
  | { readonly kind: 'expand'; readonly item: ExpandItem; readonly at: number }
  | { readonly kind: 'concat'; readonly branches: readonly (readonly Transformation[])[]; readonly at: number }
  | { readonly kind: 'identity'; readonly at: number }
  | {
      readonly kind: 'topcount' | 'toppercent' | 'topsum' | 'bottomcount' | 'bottompercent' | 'bottomsum';
      readonly amount: Expression;
      readonly measure: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'join' | 'outerjoin';
      readonly path: readonly string[];
      readonly alias: string;
      readonly apply: readonly Transformation[];
      readonly at: number;
    }
  | { readonly kind: 'nest'; readonly nested: readonly NestedApply[]; readonly at: number }
  | {
      readonly kind: 'addnested';
      readonly path: readonly string[];
      readonly nested: readonly NestedApply[];
      readonly at: number;
    }
  /** `ancestors`, `descendants`, `traverse` with their arguments. */
  | {
      readonly kind: 'hierarchy';
      readonly name: 'ancestors' | 'descendants' | 'traverse';
      readonly arguments: readonly HierarchyArgument[];
      readonly at: number;
    }
  /** A service-defined set transformation: a bound function. */
  | { readonly kind: 'function'; readonly name: string; readonly arguments: readonly Argument[]; readonly at: number };

/** `filter(Amount gt 3) as Great` */
export interface NestedApply {
  readonly apply: readonly Transformation[];
  readonly alias: string;
  readonly at: number;
}

export type HierarchyArgument =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'apply'; readonly apply: readonly Transformation[] }
  | { readonly kind: 'order'; readonly items: readonly OrderItem[] }
  /** `keep start` */
  | { readonly kind: 'keep' };

/** `Price with sum as Total`, `$count as N`, `Sales/Amount with max as M from Customer with average`, custom aggregates. */
export interface AggregateItem {
  readonly expression: Expression;
  /** `sum`, `min`, `max`, `average`, `countdistinct` or a qualified custom method; absent for `$count` and custom aggregates. */
  readonly method?: string;
  readonly alias?: string;
  readonly from: readonly { readonly paths: readonly (readonly string[])[]; readonly method?: string }[];
  readonly at: number;
}

/**
 * A grouping property path, or `rollup(…)` over several; `null` as first path stands for the grand total.
 * `rolluprecursive(…)` is over the nodes of a hierarchy.
 */
export type GroupItem =
  | { readonly kind: 'path'; readonly path: readonly string[]; readonly at: number }
  | {
      readonly kind: 'rollup';
      readonly total: boolean;
      readonly paths: readonly (readonly string[])[];
      readonly at: number;
    }
  | { readonly kind: 'rolluprecursive'; readonly arguments: readonly HierarchyArgument[]; readonly at: number };
