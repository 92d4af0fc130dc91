import type { Behavior, Entity, Handler, MemberEvent, ViewEvent } from '../../behavior/index.js';
import { writeJson, type EntityType, type JsonObject, type Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { dayNamedBy, isSeries, occurrenceOn, occurrencesOf, shownEvent, type Shown } from '../calendar/occurrences.js';
import { readTimeRange } from '../calendar/time-range.js';
import { declaredOf } from '../declared-of.js';
import { CALENDAR, CALENDAR_VIEW, EVENT, EVENTS, EXCEPTIONS, INSTANCES } from '../mailboxes.js';

/** More than these are no answer to anybody. */
const MOST_SHOWN = 10_000;

type Reading = Pick<ViewEvent, 'entities' | 'model'>;

/** Events by when they take place, series as their occurrences. [Graph: List calendarView, List instances] */
export function calendarViews(model: Model): Behavior {
  const holding = [INSTANCES, EXCEPTIONS].filter((name) => navigates(model, EVENT, name));
  const member = Object.fromEntries(holding.map((name) => [`${EVENT}/${name}`, occurrenceOfSeries]));
  const views: [string, string, Handler<ViewEvent, readonly Entity[]>][] = [
    [CALENDAR, CALENDAR_VIEW, viewOfCalendar],
    [EVENT, INSTANCES, viewOfSeries],
  ];
  const declared = views.filter(([type, name]) => navigates(model, type, name));
  return { view: Object.fromEntries(declared.map(([type, name, handler]) => [`${type}/${name}`, handler])), member };
}

function navigates(model: Model, typeName: string, name: string): boolean {
  const type = model.type(typeName);
  return type?.kind === 'entity' && type.navigationProperties.has(name);
}

const viewOfCalendar: Handler<ViewEvent, readonly Entity[]> = async (view) => {
  const range = readTimeRange((name) => view.option(name));
  const events = await view.entities.related(view.owner, EVENTS);
  const shown = new Collected();
  for (const event of events) {
    if (isSeries(event)) {
      const own = await ownInstances(event, view);
      for (const each of own) shown.add(shownEvent(each, range));
      const others = [...own, ...events.filter(({ document }) => document['seriesMasterId'] === event.document['id'])];
      for (const each of occurrencesOf(event, others, range, typeOf(event, view))) shown.add(each);
    } else shown.add(shownEvent(event, range));
  }
  return shown.inOrder();
};

const viewOfSeries: Handler<ViewEvent, readonly Entity[]> = async (view) => {
  const range = readTimeRange((name) => view.option(name));
  const { owner } = view;
  const others = await othersOf(owner, view);
  const shown = new Collected();
  for (const each of others) shown.add(shownEvent(each, range));
  if (isSeries(owner)) for (const each of occurrencesOf(owner, others, range, typeOf(owner, view))) shown.add(each);
  return shown.inOrder();
};

/** An occurrence by its id; it becomes an exception when something is written to it. [Graph: Get event, event resource type] */
const occurrenceOfSeries: Handler<MemberEvent, Entity | undefined> = async (event) => {
  const { owner, key, use } = event;
  const day = dayNamedBy(decodeURIComponent(key), owner);
  if (day === undefined || !isSeries(owner)) return undefined;
  const type = typeOf(owner, event);
  const found = occurrenceOn(owner, day, await othersOf(owner, event), type);
  return found === undefined || use === 'shown' ? found : withMembers(found, declaredOf(type, { type: 'exception' }));
};

function withMembers({ row, document }: Entity, members: JsonObject): Entity {
  const changed = { ...document, ...members };
  return { document: changed, row: { ...row, document: writeJson(changed) } };
}

/** The events that stand for occurrences of a series. */
async function othersOf(series: Entity, event: Reading): Promise<readonly Entity[]> {
  return [...(await ownInstances(series, event)), ...(await exceptionsOf(series, event))];
}

/** Occurrences and exceptions that stand with their series. */
async function ownInstances(series: Entity, { entities }: Reading): Promise<readonly Entity[]> {
  const instances = await entities.related(series, INSTANCES);
  return [...instances, ...(await entities.related(series, EXCEPTIONS))];
}

/** Those that stand among the other events. */
function exceptionsOf(series: Entity, view: Reading): Promise<readonly Entity[]> {
  const type = typeOf(series, view);
  const values: JsonObject = { seriesMasterId: series.document['id'] ?? null };
  if (!type.properties.has('seriesMasterId')) return Promise.resolve([]);
  return view.entities.having(type, [series.row.collection], values);
}

function typeOf({ row }: Entity, { model }: Reading): EntityType {
  return model.entityTypeOrThrow(row.type);
}

/** The events of a view. Those that are not stored count down from -1. */
class Collected {
  readonly #shown: Shown[] = [];

  add(shown: Shown | undefined): void {
    if (shown === undefined) return;
    if (this.#shown.length === MOST_SHOWN)
      throw badRequest(`In this time there are more than ${String(MOST_SHOWN)} events; ask for a shorter one.`, {
        target: 'endDateTime',
      });
    this.#shown.push(shown);
  }

  /** By when they begin; those that begin at the same time as they were added. */
  inOrder(): readonly Entity[] {
    return this.#shown
      .toSorted((one, other) => (one.start < other.start ? -1 : Number(one.start > other.start)))
      .map(({ event }, index) =>
        event.row.sequence < 0 ? { ...event, row: { ...event.row, sequence: -index - 1 } } : event,
      );
  }
}
