import { changedMeanwhile } from '../../error/index.js';
import type { Row, StreamHead } from '../../store/index.js';
import type { Draft } from '../../validation/index.js';

import { refuseMediaType } from '../payload/media-content.js';
import type { WriteContext } from './write-context.js';

/** Stores the streams that came within the payload of an entity; gives what there is to know of them. [OData-JSON 9, 10] */
export async function writeStreams(
  row: Row,
  { streams }: Pick<Draft, 'streams'>,
  { unit }: WriteContext,
): Promise<StreamHead[]> {
  const heads: StreamHead[] = [];
  for (const { property, declared, content } of streams) {
    if (content !== undefined) refuseMediaType(content.contentType, declared);
    const { version: before } = await unit.stream(row, property);
    const version = await unit.writeStream(row, property, content, before);
    if (version === undefined) throw changedMeanwhile('stream');
    if (content !== undefined) heads.push({ property, contentType: content.contentType, version });
  }
  return heads;
}
