import { planRead, type CollectionTarget } from '../../plan/index.js';
import type { Reader, Row } from '../../store/index.js';
import type { Exchange } from '../exchange.js';

import { refuseMissingParent } from './missing-parent.js';
import { planContextOf } from '../plan-context.js';

/** All members of a collection, as the path alone says; 404 where what it belongs to does not exist. */
export async function membersOf(target: CollectionTarget, reader: Reader, exchange: Exchange): Promise<Row[]> {
  const context = planContextOf(exchange);
  const plan = planRead(target, { aliases: context.aliases, custom: [] }, { limit: undefined, skip: 0 }, context);
  const rows: Row[] = [];
  for await (const row of reader.read(plan)) rows.push(row);
  if (rows.length === 0) await refuseMissingParent(target, reader, exchange.parts);
  return rows;
}
