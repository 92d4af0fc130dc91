import type { Behavior, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import type { JsonObject, Model } from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';

const SCHEDULE = 'microsoft.graph.schedule';

/** What a schedule is that was provisioned, unless the client says otherwise. [Graph: Create or replace schedule] */
const PROVISIONED: JsonObject = {
  provisionStatus: 'completed',
  timeClockEnabled: true,
  openShiftsEnabled: true,
  swapShiftsRequestsEnabled: true,
  offerShiftRequestsEnabled: true,
  timeOffRequestsEnabled: true,
};

/** A team's schedule is there from the start, and provisioned once it is enabled. */
export function shiftSchedules(model: Model): Behavior {
  return model.type(SCHEDULE)?.kind === 'entity' ? { update: { [SCHEDULE]: provision } } : {};
}

const provision: Handler<UpdateEvent, Entity> = ({ document, model }, next) => {
  if (document['enabled'] === true) {
    const unsaid = Object.entries(PROVISIONED).filter(([name]) => (document[name] ?? null) === null);
    Object.assign(document, declaredOf(model.entityTypeOrThrow(SCHEDULE), Object.fromEntries(unsaid)));
  }
  return next();
};
