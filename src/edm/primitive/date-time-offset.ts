import type { Facets, Reading } from '../scalar-type.js';
import { type CalendarDay, isCalendarDay, nextDay, previousDay, twoDigits, writeDay } from './calendar.js';
import { excessPrecision, writeFraction } from './fractional-seconds.js';
import { mismatch } from './mismatch.js';
import { compareText, textType } from './text-type.js';

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:[0-5]\d)?$/i;

const DESCRIPTION = 'a date and time with an offset such as 2026-01-31T23:59:59Z';

const MINUTES_OF_DAY = 24 * 60;
const LARGEST_OFFSET = 14 * 60;

/**
 * Canonical values are in UTC with seconds, and with a fraction only where it isn't zero. No digit is lost:
 * `2017-01-01T00:03:07.1589002-08:00` becomes `2017-01-01T08:03:07.1589002Z`. [CSDL-JSON 3.3] [OData-ABNF dateTimeOffsetValue]
 */
export const dateTimeOffsetType = textType({
  qualifiedName: 'Edm.DateTimeOffset',
  description: DESCRIPTION,
  read,
  // '.' sorts before 'Z', so that the text as a whole doesn't sort by instant.
  compare: (a, b) => compareText(a.slice(0, -1), b.slice(0, -1)),
});

function read(text: string, { precision }: Facets): Reading {
  const match = DATE_TIME.exec(text);
  if (!match) return mismatch(DESCRIPTION, text);
  const [, year, month, day, hour, minute, second = '00', digits, offset] = match;
  if (offset === undefined) return { problem: `must end with an offset such as Z or +01:00; '${text}' has none` };
  const written = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isCalendarDay(written)) return mismatch(DESCRIPTION, text);
  const fraction = writeFraction(digits);
  const excess = excessPrecision(fraction, precision);
  if (excess) return excess;
  const minutes = minutesOf(offset);
  if (minutes === 0) return { value: `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z` };
  if (Math.abs(minutes) > LARGEST_OFFSET)
    return { problem: `must have an offset from -14:00 to +14:00, not ${offset}` };
  const shifted = shift(written, Number(hour) * 60 + Number(minute) - minutes);
  if (shifted === undefined) return { problem: `must be in the years 0001 to 9999 of UTC, not '${text}'` };
  return { value: `${shifted}:${second}${fraction}Z` };
}

/** Minutes that the offset of a date and time says, in any form it may be written in. `2017-01-01T00:03-08:00` has -480. */
export function offsetMinutes(text: string): number {
  const offset = DATE_TIME.exec(text)?.[8];
  return offset === undefined ? 0 : minutesOf(offset);
}

function minutesOf(offset: string): number {
  if (offset.length === 1) return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** Date, hour and minute of a day and its minutes, which may be less than none or more than it has. */
function shift(written: CalendarDay, minutes: number): string | undefined {
  let day: CalendarDay | undefined = written;
  if (minutes < 0) day = previousDay(written);
  else if (minutes >= MINUTES_OF_DAY) day = nextDay(written);
  const rest = (minutes + MINUTES_OF_DAY) % MINUTES_OF_DAY;
  return day && `${writeDay(day)}T${twoDigits(Math.floor(rest / 60))}:${twoDigits(rest % 60)}`;
}
