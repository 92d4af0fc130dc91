import type { ReadPlan } from './read-plan.js';

/** All properties, nothing embedded. */
export const EVERYTHING: Pick<ReadPlan, 'shape' | 'embed'> = { shape: { contextList: '' }, embed: [] };

/** The plan of all rows that a source gives, in the order of their creation, without related ones. */
export function wholeRows(type: ReadPlan['type'], from: ReadPlan['from']): ReadPlan {
  return { type, from, order: [], page: { limit: undefined, skip: 0 }, compute: [], ...EVERYTHING };
}
