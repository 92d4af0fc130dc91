import { durationToSeconds } from '../edm/index.js';

/** The last instant that an Edm.DateTimeOffset writes with four digits of its year. */
const LAST = Date.parse('9999-12-31T23:59:59Z');

/** The instant that lies a canonical Edm.Duration behind another; null where no calendar reaches it. */
export function instantAfter(instant: string, duration: string): string | null {
  const end = new Date(Date.parse(instant) + Number(durationToSeconds(duration)) * 1000);
  return end.getTime() <= LAST && end.getUTCFullYear() > 0 ? end.toISOString() : null;
}
