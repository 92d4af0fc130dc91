/** A day of the proleptic Gregorian calendar. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const LAST_YEAR = 9999;

/** Whether the calendar has this day, in the years 1 to 9999. */
export function isCalendarDay({ year, month, day }: CalendarDay): boolean {
  return year >= 1 && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth({ year, month });
}

/** The day after; undefined at the end of the year 9999. */
export function nextDay({ year, month, day }: CalendarDay): CalendarDay | undefined {
  if (day < daysInMonth({ year, month })) return { year, month, day: day + 1 };
  if (month < 12) return { year, month: month + 1, day: 1 };
  return year < LAST_YEAR ? { year: year + 1, month: 1, day: 1 } : undefined;
}

/** The day before; undefined at the start of the year 1. */
export function previousDay({ year, month, day }: CalendarDay): CalendarDay | undefined {
  if (day > 1) return { year, month, day: day - 1 };
  if (month > 1) return { year, month: month - 1, day: daysInMonth({ year, month: month - 1 }) };
  return year > 1 ? { year: year - 1, month: 12, day: 31 } : undefined;
}

/** Example: `2024-02-29`. */
export function writeDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

export function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

function daysInMonth({ year, month }: { readonly year: number; readonly month: number }): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
