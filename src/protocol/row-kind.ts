import type { ReadPlan } from '../plan/index.js';
import type { Row } from '../store/index.js';

/** Whether a row is one of the store's. What is there without ever having been written has the sequence 0. */
export function isStored({ sequence }: Row): boolean {
  return sequence > 0;
}

/** Whether a behaviour computed it from what is stored. */
export function isComputed({ sequence }: Row): boolean {
  return sequence < 0;
}

/** The plan of what a computed row is asked for. */
export function planOfGiven(plan: ReadPlan, row: Row): ReadPlan {
  return { ...plan, from: { kind: 'given', rows: [row] } };
}
