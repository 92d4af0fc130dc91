import type { Entity } from '../../behavior/index.js';
import {
  isJsonObject,
  keptSent,
  writeJson,
  type EntityType,
  type JsonObject,
  type JsonValue,
} from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { exceptionsOf, occurrenceId, readOccurrenceId } from '../occurrence-ids.js';

import { momentOf, withWall, type Moment } from './moment.js';
import { readRecurrence, recurringDays, UnclearRecurrence, type Day, type Recurrence } from './recurrence.js';
import { DAY, timeZoneNamed, type Instant, type TimeZone } from './time-zones.js';

/** The time that a view is asked for. */
export interface TimeRange {
  readonly start: Instant;
  readonly end: Instant;
}

/** An event of a view, and when it begins. */
export interface Shown {
  readonly event: Entity;
  readonly start: Instant;
}

/** Whether an event is a series rather than one of its occurrences. [Graph: event resource type] */
export function isSeries({ document }: Entity): boolean {
  return isJsonObject(document['recurrence']);
}

/** A stored event as a view shows it; undefined where it is at another time. Nothing puts one that says no time outside. */
export function shownEvent(event: Entity, range: TimeRange): Shown | undefined {
  const times = timesOf(event);
  if (times === undefined) return { event, start: -Infinity };
  const { start, end } = times;
  return overlaps(start.instant, end.instant, range) ? { event, start: start.instant } : undefined;
}

/** The occurrences of a series within a time, but for those that other events stand for. [Graph: List instances] */
export function* occurrencesOf(
  series: Entity,
  others: readonly Entity[],
  range: TimeRange,
  type: EntityType,
): Generator<Shown, void, void> {
  const pattern = patternOf(series);
  const longest = Math.ceil(Math.max(0, pattern.end.instant - pattern.start.instant) / DAY) + 1;
  const { recurrence, zone } = pattern;
  const days = recurringDays(recurrence, dayIn(zone, range.start) - longest, dayIn(zone, range.end) + 1);
  for (const each of left(series, others, pattern, days))
    if (overlaps(each.begin, each.finish, range))
      yield { event: occurrence(series, pattern, each, type), start: each.begin };
}

/** The occurrence that the pattern of a series has on a day; undefined where it has none, or another event stands for it. */
export function occurrenceOn(
  series: Entity,
  day: Day,
  others: readonly Entity[],
  type: EntityType,
): Entity | undefined {
  const pattern = patternOf(series);
  const [found] = left(series, others, pattern, recurringDays(pattern.recurrence, day, day));
  return found && occurrence(series, pattern, found, type);
}

/**
 * Whether an occurrence keeps its place in the row when it is moved: it may come neither on the day of the one before it or
 * earlier, nor on the day of the one behind it or later. [Graph: Update event]
 */
export function keepsOrder(series: Entity, day: Day, moved: Moment): boolean {
  const { recurrence, zone } = patternOf(series);
  const to = dayIn(zone, moved.instant);
  const between = to < day ? recurringDays(recurrence, to, day - 1) : recurringDays(recurrence, day + 1, to);
  return between.next().done === true;
}

/** An occurrence by the day that the pattern has it on. */
interface Recurring {
  readonly day: Day;
  readonly begin: Instant;
  readonly finish: Instant;
}

/** Those of these days on which no other event stands for the occurrence, and it has not been cancelled. */
function* left(
  series: Entity,
  others: readonly Entity[],
  { zone, start, end }: Pattern,
  days: Iterable<Day>,
): Generator<Recurring, void, void> {
  const [startWall, endWall] = [zone.wallAt(start.instant), zone.wallAt(end.instant)];
  const startDay = Math.floor(startWall / DAY);
  const replaced = replacedBy(series, others, zone);
  for (const day of days) {
    const later = (day - startDay) * DAY;
    const begin = zone.instantOf(startWall + later);
    if (replaced.days.has(day) || replaced.starts.has(begin)) continue;
    yield { day, begin, finish: zone.instantOf(endWall + later) };
  }
}

/** One occurrence, which is what its series is but for its time. Its id is always the same. [Graph: event resource type] */
function occurrence(
  series: Entity,
  { start, end }: Pattern,
  { day, begin, finish }: Recurring,
  type: EntityType,
): Entity {
  const { row, document: whole } = series;
  const master = whole['id'] ?? null;
  const id = occurrenceId(String(master), textOfDay(day));
  const own = declaredOf(type, {
    start: withWall(whole['start'] as JsonObject, start, start.zone.wallAt(begin)),
    end: withWall((whole['end'] ?? whole['start']) as JsonObject, end, end.zone.wallAt(finish)),
    originalStart: new Date(begin).toISOString().replace(/\.?0*Z$/, 'Z'),
    type: 'occurrence',
    seriesMasterId: master,
    occurrenceId: id,
    recurrence: null,
    cancelledOccurrences: [],
  });
  const document = { ...whole, id, ...own };
  const sent = keptSent(row.sent, whole, document);
  return {
    document,
    row: {
      ...row,
      sequence: -1,
      collection: `${row.collection}/${row.key}/${exceptionsOf(type)}`,
      key: encodeURIComponent(id),
      document: writeJson(document),
      sent,
      hangsAt: { collection: row.collection, key: row.key },
    },
  };
}

/** How a series recurs, and when it takes place for the first time. */
interface Pattern {
  readonly recurrence: Recurrence;
  /** The days of the recurrence are those of this zone. */
  readonly zone: TimeZone;
  readonly start: Moment;
  readonly end: Moment;
}

function patternOf(series: Entity): Pattern {
  const times = timesOf(series);
  if (times === undefined) throw unclear(series, 'it has no start');
  const recurrence = series.document['recurrence'] as JsonObject;
  const range = recurrence['range'] ?? null;
  const name = isJsonObject(range) ? (range['recurrenceTimeZone'] ?? null) : null;
  const zone = name === null || name === '' ? ownZone(series, times.start) : timeZoneNamed(String(name));
  if (zone === undefined) throw unclear(series, `there is no time zone '${String(name)}'`);
  try {
    return { recurrence: readRecurrence(recurrence, dayIn(zone, times.start.instant)), zone, ...times };
  } catch (error) {
    if (error instanceof UnclearRecurrence) throw unclear(series, error.message);
    throw error;
  }
}

/** The zone that an event was given in. [Graph: recurrenceRange resource type] */
function ownZone({ document }: Entity, start: Moment): TimeZone {
  const name = document['originalStartTimeZone'];
  return (typeof name === 'string' && name !== '' ? timeZoneNamed(name) : undefined) ?? start.zone;
}

/** Exceptions say for which occurrence they stand, by their id or its start, or are on its day; others have been cancelled. */
function replacedBy(
  series: Entity,
  others: readonly Entity[],
  zone: TimeZone,
): { readonly days: ReadonlySet<Day>; readonly starts: ReadonlySet<Instant> } {
  const days = new Set<Day>();
  const starts = new Set<Instant>();
  for (const other of others) {
    const own = dayNamedBy(other.document['id'], series);
    const original = Date.parse(String(other.document['originalStart'] ?? ''));
    const times = timesOf(other);
    if (own !== undefined) days.add(own);
    else if (!Number.isNaN(original)) starts.add(original);
    else if (times !== undefined) days.add(dayIn(zone, times.start.instant));
  }
  const cancelled = series.document['cancelledOccurrences'];
  for (const id of Array.isArray(cancelled) ? cancelled : []) {
    const day = Date.parse(`${String(id).slice(-10)}T00:00:00Z`) / DAY;
    if (!Number.isNaN(day)) days.add(day);
  }
  return { days, starts };
}

/** The day of the occurrence that has an id; undefined where it is none of the series. */
export function dayNamedBy(id: JsonValue | undefined, series: Entity): Day | undefined {
  const named = typeof id === 'string' ? readOccurrenceId(id) : undefined;
  if (named === undefined || named.series !== series.document['id']) return undefined;
  const day = Date.parse(`${named.day}T00:00:00Z`) / DAY;
  return Number.isNaN(day) || textOfDay(day) !== named.day ? undefined : day;
}

function textOfDay(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** When an event begins and ends; undefined where it does not say. Throws 501 for what it says in no way that is understood. */
function timesOf(event: Entity): { readonly start: Moment; readonly end: Moment } | undefined {
  const { start = null, end = null } = event.document;
  if (start === null && end === null) return undefined;
  const [begin, finish] = [momentOf(start ?? end), momentOf(end ?? start)];
  if (begin === undefined || finish === undefined) throw unclear(event, 'its start or end is no time that is known');
  return { start: begin, end: finish };
}

function unclear({ document }: Entity, reason: string): Error {
  return notImplemented(`When the event '${String(document['id'])}' takes place cannot be told: ${reason}.`);
}

/** What ends when the other begins does not overlap with it, unless it takes no time at all. */
function overlaps(start: Instant, end: Instant, range: TimeRange): boolean {
  return start === end ? start >= range.start && start < range.end : start < range.end && end > range.start;
}

function dayIn(zone: TimeZone, instant: Instant): Day {
  return Math.floor(zone.wallAt(instant) / DAY);
}
