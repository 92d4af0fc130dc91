import type { NavigationProperty, Singleton } from '../edm/index.js';

/** What a profile may decide about paths. */
export interface PathRules {
  /** Whether `/users/1` means `/users(1)`. [OData-URL 4.3.6] */
  readonly keyAsSegment: boolean;
  /** Namespaces whose operations may be called by their simple names. [OData-URL 4.5] */
  readonly defaultNamespaces: readonly string[];
  /** Whether the entities behind a navigation property stand below their parent or elsewhere. */
  relationOf(property: NavigationProperty): 'contained' | 'referenced';
  /** Whether a singleton exists without ever having been written. */
  singletonExists(singleton: Singleton): boolean;
}
