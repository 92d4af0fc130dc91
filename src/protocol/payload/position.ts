import type { JsonObject, StructuredType } from '../../edm/index.js';
import type { Selection } from '../../plan/index.js';
import type { Refined } from '../../store/index.js';

import { countAnnotation } from './count-annotation.js';
import type { WriteOptions } from './write-options.js';

/** Where in an entity something is written, and how. */
export interface Position {
  readonly options: WriteOptions;
  /** From JSON Pointer to values as they were sent, where they differ from the canonical ones. */
  readonly sent: JsonObject | undefined;
  readonly pointer: string;
  readonly select: Selection | undefined;
  /** What options within `$select` make of the value that a JSON Pointer leads to. */
  refinedAt?(pointer: string): Refined | undefined;
  /** What `$compute` within `$select` adds to the value that a JSON Pointer leads to. */
  computedAt?(pointer: string, type: StructuredType | undefined): string;
  /** Whether a name within that value is one of `$compute`. */
  isComputed?(pointer: string, name: string): boolean;
  /** What a complex value has besides its structural properties: what is expanded in it, links, and streams. */
  furtherMembers?(type: StructuredType, declared: StructuredType, position: Position): string;
}

/** How many items a collection has, of which options within `$select` leave some. [OData-JSON 4.6.8] */
export function countMember(name: string, { pointer, refinedAt, options }: Position): string {
  return countAnnotation(refinedAt?.(`${pointer}/${name}`)?.count, options.format, name);
}
