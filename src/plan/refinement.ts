import type { Property } from '../edm/index.js';

import type { Expression } from './expression.js';
import type { PropertyStep } from './target.js';
import type { Computed, OrderTerm } from './terms.js';

/** What options within `$select` ask of a collection of values, or of complex values: `Places($top=1;$filter=…)`. [OData-URL 5.1.4] */
export interface Refinement {
  /** Name under which it appears in `Row.refined`: the path without casts. */
  readonly name: string;
  readonly property: Property;
  /** The property itself and the complex properties that it stands in, collections too. */
  readonly steps: readonly PropertyStep[];
  /** How many of these lead to the items of a collection each of which is the resource itself, `$it`. */
  readonly items?: number;
  /** Of a collection: which items are written, and in which order. Range variable 0 stands for the item. */
  readonly choice?: Choice;
  /** What is computed of each complex value, for which range variable 0 stands. */
  readonly compute: readonly Computed[];
}

export interface Choice {
  readonly where?: Expression;
  readonly order: readonly OrderTerm[];
  readonly page: { readonly limit: number | undefined; readonly skip: number };
  /** Whether it is told how many items there are, whatever the page. */
  readonly count: boolean;
}
