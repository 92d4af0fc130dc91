import type { ReadPlan } from '../plan/index.js';

import type { Row } from './store.js';

const batchSize = 200;

/**
 * All rows of a plan, a batch at a time, each behind the last row of the one before: a slow consumer holds neither the
 * database nor many rows, and rows that come and go meanwhile shift no others.
 */
export async function* inBatches(
  plan: ReadPlan,
  select: (plan: ReadPlan) => Promise<readonly Row[]>,
): AsyncGenerator<Row, void, void> {
  let { page } = plan;
  let missing = page.limit ?? Infinity;
  while (missing > 0) {
    const limit = Math.min(missing, batchSize);
    const rows = await select({ ...plan, page: { ...page, limit } });
    yield* rows;
    if (rows.length < limit) return;
    const last = rows[rows.length - 1]!;
    missing -= rows.length;
    page = { limit: undefined, skip: 0, after: { values: last.order ?? [], sequence: last.sequence } };
  }
}
