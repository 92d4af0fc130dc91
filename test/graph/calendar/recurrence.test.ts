import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { JsonObject } from '../../../src/edm/index.js';
import { readRecurrence, recurringDays, UnclearRecurrence } from '../../../src/graph/calendar/recurrence.js';

const DAY = 86_400_000;
const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY;
const textOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const days = (pattern: JsonObject, range: JsonObject, from: string, to: string): string[] => {
  const start = String(range['startDate']);
  const recurrence = readRecurrence({ pattern: { interval: 1, ...pattern }, range }, dayOf(start));
  return [...recurringDays(recurrence, dayOf(from), dayOf(to))].map(textOf);
};
const noEnd = (startDate: string): JsonObject => ({ type: 'noEnd', startDate });

describe('recurrences [Graph: recurrencePattern resource type]', () => {
  it.each<[string, JsonObject, string[]]>([
    ['daily', { type: 'daily', interval: 3 }, ['2024-01-30', '2024-02-02', '2024-02-05', '2024-02-08', '2024-02-11']],
    [
      'weekly',
      { type: 'weekly', interval: 2, daysOfWeek: ['friday', 'monday'], firstDayOfWeek: 'monday' },
      ['2024-02-02', '2024-02-12', '2024-02-16', '2024-02-26', '2024-03-01'],
    ],
    [
      'weekly, in weeks that begin on Sunday',
      { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'tuesday'] },
      ['2024-01-30', '2024-02-11', '2024-02-13', '2024-02-25', '2024-02-27'],
    ],
    [
      'monthly on a day that not all months have',
      { type: 'absoluteMonthly', dayOfMonth: 31 },
      ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31'],
    ],
    [
      'monthly on the last weekday',
      { type: 'relativeMonthly', daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], index: 'last' },
      ['2024-01-31', '2024-02-29', '2024-03-29', '2024-04-30', '2024-05-31'],
    ],
    [
      'every third month on the second Thursday',
      { type: 'relativeMonthly', interval: 3, daysOfWeek: ['thursday'], index: 'second' },
      ['2024-04-11', '2024-07-11', '2024-10-10', '2025-01-09', '2025-04-10'],
    ],
    [
      'yearly',
      { type: 'absoluteYearly', dayOfMonth: 29, month: 2 },
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    ],
    [
      'yearly on the first Sunday of a month',
      { type: 'relativeYearly', interval: 2, daysOfWeek: ['sunday'], month: 1 },
      ['2026-01-04', '2028-01-02', '2030-01-06', '2032-01-04', '2034-01-01'],
    ],
  ])('%s', (_, pattern, expected) => {
    expect(days(pattern, noEnd('2024-01-30'), '2020-01-01', expected.at(-1)!)).toEqual(expected);
    const numbered = { type: 'numbered', startDate: '2024-01-30', numberOfOccurrences: 5 };
    expect(days(pattern, numbered, '2020-01-01', '2100-01-01')).toEqual(expected);
    const ended = { type: 'endDate', startDate: '2024-01-30', endDate: expected.at(-1)! };
    expect(days(pattern, ended, '2020-01-01', '2100-01-01')).toEqual(expected);
  });

  const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 });
  const patterns = fc.record({
    type: fc.constantFrom('daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly'),
    interval: fc.integer({ min: 1, max: 5 }),
    daysOfWeek: weekdays,
    firstDayOfWeek: fc.constantFrom(...WEEKDAYS),
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
    month: fc.integer({ min: 1, max: 12 }),
    index: fc.constantFrom('first', 'second', 'third', 'fourth', 'last'),
  });
  const someDay = fc.integer({ min: dayOf('1999-01-01'), max: dayOf('2040-12-31') });

  it('are the same, wherever one begins to look, however they end', () => {
    fc.assert(
      fc.property(
        patterns,
        someDay,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3000),
        fc.nat(3000),
        (pattern, start, count, skip, length) => {
          const startDate = textOf(start);
          const end = textOf(start + 20_000);
          const all = days(pattern, noEnd(startDate), startDate, end);
          const numbered = { type: 'numbered', startDate, numberOfOccurrences: count };
          expect(days(pattern, numbered, startDate, end)).toEqual(all.slice(0, count));
          const [from, to] = [textOf(start + skip), textOf(start + skip + length)];
          const within = (each: string): boolean => each >= from && each <= to;
          expect(days(pattern, noEnd(startDate), from, to)).toEqual(all.filter(within));
          expect(days(pattern, numbered, from, to)).toEqual(all.slice(0, count).filter(within));
          expect(days(pattern, { type: 'endDate', startDate, endDate: to }, from, end)).toEqual(all.filter(within));
          expect(all).toEqual(all.toSorted());
          expect(all[0]! >= startDate).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('weekly on all days and daily are one', () => {
    fc.assert(
      fc.property(someDay, fc.constantFrom(...WEEKDAYS), (start, firstDayOfWeek) => {
        const startDate = textOf(start);
        const [weekly, to] = [{ type: 'weekly', daysOfWeek: WEEKDAYS, firstDayOfWeek }, textOf(start + 30)];
        expect(days(weekly, noEnd(startDate), startDate, to)).toEqual(
          days({ type: 'daily' }, noEnd(startDate), startDate, to),
        );
      }),
    );
  });

  it('that say anything are understood or refused', () => {
    const anything = fc.dictionary(
      fc.constantFrom(
        'type',
        'interval',
        'daysOfWeek',
        'dayOfMonth',
        'month',
        'index',
        'startDate',
        'endDate',
        'numberOfOccurrences',
      ),
      fc.oneof(
        fc.constantFrom('weekly', 'noEnd', 'numbered', '2024-01-01', ''),
        fc.integer(),
        fc.constant(null),
        weekdays,
      ),
    );
    fc.assert(
      fc.property(anything, anything, (pattern, range) => {
        try {
          const recurrence = readRecurrence({ pattern, range } as JsonObject, 0);
          expect([...recurringDays(recurrence, 0, 20)].length).toBeLessThanOrEqual(21);
        } catch (error) {
          expect(error).toBeInstanceOf(UnclearRecurrence);
        }
      }),
    );
  });
});
