import type { Profile } from '../protocol/index.js';

/** Times and recurrences are texts to the schema. [Graph: dateTimeTimeZone, patternedRecurrence resource types] */
export const graphSamples: Profile['samples'] = {
  'microsoft.graph.dateTimeTimeZone': { dateTime: '2024-01-01T09:00:00.0000000', timeZone: 'UTC' },
  'microsoft.graph.patternedRecurrence': {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'numbered', startDate: '2024-01-01', numberOfOccurrences: 1 },
  },
};
