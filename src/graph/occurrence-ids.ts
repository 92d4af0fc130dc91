import type { EntityType } from '../edm/index.js';
import type { PathRules } from '../plan/index.js';

import { containedIn } from './contained-in.js';
import { EVENT, EXCEPTIONS, INSTANCES } from './mailboxes.js';

/** What ids of occurrences begin with, and those of no event that a client makes. */
const PREFIX = 'OID.';
const ID = /^OID\.(.+)\.(\d{4}-\d\d-\d\d)$/s;

/** The id of the occurrence of a series that its pattern has on a day. It is always the same. [Graph: event resource type] */
export function occurrenceId(series: string, day: string): string {
  return `${PREFIX}${series}.${day}`;
}

/** The series and the day that an id names, where it is one of an occurrence. */
export function readOccurrenceId(id: string): { readonly series: string; readonly day: string } | undefined {
  const [, series, day] = ID.exec(id) ?? [];
  return series === undefined || day === undefined ? undefined : { series, day };
}

/** The property by which a series holds occurrences that have been changed. [Graph: event resource type] */
export function exceptionsOf({ navigationProperties }: EntityType): string {
  return navigationProperties.has(EXCEPTIONS) ? EXCEPTIONS : INSTANCES;
}

/** Occurrences are found among the events and the instances; those that are stored stand with their series. [Graph: Get event] */
export const seriesOfOccurrence: PathRules['holderOfMember'] = ({ name, type }, key) => {
  if (type.qualifiedName !== EVENT) return undefined;
  const property = exceptionsOf(type);
  const named = readOccurrenceId(decodeURIComponent(key));
  if (named === undefined || name === property) return undefined;
  return name === INSTANCES ? { property } : { key: encodeURIComponent(named.series), property };
};

/** The series that the instances in a collection belong to. */
export function seriesOfCollection(collection: string): ReturnType<typeof containedIn> {
  const series = containedIn(collection);
  return series?.property === INSTANCES || series?.property === EXCEPTIONS ? series : undefined;
}
