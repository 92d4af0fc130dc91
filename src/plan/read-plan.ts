import type { NavigationProperty, Scalar, StructuredType } from '../edm/index.js';

import type { ApplyPlan } from './apply/apply-plan.js';
import type { Expression, Source } from './expression.js';
import type { Shape } from './shape.js';
import type { PropertyStep } from './target.js';
import type { Computed, OrderTerm } from './terms.js';

/**
 * What to read: one node per `$expand` level, the waist between OData and SQL.
 * Rows come in the order of `order` and then of their sequence, so that the order is total.
 */
export interface ReadPlan {
  /** Type of the rows' places; rows of derived types are included. */
  readonly type: StructuredType;
  readonly from: Source;
  /** Set where a type cast narrows the source: qualified names of the types that stay. */
  readonly typeNames?: readonly string[];
  readonly where?: Expression;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
  readonly embed: readonly Embed[];
  /** `$compute` results, written into the row under their aliases. */
  readonly compute: readonly Computed[];
  readonly shape: Shape;
}

export interface Page {
  /** Undefined: no limit. */
  readonly limit: number | undefined;
  readonly skip: number;
  /** Continue behind the row with these order values (in the order of `order`, null included) and this sequence. */
  readonly after?: { readonly values: readonly (Scalar | null)[]; readonly sequence: number };
}

export interface Embed {
  /** Name under which the rows appear in `Row.embedded`: the path without casts. */
  readonly name: string;
  /** The expanded path with its casts, as the context URL names it: with a plus sign where it is recursive. */
  readonly path: string;
  readonly property: NavigationProperty;
  /** The complex properties that it stands in, from the row on; collections too. */
  readonly within: readonly PropertyStep[];
  /** How many of these lead to the items of a collection each of which is the resource itself, `$it`. */
  readonly items?: number;
  readonly as: 'entities' | 'references' | 'count' | 'aggregated';
  /** Whether `$count=true` was asked for within the expand. */
  readonly count: boolean;
  /** Qualified names where a type cast stands before the property; rows of other types do not have it. */
  readonly onlyFor?: readonly string[];
  readonly plan: ReadPlan;
  /** Whether the request does not ask for it. [Core AutoExpand] */
  readonly isAutomatic?: boolean;
  /**
   * What `$apply` makes of the related entities, and the other options of its result; `plan` has their type then, and what is
   * embedded in rows that still are entities.
   */
  readonly apply?: ApplyPlan;
}
