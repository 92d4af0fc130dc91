import type { NavigationProperty, ScalarType } from '../edm/index.js';

import type { LinkRule } from './path-rules.js';

/** How the entities behind a navigation property are found. */
export type Relation = {
  readonly property: NavigationProperty;
  /**
   * Names of the complex properties that lead from the entity to the navigation property, and behind those of collections
   * the ordinal, where one item is meant; absent where there are none.
   */
  readonly within?: readonly string[];
} & (ContainedRelation | LinkedRelation | ConstrainedRelation);

/** Their collection is the parent's path, a slash and the property's name, complex properties before it. */
interface ContainedRelation {
  readonly kind: 'contained';
  /** References by which they hold each other, so that those alone are meant that no other one holds; absent where all are. */
  readonly nestedBy?: string;
}

/** Rows of the reference table from source to target. */
interface LinkedRelation extends Omit<LinkRule, 'name'> {
  readonly kind: 'linked';
  /** The name under which the references are kept. */
  readonly storedAs: string;
}

/**
 * Properties of equal value; the target rows stand in `collection`. `here` begins where the navigation property stands.
 * [CSDL-JSON 8.5]
 */
interface ConstrainedRelation {
  readonly kind: 'constrained';
  readonly pairs: readonly {
    readonly here: readonly string[];
    readonly there: readonly string[];
    readonly type: ScalarType;
  }[];
  readonly collection: string;
}
