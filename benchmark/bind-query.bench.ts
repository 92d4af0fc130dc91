import type { Benchmark } from './benchmark.js';
import { planOf } from './plan-of.js';

const OPTIONS = '$orderby=requestDateTime desc&$select=id,deviceDisplayName,action,requestDateTime&$top=20';
let made = 0;

/** Each time with another value in the filter, as queries differ. */
export const bindQuery: Benchmark = {
  name: 'URL with four query options to plan',
  count: 2000,
  measure: () =>
    planOf(
      `deviceManagement/remoteActionAudits?$filter=startswith(deviceDisplayName,'Device ${String(made++)}') and actionState eq 'pending'&${OPTIONS}`,
      { limit: 20, skip: 0 },
    ),
  aim: { microseconds: 25 },
};
