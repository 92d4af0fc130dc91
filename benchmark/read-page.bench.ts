import type { ReadPlan } from '../src/plan/index.js';

import type { Benchmark } from './benchmark.js';
import { audits } from './hundred-thousand-audits.js';
import { planOf } from './plan-of.js';

const SIZE = 100;
const AUDITS = 'deviceManagement/remoteActionAudits';

const firstPage = planOf(AUDITS, { limit: SIZE, skip: 0 });
const lastPage = await pageOf(1000);

/** Follows the pages up to one, as a client does. */
async function pageOf(number: number): Promise<ReadPlan> {
  let passed = 0;
  for await (const { sequence } of audits.read(planOf(AUDITS, { limit: undefined, skip: 0 }))) {
    if (++passed === (number - 1) * SIZE)
      return planOf(AUDITS, { limit: SIZE, skip: 0, after: { values: [], sequence } });
  }
  throw new Error(`There is no page ${String(number)}.`);
}

async function read(plan: ReadPlan): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of audits.read(plan)) keys.push(key);
  if (keys.length !== SIZE) throw new Error(`The page has ${String(keys.length)} rows.`);
}

export const readFirstPage: Benchmark = {
  name: 'Page of 100 rows of 100,000 in the order of creation',
  count: 200,
  measure: () => read(firstPage),
  aim: { microseconds: 500 },
};

export const readLastPage: Benchmark = {
  name: 'Page 1,000 by its skip token',
  count: 200,
  measure: () => read(lastPage),
  reference: { name: 'page 1', measure: () => read(firstPage) },
  aim: { ratio: 1.2 },
};
