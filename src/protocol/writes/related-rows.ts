import { wholeRows, type ReadPlan, type Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import type { WriteContext } from './write-context.js';

/** What a navigation property of a stored entity leads to. */
export async function relatedRows(row: Row, relation: Relation, { unit }: WriteContext): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const each of unit.read(relatedPlan(row, relation))) rows.push(each);
  return rows;
}

/** Whether a navigation property of a stored entity leads to another one. */
export async function isRelated(row: Row, relation: Relation, other: Row, { unit }: WriteContext): Promise<boolean> {
  const plan = relatedPlan(row, relation);
  const { collection, key } = other;
  return (await unit.count({ ...plan, from: { kind: 'among', of: plan.from, addresses: [{ collection, key }] } })) > 0;
}

function relatedPlan({ collection, key }: Row, relation: Relation): ReadPlan {
  const of = { kind: 'entity', collection, key } as const;
  return wholeRows(relation.property.type, { kind: 'related', of, relation });
}
