import { type Cursor } from './cursor.js';
import { type NestedOptions } from './expand.js';
import { type Transformation } from './tree.js';

export function parseApply(cursor: Cursor, _nested: NestedOptions): readonly Transformation[] {
  return cursor.reject('not supported');
}
