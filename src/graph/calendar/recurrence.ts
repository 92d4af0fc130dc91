import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';

import { DAY } from './time-zones.js';

/** Days since 1970. */
export type Day = number;

/** On which days something happens again. [Graph: patternedRecurrence resource type] */
export interface Recurrence {
  /** The days of the n-th period of the pattern, counted from that of the first day; equally many in each. */
  daysIn(period: number): readonly Day[];
  /** The period that a day is in, or the one before the next. */
  periodOf(day: Day): number;
  readonly first: Day;
  readonly last: Day;
  /** How often it happens at most. */
  readonly times: number;
}

/** Why a recurrence cannot be understood. */
export class UnclearRecurrence extends Error {}

/** Reads a recurrence; `start` is the day on which the event itself begins. Throws `UnclearRecurrence`. */
export function readRecurrence(recurrence: JsonObject, start: Day): Recurrence {
  const [pattern, range] = [objectIn(recurrence, 'pattern'), objectIn(recurrence, 'range')];
  const first = dayOf(range['startDate']) ?? start;
  return { ...periodsOf(pattern, first), first, ...endOf(range) };
}

/** The days from one to another, both included, on which it happens. */
export function* recurringDays(recurrence: Recurrence, from: Day, to: Day): Generator<Day, void, void> {
  const { first, last, times, daysIn, periodOf } = recurrence;
  const end = Math.min(to, last);
  const inFirst = daysIn(0).filter((day) => day >= first).length;
  let period = Math.max(0, periodOf(Math.max(from, first)) - 1);
  let before = period === 0 ? 0 : inFirst + (period - 1) * daysIn(period).length;
  for (; before < times; period++) {
    const days = daysIn(period);
    if (days[0]! > end) return;
    for (const day of days) {
      if (day < first) continue;
      if (day > end || before++ >= times) return;
      if (day >= from) yield day;
    }
  }
}

/** [Graph: recurrenceRange resource type] */
function endOf(range: JsonObject): Pick<Recurrence, 'last' | 'times'> {
  switch (range['type']) {
    case 'noEnd':
      return { last: Infinity, times: Infinity };
    case 'numbered':
      return { last: Infinity, times: wholeIn(range, 'numberOfOccurrences', 1, Infinity) };
    case 'endDate': {
      const last = dayOf(range['endDate']);
      if (last === undefined) throw new UnclearRecurrence(`its range has no 'endDate'`);
      return { last, times: Infinity };
    }
    default:
      throw new UnclearRecurrence(`its range has no 'type'`);
  }
}

/** [Graph: recurrencePattern resource type] */
function periodsOf(pattern: JsonObject, first: Day): Pick<Recurrence, 'daysIn' | 'periodOf'> {
  const interval = wholeIn(pattern, 'interval', 1, 100_000);
  switch (pattern['type']) {
    case 'daily':
      return everySo(interval, first, [0]);
    case 'weekly': {
      const weekStart = WEEKDAYS.indexOf(String(pattern['firstDayOfWeek'] ?? WEEKDAYS[0]));
      if (weekStart < 0) throw new UnclearRecurrence(`its pattern has no 'firstDayOfWeek'`);
      const days = weekdaysIn(pattern).map((day) => (day - weekStart + 7) % 7);
      const week = first - ((weekdayOf(first) - weekStart + 7) % 7);
      return everySo(
        interval * 7,
        week,
        days.toSorted((one, other) => one - other),
      );
    }
    case 'absoluteMonthly':
      return everyMonths(interval, monthOf(first), onDay(pattern));
    case 'relativeMonthly':
      return everyMonths(interval, monthOf(first), onWeekday(pattern));
    case 'absoluteYearly':
      return everyMonths(interval * 12, monthInYear(pattern, first), onDay(pattern));
    case 'relativeYearly':
      return everyMonths(interval * 12, monthInYear(pattern, first), onWeekday(pattern));
    default:
      throw new UnclearRecurrence(`its pattern has no 'type'`);
  }
}

function everySo(length: number, start: Day, days: readonly number[]): Pick<Recurrence, 'daysIn' | 'periodOf'> {
  return {
    daysIn: (period) => days.map((day) => start + period * length + day),
    periodOf: (day) => Math.floor((day - start) / length),
  };
}

/** Months are counted from January of the year 0. */
function everyMonths(
  length: number,
  start: number,
  dayIn: (month: number) => Day,
): Pick<Recurrence, 'daysIn' | 'periodOf'> {
  return {
    daysIn: (period) => [dayIn(start + period * length)],
    periodOf: (day) => Math.floor((monthOf(day) - start) / length),
  };
}

/** A month that has no such day has its last day instead. */
function onDay(pattern: JsonObject): (month: number) => Day {
  const dayOfMonth = wholeIn(pattern, 'dayOfMonth', 1, 31);
  return (month) => Math.min(firstOf(month) + dayOfMonth, firstOf(month + 1)) - 1;
}

const INDICES = ['first', 'second', 'third', 'fourth', 'last'];

/** The index counts the days of the month that are allowed. */
function onWeekday(pattern: JsonObject): (month: number) => Day {
  const weekdays = new Set(weekdaysIn(pattern));
  const index = INDICES.indexOf(String(pattern['index'] ?? INDICES[0]));
  if (index < 0) throw new UnclearRecurrence(`its pattern has no 'index'`);
  return (month) => {
    const [start, end] = [firstOf(month), firstOf(month + 1)];
    const allowed = Array.from({ length: end - start }, (_, day) => start + day).filter((day) =>
      weekdays.has(weekdayOf(day)),
    );
    return INDICES[index] === 'last' ? allowed.at(-1)! : allowed[index]!;
  };
}

/** The first of these months that is not before the first day's. */
function monthInYear(pattern: JsonObject, first: Day): number {
  const year = Math.floor(monthOf(first) / 12);
  return year * 12 + wholeIn(pattern, 'month', 1, 12) - 1;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekdaysIn({ daysOfWeek }: JsonObject): readonly number[] {
  const names = Array.isArray(daysOfWeek) ? daysOfWeek : [];
  const days = [...new Set(names.map((each) => WEEKDAYS.indexOf(String(each))))];
  if (days.length === 0 || days.includes(-1)) throw new UnclearRecurrence(`its pattern has no 'daysOfWeek'`);
  return days;
}

/** The first of January 1970 was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

function monthOf(day: Day): number {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function firstOf(month: number): Day {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / DAY;
}

function dayOf(value: JsonValue | undefined): Day | undefined {
  const time = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? undefined : time / DAY;
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name] ?? null;
  if (!isJsonObject(value)) throw new UnclearRecurrence(`it has no '${name}'`);
  return value;
}

function wholeIn(object: JsonObject, name: string, least: number, most: number): number {
  const number = Number(object[name] ?? NaN);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UnclearRecurrence(`its '${name}' is none that can be used`);
}
