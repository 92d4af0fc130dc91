import { AUDIT, COLLECTION } from './audit.js';
import type { ServerBenchmark } from './benchmark.js';
import { load, requestText } from './load.js';

const REQUEST = requestText('POST', COLLECTION, JSON.stringify(AUDIT));

export const create: ServerBenchmark = {
  name: 'POST',
  count: 4000,
  measure: ({ port, keys }, count) =>
    load({
      port,
      count,
      expectedStatus: 201,
      request: () => REQUEST,
      onAnswer: ({ body }) => {
        if (keys.length < 1000) keys.push((JSON.parse(body) as { id: string }).id);
      },
    }),
  aim: { 'node:http': 0.4, nest: 1 },
};
