/**
 * What of a row is written. `$select` in model order is applied while writing; SQL knows nothing of it. [OData-URL 5.1.4]
 */
export interface Shape {
  /** Undefined: all structural properties (and the dynamic ones of open types). */
  readonly select?: Selection;
  /** Select list of the context URL, such as `id,displayName`; empty where all is written. */
  readonly contextList: string;
}

/** A tree of selected names; a nested selection under a complex property, undefined below a name means all of it. */
export type Selection = ReadonlyMap<string, Selection | undefined>;
