import { durationToSeconds } from '../edm/index.js';

/** The last instant that an Edm.DateTimeOffset writes with four digits of its year. */
const LAST = Date.parse('9999-12-31T23:59:59Z');

/** The instant that lies a canonical Edm.Duration behind another; null where no calendar reaches it. */
export function instantAfter(instant: string, duration: string): string | null {
  return canonicalInstant(new Date(Date.parse(instant) + Number(durationToSeconds(duration)) * 1000));
}

/** The same for full years; a day that a year lacks is the one after it. */
export function instantYearsAfter(instant: string, years: number): string | null {
  const end = new Date(instant);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return canonicalInstant(end);
}

function canonicalInstant(instant: Date): string | null {
  const isWritten = instant.getTime() <= LAST && instant.getUTCFullYear() > 0;
  return isWritten ? instant.toISOString().replace(/\.?0*Z$/, 'Z') : null;
}
