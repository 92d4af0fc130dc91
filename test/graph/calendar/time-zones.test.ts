import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { momentOf, readMoment, withWall } from '../../../src/graph/calendar/moment.js';
import { fixedZone, timeZoneNamed } from '../../../src/graph/calendar/time-zones.js';

const UTC = fixedZone('UTC', 0);
const instant = (dateTime: string, timeZone: string | null): string | undefined => {
  const moment = momentOf({ dateTime, timeZone });
  return moment && new Date(moment.instant).toISOString();
};

describe('moments [Graph: dateTimeTimeZone resource type]', () => {
  it.each([
    ['2024-01-01T09:00:00.0000000', 'UTC', '2024-01-01T09:00:00.000Z'],
    ['2024-01-01T09:00:00', null, '2024-01-01T09:00:00.000Z'],
    ['2024-01-01T09:00', 'tzone://Microsoft/Utc', '2024-01-01T09:00:00.000Z'],
    ['2024-01-01T09:00:00.25', 'Pacific Standard Time', '2024-01-01T17:00:00.250Z'],
    ['2024-07-01T09:00:00', 'america/los_angeles', '2024-07-01T16:00:00.000Z'],
    ['2024-07-01T09:00:00', 'India Standard Time', '2024-07-01T03:30:00.000Z'],
    ['2024-07-01T09:00:00-08:00', 'India Standard Time', '2024-07-01T17:00:00.000Z'],
    ['2024-07-01', 'Etc/GMT+12', '2024-07-01T12:00:00.000Z'],
    ['2024-03-10T02:30:00', 'Pacific Standard Time', '2024-03-10T10:30:00.000Z'], // skipped: an hour later
    ['2024-11-03T01:30:00', 'Pacific Standard Time', '2024-11-03T08:30:00.000Z'], // twice: the first
    ['0001-01-01T00:00:00', 'Tokyo Standard Time', '0000-12-31T14:41:01.000Z'], // by the sun, before there were zones
  ])('%s %s is %s', (dateTime, timeZone, expected) => {
    expect(instant(dateTime, timeZone)).toBe(expected);
  });

  it.each([
    ['2024-02-30T00:00:00', 'UTC'],
    ['2024-01-01T25:00:00', 'UTC'],
    ['2024-01-01T00:60:00', 'UTC'],
    ['0000-01-01T00:00:00', 'UTC'],
    ['2024-01-01T00:00:00+15:00', 'UTC'],
    ['next Tuesday', 'UTC'],
    ['2024-01-01T00:00:00', 'Mars Standard Time'],
    ['2024-01-01T00:00:00', '__proto__'],
  ])('%s %s is none', (dateTime, timeZone) => {
    expect(instant(dateTime, timeZone)).toBeUndefined();
  });

  it('are written as they were read', () => {
    const texts = ['2024-01-01T09:00', '2024-01-01T09:00:00', '2024-01-01T09:00:00.1234567', '2024-01-01T09:00:00.5Z'];
    for (const dateTime of texts) {
      const moment = readMoment(dateTime, UTC)!;
      expect(withWall({ dateTime, timeZone: 'UTC' }, moment, moment.wall)).toEqual({ dateTime, timeZone: 'UTC' });
      expect(withWall({}, moment, moment.wall + 86_400_000)).toEqual({ dateTime: dateTime.replace('-01T', '-02T') });
    }
  });

  it('are what their zone’s clock shows', () => {
    const zones = fc.constantFrom(
      'Pacific Standard Time',
      'Europe/Berlin',
      'Lord Howe Standard Time',
      'Nepal Standard Time',
      'UTC',
    );
    const times = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(zones, times, (name, time) => {
        const zone = timeZoneNamed(name)!;
        const wall = zone.wallAt(time);
        const again = zone.instantOf(wall);
        expect(zone.wallAt(again)).toBe(wall);
        // Of a time that a clock shows twice, the first is meant.
        expect(again).toBeLessThanOrEqual(time);
        expect(time - again).toBeLessThanOrEqual(2 * 3_600_000);
      }),
      { numRuns: 300 },
    );
  });
});
