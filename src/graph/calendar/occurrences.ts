import type { Entity } from '../../behavior/index.js';
import { isJsonObject, parseJson, writeJson, type EntityType, type JsonObject } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';

import { declaredOf } from '../declared-of.js';
import { INSTANCES } from '../mailboxes.js';

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
  const times = timesOf(series);
  if (times === undefined) throw unclear(series, 'it has no start');
  const { start, end } = times;
  const { recurrence, zone } = patternOf(series, start);
  const [startWall, endWall] = [zone.wallAt(start.instant), zone.wallAt(end.instant)];
  const startDay = Math.floor(startWall / DAY);
  const replaced = replacedBy(series, others, zone);
  const longest = Math.ceil(Math.max(0, end.instant - start.instant) / DAY) + 1;
  const [from, to] = [dayIn(zone, range.start) - longest, dayIn(zone, range.end) + 1];
  for (const day of recurringDays(recurrence, from, to)) {
    const later = (day - startDay) * DAY;
    const begin = zone.instantOf(startWall + later);
    const finish = zone.instantOf(endWall + later);
    if (replaced.days.has(day) || replaced.starts.has(begin) || !overlaps(begin, finish, range)) continue;
    const members = {
      start: withWall(series.document['start'] as JsonObject, start, start.zone.wallAt(begin)),
      end: withWall((series.document['end'] ?? series.document['start']) as JsonObject, end, end.zone.wallAt(finish)),
      originalStart: new Date(begin).toISOString().replace(/\.?0*Z$/, 'Z'),
    };
    yield { event: occurrence(series, day, members, type), start: begin };
  }
}

/** One occurrence, which is what its series is but for its time. Its id is always the same. [Graph: event resource type] */
function occurrence(series: Entity, day: Day, times: JsonObject, type: EntityType): Entity {
  const master = series.document['id'] ?? null;
  const id = `${OCCURRENCE}${String(master)}.${new Date(day * DAY).toISOString().slice(0, 10)}`;
  const own = declaredOf(type, {
    ...times,
    type: 'occurrence',
    seriesMasterId: master,
    occurrenceId: id,
    recurrence: null,
    cancelledOccurrences: [],
  });
  const document = { ...series.document, id, ...own };
  const { row } = series;
  const sent = row.sent === undefined ? undefined : sentOf(row.sent, document, series.document);
  return {
    document,
    row: {
      ...row,
      sequence: -1,
      collection: `${row.collection}/${row.key}/${INSTANCES}`,
      key: encodeURIComponent(id),
      document: writeJson(document),
      sent,
    },
  };
}

/** What ids of occurrences begin with, and those of no stored event; `occurrence-ids.ts` knows them by it. */
const OCCURRENCE = 'OID.';

/** As what was sent the values are written that are those of the series. */
function sentOf(text: string, document: JsonObject, series: JsonObject): string {
  const sent = Object.entries(parseJson(text) as JsonObject);
  const kept = sent.filter(([pointer]) => {
    const name = pointer.split('/')[1] ?? '';
    return document[name] === series[name];
  });
  return writeJson(Object.fromEntries(kept));
}

function patternOf(series: Entity, start: Moment): { readonly recurrence: Recurrence; readonly zone: TimeZone } {
  const recurrence = series.document['recurrence'] as JsonObject;
  const range = recurrence['range'] ?? null;
  const name = isJsonObject(range) ? (range['recurrenceTimeZone'] ?? null) : null;
  const zone = name === null || name === '' ? start.zone : timeZoneNamed(String(name));
  if (zone === undefined) throw unclear(series, `there is no time zone '${String(name)}'`);
  try {
    return { recurrence: readRecurrence(recurrence, dayIn(zone, start.instant)), zone };
  } catch (error) {
    if (error instanceof UnclearRecurrence) throw unclear(series, error.message);
    throw error;
  }
}

/** Exceptions say for which occurrence they stand, by its start, or are on its day; others have been cancelled. */
function replacedBy(
  { document }: Entity,
  others: readonly Entity[],
  zone: TimeZone,
): { readonly days: ReadonlySet<Day>; readonly starts: ReadonlySet<Instant> } {
  const days = new Set<Day>();
  const starts = new Set<Instant>();
  for (const other of others) {
    const original = Date.parse(String(other.document['originalStart'] ?? ''));
    const times = timesOf(other);
    if (!Number.isNaN(original)) starts.add(original);
    else if (times !== undefined) days.add(dayIn(zone, times.start.instant));
  }
  const cancelled = document['cancelledOccurrences'];
  for (const id of Array.isArray(cancelled) ? cancelled : []) {
    const day = Date.parse(`${String(id).slice(-10)}T00:00:00Z`) / DAY;
    if (!Number.isNaN(day)) days.add(day);
  }
  return { days, starts };
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
