import { badRequest } from '../../error/index.js';

import { readMoment } from './moment.js';
import type { TimeRange } from './occurrences.js';
import { fixedZone } from './time-zones.js';

const UTC = fixedZone('UTC', 0);

/** The time that a view must be asked for; without an offset it is in UTC. [Graph: List calendarView, List instances] */
export function readTimeRange(option: (name: string) => string | undefined): TimeRange {
  const [start, end] = [instantIn(option, 'startDateTime'), instantIn(option, 'endDateTime')];
  if (end < start)
    throw badRequest("The 'endDateTime' must not be before the 'startDateTime'.", { target: 'endDateTime' });
  return { start, end };
}

function instantIn(option: (name: string) => string | undefined, name: string): number {
  const text = option(name);
  if (text === undefined)
    throw badRequest(`The query parameter '${name}' is missing: a view needs a startDateTime and an endDateTime.`, {
      target: name,
    });
  // A plus sign that was not encoded has become a space.
  const moment = readMoment(text.replace(/ (?=\d\d:\d\d$)/, '+'), UTC);
  if (moment === undefined)
    throw badRequest(`'${text.slice(0, 100)}' is no date and time such as 2019-11-08T19:00:00-08:00.`, {
      target: name,
    });
  return moment.instant;
}
