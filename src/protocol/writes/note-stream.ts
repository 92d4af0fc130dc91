import { entityOf, type Annotations, type Entity, type StreamChange } from '../../behavior/index.js';
import { keptSent, writeJson } from '../../edm/index.js';
import { changedMeanwhile } from '../../error/index.js';
import { placesAfter } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { typeOfRow } from '../row-type.js';
import { NO_ANNOTATIONS } from './annotated.js';
import type { WriteContext } from './write-context.js';

/** Tells the behaviours of an entity's type that a stream of it changed; the entity changes where one of them says so. */
export async function noteStream(
  row: Row,
  stream: StreamChange,
  { parts, unit, surroundings }: WriteContext,
  annotations: Annotations = NO_ANNOTATIONS,
): Promise<void> {
  const entity = entityOf(row);
  const { document } = entityOf(row);
  const type = typeOfRow(row, parts);
  const { qualifiedName } = type;
  const event = {
    kind: 'update',
    type: qualifiedName,
    entity,
    document,
    annotations,
    stream,
    ...surroundings,
  } as const;
  await parts.behaviors.runForType<typeof event, Entity>('update', type, event, async () => {
    const text = writeJson(document);
    if (text === writeJson(entity.document)) return entity;
    const { collection, key, type, version } = row;
    const sent = keptSent(row.sent, entity.document, document);
    const stored = await unit.replace({ collection, key, type, document: text, sent }, version);
    if (stored === undefined) throw changedMeanwhile('entity');
    const places = placesAfter(typeOfRow(row, parts), parts.model, entity.document, document);
    if (places !== undefined) await unit.rehang(stored, places);
    return entityOf(stored);
  });
}
