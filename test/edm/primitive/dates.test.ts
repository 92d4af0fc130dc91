import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { isCalendarDay, nextDay, previousDay } from '../../../src/edm/primitive/calendar.js';
import { durationToSeconds } from '../../../src/edm/primitive/index.js';
import { expectProblem, fromJson, fromText, typeNamed, valueOf } from './cases.js';

const date = fc.date({
  min: new Date('0001-01-03T00:00:00Z'),
  max: new Date('9999-12-29T00:00:00Z'),
  noInvalidDate: true,
});
const fraction = fc.stringMatching(/^\d{0,12}$/);

describe('Edm.Date', () => {
  it.each(['0001-01-01', '2024-02-29', '2000-02-29', '9999-12-31'])('takes %s', (text) => {
    expect(fromText('Edm.Date', text)).toBe(text);
    expect(fromJson('Edm.Date', text)).toBe(text);
  });

  it.each([
    '0000-01-01',
    '-0001-01-01',
    '10000-01-01',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-01',
  ])('refuses %s', (text) =>
    expectProblem(typeNamed('Edm.Date').fromText(text, {}), `such as 2026-01-31, not '${text}'`),
  );

  it.each(['', '2024-1-1', '20240101', '2024-01-01T00:00:00Z', '2024-01-01 '])('refuses %j', (text) => {
    expectProblem(typeNamed('Edm.Date').fromText(text, {}), 'must be a date');
  });
});

describe('Edm.TimeOfDay', () => {
  it.each([
    ['11:22:33', '11:22:33'],
    ['11:22', '11:22:00'],
    ['11:22:33.4444444', '11:22:33.4444444'],
    ['11:22:33.500', '11:22:33.5'],
    ['00:00:00.000', '00:00:00'],
    ['23:59:59.999999999999', '23:59:59.999999999999'],
  ])('reads %s as %s', (text, value) => expect(fromText('Edm.TimeOfDay', text)).toBe(value));

  it.each(['24:00:00', '11:60', '11:22:60', '1:22', '11:22:33.', '11:22:33.1234567890123', '11%3A22', '11:22:33Z'])(
    'refuses %s',
    (text) => expectProblem(typeNamed('Edm.TimeOfDay').fromText(text, {}), 'must be a time of day'),
  );

  it('has no more digits than its precision', () => {
    expect(fromText('Edm.TimeOfDay', '11:22:33.1230', { precision: 3 })).toBe('11:22:33.123');
    expect(fromText('Edm.TimeOfDay', '11:22:33.1234', { precision: 3 })).toEqual({
      problem: 'must have at most 3 digits of fractional seconds, not 4',
    });
  });

  it('sorts as text', () => {
    expect(typeNamed('Edm.TimeOfDay').compare('11:22:33', '11:22:33.5')).toBeLessThan(0);
  });
});

describe('Edm.DateTimeOffset', () => {
  const type = typeNamed('Edm.DateTimeOffset');

  it.each([
    ['2012-09-03T13:52Z', '2012-09-03T13:52:00Z'],
    ['2012-09-03T22:09:02Z', '2012-09-03T22:09:02Z'],
    ['2012-08-31T18:19:22.100Z', '2012-08-31T18:19:22.1Z'],
    ['2012-08-31t18:19:22z', '2012-08-31T18:19:22Z'],
    ['2012-09-03T14:53+02:00', '2012-09-03T12:53:00Z'],
    ['2017-01-01T00:03:07.1589002-08:00', '2017-01-01T08:03:07.1589002Z'],
    ['2016-02-28T23:30:00-00:45', '2016-02-29T00:15:00Z'],
    ['2017-01-01T00:00:00+14:00', '2016-12-31T10:00:00Z'],
    ['2016-12-31T23:59:59.999999999999-14:00', '2017-01-01T13:59:59.999999999999Z'],
    ['2016-12-31T23:59:59-00:00', '2016-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999Z'],
  ])('reads %s as %s', (text, value) => {
    expect(fromText('Edm.DateTimeOffset', text)).toBe(value);
    expect(fromJson('Edm.DateTimeOffset', text)).toBe(value);
  });

  it.each([
    ['2012-09-03T13:52:00', 'must end with an offset such as Z or +01:00'],
    ['2012-09-03T13:52:00+14:01', 'must have an offset from -14:00 to +14:00, not +14:01'],
    ['2012-09-03T13:52:00-23:59', 'must have an offset from -14:00 to +14:00'],
    ['0001-01-01T00:00:00+00:01', 'must be in the years 0001 to 9999 of UTC'],
    ['9999-12-31T23:59:59-00:01', 'must be in the years 0001 to 9999 of UTC'],
  ])('says what is wrong with %s', (text, part) => expectProblem(type.fromText(text, {}), part));

  it.each([
    '',
    '2012-09-03',
    '2011-12-31T24:00Z',
    '2012-09-03T24:00-03:00',
    '2012-09-03T23:59:60Z',
    '2012-09-03T23:60Z',
    '2023-02-29T00:00Z',
    '2023-13-01T00:00Z',
    '0000-01-01T00:00Z',
    '-10000-04-01T00:00Z',
    '2012-09-03T23%3A59Z',
    '2012-09-03 23:59Z',
    '2012-09-03T23:59:59.Z',
    '2012-09-03T23:59:59.1234567890123Z',
    '2012-09-03T23:59+0100',
    '2012-09-03T23:59Z ',
  ])('refuses %j', (text) => expectProblem(type.fromText(text, {}), 'must be a date and time with an offset such as'));

  it('has no more digits than its precision', () => {
    expectProblem(type.fromText('2012-09-03T23:59:59.12Z', { precision: 0 }), 'at most 0 digits of fractional seconds');
  });

  it('agrees with Date on instants, whatever the offset', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -840, max: 840 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const written = `${local}${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        const canonical = instant
          .toISOString()
          .replace(/\.?0+Z$/, 'Z')
          .replace(/T(\d\d):(\d\d)Z$/, 'T$1:$2:00Z');
        const value = valueOf(type.fromText(written, {}));
        expect(new Date(String(value)).getTime()).toBe(instant.getTime());
        expect(String(value).length).toBeGreaterThanOrEqual('0000-00-00T00:00:00Z'.length);
        expect(String(value).startsWith(canonical.slice(0, 16))).toBe(true);
      }),
    );
  });

  it('sorts by instant and reads back', () => {
    const value = fc.tuple(date, fraction).map(([instant, digits]) => {
      const seconds = Math.floor(instant.getTime() / 1000);
      const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`;
      return { text, instant: BigInt(seconds) * 10n ** 12n + BigInt(digits.padEnd(12, '0')) };
    });
    const near = fc.tuple(value, fraction).map(([{ text, instant }, digits]) => ({
      text: `${text.slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`,
      instant: instant - (((instant % 10n ** 12n) + 10n ** 12n) % 10n ** 12n) + BigInt(digits.padEnd(12, '0')),
    }));
    fc.assert(
      fc.property(fc.oneof(fc.tuple(value, value), fc.tuple(near, near)), ([a, b]) => {
        const [valueA, valueB] = [a, b].map(({ text }) => valueOf(type.fromText(text, {})));
        expect(Math.sign(type.compare(valueA!, valueB!))).toBe(
          a.instant < b.instant ? -1 : Number(a.instant > b.instant),
        );
        expect(type.fromText(type.toText(valueA!), {})).toEqual({ value: valueA });
        expect(type.fromJson(JSON.parse(type.toJson(valueA!, false)), {})).toEqual({ value: valueA });
      }),
    );
  });
});

describe('calendar', () => {
  it('goes from each day to the next as Date does', () => {
    let day = { year: 1895, month: 1, day: 1 };
    const oracle = new Date('1895-01-01T00:00:00Z');
    for (let count = 0; count < 365 * 10; count++) {
      const following = nextDay(day)!;
      oracle.setUTCDate(oracle.getUTCDate() + 1);
      expect(following).toEqual({
        year: oracle.getUTCFullYear(),
        month: oracle.getUTCMonth() + 1,
        day: oracle.getUTCDate(),
      });
      expect(previousDay(following)).toEqual(day);
      expect(isCalendarDay(following)).toBe(true);
      day = following;
    }
  });
});

describe('Edm.Duration', () => {
  const type = typeNamed('Edm.Duration');

  it.each([
    ['PT0S', 'PT0S', '0'],
    ['-PT0S', 'PT0S', '0'],
    ['P0D', 'PT0S', '0'],
    ['PT36H', 'P1DT12H', '129600'],
    ['PT90M', 'PT1H30M', '5400'],
    ['PT86400S', 'P1D', '86400'],
    ['-P6DT23H59M59.9999S', '-P6DT23H59M59.9999S', '-604799.9999'],
    ['PT1.500S', 'PT1.5S', '1.5'],
    ['PT0.000000000001S', 'PT0.000000000001S', '0.000000000001'],
    ['p1dt1h', 'P1DT1H', '90000'],
    ['P10675199DT2H48M5.4775807S', 'P10675199DT2H48M5.4775807S', '922337203685.4775807'],
  ])('reads %s as %s, which is %s seconds', (text, value, seconds) => {
    expect(fromText('Edm.Duration', text)).toBe(value);
    expect(durationToSeconds(value)).toBe(seconds);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '-P',
    '+P1D',
    'P1Y',
    'P1M',
    'P1W',
    'PT1.5H',
    'PT1.S',
    'PT1S1M',
    '1D',
    'PT1.1234567890123S',
    `P${'9'.repeat(200)}D`,
  ])('refuses %j', (text) => {
    expectProblem(type.fromText(text, {}), 'must be a duration of days, hours, minutes and seconds');
    expect(durationToSeconds(text)).toBeUndefined();
  });

  it('has literals with a prefix', () => expect(type.toLiteral('P1D')).toBe("duration'P1D'"));

  it('sorts by length and reads back', () => {
    const part = fc.nat({ max: 1_000_000 });
    const duration = fc
      .tuple(fc.boolean(), part, part, part, part, fraction)
      .map(([isNegative, d, h, m, s, digits]) => {
        const picoseconds = BigInt(((d * 24 + h) * 60 + m) * 60 + s) * 10n ** 12n + BigInt(digits.padEnd(12, '0'));
        const text = `${isNegative ? '-' : ''}P${d}DT${h}H${m}M${s}${digits === '' ? '' : `.${digits}`}S`;
        return { text, length: isNegative ? -picoseconds : picoseconds };
      });
    fc.assert(
      fc.property(duration, duration, (a, b) => {
        const [valueA, valueB] = [a, b].map(({ text }) => valueOf(type.fromText(text, {})));
        expect(Math.sign(type.compare(valueA!, valueB!))).toBe(a.length < b.length ? -1 : Number(a.length > b.length));
        expect(valueA === valueB).toBe(a.length === b.length);
        expect(type.fromText(type.toText(valueA!), {})).toEqual({ value: valueA });
        expect(type.fromJson(JSON.parse(type.toJson(valueA!, false)), {})).toEqual({ value: valueA });
      }),
    );
  });
});
