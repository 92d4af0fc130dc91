import type { Behavior, DeleteEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';
import { badRequest, ServiceError } from '../../error/index.js';

import { momentOf } from '../calendar/moment.js';
import { dayNamedBy, keepsOrder } from '../calendar/occurrences.js';
import type { Day } from '../calendar/recurrence.js';
import { EVENT } from '../mailboxes.js';
import { seriesOfCollection } from '../occurrence-ids.js';

/** A single occurrence that is changed becomes an exception; one that is deleted is cancelled. [Graph: event resource type] */
export function calendarExceptions(model: Model): Behavior {
  if (model.type(EVENT)?.kind !== 'entity') return {};
  return { update: { [EVENT]: changeOccurrence }, delete: { [EVENT]: cancelOccurrence } };
}

const changeOccurrence: Handler<UpdateEvent, Entity> = async ({ entity, document, entities }, next) => {
  const found = await seriesOf(entity, entities);
  if (found === undefined) return next();
  if ((document['recurrence'] ?? null) !== null)
    throw badRequest('An occurrence of a series does not recur itself.', { target: 'recurrence' });
  const [before, after] = [momentOf(entity.document['start']), momentOf(document['start'])];
  const isMoved = after !== undefined && after.instant !== before?.instant;
  if (isMoved && !keepsOrder(found.series, found.day, after))
    throw new ServiceError(
      400,
      'ErrorOccurrenceCrossingBoundary',
      'Modified occurrence is crossing or overlapping adjacent occurrence.',
      { target: 'start' },
    );
  return next();
};

const cancelOccurrence: Handler<DeleteEvent, void> = async ({ entity, entities }, next) => {
  if (!(await noteCancelled(entity, entities)) || entity.row.sequence > 0) await next();
};

/** The series knows which of its occurrences have been cancelled. False for what is none. [Graph: event resource type, cancelledOccurrences] */
export async function noteCancelled(entity: Entity, entities: Entities): Promise<boolean> {
  const found = await seriesOf(entity, entities);
  if (found === undefined) return false;
  const series = (await entities.hold(found.series.row)) ?? found.series;
  const cancelled = series.document['cancelledOccurrences'];
  const others = Array.isArray(cancelled) ? cancelled : [];
  const id = entity.document['id']!;
  if (!others.includes(id)) await entities.update(series, { cancelledOccurrences: [...others, id] });
  return true;
}

/** The series that an event is an occurrence of, and the day on which the series has it. */
async function seriesOf(
  { row, document }: Entity,
  entities: Entities,
): Promise<{ readonly series: Entity; readonly day: Day } | undefined> {
  const address = seriesOfCollection(row.collection);
  const series = address && (await entities.get(address));
  const day = series && dayNamedBy(document['id'], series);
  return series === undefined || day === undefined ? undefined : { series, day };
}
