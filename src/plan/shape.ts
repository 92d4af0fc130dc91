import type { Refinement } from './refinement.js';
import type { PropertyStep } from './target.js';

/**
 * What of a row is written. `$select` in model order is applied while writing; SQL knows its refinements alone.
 * [OData-URL 5.1.4]
 */
export interface Shape {
  /** Undefined: all structural properties (and the dynamic ones of open types). */
  readonly select?: Selection;
  /** Qualified names of the operations that `$select` names, or of all of a namespace as `ns.*`. [OData-URL 5.1.4] */
  readonly operations?: ReadonlySet<string>;
  /** Streams whose content is written; see `ExpandedStream`. */
  readonly streams?: readonly ExpandedStream[];
  /** What options within `$select` ask for. */
  readonly refined?: readonly Refinement[];
  /** Select list of the context URL, such as `id,displayName`; empty where all is written. */
  readonly contextList: string;
}

/** `$expand=Photo`, or `$expand=$value` of a media entity. [OData-Protocol 11.2.5.2] */
export interface ExpandedStream {
  /** Path of the stream property without casts; empty for the media stream of the entity itself. */
  readonly property: string;
  /** The complex properties that it stands in, collections too. */
  readonly within: readonly PropertyStep[];
  /** Qualified names where a type cast stands before it; entities of other types do not have it. */
  readonly onlyFor?: readonly string[];
}

/** A tree of selected names; a nested selection under a complex property, undefined below a name means all of it. */
export type Selection = ReadonlyMap<string, Selection | undefined>;

/** A selection with one more path; a whole property wins over parts of it. */
export function withPath(selection: Selection, [name, ...further]: readonly string[]): Selection {
  if (name === undefined) return selection;
  const known = selection.get(name);
  if (selection.has(name) && known === undefined) return selection;
  return new Map(selection).set(name, further.length === 0 ? undefined : withPath(known ?? new Map(), further));
}
