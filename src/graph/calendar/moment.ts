import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';

import { fixedZone, timeZoneNamed, type Instant, type TimeZone, type WallTime } from './time-zones.js';

/** A point in time, as a clock of some zone shows it. */
export interface Moment {
  readonly wall: WallTime;
  readonly zone: TimeZone;
  readonly instant: Instant;
  /** Its text up to minutes or seconds and what comes behind: fractions, and an offset where it has one. */
  readonly hasSeconds: boolean;
  readonly fraction: string;
  readonly rest: string;
}

const TEXT = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** `2019-11-08T19:00:00-08:00`; without an offset it is in the zone given. Undefined where it is no date and time. */
export function readMoment(text: string, standard: TimeZone): Moment | undefined {
  const match = TEXT.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second, fraction = '', offset] = match;
  const numbers = [year, month, day, hour, minute, second ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const whole = wallOf(...numbers);
  const zone = offset === undefined ? standard : zoneOfOffset(offset);
  if (whole === undefined || zone === undefined) return undefined;
  const wall = whole + Math.trunc(Number(`0${fraction}`) * 1000);
  return {
    wall,
    zone,
    instant: zone.instantOf(wall),
    hasSeconds: second !== undefined,
    fraction,
    rest: fraction + (offset ?? ''),
  };
}

function wallOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): WallTime | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isThere = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isThere || hour > 23 || minute > 59 || second > 59) return undefined;
  return date.setUTCHours(hour, minute, second);
}

function zoneOfOffset(text: string): TimeZone | undefined {
  if (/^z$/i.test(text)) return fixedZone(text, 0);
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4))];
  if (hours > 14 || minutes > 59) return undefined;
  return fixedZone(text, (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes));
}

/** The moment that an event says; undefined where it says none, or none that can be understood. [Graph: dateTimeTimeZone resource type] */
export function momentOf(value: JsonValue | undefined): Moment | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined;
  const { dateTime, timeZone } = value;
  const zone = timeZoneNamed(typeof timeZone === 'string' ? timeZone : '');
  return typeof dateTime === 'string' && zone !== undefined ? readMoment(dateTime, zone) : undefined;
}

/** The same value with another moment, written alike; `instant` and `wall` are of the moment's own zone. */
export function withWall(value: JsonObject, { hasSeconds, rest }: Moment, wall: WallTime): JsonObject {
  const text = new Date(wall).toISOString();
  const isWholeMinute = wall % 60_000 === 0;
  return { ...value, dateTime: `${text.slice(0, hasSeconds || !isWholeMinute ? 19 : 16)}${rest}` };
}

/** A wall clock's time with the digits of a moment behind its seconds, seven at least: `2019-11-08T19:00:00.0000000`. [Graph: dateTimeTimeZone resource type] */
export function textOfWall(wall: WallTime, { fraction }: Moment): string {
  return `${new Date(wall).toISOString().slice(0, 19)}.${fraction.slice(1).padEnd(7, '0')}`;
}
