import type { StructuredType } from '../edm/index.js';
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

/**
 * A tree of selected names; a nested selection under a complex property, undefined below a name means all of it. What is
 * selected of one type alone stands under `#ns.Home`; see `selectionFor`.
 */
export type Selection = ReadonlyMap<string, Selection | undefined>;

/** Says that there are casts in a selection, which few have. */
const CASTS = '#';

/** The name under which a selection has what is selected of a type alone. */
export function castName({ qualifiedName }: StructuredType): string {
  return `${CASTS}${qualifiedName}`;
}

/** What a selection means for a value of a type; of none that is known, without what casts select. */
export function selectionFor(select: Selection | undefined, type: StructuredType | undefined): Selection | undefined {
  if (select?.has(CASTS) !== true) return select;
  let whole = new Map([...select].filter(([name]) => !name.startsWith(CASTS)));
  for (const each of type?.lineage ?? []) {
    const name = castName(each);
    if (!select.has(name)) continue;
    const within = selectionFor(select.get(name), type);
    if (within === undefined) return undefined;
    whole = merged(whole, within);
  }
  return whole;
}

function merged(first: Selection, second: Selection): GrowingSelection {
  const both: GrowingSelection = new Map(first);
  for (const [name, within] of second) {
    const known = first.get(name);
    const isPart = known !== undefined && within !== undefined;
    both.set(name, isPart ? merged(known, within) : first.has(name) ? undefined : within);
  }
  return both;
}

/** A selection with more paths; a whole property wins over parts of it. */
export function withPaths(selection: Selection, paths: readonly (readonly string[])[]): Selection {
  if (paths.length === 0) return selection;
  const tree: GrowingSelection = new Map(selection);
  for (const path of paths) grow(tree, path);
  return tree;
}

/** The maps within are shared with the selection that it began with, and replaced before they grow. */
type GrowingSelection = Map<string, Selection | undefined>;

function grow(tree: GrowingSelection, path: readonly string[]): void {
  const [name] = path;
  if (name === undefined) return;
  if (name.startsWith(CASTS)) tree.set(CASTS, undefined);
  const known = tree.get(name);
  if (path.length === 1) tree.set(name, undefined);
  else if (known !== undefined || !tree.has(name)) tree.set(name, withPaths(known ?? NOTHING, [path.slice(1)]));
}

const NOTHING: Selection = new Map();
