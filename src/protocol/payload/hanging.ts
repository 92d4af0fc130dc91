import { isOrdinal } from '../../plan/index.js';

/** What hangs on values of an entity: for each item of a collection apart. */
export interface Hanging<T> {
  readonly items?: readonly T[];
}

/**
 * What hangs on the value that names of properties, with indexes between them, lead to. A single value is its own first item,
 * since of what no schema declares nobody knows whether it is one.
 */
export function hangingAt<T extends Hanging<T>>(hanging: T | undefined, steps: readonly string[]): T | undefined {
  return steps
    .filter(isOrdinal)
    .reduce<T | undefined>((outer, index) => (outer?.items ?? (outer && [outer]))?.[Number(index)], hanging);
}
