import { badRequest } from '../error/index.js';

const MOST_NAVIGATIONS = 20;

/** Each navigation property joins tables, and databases take the longer to plan a statement the more these are. */
export function refuseLongWay(followed: number): void {
  if (followed >= MOST_NAVIGATIONS)
    throw badRequest(`A path may follow at most ${String(MOST_NAVIGATIONS)} navigation properties.`);
}
