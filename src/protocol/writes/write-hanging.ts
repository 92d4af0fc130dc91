import type { Row } from '../../store/index.js';
import type { Draft } from '../../validation/index.js';

import { changeRelated } from './change-related.js';
import type { Manner } from './put-member.js';
import type { Slot } from './slot.js';
import type { WriteContext } from './write-context.js';
import { writeStreams } from './write-streams.js';

/** What a payload says of what hangs on an entity and its values, beside these. */
export type HangingDraft = Pick<Draft, 'changes' | 'streams'>;

/**
 * Does what a payload says of streams and related entities, once the values that they hang on are in their places; gives the
 * row as it is then. [OData-JSON 9, OData-Protocol 11.4.3.1]
 */
export async function writeHanging(
  row: Row,
  hanging: HangingDraft,
  manner: Manner,
  container: Slot['container'],
  context: WriteContext,
): Promise<Row> {
  await writeStreams(row, hanging, context);
  let current = row;
  for (const change of hanging.changes) {
    await changeRelated(current, change, manner, container, context);
    current = (await context.unit.get(current)) ?? current;
  }
  return current;
}

/**
 * The same of a value that stands elsewhere than the payload has it: `from` are the names and ordinals by which the payload
 * leads to it, `to` those by which its entity does.
 */
export function hangingAt(
  { changes, streams }: HangingDraft,
  from: readonly string[],
  to: readonly string[],
): HangingDraft {
  const placed = (path: readonly string[]) => [...to, ...path.slice(from.length)];
  return {
    changes: changes.map((change) => ({ ...change, within: placed(change.within) })),
    streams: streams.map((stream) => ({ ...stream, property: placed(stream.property.split('/')).join('/') })),
  };
}
