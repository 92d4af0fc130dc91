import type { Expression, Place, Relation } from './expression.js';

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
  /** What a place leads to that starts from `$root`. */
  | { readonly kind: 'place'; readonly place: Place }
  /** These rows by their sequences, in this order, each once. */
  | { readonly kind: 'listed'; readonly sequences: readonly number[] }
  /** Those rows of a source that stand at one of these addresses. */
  | {
      readonly kind: 'among';
      readonly of: Source;
      readonly addresses: readonly { readonly collection: string; readonly key: string }[];
    };
