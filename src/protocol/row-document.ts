import { parseJson, type JsonObject } from '../edm/index.js';
import type { Row } from '../store/index.js';

/** The members of a stored entity, in canonical form. */
export function documentOf({ document }: Pick<Row, 'document'>): JsonObject {
  return parseJson(document) as JsonObject;
}
