import { isJsonObject, oncePer, type EntityType, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import { readPreferences, type Middleware, type Profile } from '../../protocol/index.js';

import { EVENT } from '../mailboxes.js';

import { momentOf, textOfWall } from './moment.js';
import { timeZoneNamed } from './time-zones.js';

const UTC = 'UTC';
const PREFERENCE = 'outlook.timezone';

/** When an event begins and ends, and what tells the zone that it was given in. [Graph: event resource type] */
const TIMES = { start: 'originalStartTimeZone', end: 'originalEndTimeZone' } as const;
const NAMES = Object.keys(TIMES) as (keyof typeof TIMES)[];

/**
 * Times of events are kept in UTC, so that they are compared by what they mean, and the zone that they were given in beside
 * them. What is no time that is known stays as it is. [Graph: Outlook calendar API overview, event resource type]
 */
export const canonicalTimes: Profile['canonical'] = (type, document) => {
  if (!isEvent(type)) return document;
  return NAMES.reduce((changed, name) => inUtc(changed, name), document);
};

function inUtc(document: JsonObject, name: keyof typeof TIMES): JsonObject {
  const value = document[name];
  const original = TIMES[name];
  const shown = inZone(value, UTC);
  if (shown === undefined) return document;
  const given = isJsonObject(value!) ? String(value['timeZone'] ?? '') : '';
  const isUtc = given === '' || given === UTC;
  const zone = isUtc ? (document[original] ?? UTC) : given;
  return { ...document, [name]: shown, [original]: zone };
}

/** Times in the zone that the client prefers; else in that which a new event was given in, and in UTC. [Graph: Get event, Create event] */
export const shownTimes: Profile['shown'] = (type, document, { preferences, isNew }) => {
  if (!isEvent(type)) return document;
  const preferred = preferences.get(PREFERENCE);
  const shown = NAMES.flatMap((name) => {
    const original = isNew ? document[TIMES[name]] : undefined;
    const value = inZone(document[name], preferred ?? (typeof original === 'string' ? original : UTC));
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...document, ...Object.fromEntries(shown) };
};

/** The same time on the clocks of another zone; undefined where one of them is not known. */
function inZone(value: JsonValue | undefined, name: string): JsonObject | undefined {
  const moment = momentOf(value);
  const zone = timeZoneNamed(name);
  if (moment === undefined || zone === undefined) return undefined;
  return { ...(value as JsonObject), dateTime: textOfWall(zone.wallAt(moment.instant), moment), timeZone: name };
}

/** The preference is honoured wherever events are answered. [Graph: Get event] */
export function appliedTimeZone(type: EntityType | undefined, preferences: ReadonlyMap<string, string>): string[] {
  const zone = preferences.get(PREFERENCE);
  return zone === undefined || type === undefined || !isEvent(type) ? [] : [`${PREFERENCE}="${zone}"`];
}

/** 400 for a zone that nobody knows, since times in another one would be taken for it. */
export const refuseUnknownZones: Middleware = (request, next) => {
  const zone = readPreferences(request.headers.get('prefer')).get(PREFERENCE);
  if (zone !== undefined && timeZoneNamed(zone) === undefined)
    throw badRequest(`There is no time zone '${zone.slice(0, 100)}'.`, { target: 'Prefer' });
  return next(request);
};

/** Whether it is an event that says in which zones its times were given. */
const isEvent = oncePer(
  (type: EntityType): boolean =>
    type.lineage.some(({ qualifiedName }) => qualifiedName === EVENT) &&
    NAMES.every((name) => type.properties.has(name) && type.properties.has(TIMES[name])),
);
