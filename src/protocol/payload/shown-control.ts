import type { Row } from '../../store/index.js';

/** Control information that is left out where clients can infer it, but for entities that were stored with it. */
export type ShownControl = '@odata.type' | '@odata.id' | '@odata.etag';

/**
 * Whether an entity was stored with control information that its answers then have, too: a fixture comes back as it was
 * written. What was sent is kept by JSON Pointer, in which quotes of values are escaped.
 */
export function showsControl({ sent }: Pick<Row, 'sent'>, name: ShownControl): boolean {
  return sent?.includes(`"/${name}":`) === true;
}
