import { zoneOfWindows } from './windows-zones.js';

/** A wall clock's time as milliseconds, as if it were UTC. */
export type WallTime = number;
/** Milliseconds since 1970 in UTC. */
export type Instant = number;

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A time zone whose offset from UTC may change. */
export interface TimeZone {
  /** The name that it was given by. */
  readonly name: string;
  instantOf(wall: WallTime): Instant;
  wallAt(instant: Instant): WallTime;
}

const known = new Map<string, TimeZone | undefined>();
const MOST_KNOWN = 1000;

/** A zone by the name that Windows or the IANA has for it; undefined where neither knows it. [Graph: dateTimeTimeZone resource type] */
export function timeZoneNamed(name: string): TimeZone | undefined {
  if (known.size > MOST_KNOWN) known.clear();
  const found = known.has(name) ? known.get(name) : zoneFor(name);
  known.set(name, found);
  return found;
}

function zoneFor(name: string): TimeZone | undefined {
  const trimmed = name.trim();
  if (/^(tzone:\/\/microsoft\/utc|utc|z)?$/i.test(trimmed)) return fixedZone(name, 0);
  // Node takes offsets for names as well.
  if (/^[+-]/.test(trimmed)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', { ...PARTS, timeZone: zoneOfWindows(trimmed) ?? trimmed });
    return zoneWith(name, (instant) => offsetIn(format, Math.max(instant, BEFORE_ZONES)));
  } catch {
    return undefined;
  }
}

export function fixedZone(name: string, minutes: number): TimeZone {
  return zoneWith(name, () => minutes * MINUTE);
}

function zoneWith(name: string, offsetAt: (instant: Instant) => number): TimeZone {
  return {
    name,
    wallAt: (instant) => instant + offsetAt(instant),
    // A time that a clock skips is as much later; of one that it shows twice the first is meant.
    instantOf(wall) {
      const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
      const [early, late] = [wall - before, wall - after];
      return offsetAt(early) !== before && offsetAt(late) === after ? late : early;
    },
  };
}

const PARTS = {
  calendar: 'iso8601',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** Until there were zones, clocks went by the sun; the formats take calendars of their time as well. */
const BEFORE_ZONES = Date.UTC(1800, 0);

function offsetIn(format: Intl.DateTimeFormat, instant: Instant): number {
  return wallIn(format, instant) - wholeSecond(instant);
}

function wallIn(format: Intl.DateTimeFormat, instant: Instant): WallTime {
  const parts = new Map<string, string>(
    format.formatToParts(wholeSecond(instant)).map(({ type, value }) => [type, value]),
  );
  const part = (type: string): number => Number(parts.get(type));
  const wall = new Date(0);
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return wall.getTime();
}

function wholeSecond(instant: Instant): Instant {
  return Math.floor(instant / 1000) * 1000;
}
