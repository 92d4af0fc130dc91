import type { EntityType } from '../../edm/index.js';
import type { CollectionTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { Exchange } from '../exchange.js';

import { etagFor } from './entity-answer.js';

/** An entity as it is after a write, within the answer for its collection; `type` is what the answer lets clients expect. */
export function writtenMember(
  exchange: Exchange<CollectionTarget>,
  row: Row,
  type: EntityType = exchange.target.type,
): string {
  const { parts, target, format, preferences, request } = exchange;
  const etag = etagFor(exchange, target, row);
  return parts.writer.write(row, {
    declaredType: type.isOrDerivesFrom(target.type) ? target.type : type,
    shape: { contextList: '' },
    format,
    preferences,
    root: request.root,
    ...(etag === undefined ? {} : { etag }),
  });
}
